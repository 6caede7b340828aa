using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Elements;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Studies;

/// <summary>Space: stars, glowing gas with dark lanes, spiral galaxies, planets with air and rings, astronauts and rockets.</summary>
internal static class SpaceStudy
{
    /// <summary>Paints the scene.</summary>
    public static SceneView Paint(SceneBrief brief, int width, int height, Action<float, string> progress, CancellationToken cancellationToken)
    {
        var random = brief.Random("space");
        var view = new SceneView(width, height);
        var day = Sunlight(random);
        var sky = brief with { Shows = brief.Shows.Where(thing => thing is not "galaxy").ToHashSet(StringComparer.Ordinal) };
        var stars = new Stars(sky, day, height);
        var gas = new GradientNoise(random);
        var colors = Gas(brief, random);
        var strength = brief.Has("nebula") ? 2.6f : brief.Has("planet", "saturn", "earth", "galaxy") ? 0.42f : 1.5f;
        var spiral = brief.Has("galaxy") ? new Spiral(random, colors) : null;
        progress(0.1f, "lighting the stars");
        RowBands.Run(
            height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    for (var x = 0; x < width; x++)
                    {
                        float u = (x + 0.5f - (width / 2f)) / height, v = (y + 0.5f - (height / 2f)) / height;
                        var color = new Vector3(0.002f, 0.003f, 0.008f) + stars.At(x, y, u, 0.5f - v);
                        color += Cloud(gas, u, v, colors) * strength;
                        if (spiral is not null) color += spiral.At(u, v, gas);
                        view.Color[(y * width) + x] = color;
                    }
                }
            },
            cancellationToken);
        progress(0.5f, "placing what floats in it");
        var sheet = new SceneBrush(view, new(width / 2f, height / 2f), Math.Min(height, width * 1.2f));
        BrightStars(sheet, random, brief.Has("stars") ? 16 : 8);
        Bodies(sheet, brief, random, day, cancellationToken);
        if (brief.Has("astronaut")) Astronaut(sheet.At(random.Range(-0.12f, 0.12f), -0.16f, 0.34f), day);
        if (brief.Has("rocket")) Rocket(sheet.At(random.Range(-0.2f, 0f), random.Range(-0.16f, -0.05f), 0.36f), day, NamedColors.Of(brief, "rocket", Tone.Hex("e9e6df")));
        return view;
    }

    private static Daylight Sunlight(SeededRandom random) => new()
    {
        Sky = [Vector3.Zero, Vector3.Zero], Sun = new(1.75f, 1.62f, 1.45f), Ambient = new(0.05f, 0.06f, 0.09f), Glow = Vector3.Zero, Time = "night", Stars = 1.1f,
        Side = random.Sign(), Steepness = 0.5f,
    };

    private static Vector3[] Gas(SceneBrief brief, SeededRandom random)
    {
        if (brief.Palette.Count > 0 || brief.Tints.ContainsKey("nebula") || brief.Tints.ContainsKey("galaxy")) return [.. Palettes.For(brief).Skip(1)];
        return Tone.Hexes(random.Pick(["d0446a 5a3fb0 2f7fd0 ffb36b", "2aa7b8 3a4fc0 b0449a ffd28a", "e0683a a03f7a 3a5fc0 ffe0a0", "3fb08a 2a6fc0 7a3fb0 ffc9b0"]));
    }

    private static Vector3 Cloud(GradientNoise gas, float u, float v, Vector3[] colors)
    {
        float wx = gas.Fractal(u * 1.4f, v * 1.4f, 4), wy = gas.Fractal((u * 1.4f) + 20, (v * 1.4f) + 20, 4);
        var body = 0.5f + (0.75f * gas.Fractal((u * 1.7f) + (1.3f * wx), (v * 1.7f) + (1.3f * wy), 6, 0.54f));
        var lanes = gas.Ridged((u * 1.9f) + wy + 7, (v * 1.9f) + wx + 3, 6, 0.55f);
        var glow = Math.Max(0, body - 0.32f);
        var mix = Math.Clamp(0.5f + (1.1f * wx), 0, 1);
        var color = Vector3.Lerp(colors[0], colors[1], mix);
        color = Vector3.Lerp(color, colors[2], Math.Clamp(0.5f + (1.4f * wy), 0, 1) * 0.65f);
        color = Vector3.Lerp(color, colors[^1], Tone.Step(0.5f, 0.95f, body) * 0.75f);
        return color * (glow * glow * 2.4f * (1 - (0.82f * Tone.Step(0.42f, 0.72f, lanes)))) + (color * 0.015f);
    }

    private static void BrightStars(SceneBrush sheet, SeededRandom random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            float x = random.Range(-0.9f, 0.9f), y = random.Range(-0.5f, 0.5f), size = random.Range(0.012f, 0.05f);
            size *= size / 0.05f;
            var light = Vector3.Lerp(new(0.8f, 0.95f, 1.4f), new(1.4f, 1, 0.7f), random.Unit());
            sheet.Glow(x, y, size * 2.2f, light * 0.9f);
            sheet.Dab(x, y, size * 1.8f, 0.0009f, 0, light * 1.6f, 0.6f);
            sheet.Dab(x, y, 0.0009f, size * 1.8f, 0, light * 1.6f, 0.6f);
            sheet.Dab(x, y, size * 0.12f, size * 0.12f, 0, light * 4);
        }
    }

    private static void Bodies(SceneBrush sheet, SceneBrief brief, SeededRandom random, Daylight day, CancellationToken cancellationToken)
    {
        var planets = new Planets(day);
        var side = -day.Side;
        var any = brief.Has("planet", "saturn", "earth", "moon", "sun");
        if (!any && !brief.Has("nebula", "galaxy") && random.Chance(0.8f)) planets.Paint(sheet, 0.22f * side, -0.16f, 0.3f, PlanetKind.Rocky, null, false, random);
        cancellationToken.ThrowIfCancellationRequested();
        if (brief.Has("sun")) sheet.Glow(-0.5f * side, 0.2f, 0.55f, new Vector3(3.5f, 2.4f, 1.2f));
        if (brief.Has("earth")) planets.Paint(sheet, 0.1f * side, -0.08f, 0.33f, PlanetKind.Earth, null, false, random);
        cancellationToken.ThrowIfCancellationRequested();
        if (brief.Has("saturn")) planets.Paint(sheet, 0.08f * side, 0.02f, 0.2f, PlanetKind.Gas, Color("saturn"), true, random);
        for (var i = 0; brief.Has("planet") && i < brief.Count("planet", 2); i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var radius = i == 0 ? 0.27f : random.Range(0.035f, 0.085f);
            var kind = i == 0 ? (random.Chance(0.5f) ? PlanetKind.Gas : PlanetKind.Rocky) : PlanetKind.Rocky;
            planets.Paint(sheet, i == 0 ? 0.2f * side : random.Range(-0.55f, 0.3f) * side, i == 0 ? -0.1f : random.Range(0.05f, 0.36f), radius, kind, Color("planet"), i == 0 && random.Chance(0.35f), random);
        }

        if (brief.Has("moon")) planets.Paint(sheet, brief.Has("earth", "planet", "saturn") ? -0.38f * side : 0, 0.2f, brief.Has("earth", "planet", "saturn") ? 0.07f : 0.28f, PlanetKind.Moon, null, false, random);

        Vector3? Color(string concept) => brief.Tints.ContainsKey(concept) ? NamedColors.Of(brief, concept, Vector3.One) : null;
    }

    private static void Astronaut(SceneBrush brush, Daylight day)
    {
        Vector3 suit = Tone.Hex("e8e8ea"), gray = Tone.Hex("9a9ea6");
        void Part(Vector3 color, params ReadOnlySpan<(float X, float Y, float Radius)> joints) => brush.Shade(
            new ShapePath().SmoothLimb(joints), p => color * (new Vector3(0.1f, 0.12f, 0.17f) + (day.Sun * Math.Clamp(0.3f + (p.X * 1.6f * day.Side) + (p.Y * 0.25f), 0.02f, 0.75f))));
        Part(gray, (-0.13f, 0.62f, 0.12f), (-0.13f, 0.42f, 0.12f), (0.13f, 0.42f, 0.12f), (0.13f, 0.62f, 0.12f));
        Part(suit, (-0.08f, 0.36f, 0.085f), (-0.16f, 0.18f, 0.07f), (-0.12f, 0.0f, 0.06f), (-0.17f, -0.05f, 0.05f));
        Part(suit, (0.09f, 0.36f, 0.085f), (0.17f, 0.2f, 0.07f), (0.27f, 0.06f, 0.06f), (0.33f, 0.04f, 0.05f));
        Part(suit, (-0.15f, 0.66f, 0.07f), (-0.3f, 0.6f, 0.06f), (-0.38f, 0.75f, 0.052f), (-0.4f, 0.8f, 0.045f));
        Part(suit, (0, 0.68f, 0.15f), (0, 0.55f, 0.16f), (0, 0.38f, 0.13f));
        Part(suit, (0.15f, 0.66f, 0.07f), (0.31f, 0.6f, 0.06f), (0.36f, 0.45f, 0.052f), (0.35f, 0.4f, 0.045f));
        Part(suit, (0, 0.86f, 0.15f), (0, 0.9f, 0.15f));
        brush.Shade(new ShapePath().Ellipse(0.02f * day.Side, 0.88f, 0.115f, 0.1f), p => Vector3.Lerp(new(0.02f, 0.02f, 0.05f), Vector3.Lerp(new(0.9f, 0.55f, 0.2f), new(0.25f, 0.35f, 0.8f), Math.Clamp((p.Y - 0.8f) / 0.16f, 0, 1)), Math.Clamp(0.3f + (p.X * 5 * day.Side), 0.05f, 0.9f)));
        brush.Dab(0.05f * day.Side, 0.92f, 0.025f, 0.012f, 0.5f, new(2.2f, 2.1f, 1.9f), 0.9f);
        brush.Fill(new ShapePath().Box(-0.07f, 0.52f, 0.14f, 0.08f), gray * 0.6f);
        brush.Dab(-0.03f, 0.56f, 0.014f, 0.014f, 0, new(1.4f, 0.25f, 0.15f));
        brush.Dab(0.03f, 0.56f, 0.014f, 0.014f, 0, new(0.2f, 0.9f, 0.4f));
    }

    private static void Rocket(SceneBrush brush, Daylight day, Vector3 body)
    {
        Vector2 Tilt(Vector2 p) => new((p.X * 0.88f) + (p.Y * 0.47f), (p.Y * 0.88f) - (p.X * 0.47f));
        Vector3 Round(Vector3 color, float across) => color * (new Vector3(0.09f, 0.1f, 0.15f) + (day.Sun * Math.Clamp(0.34f + (across * 0.5f * day.Side), 0.02f, 0.9f)));
        for (var i = 26; i >= 0; i--)
        {
            var t = i / 26f;
            var at = Tilt(new(0, -0.1f - (t * 0.75f)));
            brush.Glow(at.X, at.Y, 0.09f + (0.12f * t), Vector3.Lerp(new(2.6f, 1.9f, 0.9f), new(0.7f, 0.16f, 0.1f), t) * (0.5f * (1 - t)));
        }

        var red = Tone.Hex("c23a2c");
        foreach (var side in (float[])[-1, 1])
            brush.Fill(new ShapePath().Polygon(new(side * 0.1f, 0.2f), new(side * 0.23f, -0.1f), new(side * 0.08f, -0.02f)).Map(Tilt), Round(red, side));
        var hull = new ShapePath().From(-0.09f, -0.06f).Curve(-0.16f, 0.3f, -0.12f, 0.62f, 0, 0.86f).Curve(0.12f, 0.62f, 0.16f, 0.3f, 0.09f, -0.06f);
        brush.Shade(hull.Map(Tilt), p =>
        {
            var local = new Vector2((p.X * 0.88f) - (p.Y * 0.47f), (p.Y * 0.88f) + (p.X * 0.47f));
            return Round(local.Y > 0.62f ? red : body, local.X / 0.13f);
        });
        var port = Tilt(new(0, 0.42f));
        brush.Fill(new ShapePath().Ellipse(port.X, port.Y, 0.052f, 0.052f), Round(Tone.Hex("8a8f98"), 0.2f));
        brush.Fill(new ShapePath().Ellipse(port.X, port.Y, 0.038f, 0.038f), new(0.25f, 0.6f, 0.85f));
    }

    private sealed class Spiral(SeededRandom random, Vector3[] colors)
    {
        private readonly float turn = random.Range(0, MathF.Tau);
        private readonly float tilt = random.Range(0.42f, 0.7f);
        private readonly float lean = random.Range(-0.6f, 0.6f);

        public Vector3 At(float u, float v, GradientNoise gas)
        {
            var (sin, cos) = MathF.SinCos(lean);
            float x = (u * cos) - (v * sin), y = ((u * sin) + (v * cos)) / tilt;
            var radius = MathF.Sqrt((x * x) + (y * y));
            if (radius > 0.75f) return Vector3.Zero;
            var angle = MathF.Atan2(y, x) + turn;
            var dust = gas.Fractal(x * 9, y * 9, 5);
            var arm = MathF.Cos((2 * angle) - (9.5f * MathF.Log(radius + 0.06f)) + (dust * 0.9f));
            var disc = MathF.Exp(-radius * 5.2f);
            var arms = Tone.Step(-0.25f, 0.95f, arm) * (0.75f + (0.8f * dust));
            var core = MathF.Exp(-radius * radius / 0.0042f);
            var color = Vector3.Lerp(colors[^1], Vector3.Lerp(colors[2], colors[0], Tone.Step(-0.2f, 0.3f, dust)), Tone.Step(0.03f, 0.3f, radius));
            return (color * (disc * Math.Max(0, arms) * 2.3f)) + (color * disc * 0.18f) + (new Vector3(1.9f, 1.5f, 1.0f) * core);
        }
    }
}
