using System.Text.Json.Nodes;
using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;

namespace PhotoStudio.Benchmarks.Pictures;

/// <summary>The pictures of <c>docs/operations.md</c>: for every operation that makes a picture, or finds something in one, before and after.</summary>
internal static class Examples
{
    private const int Small = 150, Usual = 180;

    /// <summary>The pictures by file name: how to make the tiles, their height, and how many are in a row.</summary>
    public static IReadOnlyList<Example> All { get; } =
    [
        new("remove-background", Usual, 4, make => [Furry().Picture, make.Run("remove-background", [], ("image", Furry().Picture)), make.Run("remove-background", new() { ["result"] = "matte" }, ("image", Furry().Picture))]),
        new("geometry", Small, 6, Geometry),
        new("enhance", Usual, 4, Enhance),
        new("denoise", 200, 2, Denoise),
        new("upscale", 200, 2, Upscale),
        new("relight", Usual, 4, Relight),
        new("detect-objects", Usual, 2, Objects),
        new("object-removal", Usual, 3, Removal),
        new("inpaint", Usual, 4, Textures),
        new("expand", Usual, 2, Expand),
        new("replace-background", Usual, 4, Backgrounds),
        new("reimagine", Usual, 4, Reimagine),
        new("variations", Small, 5, Variations),
        new("detect-faces", Usual, 3, FacesFound),
        new("face-enhance", 220, 2, Retouched),
        new("face-swap", Usual, 3, Swapped),
        new("edit", Usual, 2, Edited),
        new("illustrate", Usual, 3, Illustrated),
        .. Styles(),
        new("style-reference", Usual, 3, Reference),
        .. Generated(
            ("lake", "a mountain lake at sunset with a red boat", 5), ("balloons", "a field of lavender, three hot air balloons at sunrise", 2),
            ("aurora", "aurora over a snowy mountain lake", 3), ("autumn", "autumn forest path", 4), ("city", "city skyline at night by the water", 6),
            ("saturn", "the ringed planet saturn and stars", 2), ("still", "still life with a vase of roses and fruit", 3),
            ("portrait", "portrait of a woman with red hair", 4), ("boat", "two sailboats on the sea at sunset, oil painting", 7),
            ("castle", "a castle on a hill beside a lake", 3), ("barn", "a red barn in a green field", 5), ("bridge", "an old man on a bridge over a river", 3)),
    ];

    private static CompositeScene Furry() => CompositeScenes.Make(480, 23);

    private static Picture Lake(ExampleMaker make) => make.Scene("a mountain lake at noon, a red house, pine trees", 5);

    private static Picture Face(float tilt = 0) => new DrawnPortrait { EyeDistance = 92, EyesMiddle = new(200, 165), Tilt = tilt }.Paint(400, 400);

    private static IReadOnlyList<Picture> Geometry(ExampleMaker make)
    {
        var picture = make.Scene("a white horse in a meadow, mountains, summer day", 8);
        return
        [
            picture,
            make.Run("crop", new() { ["aspect_ratio"] = "3:4", ["gravity"] = "smart" }, ("image", picture)),
            make.Run("rotate", new() { ["angle"] = 12, ["background"] = "#ffffff" }, ("image", picture)),
            make.Run("flip", new() { ["direction"] = "horizontal" }, ("image", picture)),
            make.Run("resize", new() { ["width"] = 240, ["height"] = 480, ["mode"] = "exact" }, ("image", picture)),
            make.Run("adjust", new() { ["temperature"] = 60, ["contrast"] = 40, ["saturation"] = 30, ["vignette"] = 60 }, ("image", picture)),
        ];
    }

    private static IReadOnlyList<Picture> Enhance(ExampleMaker make)
    {
        var good = make.Scene("a village in a valley, mountains, clear day", 11);
        var dark = make.Run("adjust", new() { ["exposure"] = -1.8 }, ("image", good));
        var cast = make.Run("adjust", new() { ["exposure"] = 0.9, ["temperature"] = 70, ["contrast"] = -35 }, ("image", good));
        return [dark, make.Run("enhance", [], ("image", dark)), cast, make.Run("enhance", [], ("image", cast))];
    }

    private static IReadOnlyList<Picture> Denoise(ExampleMaker make)
    {
        var noisy = ExampleMaker.Noisy(make.Part(make.Scene("still life with fruit and a bottle", 6), 190, 190, 260, 200), 25);
        return [noisy, make.Run("denoise", [], ("image", noisy))];
    }

