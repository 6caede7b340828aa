using System.Text.Json;
using PhotoStudio.Imaging;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Moderate;

public sealed class ModerateEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    [Theory]
    [InlineData("a quiet lake", false, false)]
    [InlineData("a sexy dancer", true, false)]
    [InlineData("p0rn", true, true)]
    public async Task A_prompt_passes_is_flagged_or_is_blocked(string prompt, bool flagged, bool blocked)
    {
        var data = await JudgeAsync($$"""{"prompt":"{{prompt}}"}""");

        data.GetProperty("flagged").GetBoolean().ShouldBe(flagged);
        data.GetProperty("blocked").GetBoolean().ShouldBe(blocked);
        data.GetProperty("method").GetString().ShouldBe("lexicon");
        data.GetProperty("notes").GetArrayLength().ShouldBe(1);
        data.GetProperty("categories").EnumerateObject().Select(category => category.Name)
            .ShouldBe(["sexual", "minors", "violence", "hate", "harassment", "self-harm", "illicit"]);
    }

    [Fact]
    public async Task The_threshold_decides_what_is_blocked()
    {
        (await JudgeAsync("""{"prompt":"a sexy dancer","threshold":0.5}""")).GetProperty("blocked").GetBoolean().ShouldBeTrue();
        (await JudgeAsync("""{"prompt":"a nude statue of a naked woman","threshold":1}""")).GetProperty("blocked").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_picture_full_of_bare_skin_is_flagged_and_never_blocked()
    {
        var data = await JudgeAsync("{}", Limbs(TestPictures.Paint(300, 400, PixelFormat.Rgb, (x, y) => new(0.25f, 0.35f, 0.3f))));

        data.GetProperty("flagged").GetBoolean().ShouldBeTrue(data.ToString());
        data.GetProperty("blocked").GetBoolean().ShouldBeFalse();
        data.GetProperty("categories").GetProperty("sexual").GetDouble().ShouldBeLessThan(0.8);
        data.GetProperty("method").GetString().ShouldBe("skin-heuristic");
    }

    [Fact]
    public async Task A_face_a_landscape_and_a_gray_picture_are_not_flagged()
    {
        var face = TestPictures.Paint(300, 300, PixelFormat.Rgb, (x, y) => Inside(x, y, 150, 150, 60, 80) ? Skin : new(0.3f, 0.4f, 0.6f));
        foreach (var picture in (Picture[])[face, TestPictures.Photo(320, 240, seed: 3), TestPictures.Gradient(300, 200), TestPictures.Gradient(300, 200, PixelFormat.Gray)])
            (await JudgeAsync("{}", picture)).GetProperty("flagged").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_transparent_is_not_seen()
    {
        var hidden = TestPictures.Paint(200, 200, PixelFormat.Rgba, (_, _) => Skin with { Alpha = 0 });
        (await JudgeAsync("{}", hidden)).GetProperty("categories").GetProperty("sexual").GetDouble().ShouldBe(0);
    }

    [Fact]
    public async Task Prompt_and_picture_are_judged_together()
    {
        var data = await JudgeAsync("""{"prompt":"a beheaded hostage"}""", TestPictures.Photo(64, 48, seed: 1));
        data.GetProperty("method").GetString().ShouldBe("lexicon+skin-heuristic");
        data.GetProperty("blocked").GetBoolean().ShouldBeTrue();
        data.GetProperty("notes").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_to_judge_is_refused() =>
        (await studio.RefusalAsync("moderate", "{}", "invalid_parameters")).ShouldContain("is required, unless a prompt is given");

    private static TestPictures.Sample Skin => new(0.87f, 0.68f, 0.56f);

    private static bool Inside(float x, float y, float cx, float cy, float rx, float ry) =>
        ((x - cx) * (x - cx) / (rx * rx)) + ((y - cy) * (y - cy) / (ry * ry)) < 1;

    private async Task<JsonElement> JudgeAsync(string parameters, params Picture[] pictures)
    {
        var result = await studio.RunAsync("moderate", pictures.Select(picture => ("image", picture)), parameters);
        result.Outputs.ShouldBeEmpty();
        using var document = JsonDocument.Parse(result.Data!);
        return document.RootElement.Clone();
    }

    // A long torso with arms and legs stretched out.
    private static Picture Limbs(Picture ground)
    {
        for (var y = 0; y < ground.Height; y++)
        {
            for (var x = 0; x < ground.Width; x++)
            {
                var isBody = Math.Abs(x - 150) < 50 && y is > 60 and < 280;
                var isArm = Math.Abs(y - 110) < 22 && x is > 15 and < 285;
                var isLeg = (Math.Abs(x - 118) < 26 || Math.Abs(x - 182) < 26) && y >= 280;
                if (!isBody && !isArm && !isLeg) continue;
                ground.Row(y)[(x * 3)..((x * 3) + 3)].Clear();
                (ground.Row(y)[x * 3], ground.Row(y)[(x * 3) + 1], ground.Row(y)[(x * 3) + 2]) = (222, 174, 143);
            }
        }

        return ground;
    }
}
