using System.Numerics;
using System.Text.Json;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Vocabulary;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Engines.Generate;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Generate;

/// <summary>What the painter promises, measured on its pictures.</summary>
public sealed class GenerateEngineTests
{
    private static readonly Operation Operation = OperationCatalog.Get("generate");

    [Theory]
    [InlineData("a mountain lake at sunset with a boat, pine forest, rain")]
    [InlineData("a spiral galaxy and a planet")]
    [InlineData("abstract")]
    [InlineData("a still life with fruit", "impressionist")]
    [InlineData("a village in winter at night", "low-poly")]
    public async Task A_seed_gives_the_same_picture_on_any_number_of_cores(string prompt, string style = "auto")
    {
        var once = await PaintAsync(prompt, 7, cores: 1, style: style);
        var again = await PaintAsync(prompt, 7, cores: 4, style: style);
        again.Samples.ShouldBe(once.Samples);
    }

    [Fact]
    public async Task Another_seed_gives_another_picture()
    {
        var pictures = new List<byte[]>();
        for (var seed = 1; seed <= 6; seed++) pictures.Add((await PaintAsync("a mountain lake", seed)).Samples);
        for (var i = 0; i < pictures.Count; i++)
        {
            for (var j = 0; j < i; j++) pictures[i].Zip(pictures[j], (a, b) => Math.Abs(a - b)).Average().ShouldBeGreaterThan(6, $"seeds {i + 1} and {j + 1}");
        }
    }