    private static IReadOnlyList<Picture> Upscale(ExampleMaker make)
    {
        var reduced = make.Run("resize", new() { ["width"] = 260 }, ("image", make.Scene("a castle in the mountains, summer day", 3, 1040, 780)));
        var part = make.Part(reduced, 110, 60, 66, 50);
        return [ExampleMaker.Squares(part, 4), make.Run("upscale", new() { ["scale"] = 4 }, ("image", part))];
    }

    private static IReadOnlyList<Picture> Relight(ExampleMaker make)
    {
        var picture = make.Scene("still life with a vase of roses and fruit", 3);
        return
        [
            picture,
            make.Run("relight", new() { ["light"] = "golden-hour", ["direction"] = "left", ["intensity"] = 1.5 }, ("image", picture)),
            make.Run("relight", new() { ["light"] = "moonlight", ["direction"] = "right", ["intensity"] = 1.2 }, ("image", picture)),
            make.Run("relight", new() { ["light"] = "neon", ["direction"] = "top", ["intensity"] = 0.9 }, ("image", picture)),
        ];
    }

    private static IReadOnlyList<Picture> Objects(ExampleMaker make)
    {
        var picture = Balloons(make);
        var boxes = make.Data("detect-objects", picture)["objects"]!.AsArray().Select(found => Box(found!["box"]!));
        return [picture, ExampleMaker.Marked(picture, boxes, [])];
    }

    private static Picture Balloons(ExampleMaker make) => make.Scene("three hot air balloons over a field, clear sky", 9);

    private static IReadOnlyList<Picture> Removal(ExampleMaker make)
    {
        const int Around = 6;
        var with = Balloons(make);
        var found = make.Data("detect-objects", with)["objects"]!.AsArray().Select(each => Box(each!["box"]!)).MaxBy(box => box.Height / Math.Sqrt(box.Width));
        double x = Math.Max(0, found.X - Around), y = Math.Max(0, found.Y - Around), width = found.Width + (2 * Around), height = found.Height + (2 * Around);
        return
        [
            with,
            ExampleMaker.Marked(with, [(x, y, width, height)], []),
            make.Run("object-removal", new() { ["boxes"] = new JsonArray(new JsonObject { ["x"] = (int)x, ["y"] = (int)y, ["width"] = (int)width, ["height"] = (int)height }) }, ("image", with)),
        ];
    }

    private static List<Picture> Textures(ExampleMaker make)
    {
        List<Picture> tiles = [];
        foreach (var (_, paint) in (ReadOnlySpan<(string, Func<int, int, int, Picture>)>)[TexturePictures.Periodic[0], TexturePictures.Random[0]])
        {
            var truth = paint(256, 256, 1);
            var hole = CompletionQuality.Hole(256, 256, 1, 0.1);
            var mask = new Picture(256, 256, PixelFormat.Gray, [.. hole.Data.Select(inside => inside ? (byte)255 : (byte)0)]);
            var shown = new Picture(256, 256, PixelFormat.Rgb, [.. truth.Samples]);
            for (var i = 0; i < hole.Data.Length; i++)
                if (hole.Data[i]) ((ReadOnlySpan<byte>)[255, 0, 255]).CopyTo(shown.Samples.AsSpan(3 * i));
            tiles.AddRange([shown, make.Run("inpaint", [], ("image", truth), ("mask", mask))]);
        }

        return tiles;
    }

    private static IReadOnlyList<Picture> Expand(ExampleMaker make)
    {
        var picture = make.Part(make.Scene("a sunflower field, blue sky with clouds", 5), 140, 60, 360, 360);
        return [ExampleMaker.Framed(picture, 110, 0, 110, 0), make.Run("expand", new() { ["left"] = 110, ["right"] = 110 }, ("image", picture))];
    }

    private static IReadOnlyList<Picture> Backgrounds(ExampleMaker make)
    {
        var picture = Furry().Picture;
        return
        [
            picture,
            make.Run("replace-background", new() { ["color"] = "#e8c33a" }, ("image", picture)),
            make.Run("replace-background", new() { ["color"] = "#1d3b6f", ["color_to"] = "#e87f5c" }, ("image", picture)),
            make.Run("replace-background", [], ("image", picture), ("background_image", make.Scene("a beach at sunset", 2, 480, 480))),
        ];
    }

    private static IReadOnlyList<Picture> Reimagine(ExampleMaker make)
    {
        var picture = Lake(make);
        return
        [
            picture,
            .. ((string[])["a rainy night", "autumn, oil painting", "snow in winter"]).Select((prompt, i) =>
                make.Run("reimagine", new() { ["prompt"] = prompt, ["seed"] = i + 1, ["imagination"] = 0.8 }, ("image", picture))),
        ];
    }

