using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Elements;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Studies;

/// <summary>A still life: things on a table before a wall, in the light of a window or a candle.</summary>
internal static class StillLifeStudy
{
    private const float Edge = -0.22f;

    private static readonly string[] Kinds =
        ["vase", "bottle", "cup", "glass", "candle", "book", "bread", "bowl", "apple", "pear", "lemon", "orange-fruit", "grape"];

    /// <summary>Paints the picture.</summary>
    public static SceneView Paint(SceneBrief brief, int width, int height, Action<float, string> progress, CancellationToken cancellationToken)
    {
        var random = brief.Random("still-life");
        var view = new SceneView(width, height);
        var dim = brief.Has("candle", "night") || brief.Palette.Contains("dark") || brief.Has("dramatic");
        var side = random.Sign();
        var day = new Daylight
        {
            Sky = [Vector3.Zero, Vector3.Zero], Time = "day", Glow = Vector3.Zero, Side = side,
            Sun = dim ? new Vector3(1.5f, 1.08f, 0.66f) : new Vector3(1.5f, 1.38f, 1.18f), Ambient = dim ? new Vector3(0.14f, 0.12f, 0.13f) : new Vector3(0.36f, 0.38f, 0.42f),
        };
        progress(0.1f, "preparing the table");
        Room(view, brief, random, day, dim, cancellationToken);
        var unit = Math.Min(height, width * 1.1f);
        var sheet = new SceneBrush(view, new(width / 2f, height / 2f), unit);
        var props = new StillLifeProps(day, brief);
        progress(0.35f, "setting the table");
        var spots = Arrange(brief, random, side);
        foreach (var (kind, x, depth) in spots.OrderByDescending(spot => spot.Depth))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = sheet.At(x, Edge - 0.04f - ((0.55f - depth) * 0.26f), (kind == "vase" ? 0.95f : 1.2f) + ((0.55f - depth) * 0.36f));
            props.Paint(place, kind, random);
        }

        return view;
    }

    private static void Room(SceneView view, SceneBrief brief, SeededRandom random, Daylight day, bool dim, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        var wall = Tone.Hex(random.Pick(["6f7a70", "7f6f63", "5f6b78", "8a8272", "6b5a58"]));
        if (brief.Palette.FirstOrDefault(color => NamedColors.TryFind(color, out _)) is { } named && NamedColors.TryFind(named, out var tint)) wall = Tone.Tinted(wall, tint, 0.8f);
        if (dim) wall *= 0.4f;
        var table = NamedColors.Of(brief, "table", Tone.Hex(random.Pick(["6b4630", "7d5a3c", "573a2c"])));
        var edge = (view.Height * (0.5f - Edge)) + 0;
        RowBands.Run(
            view.Height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    for (var x = 0; x < view.Width; x++)
                    {
                        float u = (x + 0.5f - (view.Width / 2f)) / view.Height, v = (y + 0.5f - edge) / view.Height;
                        var toLight = 0.5f + (0.5f * Math.Clamp((u * day.Side * 1.1f) + (0.35f * -v), -1, 1));
                        Vector3 color;
                        if (v < 0)
                        {
                            // The window's light falls across the wall in a soft slant.
                            var slant = Tone.Step(0.1f, 0.75f, toLight + (0.12f * noise.Fractal(u * 1.5f, v * 1.5f, 3)));
                            color = wall * ((day.Ambient * 0.8f) + (day.Sun * (0.12f + (0.52f * slant))));
                            color *= 1 + (0.07f * noise.Fractal(u * 9, v * 9, 5));
                        }
                        else
                        {
                            var near = 1 / (0.16f + v);
                            var grain = noise.Fractal(u * near * 1.2f, near * 14, 4);
                            color = table * (0.9f + (0.22f * grain)) * (day.Ambient + (day.Sun * (0.22f + (0.5f * toLight))));
                            color += day.Sun * (0.05f * MathF.Exp(-v * 14) * toLight);
                            if (v < 0.006f) color *= 1.25f;
                        }

                        view.Color[(y * view.Width) + x] = color;
                    }
                }
            },
            cancellationToken);
    }

    private static List<(string Kind, float X, float Depth)> Arrange(SceneBrief brief, SeededRandom random, float side)
    {
        var wanted = Kinds.Where(kind => brief.Has(kind)).ToList();
        var flowers = brief.Has("bouquet", "flower", "rose", "tulip", "sunflower", "daisy", "lavender", "poppy", "cherry-blossom");
        if (flowers && !wanted.Contains("vase")) wanted.Insert(0, "vase");
        if (brief.Has("fruit")) wanted.AddRange(["apple", "pear", "orange-fruit", "grape"]);
        if (wanted.Count == 0 || (wanted.Count == 1 && brief.Has("still-life", "table"))) wanted.AddRange(["vase", "apple", "pear", "cup", "lemon"]);
        wanted = [.. wanted.Distinct(StringComparer.Ordinal)];

        // Tall things behind and off the middle, small ones before them in a loose triangle.
        var spots = new List<(string, float, float)>();
        var tall = wanted.Where(kind => kind is "vase" or "bottle" or "candle" or "glass").ToArray();
        var small = wanted.Except(tall).ToArray();
        for (var i = 0; i < tall.Length; i++) spots.Add((tall[i], (-side * 0.12f) + (i * 0.27f * side) + random.Range(-0.02f, 0.02f), 0.46f));
        var at = -0.3f * side;
        foreach (var kind in small)
        {
            var count = kind is "apple" or "pear" or "lemon" or "orange-fruit" ? brief.Count(kind, random.Below(2) + 2) : brief.Count(kind, 1);
            for (var i = 0; i < Math.Min(count, 7); i++)
            {
                spots.Add((kind, Math.Clamp(at + random.Range(-0.03f, 0.03f), -0.44f, 0.44f), random.Range(0.02f, 0.3f)));
                at += side * random.Range(0.12f, 0.18f);
                if (Math.Abs(at) > 0.4f) at = -0.3f * side + (random.Range(0, 0.08f) * side);
            }

            at += side * 0.05f;
        }

        return spots;
    }
}
