using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Studies;

/// <summary>Abstract pictures: marbled flow, geometry, fields of colour, waves, ribbons, a spiral; in the colours and mood of the prompt.</summary>
internal static class AbstractStudy
{
    private static readonly string[] Kinds = ["fluid", "geometric", "color-field", "wave", "lines"];

    /// <summary>Paints the picture.</summary>
    public static SceneView Paint(SceneBrief brief, int width, int height, Action<float, string> progress, CancellationToken cancellationToken)
    {
        var random = brief.Random("abstract");
        var view = new SceneView(width, height);
        var colors = Palettes.For(brief);
        var kind = Kind(brief, random);
        progress(0.1f, "composing");
        switch (kind)
        {
            case "geometric": Geometry(view, brief, colors, random, cancellationToken); break;
            case "color-field": Fields(view, colors, random, cancellationToken); break;
            case "wave": Waves(view, colors, random, cancellationToken); break;
            case "lines": Ribbons(view, colors, random, cancellationToken); break;
            case "spiral": Spiral(view, colors, random, cancellationToken); break;
            default: Flow(view, colors, random, cancellationToken); break;
        }

        return view;
    }

    private static string Kind(SceneBrief brief, SeededRandom random)
    {
        if (brief.Has("spiral")) return "spiral";
        if (brief.Has("geometric", "circles", "triangle")) return "geometric";
        if (brief.Has("wave", "sea")) return "wave";
        foreach (var kind in Kinds)
        {
            if (brief.Has(kind)) return kind;
        }

        if (brief.Has("calm", "fog", "lonely")) return "color-field";
        return random.Pick(Kinds);
    }

    private static Vector3 Along(Vector3[] colors, float share)
    {
        var position = Math.Clamp(share, 0, 0.9999f) * (colors.Length - 1);
        var index = (int)position;
        var part = position - index;
        return Vector3.Lerp(colors[index], colors[index + 1], part * part * (3 - (2 * part)));
    }