    private static IReadOnlyList<Picture> Variations(ExampleMaker make)
    {
        var picture = make.Scene("a lighthouse on a cliff by the sea, day", 3);
        return [picture, .. make.All("variations", new() { ["num_variations"] = 4, ["seed"] = 3, ["imagination"] = 0.7 }, ("image", picture))];
    }

    private static IReadOnlyList<Picture> FacesFound(ExampleMaker make)
    {
        Picture[] pictures = [Face(0.15f), Face(-0.1f).As(PixelFormat.Gray), make.Scene("portrait of a woman with red hair", 4, 400, 400)];
        return
        [
            .. pictures.Select(picture =>
            {
                var faces = make.Data("detect-faces", picture)["faces"]!.AsArray();
                var dots = faces.SelectMany(face => face!["landmarks"]!.AsObject().Select(point => ((double)point.Value!["x"]!, (double)point.Value!["y"]!)));
                return ExampleMaker.Marked(picture, faces.Select(face => Box(face!["box"]!)), dots);
            }),
        ];
    }

    private static IReadOnlyList<Picture> Retouched(ExampleMaker make)
    {
        var picture = ExampleMaker.Noisy(Face(), 9);
        return [picture, make.Run("face-enhance", new() { ["strength"] = 1 }, ("image", picture))];
    }

    private static IReadOnlyList<Picture> Swapped(ExampleMaker make)
    {
        var source = new DrawnPortrait { EyeDistance = 88, Skin = new(0.76f, 0.56f, 0.44f), Iris = new(0.25f, 0.42f, 0.55f), Hair = new(0.55f, 0.3f, 0.12f), MouthAt = 1.2f }.Paint(400, 400);
        var target = new DrawnPortrait { EyeDistance = 74, EyesMiddle = new(205, 180), Tilt = 0.14f, Skin = new(0.94f, 0.78f, 0.70f), Hair = new(0.08f, 0.06f, 0.05f), Background = new(0.62f, 0.72f, 0.6f) }.Paint(400, 400);
        return [source, target, make.Run("face-swap", new() { ["consent"] = true }, ("source", source), ("target", target))];
    }

    private static IReadOnlyList<Picture> Edited(ExampleMaker make)
    {
        var picture = Lake(make);
        return [picture, make.Run("edit", new() { ["prompt"] = "make it warmer, crop it square and turn it into a watercolor" }, ("image", picture))];
    }

    private static IReadOnlyList<Picture> Illustrated(ExampleMaker make)
    {
        var picture = Face();
        return
        [
            picture,
            make.Run("illustrate", new() { ["prompt"] = "a field of lavender at sunset", ["style"] = "watercolor", ["width"] = 512, ["height"] = 512 }, ("image", picture)),
            make.Run("illustrate", new() { ["prompt"] = "city skyline at night", ["style"] = "comic", ["width"] = 512, ["height"] = 512 }, ("image", picture)),
        ];
    }

    private static IEnumerable<Example> Styles()
    {
        const int Row = 9;
        string[] names = ["", .. Illustrate.Style.Choices];
        return names.Chunk(Row).Select((part, i) => new Example($"style-transfer-{i + 1}", 120, 3, make =>
        {
            var scene = StyleScene.Paint(520, 390);
            return [.. part.Select(style => style.Length == 0 ? scene : make.Run("style-transfer", new() { ["style"] = style }, ("image", scene)))];
        }));
    }

    private static IReadOnlyList<Picture> Reference(ExampleMaker make)
    {
        Picture picture = make.Scene("a village in a valley, mountains, clear day", 11), reference = make.Scene("two sailboats on the sea at sunset, oil painting", 7);
        return [picture, reference, make.Run("style-transfer", [], ("image", picture), ("reference", reference))];
    }

    private static IEnumerable<Example> Generated(params (string Name, string Prompt, int Seed)[] scenes) =>
        scenes.Select(scene => new Example($"generate-{scene.Name}", 270, 1, make => [make.Scene(scene.Prompt, scene.Seed, 720, 540)]));

    private static (double X, double Y, double Width, double Height) Box(JsonNode box) =>
        ((double)box["x"]!, (double)box["y"]!, (double)box["width"]!, (double)box["height"]!);
}

/// <summary>A picture of the documentation.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Height">The height of each tile, in pixels.</param>
/// <param name="Columns">Tiles in a row.</param>
/// <param name="Make">Makes the tiles.</param>
internal sealed record Example(string Name, int Height, int Columns, Func<ExampleMaker, IReadOnlyList<Picture>> Make);