    [Fact]
    public async Task Without_a_seed_one_is_drawn_and_reported_so_that_the_picture_can_be_had_again()
    {
        var drawn = await RunAsync("""{"prompt":"hills in spring","width":160,"height":128}""");
        drawn.Seed.ShouldNotBeNull();
        var again = await RunAsync($$"""{"prompt":"hills in spring","width":160,"height":128,"seed":{{drawn.Seed}}}""");
        again.Pictures[0].Samples.ShouldBe(drawn.Pictures[0].Samples);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Night_is_darker_than_dusk_and_dusk_than_day(int seed)
    {
        var day = Light(await PaintAsync("a meadow and hills, day", seed));
        var dusk = Light(await PaintAsync("a meadow and hills, dusk", seed));
        var night = Light(await PaintAsync("a meadow and hills, night", seed));
        dusk.ShouldBeLessThan(day * 0.75f);
        night.ShouldBeLessThan(dusk * 0.75f);
    }

    [Theory]
    [InlineData("red", 1, 0, 0)]
    [InlineData("green", 0, 1, 0)]
    [InlineData("blue", 0, 0, 1)]
    public async Task A_named_colour_is_the_strongest_of_an_abstract_picture(string color, float red, float green, float blue)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var mean = Mean(await PaintAsync($"abstract in {color}", seed));
            var wanted = Vector3.Dot(mean, new(red, green, blue));
            var others = (mean.X + mean.Y + mean.Z - wanted) / 2;
            wanted.ShouldBeGreaterThan(others * 1.1f, $"seed {seed}: {mean}");
        }
    }

    [Fact]
    public async Task Snow_makes_the_ground_lighter_and_paler()
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var grass = await PaintAsync("a field, day", seed);
            var snow = await PaintAsync("a snowy field, day", seed);
            var (green, white) = (Mean(grass, 0.75, 0.95), Mean(snow, 0.75, 0.95));
            (white.X + white.Y + white.Z).ShouldBeGreaterThan((green.X + green.Y + green.Z) * 1.25f, $"seed {seed}");
            Colorfulness(white).ShouldBeLessThan(Colorfulness(green) * 0.6f, $"seed {seed}");
        }
    }

    [Fact]
    public async Task A_castle_on_a_hill_stands_higher_than_one_on_the_plain()
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var raised = GroundLine(await PaintAsync("a castle on a hill beside a lake, day", seed, 320, 240));
            raised.ShouldBeLessThan(GroundLine(await PaintAsync("a castle beside a lake, day", seed, 320, 240)), $"seed {seed}");
        }

        // The first row, from above, where a good part is as green as land.
        static int GroundLine(Picture picture) => Pixels(picture).GroupBy(pixel => pixel.Y)
            .First(row => row.Count(pixel => pixel.Color.Y > pixel.Color.X && pixel.Color.Y > pixel.Color.Z + 8) > picture.Width / 12).Key;
    }

    [Fact]
    public async Task The_sea_lies_in_level_lines()
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var sea = await PaintAsync("the open sea, day", seed, 256, 256);
            var (across, down) = Gradients(sea, 0.7, 0.85);
            down.ShouldBeGreaterThan(across * 1.3, $"seed {seed}");
            var lower = Pixels(sea).Where(pixel => pixel.Y > sea.Height * 0.64 && pixel.Y < sea.Height * 0.95).ToArray();
            var blue = lower.Count(pixel => pixel.Color.Z > pixel.Color.X + 5) / (double)lower.Length;
            blue.ShouldBeGreaterThan(0.4, $"seed {seed}");
        }
    }

    [Fact]
    public async Task The_sun_is_a_bright_disc()
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var picture = await PaintAsync("the sun over the sea, sunset, clear sky", seed, 320, 240);
            var bright = Pixels(picture).Where(pixel => pixel.Color.X > 249 && pixel.Color.Y > 235 && pixel.Y < picture.Height * 0.62).ToArray();
            bright.Length.ShouldBeGreaterThan(60, $"seed {seed}");
            var wide = bright.Max(pixel => pixel.X) - bright.Min(pixel => pixel.X) + 1;
            wide.ShouldBeLessThan(picture.Width / 5, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("a red boat on a lake, day", "boat")]
    [InlineData("a red house in a meadow, day", "house")]
    [InlineData("three red balloons over a field, day", "balloon")]
    [InlineData("a red wooden barn in a green field, day", "barn")]
    [InlineData("a red boat on the river, day", "boat")]
    public async Task What_the_negative_prompt_names_is_not_painted(string prompt, string unwanted)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var with = Red(await PaintAsync(prompt, seed, 320, 240));
            var without = Red(await PaintAsync(prompt, seed, 320, 240, negative: unwanted));
            with.ShouldBeGreaterThan(10, $"seed {seed}");
            without.ShouldBeLessThan(with / 4, $"seed {seed}");
        }

        static int Red(Picture picture) => Pixels(picture).Count(pixel => pixel.Color.X > 70 && pixel.Color.X > (pixel.Color.Y * 2) && pixel.Color.X > (pixel.Color.Z * 2));
    }

    [Theory]
    [InlineData("aurora", "night", 0, 1, 0)]
    [InlineData("sunflowers", "day", 1, 1, 0)]
    [InlineData("lavender field", "day", 1, 0, 1)]
    public async Task Things_bring_their_colours(string thing, string time, float red, float green, float blue)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var with = Mean(await PaintAsync($"{thing}, {time}, clear sky", seed));
            var without = Mean(await PaintAsync($"a meadow, {time}, clear sky", seed));
            float Lean(Vector3 color) => Vector3.Dot(color, new Vector3(red, green, blue) / (red + green + blue)) - Vector3.Dot(color, (Vector3.One - new Vector3(red, green, blue)) / (3 - red - green - blue));
            Lean(with).ShouldBeGreaterThan(Lean(without) + 4, $"seed {seed}");
        }
    }

    [Fact]
    public async Task Every_thing_of_the_vocabulary_gives_a_composed_picture()
    {
        foreach (var thing in SceneVocabulary.Things)
        {
            var picture = await PaintAsync(SceneVocabulary.WordsFor(thing, "en")[0], 5, 128, 128);
            var (spread, roughness) = Texture(picture);
            spread.ShouldBeGreaterThan(6, $"{thing} is flat");
            roughness.ShouldBeLessThan(spread * 0.9, $"{thing} is noise");
        }
    }

    [Fact]
    public async Task Every_style_gives_a_picture_of_its_own()
    {
        var seen = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var style in ((ChoiceParameter<PaintingStyle>)Operation.FindParameter("style")!).Choices.Where(style => style != "auto"))
        {
            var picture = await PaintAsync("a house by a lake, day", 3, style: style);
            foreach (var (other, samples) in seen)
                samples.Zip(picture.Samples, (a, b) => Math.Abs(a - b)).Average().ShouldBeGreaterThan(1.2, $"{style} and {other}");
            seen[style] = picture.Samples;
        }
    }

    [Theory]
    [InlineData("ukiyo-e of a wave", "ukiyo-e")]
    [InlineData("tranh sơn dầu một con thuyền", "oil-painting")]
    [InlineData("acuarela de un bosque", "watercolor")]
    public async Task A_style_in_the_prompt_is_taken(string prompt, string style) => (await ReportAsync(prompt)).GetProperty("style").GetString().ShouldBe(style);

    [Theory]
    [InlineData("núi và hồ lúc hoàng hôn", "a mountain and a lake at sunset")]
    [InlineData("nui va ho luc hoang hon", "a mountain and a lake at sunset")]
    [InlineData("una montaña y un lago al atardecer", "a mountain and a lake at sunset")]
    public async Task The_same_words_in_another_language_give_the_same_picture(string prompt, string english) =>
        (await PaintAsync(prompt, 3)).Samples.ShouldBe((await PaintAsync(english, 3)).Samples);

    [Theory]
    [InlineData(128, 128)]
    [InlineData(2048, 128)]
    [InlineData(128, 1024)]
    [InlineData(333, 517)]
    public async Task Any_size_can_be_had(int width, int height)
    {
        var picture = await PaintAsync("a castle by the sea at night with a bridge and trees", 2, width, height);
        (picture.Width, picture.Height).ShouldBe((width, height));
        Texture(picture).Spread.ShouldBeGreaterThan(6);
    }

    [Theory]
    [InlineData("""{"prompt":"x"}""", 1024, 1024)]
    [InlineData("""{"prompt":"x","width":640}""", 640, 640)]
    [InlineData("""{"prompt":"x","aspect_ratio":"16:9"}""", 1368, 768)]
    [InlineData("""{"prompt":"x","aspect_ratio":"9:16"}""", 768, 1368)]
    [InlineData("""{"prompt":"x","aspect_ratio":"21:9"}""", 1568, 672)]
    [InlineData("""{"prompt":"x","aspect_ratio":"16:9","width":640}""", 640, 360)]
    [InlineData("""{"prompt":"x","aspect_ratio":"16:1"}""", 2048, 128)]
    public void The_size_follows_from_sides_and_ratio(string parameters, int width, int height) =>
        PhotoStudio.Core.Operations.Generate.SizeOf(OperationParameters.FromJson(Operation, parameters)).ShouldBe((width, height));

    [Theory]
    [InlineData("""{"prompt":"x","aspect_ratio":"90:1"}""", "aspect_ratio")]
    [InlineData("""{"prompt":"x","aspect_ratio":"16:9","width":640,"height":640}""", "aspect_ratio")]
    [InlineData("""{"prompt":"x","width":127}""", "width")]
    [InlineData("""{"prompt":"x","height":2049}""", "height")]
    [InlineData("""{"prompt":"x","num_inference_steps":151}""", "num_inference_steps")]
    [InlineData("""{"prompt":"x","style":"cubist-nonsense"}""", "style")]
    [InlineData("""{"prompt":"x\u0000y"}""", "prompt")]
    [InlineData("""{"width":256}""", "prompt")]
    public void What_makes_no_sense_is_refused_by_name(string parameters, string field) =>
        Should.Throw<ArgumentException>(() => OperationParameters.FromJson(Operation, parameters)).Message.ShouldContain(field);

    [Fact]
    public void A_prompt_of_a_hundred_thousand_characters_is_refused()
    {
        var parameters = JsonSerializer.Serialize(new Dictionary<string, string> { ["prompt"] = new('a', 100_000) });
        Should.Throw<ArgumentException>(() => OperationParameters.FromJson(Operation, parameters)).Message.ShouldContain("2000");
    }

    [Fact]
    public async Task Words_that_cannot_be_shown_are_reported()
    {
        var report = await ReportAsync("a zeppelin and a train over the mountains, quokka");
        report.GetProperty("method").GetString().ShouldBe("procedural");
        Texts(report, "unrecognised_words").ShouldBe(["zeppelin", "quokka"]);
        Texts(report, "not_shown").ShouldBe(["train"]);
        Texts(report, "shown").ShouldBe(["mountain"]);
    }

    [Theory]
    [InlineData("asdf qwertz")]
    [InlineData("🌋🌋🌋")]
    [InlineData("...")]
    [InlineData("beautiful, 4k, masterpiece")]
    public async Task A_prompt_that_names_nothing_still_gives_a_composed_picture(string prompt)
    {
        var (spread, roughness) = Texture(await PaintAsync(prompt, 9));
        spread.ShouldBeGreaterThan(6);
        roughness.ShouldBeLessThan(spread * 0.9);
    }

    [Fact]
    public async Task Cancelling_in_the_middle_stops_the_work()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new Listener(stage =>
        {
            if (stage == "painting the land") cancellation.Cancel();
        });
        await Should.ThrowAsync<OperationCanceledException>(() => RunAsync("""{"prompt":"a lake"}""", 2, progress, cancellation.Token));
    }

    [Fact]
    public async Task Progress_goes_from_the_sky_to_the_finish()
    {
        var stages = new List<string>();
        await RunAsync("""{"prompt":"a lake in the mountains","width":128,"height":128}""", 1, new Listener(stages.Add));
        stages.ShouldBe(["reading the prompt", "painting the sky", "shaping the land", "painting the land", "painting the water", "painting what stands in it", "weather", "finishing"]);
    }

    private static async Task<Picture> PaintAsync(
        string prompt, long seed, int width = 192, int height = 160, int cores = 2, string style = "auto", string negative = "")
    {
        var parameters = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["prompt"] = prompt, ["seed"] = seed, ["width"] = width, ["height"] = height, ["style"] = style, ["negative_prompt"] = negative,
        });
        return (await RunAsync(parameters, cores)).Pictures.ShouldHaveSingleItem();
    }

    private static async Task<JsonElement> ReportAsync(string prompt)
    {
        var parameters = JsonSerializer.Serialize(new Dictionary<string, object> { ["prompt"] = prompt, ["width"] = 128, ["height"] = 128 });
        return JsonDocument.Parse((await RunAsync(parameters)).Data!).RootElement;
    }

    private static Task<EngineOutput> RunAsync(
        string parameters, int cores = 2, IProgress<InferenceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new GenerateEngine().RunAsync(
            new(OperationParameters.FromJson(Operation, parameters), [], TestFiles.Codec, progress ?? new Listener(_ => { }), cores), cancellationToken);

    private static string?[] Texts(JsonElement report, string name) => [.. report.GetProperty(name).EnumerateArray().Select(word => word.GetString())];

    private static IEnumerable<(int X, int Y, Vector3 Color)> Pixels(Picture picture)
    {
        for (var i = 0; i < picture.Width * picture.Height; i++)
            yield return (i % picture.Width, i / picture.Width, new(picture.Samples[i * 3], picture.Samples[(i * 3) + 1], picture.Samples[(i * 3) + 2]));
    }

    private static Vector3 Mean(Picture picture, double top = 0, double bottom = 1)
    {
        var pixels = Pixels(picture).Where(pixel => pixel.Y >= top * picture.Height && pixel.Y < bottom * picture.Height).ToArray();
        return pixels.Aggregate(Vector3.Zero, (sum, pixel) => sum + pixel.Color) / pixels.Length;
    }

    private static float Light(Picture picture)
    {
        var mean = Mean(picture);
        return (0.299f * mean.X) + (0.587f * mean.Y) + (0.114f * mean.Z);
    }

    private static float Colorfulness(Vector3 color) =>
        (Math.Max(color.X, Math.Max(color.Y, color.Z)) - Math.Min(color.X, Math.Min(color.Y, color.Z))) / Math.Max(1, Math.Max(color.X, Math.Max(color.Y, color.Z)));

    private static (double Across, double Down) Gradients(Picture picture, double top, double bottom)
    {
        double across = 0, down = 0;
        for (var y = (int)(top * picture.Height); y < bottom * picture.Height; y++)
        {
            for (var x = 0; x + 1 < picture.Width; x++)
            {
                var at = (y * picture.Stride) + (x * 3) + 1;
                across += Math.Abs(picture.Samples[at + 3] - picture.Samples[at]);
                down += Math.Abs(picture.Samples[at + picture.Stride] - picture.Samples[at]);
            }
        }

        return (across, down);
    }

    private static (double Spread, double Roughness) Texture(Picture picture)
    {
        var light = Pixels(picture).Select(pixel => (double)((0.299f * pixel.Color.X) + (0.587f * pixel.Color.Y) + (0.114f * pixel.Color.Z))).ToArray();
        var mean = light.Average();
        var spread = Math.Sqrt(light.Average(value => (value - mean) * (value - mean)));
        var steps = Enumerable.Range(0, light.Length - 1).Where(i => (i + 1) % picture.Width != 0).Average(i => Math.Abs(light[i + 1] - light[i]));
        return (spread, steps);
    }

    private sealed class Listener(Action<string> hears) : IProgress<InferenceProgress>
    {
        public void Report(InferenceProgress value) => hears(value.Stage!);
    }
}