    private static void EachPixel(SceneView view, Func<float, float, Vector3> color, CancellationToken cancellationToken) => RowBands.Run(
        view.Height,
        (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var x = 0; x < view.Width; x++)
                    view.Color[(y * view.Width) + x] = color((x + 0.5f - (view.Width / 2f)) / view.Height, (y + 0.5f - (view.Height / 2f)) / view.Height);
            }
        },
        cancellationToken);

    // Domain warping: noise looked up where noise says; lit as a relief of wet paint.
    private static void Flow(SceneView view, Vector3[] colors, SeededRandom random, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        float ox = random.Range(0, 50), oy = random.Range(0, 50), scale = random.Range(0.8f, 1.3f);
        (float Value, float Warp) Field(float u, float v)
        {
            float x = (u * scale) + ox, y = (v * scale) + oy;
            float ax = noise.Fractal(x, y, 4), ay = noise.Fractal(x + 5.2f, y + 1.3f, 4);
            float bx = noise.Fractal(x + (2.1f * ax) + 1.7f, y + (2.1f * ay) + 9.2f, 4), by = noise.Fractal(x + (2.1f * ax) + 8.3f, y + (2.1f * ay) + 2.8f, 4);
            return (noise.Fractal(x + (1.9f * bx), y + (1.9f * by), 4), MathF.Sqrt((bx * bx) + (by * by)));
        }

        EachPixel(
            view,
            (u, v) =>
            {
                const float Near = 0.004f;
                var (value, warp) = Field(u, v);
                var (right, _) = Field(u + Near, v + Near);
                var slope = (right - value) / Near;
                var color = Along(colors, 0.5f + (0.95f * value));
                color = Vector3.Lerp(color, colors[^2], Tone.Step(0.42f, 0.75f, warp) * 0.5f);
                var vein = MathF.Exp(-MathF.Pow(MathF.Sin(value * 22), 2) * 26) * 0.35f;
                color = Vector3.Lerp(color, colors[^1], vein);
                return (color * (0.92f + Math.Clamp(slope * 0.055f, -0.3f, 0.4f))) + (new Vector3(0.5f) * MathF.Pow(Math.Clamp(slope * 0.11f, 0, 1), 4));
            },
            cancellationToken);
    }

    private static void Fields(SceneView view, Vector3[] colors, SeededRandom random, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        var ground = Vector3.Lerp(colors[0], colors[1], random.Range(0.15f, 0.6f));
        var count = random.Below(2) + 2;
        var edges = new List<(float Top, float Bottom, Vector3 Color)>();
        var at = -0.44f;
        for (var i = 0; i < count; i++)
        {
            var tall = (0.84f / count) * random.Range(0.7f, 1.3f);
            var end = i == count - 1 ? 0.44f : Math.Min(0.36f, at + tall);
            edges.Add((at, end - 0.025f, colors[1 + ((i + random.Below(2)) % (colors.Length - 1))]));
            at = end + 0.01f;
        }

        var aspect = view.Width / (float)view.Height;
        EachPixel(
            view,
            (u, v) =>
            {
                var brushwork = noise.Fractal(u * 5, v * 22, 4);
                var cloud = noise.Fractal(u * 2.2f, v * 2.2f, 4);
                var color = ground * (1 + (0.1f * brushwork) + (0.12f * cloud));
                foreach (var (top, bottom, own) in edges)
                {
                    var ragged = 0.014f * noise.Fractal(u * 9, v * 9, 3);
                    var inside = Tone.Step(-0.016f, 0.02f, v - top + ragged) * Tone.Step(-0.016f, 0.02f, bottom - v + ragged) * Tone.Step(-0.016f, 0.03f, (aspect * 0.43f) - Math.Abs(u) + ragged);
                    var tone = own * (1 + (0.14f * brushwork) + (0.22f * cloud) + (0.12f * (v - top)));
                    color = Vector3.Lerp(color, tone, inside * (0.86f + (0.12f * cloud)));
                }

                return color;
            },
            cancellationToken);
    }

    // Sheets before sheets, each with its shadow on the one behind.
    private static void Waves(SceneView view, Vector3[] colors, SeededRandom random, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        const int Sheets = 9;
        var phase = random.Range(0, 40);
        EachPixel(
            view,
            (u, v) =>
            {
                var color = Vector3.Lerp(colors[^1], colors[^2], Tone.Step(-0.5f, 0.2f, v) * 0.5f);
                for (var i = 0; i < Sheets; i++)
                {
                    var t = i / (Sheets - 1f);
                    var crest = -0.3f + (0.72f * t) + (0.13f * noise.Fractal((u * (0.8f + (0.5f * t))) + (i * 7.3f) + phase, i * 3.1f, 3)) + (0.035f * MathF.Sin((u * 5) + (i * 1.9f)));
                    var below = v - crest;
                    if (below < -0.07f) continue;
                    if (below < 0)
                    {
                        color *= 1 - (0.34f * MathF.Pow(1 + (below / 0.07f), 2));
                        continue;
                    }

                    var sheet = Along(colors, 1 - (0.12f + (0.88f * t))) * (1 + (0.05f * noise.Fractal(u * 60, v * 60, 2)));
                    var edge = Tone.Step(0.006f, 0, below);
                    color = Vector3.Lerp(sheet * (0.9f + (0.25f * MathF.Exp(-below * 7))), Vector3.Lerp(sheet, Vector3.One, 0.5f), edge * 0.6f);
                }

                return color;
            },
            cancellationToken);
    }

    private static void Spiral(SceneView view, Vector3[] colors, SeededRandom random, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        var arms = random.Below(3) + 2;
        var side = random.Sign();
        EachPixel(
            view,
            (u, v) =>
            {
                var radius = MathF.Sqrt((u * u) + (v * v)) + 0.002f;
                var turn = (side * MathF.Atan2(v, u)) + (4.4f * MathF.Log(radius)) + (0.35f * noise.Fractal(u * 4, v * 4, 4));
                var wave = 0.5f + (0.5f * MathF.Sin(turn * arms));
                var color = Along(colors, Math.Clamp((wave * 0.7f) + (0.3f * MathF.Exp(-radius * 3)), 0, 1));
                return color * (0.72f + (0.5f * MathF.Pow(wave, 3)) + (0.12f * noise.Fractal(u * 24, v * 24, 3))) + (colors[^1] * MathF.Exp(-radius * 16));
            },
            cancellationToken);
    }

    private static void Ribbons(SceneView view, Vector3[] colors, SeededRandom random, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        EachPixel(view, (u, v) => Vector3.Lerp(colors[0] * 0.7f, colors[1] * 0.45f, Math.Clamp(0.5f + v + (0.4f * noise.Fractal(u, v, 2)), 0, 1)), cancellationToken);
        var sheet = new SceneBrush(view, new(view.Width / 2f, view.Height / 2f), view.Height);
        var aspect = view.Width / (float)view.Height;
        float ox = random.Range(0, 30), oy = random.Range(0, 30);
        for (var i = 0; i < 520; i++)
        {
            if (i % 16 == 0) cancellationToken.ThrowIfCancellationRequested();
            var at = new Vector2(random.Range(-0.62f, 0.62f) * aspect, random.Range(-0.62f, 0.62f));
            var shade = 0.5f + (0.75f * noise.Fractal((at.X * 1.1f) + ox, (at.Y * 1.1f) + oy, 2));
            var color = Along([.. colors.Skip(1)], Math.Clamp(shade + random.Range(-0.16f, 0.16f), 0, 1)) * random.Range(0.8f, 1.2f);
            var wide = 0.0015f + (0.0095f * random.Unit() * random.Unit());
            var joints = new (float X, float Y, float Radius)[15];
            for (var step = 0; step < joints.Length; step++)
            {
                var taper = MathF.Sin(step / (joints.Length - 1f) * MathF.PI);
                joints[step] = (at.X, at.Y, (wide * taper) + 0.0003f);
                var angle = noise.Fractal((at.X * 0.9f) + ox, (at.Y * 0.9f) + oy, 2) * 5.5f;
                at += new Vector2(MathF.Cos(angle), MathF.Sin(angle)) * 0.03f;
            }

            var ribbon = new ShapePath().SmoothLimb(joints);
            sheet.At(0.003f, -0.005f).Fill(ribbon, Vector3.Zero, 0.22f);
            sheet.Fill(ribbon, color, 0.92f);
        }
    }

    private static void Geometry(SceneView view, SceneBrief brief, Vector3[] colors, SeededRandom random, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        EachPixel(view, (u, v) => colors[^1] * (0.97f + (0.045f * noise.Fractal(u * 3, v * 3, 4)) + (0.03f * noise.Fractal(u * 90, v * 90, 2))), cancellationToken);
        var sheet = new SceneBrush(view, new(view.Width / 2f, view.Height / 2f), view.Height);
        var aspect = view.Width / (float)view.Height;
        var focus = new Vector2(random.Range(-0.12f, 0.12f) * aspect, random.Range(-0.08f, 0.12f));
        Vector3 Pick() => colors[random.Below(colors.Length - 1)];

        void Disc(float x, float y, float radius, Vector3 color, float alpha = 0.95f) => sheet.Shade(
            new ShapePath().Ellipse(x, y, radius, radius), p => color * (0.93f + (0.14f * noise.Fractal(p.X * 26, p.Y * 26, 3)) + (0.1f * (p.Y - y) / radius)), alpha);

        Disc(focus.X, focus.Y, random.Range(0.22f, 0.29f), colors[3], 0.9f);
        Disc(focus.X + random.Range(-0.1f, 0.1f), focus.Y + random.Range(-0.1f, 0.1f), random.Range(0.12f, 0.17f), colors[1]);
        Disc(focus.X + random.Range(-0.06f, 0.06f), focus.Y + random.Range(-0.06f, 0.06f), random.Range(0.05f, 0.08f), colors[2]);
        var onlyCircles = brief.Has("circles") && !brief.Has("geometric", "triangle");
        for (var i = 0; i < 16; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float x = random.Range(-0.46f, 0.46f) * aspect, y = random.Range(-0.44f, 0.44f), size = random.Range(0.04f, 0.17f);
            var color = Pick();
            switch (onlyCircles ? 0 : brief.Has("triangle") && random.Chance(0.6f) ? 1 : random.Below(5))
            {
                case 0:
                    Disc(x, y, size * 0.6f, color, 0.88f);
                    if (random.Chance(0.5f)) Disc(x, y, size * 0.32f, Pick());
                    break;
                case 1:
                    var turn = random.Range(0, MathF.Tau);
                    Vector2 Corner(float angle) => new(x + (MathF.Cos(turn + angle) * size), y + (MathF.Sin(turn + angle) * size));
                    sheet.Shade(new ShapePath().Polygon(Corner(0), Corner(2.2f), Corner(3.9f)), p => color * (0.92f + (0.18f * noise.Fractal(p.X * 20, p.Y * 20, 3))), 0.9f);
                    break;
                case 2:
                    var arc = new ShapePath();
                    var start = random.Range(0, MathF.Tau);
                    var before = Point(x, y, size, start);
                    for (var step = 1; step <= 20; step++)
                    {
                        var next = Point(x, y, size, start + (step * 0.16f));
                        arc.Limb([(before.X, before.Y, size * 0.07f), (next.X, next.Y, size * 0.07f)]);
                        before = next;
                    }

                    sheet.Fill(arc, color);
                    break;
                case 3:
                    var lean = random.Range(-0.7f, 0.7f);
                    for (var bar = 0; bar < 5; bar++)
                    {
                        var shift = bar * size * 0.22f;
                        sheet.Limb(bar % 2 == 0 ? color : colors[0], (x - size + (shift * lean), y + shift, 0.004f), (x + size + (shift * lean), y + shift + (lean * size), 0.004f));
                    }

                    break;
                default:
                    var (sin, cos) = MathF.SinCos(random.Range(0, 1.5f));
                    sheet.Shade(new ShapePath().Box(-size * 0.7f, -size * 0.25f, size * 1.4f, size * 0.5f).Map(p => new(x + (p.X * cos) - (p.Y * sin), y + (p.X * sin) + (p.Y * cos))), p => color * (0.94f + (0.14f * noise.Fractal(p.X * 24, p.Y * 24, 3))), 0.88f);
                    break;
            }
        }

        for (var i = 0; i < (onlyCircles ? 0 : 7); i++)
        {
            var (sin, cos) = MathF.SinCos(random.Range(-0.9f, 0.9f));
            float x = random.Range(-0.3f, 0.3f) * aspect, y = random.Range(-0.3f, 0.3f), reach = random.Range(0.25f, 0.75f), thick = random.Range(0.0012f, 0.006f);
            sheet.Limb(colors[0], (x - (cos * reach), y - (sin * reach), thick), (x + (cos * reach), y + (sin * reach), thick * 0.6f));
        }

        static Vector2 Point(float x, float y, float radius, float angle) => new(x + (MathF.Cos(angle) * radius), y + (MathF.Sin(angle) * radius));
    }
}
