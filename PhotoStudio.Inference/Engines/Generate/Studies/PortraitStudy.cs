using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Elements;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Studies;

/// <summary>
/// A portrait in a graphic manner: a long neck, an oval face half in shadow, almond eyes, shapes of hair and clothes, before a disc or a
/// field of colour. No likeness of anyone.
/// </summary>
internal static class PortraitStudy
{
    /// <summary>Paints the portrait.</summary>
    public static SceneView Paint(SceneBrief brief, int width, int height, Action<float, string> progress, CancellationToken cancellationToken)
    {
        var random = brief.Random("portrait");
        var view = new SceneView(width, height);
        var colors = Palettes.For(brief with { Tints = new Dictionary<string, string>(StringComparer.Ordinal) });
        var noise = new GradientNoise(random);
        var night = brief.Has("night", "moon", "stars");
        progress(0.1f, "laying the ground");
        Ground(view, brief, colors, noise, night, random, cancellationToken);
        progress(0.4f, "drawing the sitter");
        var unit = Math.Min(height, width * 1.15f);
        var brush = new SceneBrush(view, new(width / 2f, height - (unit * 0.5f)), unit) { Mirrored = random.Chance(0.5f) };
        new Sitter(brief, colors, noise, random).Paint(brush);
        return view;
    }

    private static void Ground(
        SceneView view, SceneBrief brief, Vector3[] colors, GradientNoise noise, bool night, SeededRandom random, CancellationToken cancellationToken)
    {
        var low = night ? colors[0] : Vector3.Lerp(colors[3], colors[4], 0.5f);
        var high = night ? Vector3.Lerp(colors[0], colors[1], 0.6f) : Vector3.Lerp(colors[2], colors[3], 0.35f);
        RowBands.Run(
            view.Height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    for (var x = 0; x < view.Width; x++)
                    {
                        float u = (x - (view.Width / 2f)) / view.Height, v = (y - (view.Height / 2f)) / view.Height;
                        var wash = noise.Fractal(u * 2.4f, v * 2.4f, 5);
                        var color = Vector3.Lerp(high, low, Math.Clamp(0.5f + v + (0.3f * wash), 0, 1));
                        view.Color[(y * view.Width) + x] = color * (0.95f + (0.09f * noise.Fractal(u * 14, v * 30, 3)));
                    }
                }
            },
            cancellationToken);
        var sheet = new SceneBrush(view, new(view.Width / 2f, view.Height / 2f), view.Height);
        if (brief.Has("stars", "night"))
        {
            for (var i = 0; i < 120; i++) sheet.Glow(random.Range(-0.9f, 0.9f), random.Range(-0.1f, 0.5f), random.Range(0.002f, 0.008f), new(1.2f, 1.2f, 1.3f));
        }

        var disc = brief.Has("moon") ? Tone.Hex("efe6cf") : night ? Tone.Hex("e9dcb5") : Vector3.Lerp(colors[2], colors[1], 0.25f);
        sheet.Shade(new ShapePath().Ellipse(0, 0.08f, 0.335f, 0.335f), p => disc * (0.95f + (0.12f * noise.Fractal(p.X * 6, p.Y * 6, 4))), 0.94f);
        if (brief.Has("mountain", "sea", "forest"))
        {
            for (var layer = 0; layer < 3; layer++)
            {
                var path = new ShapePath().From(-1.2f, -0.6f);
                for (var i = 0; i <= 60; i++)
                {
                    var x = -1.2f + (i * 0.04f);
                    path.To(x, -0.06f - (layer * 0.1f) + (brief.Has("sea") ? 0.012f * MathF.Sin((x * 26) + layer) : 0.14f * noise.Fractal((x * 1.9f) + (layer * 9), layer, 4)));
                }

                sheet.Fill(path.To(1.2f, -0.6f), Vector3.Lerp(colors[3], colors[0], 0.3f + (layer * 0.22f)), 0.92f);
            }
        }
    }

    private sealed class Sitter(SceneBrief brief, Vector3[] colors, GradientNoise noise, SeededRandom random)
    {
        private readonly bool woman = brief.Has("woman") || (!brief.Has("beard") && !brief.Has("person") && random.Chance(0.65f));
        private readonly Vector3 skin = Tone.Hex(random.Pick(["e8b48e", "c98d66", "a56a45", "7d4c30", "f0c8a8"]));
        private readonly Vector3 hair = Hair(brief, random);
        private readonly Vector3 cloth = NamedColors.Of(brief, "dress", colors[1]);
        private readonly int cut = random.Below(3);

        private static Vector3 Hair(SceneBrief brief, SeededRandom random)
        {
            var usual = Tone.Hex(random.Pick(["231a17", "4a2c1c", "7d4420", "171a24", "b5793a"]));
            return NamedColors.Of(brief, "hair", brief.Has("old-man", "old-woman") ? Tone.Hex("d6d2c9") : usual);
        }

        private Vector3 Shadow(Vector3 color) => Vector3.Lerp(color * 0.56f, colors[0], 0.22f);

        public void Paint(SceneBrush brush)
        {
            if (woman) HairBehind(brush);
            Body(brush);
            Face(brush);
            Features(brush);
            HairFront(brush);
            if (brief.Has("beard")) Beard(brush);
            if (brief.Has("glasses")) Glasses(brush);
            if (brief.Has("hat")) Hat(brush);
            if (brief.Has("flower", "rose")) Blossoms(brush);
        }

        private Vector3 Grain(Vector3 color, Vector2 p, float amount = 0.06f) => color * (1 + (amount * noise.Fractal(p.X * 30, p.Y * 30, 4)));

        private void HairBehind(SceneBrush brush)
        {
            var length = cut switch { 0 => -0.3f, 1 => -0.12f, _ => -0.02f };
            var back = new ShapePath().From(-0.17f, 0.2f).Curve(-0.2f, 0.4f, 0.2f, 0.4f, 0.175f, 0.2f).Curve(0.22f, 0.05f, 0.2f, length + 0.08f, 0.16f, length).Bend(0, length - 0.05f, -0.15f, length).Curve(-0.21f, length + 0.1f, -0.2f, 0.05f, -0.17f, 0.2f);
            brush.Shade(back, p => Strands(p, 0.62f));
        }

        private Vector3 Strands(Vector2 p, float tone) => Strands(p, tone, hair);

        private Vector3 Strands(Vector2 p, float tone, Vector3 color) => color * (tone * (0.85f + (0.35f * noise.Fractal((p.X * 42) + (3 * MathF.Sin(p.Y * 7)), p.Y * 4, 3))));

        private void Body(SceneBrush brush)
        {
            var shoulders = new ShapePath().From(-0.62f, -0.56f).Curve(-0.4f, -0.36f, -0.34f, -0.25f, -0.2f, -0.2f).Curve(-0.1f, -0.165f, 0.1f, -0.165f, 0.2f, -0.2f).Curve(0.34f, -0.25f, 0.4f, -0.36f, 0.62f, -0.56f);
            brush.Shade(shoulders, p => Grain(p.X < -0.02f + (0.1f * (p.Y + 0.3f)) ? Shadow(cloth) : cloth, p));
            var neck = new ShapePath().From(-0.062f, 0.06f).Curve(-0.06f, -0.06f, -0.075f, -0.13f, -0.15f, -0.185f).Bend(0, -0.3f, 0.15f, -0.185f).Curve(0.075f, -0.13f, 0.06f, -0.06f, 0.062f, 0.06f);
            brush.Shade(neck, p => Grain(p.X < 0.006f || p.Y > 0.0f ? Shadow(skin) : skin * 0.95f, p, 0.04f));
            if (!woman) brush.Fill(new ShapePath().Polygon(new(-0.16f, -0.19f), new(0, -0.3f), new(0.16f, -0.19f), new(0.2f, -0.22f), new(0, -0.42f), new(-0.2f, -0.22f)), Vector3.Lerp(cloth, colors[4], 0.5f));
            else if (random.Chance(0.5f)) for (var i = 0; i < 13; i++) brush.Dab(-0.12f + (i * 0.02f), -0.19f - (0.045f * MathF.Sin(i / 12f * MathF.PI)), 0.009f, 0.009f, 0, colors[3]);
        }

        private static ShapePath Head() => new ShapePath().From(-0.128f, 0.17f).Curve(-0.135f, 0.34f, 0.135f, 0.34f, 0.128f, 0.17f).Curve(0.128f, 0.06f, 0.075f, -0.04f, 0, -0.048f).Curve(-0.075f, -0.04f, -0.128f, 0.06f, -0.128f, 0.17f);

        private void Face(SceneBrush brush)
        {
            brush.Fill(new ShapePath().Ellipse(-0.13f, 0.125f, 0.02f, 0.036f).Ellipse(0.13f, 0.125f, 0.02f, 0.036f), Shadow(skin));
            brush.Shade(Head(), p =>
            {
                // The shadow runs down the brow, along the nose and past the mouth.
                var edge = p.Y > 0.16f ? -0.03f : p.Y > 0.075f ? Tone.Mix(-0.002f, -0.022f, (p.Y - 0.075f) / 0.085f) : -0.016f + (0.01f * MathF.Sin(p.Y * 80));
                var side = Tone.Step(edge - 0.006f, edge + 0.006f, p.X);
                var color = Vector3.Lerp(Shadow(skin), skin, side);
                var cheek = MathF.Exp(-(MathF.Pow((p.X - 0.07f) / 0.035f, 2) + MathF.Pow((p.Y - 0.075f) / 0.03f, 2)));
                return Grain(Vector3.Lerp(color, new(0.75f, 0.24f, 0.2f), cheek * 0.22f * side), p, 0.035f);
            });
        }

        private void Features(SceneBrush brush)
        {
            var dark = Vector3.Lerp(hair * 0.5f, new(0.02f), 0.5f);
            var iris = NamedColors.Of(brief, "eyes", Tone.Hex(random.Pick(["4a2f1c", "2f5a6b", "3f5a35"])));
            for (var side = -1; side <= 1; side += 2)
            {
                var x = side * 0.057f;
                var white = new ShapePath().From(x - (side * 0.03f), 0.136f).Bend(x, 0.16f, x + (side * 0.034f), 0.142f).Bend(x, 0.118f, x - (side * 0.03f), 0.136f);
                brush.Fill(white, Vector3.Lerp(side < 0 ? new(0.45f, 0.43f, 0.43f) : new(0.88f, 0.86f, 0.82f), skin, 0.12f));
                brush.Dab(x + 0.002f, 0.14f, 0.0125f, 0.0125f, 0, iris * (side < 0 ? 0.5f : 0.9f));
                brush.Dab(x + 0.002f, 0.14f, 0.006f, 0.006f, 0, new(0.01f));
                brush.Dab(x + 0.006f, 0.145f, 0.0028f, 0.0028f, 0, new(1.1f));
                brush.Limb(dark, (x - (side * 0.031f), 0.135f, 0.0016f), (x - (side * 0.01f), 0.149f, 0.0038f), (x + (side * 0.014f), 0.1505f, 0.004f), (x + (side * 0.038f), 0.1435f, woman ? 0.0034f : 0.0018f));
                brush.Limb(dark, (x - (side * 0.03f), 0.182f, 0.0045f), (x, 0.192f, 0.0052f), (x + (side * 0.04f), 0.178f, 0.0016f));
                if (woman) brush.Fill(white.Map(p => new(p.X, p.Y + 0.012f)), Vector3.Lerp(skin, colors[1], 0.45f), 0.25f);
            }

            brush.Limb(Shadow(skin) * 0.8f, (-0.02f, 0.165f, 0.002f), (-0.013f, 0.11f, 0.0028f), (-0.02f, 0.072f, 0.0034f), (-0.006f, 0.066f, 0.0026f));
            brush.Dab(0.011f, 0.069f, 0.006f, 0.003f, 0, Shadow(skin) * 0.75f, 0.8f);
            var smile = brief.Has("smile", "happy") ? 0.009f : 0.001f;
            var lip = woman ? Tone.Hex("a8283a") : Vector3.Lerp(skin * 0.6f, new(0.4f, 0.1f, 0.09f), 0.45f);
            var upper = new ShapePath().From(-0.038f, 0.026f + smile).Curve(-0.02f, 0.037f, -0.01f, 0.04f, 0, 0.035f).Curve(0.01f, 0.04f, 0.02f, 0.037f, 0.038f, 0.026f + smile).Bend(0, 0.022f - smile, -0.038f, 0.026f + smile);
            var lower = new ShapePath().From(-0.036f, 0.026f + smile).Bend(0, 0.022f - smile, 0.036f, 0.026f + smile).Curve(0.02f, 0.008f, -0.02f, 0.008f, -0.036f, 0.026f + smile);
            brush.Fill(upper, lip * 0.7f);
            brush.Shade(lower, p => lip * (p.X < -0.01f ? 0.7f : 1.1f));
            brush.Dab(0.01f, 0.018f, 0.008f, 0.0022f, 0, Vector3.Lerp(lip, Vector3.One, 0.55f), 0.6f);
        }

        private void HairFront(SceneBrush brush)
        {
            var part = random.Range(-0.05f, 0.05f);
            if (woman)
            {
                var left = new ShapePath().From(part, 0.295f).Curve(-0.1f, 0.3f, -0.165f, 0.25f, -0.158f, 0.1f).Curve(-0.165f, 0.03f, -0.17f, 0, -0.165f, -0.06f).Curve(-0.14f, 0.02f, -0.125f, 0.1f, -0.118f, 0.18f).Curve(-0.1f, 0.22f, -0.04f, 0.25f, part, 0.262f);
                var right = new ShapePath().From(part, 0.295f).Curve(0.1f, 0.31f, 0.17f, 0.25f, 0.16f, 0.1f).Curve(0.165f, 0.03f, 0.17f, 0, 0.168f, -0.06f).Curve(0.14f, 0.02f, 0.13f, 0.1f, 0.118f, 0.18f).Curve(0.09f, 0.23f, 0.05f, 0.25f, part, 0.262f);
                brush.Shade(left, p => Strands(p, 0.8f));
                brush.Shade(right, p => Strands(p, 1.15f));
                if (cut == 2) brush.Shade(new ShapePath().Ellipse(0.01f, 0.345f, 0.075f, 0.062f), p => Strands(p, 0.85f + (p.X * 3)));
                return;
            }

            var cap = new ShapePath().From(-0.134f, 0.155f).Curve(-0.155f, 0.35f, 0.155f, 0.36f, 0.134f, 0.155f).Curve(0.126f, 0.22f, 0.1f, 0.235f, 0.06f, 0.24f + (cut * 0.006f)).Curve(0, 0.25f, -0.06f, 0.215f, -0.108f, 0.235f).Curve(-0.126f, 0.21f, -0.13f, 0.18f, -0.134f, 0.155f);
            brush.Shade(cap, p => Strands(p, p.X < -0.02f ? 0.7f : 1.1f));
        }

        private void Beard(SceneBrush brush)
        {
            var beard = new ShapePath().From(-0.128f, 0.12f).Curve(-0.12f, 0.05f, -0.1f, -0.06f, 0, -0.1f).Curve(0.1f, -0.06f, 0.12f, 0.05f, 0.128f, 0.12f).Curve(0.1f, 0.05f, 0.06f, 0.055f, 0.045f, 0.045f).Curve(0.02f, 0.056f, -0.02f, 0.056f, -0.045f, 0.045f).Curve(-0.06f, 0.055f, -0.1f, 0.05f, -0.128f, 0.12f);
            var color = NamedColors.Of(brief, "beard", hair);
            brush.Shade(beard, p => Strands(p, p.X < -0.01f ? 0.65f : 1, color));
            brush.Fill(new ShapePath().Ellipse(0, 0.024f, 0.03f, 0.008f), Tone.Hex("8a3f38"));
        }

        private static void Glasses(SceneBrush brush)
        {
            for (var side = -1; side <= 1; side += 2)
            {
                var path = new ShapePath();
                for (var i = 0; i < 28; i++)
                {
                    var (sin, cos) = MathF.SinCos(i / 28f * MathF.Tau);
                    var (nextSin, nextCos) = MathF.SinCos((i + 1) / 28f * MathF.Tau);
                    path.Limb([((side * 0.057f) + (cos * 0.046f), 0.139f + (sin * 0.04f), 0.0035f), ((side * 0.057f) + (nextCos * 0.046f), 0.139f + (nextSin * 0.04f), 0.0035f)]);
                }

                brush.Fill(path, new(0.02f, 0.02f, 0.025f));
                brush.Limb(new(0.02f), (side * 0.102f, 0.145f, 0.003f), (side * 0.132f, 0.14f, 0.003f));
                brush.Limb(new(0.9f), ((side * 0.057f) - 0.01f, 0.162f, 0.0018f), ((side * 0.057f) - 0.024f, 0.148f, 0.001f));
            }

            brush.Limb(new(0.02f), (-0.012f, 0.146f, 0.003f), (0.012f, 0.146f, 0.003f));
        }

        private void Hat(SceneBrush brush)
        {
            var felt = NamedColors.Of(brief, "hat", colors[1]);
            brush.Shade(new ShapePath().From(-0.14f, 0.24f).Curve(-0.15f, 0.42f, 0.15f, 0.42f, 0.14f, 0.24f), p => Grain(p.X < -0.02f ? Shadow(felt) : felt, p));
            brush.Shade(new ShapePath().Ellipse(0, 0.236f, 0.27f, 0.036f, 0.05f), p => Grain(p.X < -0.06f ? Shadow(felt) : felt * 1.05f, p));
            brush.Fill(new ShapePath().Polygon(new(-0.141f, 0.25f), new(0.141f, 0.26f), new(0.143f, 0.29f), new(-0.143f, 0.28f)), colors[0]);
        }

        private void Blossoms(SceneBrush brush)
        {
            var day = new Daylight { Sky = [Vector3.Zero, Vector3.Zero], Time = "day", Glow = Vector3.Zero, Sun = new(1.1f), Ambient = new(0.35f), Side = brush.Mirrored ? -1 : 1 };
            var flowers = new Flowers(day);
            var kind = brief.Has("rose") ? "rose" : "flower";
            var own = NamedColors.Of(brief, kind, NamedColors.Of(brief, "flower", new(-1)));
            for (var i = 0; i < 5; i++) flowers.Head(brush.At(0.125f - (i * 0.036f), 0.225f + (0.055f * MathF.Sin(i * 0.8f)), 0.42f), kind, own.X >= 0 ? own : colors[1 + (i % 3)], random);
        }
    }
}
