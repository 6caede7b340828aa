using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>Flowers with stem and leaves, one unit high, and their heads alone for bunches.</summary>
internal sealed class Flowers(Daylight day)
{
    private static readonly Vector3 Green = Tone.Hex("4f7d35");

    /// <summary>The colours a kind has when the prompt gives none.</summary>
    public static Vector3[] Colors(string kind) => kind switch
    {
        "rose" => Tone.Hexes("b3203a d1455e e88fa0 f0e2d8"),
        "tulip" => Tone.Hexes("d8382f f2c230 e8729c 9b3f8f e8752f"),
        "sunflower" => Tone.Hexes("f2b81c eda312"),
        "lavender" => Tone.Hexes("7d62b8 8f77c9 6a50a6"),
        "poppy" => Tone.Hexes("d8382a e24b33 c92c22"),
        "daisy" => Tone.Hexes("f6f3ec fbf9f4"),
        "lotus" => Tone.Hexes("e98fb0 f3b9cc f6dbe2"),
        _ => Tone.Hexes("d94f6a f2c744 8c6fc9 f3ece0 e8804a 5f84cf"),
    };

    /// <summary>A flower on its stem.</summary>
    public void Paint(SceneBrush brush, string kind, Vector3 color, SeededRandom random)
    {
        var lean = random.Range(-0.14f, 0.14f);
        var stem = Lit(Green * random.Range(0.7f, 1), 0.35f);
        brush.Limb(stem, (0, -0.05f, 0.014f), (lean * 0.3f, 0.45f, 0.012f), (lean, 0.86f, 0.01f));
        for (var i = 0; i < 2; i++)
        {
            var side = i == 0 ? 1 : -1;
            var at = random.Range(0.15f, 0.45f);
            var leaf = new ShapePath().From(lean * at * 0.5f, at).Bend(side * 0.13f, at + 0.1f, side * random.Range(0.16f, 0.22f), at + random.Range(0.14f, 0.3f))
                .Bend(side * 0.05f, at + 0.12f, lean * at * 0.5f, at);
            brush.Fill(leaf, Lit(Green * random.Range(0.75f, 1.1f), 0.3f + (0.2f * side * day.Side)));
        }

        Head(brush.At(lean, 0.86f), kind, color, random);
    }

    /// <summary>The head of a flower around the brush's origin, about a quarter of a unit wide.</summary>
    public void Head(SceneBrush brush, string kind, Vector3 color, SeededRandom random)
    {
        switch (kind)
        {
            case "rose": Rose(brush, color, random); break;
            case "tulip": Tulip(brush, color, random); break;
            case "sunflower": Rays(brush, color, random, 22, 0.17f, 0.032f, 0.075f, Tone.Hex("4b2d18")); break;
            case "daisy": Rays(brush, color, random, 15, 0.105f, 0.023f, 0.035f, Tone.Hex("f0bd2c")); break;
            case "lavender": Spike(brush, color, random); break;
            case "poppy": Bowl(brush, color, random); break;
            case "lotus": Lotus(brush, color, random); break;
            default:
                if (random.Chance(0.5f)) Rays(brush, color, random, random.Below(4) + 6, 0.095f, 0.038f, 0.028f, Tone.Hex("f0c43c"));
                else Bowl(brush, color, random);
                break;
        }
    }

    private Vector3 Lit(Vector3 albedo, float facing) => day.On(albedo, Math.Clamp(facing, 0, 1), 0.95f);

    private void Rays(SceneBrush brush, Vector3 color, SeededRandom random, int petals, float length, float width, float heart, Vector3 heartColor)
    {
        var turn = random.Range(0, 1);
        var squash = random.Range(0.72f, 1);
        for (var layer = 0; layer < 2; layer++)
        {
            for (var i = 0; i < petals; i++)
            {
                var angle = ((i + (layer * 0.5f)) / petals * MathF.Tau) + turn;
                var (sin, cos) = MathF.SinCos(angle);
                var reach = length * (layer == 0 ? 1 : 0.86f) * 0.55f;
                var facing = 0.45f + (0.3f * ((cos * day.Side) + sin));
                brush.Dab(cos * reach, sin * reach * squash, length * 0.5f, width, MathF.Atan2(sin * squash, cos), Lit(color * (layer == 0 ? 0.78f : random.Range(0.92f, 1.06f)), facing));
            }
        }

        brush.Dab(0, 0, heart, heart * squash, 0, Lit(heartColor * 0.8f, 0.3f));
        brush.Dab(heart * 0.2f * day.Side, heart * 0.2f, heart * 0.65f, heart * 0.6f * squash, 0, Lit(heartColor * 1.15f, 0.8f), 0.8f);
        for (var i = 0; i < 12; i++)
            brush.Dab(random.Normal() * heart * 0.45f, random.Normal() * heart * 0.4f, heart * 0.12f, heart * 0.12f, 0, Lit(heartColor * random.Range(0.6f, 1.5f), 0.5f), 0.8f);
    }

    private void Rose(SceneBrush brush, Vector3 color, SeededRandom random)
    {
        for (var ring = 0; ring < 5; ring++)
        {
            var radius = 0.115f * (1 - (ring * 0.19f));
            var petals = 6 - ring;
            for (var i = 0; i < Math.Max(2, petals); i++)
            {
                var angle = (i / (float)Math.Max(2, petals) * MathF.Tau) + (ring * 1.1f) + random.Range(-0.2f, 0.2f);
                var (sin, cos) = MathF.SinCos(angle);
                var facing = 0.4f + (0.4f * ((cos * day.Side * 0.7f) + (sin * 0.7f)));
                brush.Dab(cos * radius * 0.6f, (sin * radius * 0.52f) + (ring * 0.006f), radius * 0.58f, radius * 0.44f, angle + 1.57f, Lit(color * (0.72f + (0.11f * ring) * random.Range(0.8f, 1.1f)), facing), 0.95f);
                brush.Dab(cos * radius * 0.8f, (sin * radius * 0.7f) + (ring * 0.006f), radius * 0.34f, radius * 0.09f, angle + 1.57f, Lit(Vector3.Lerp(color, Vector3.One, 0.22f), facing + 0.25f), 0.7f);
            }
        }

        brush.Dab(0, 0.02f, 0.02f, 0.014f, 0.5f, Lit(color * 0.45f, 0.2f));
    }

    private void Tulip(SceneBrush brush, Vector3 color, SeededRandom random)
    {
        for (var i = 0; i < 3; i++)
        {
            var x = (i - 1) * 0.045f;
            var petal = new ShapePath().From(x * 0.3f, -0.08f).Curve(x - 0.095f, -0.05f, x - 0.075f, 0.08f, x * 1.25f, 0.14f + random.Range(-0.01f, 0.015f))
                .Curve(x + 0.075f, 0.08f, x + 0.095f, -0.05f, x * 0.3f, -0.08f);
            var facing = 0.42f + (0.32f * (i - 1) * day.Side);
            brush.Shade(petal, p => Lit(color * (0.7f + (2.0f * (p.Y + 0.08f))), facing));
        }

        var middle = new ShapePath().From(0, -0.085f).Curve(-0.08f, -0.05f, -0.06f, 0.05f, 0, 0.115f).Curve(0.06f, 0.05f, 0.08f, -0.05f, 0, -0.085f);
        brush.Shade(middle, p => Lit(color * (0.82f + (1.5f * (p.Y + 0.08f))), 0.5f + (p.X * 3 * day.Side)));
    }

    private void Spike(SceneBrush brush, Vector3 color, SeededRandom random)
    {
        for (var i = 0; i < 34; i++)
        {
            var t = i / 34f;
            var wide = 0.034f * (1.15f - t);
            var x = random.Range(-1, 1) * wide;
            brush.Dab(x, -0.16f + (0.33f * t), 0.018f, 0.013f, random.Range(-0.6f, 0.6f), Lit(color * random.Range(0.7f, 1.3f), 0.4f + (x * 9 * day.Side)), 0.95f);
        }
    }

    private void Bowl(SceneBrush brush, Vector3 color, SeededRandom random)
    {
        for (var i = 0; i < 5; i++)
        {
            var angle = (i / 5f * MathF.Tau) + 0.3f + random.Range(-0.15f, 0.15f);
            var (sin, cos) = MathF.SinCos(angle);
            var facing = 0.45f + (0.35f * ((cos * day.Side * 0.7f) + (sin * 0.7f)));
            brush.Dab(cos * 0.055f, sin * 0.04f, 0.072f, 0.056f, angle, Lit(color * random.Range(0.8f, 1.08f), facing), 0.97f);
        }

        brush.Dab(0, 0.002f, 0.028f, 0.02f, 0, Lit(Tone.Hex("2a2320"), 0.3f), 0.9f);
        for (var i = 0; i < 7; i++) brush.Dab(random.Normal() * 0.02f, random.Normal() * 0.014f, 0.006f, 0.006f, 0, Lit(Tone.Hex("d9c36a"), 0.6f));
    }

    private void Lotus(SceneBrush brush, Vector3 color, SeededRandom random)
    {
        for (var layer = 0; layer < 3; layer++)
        {
            var petals = 7 - layer;
            for (var i = 0; i < petals; i++)
            {
                var spread = petals == 1 ? 0 : (i / (petals - 1f) * 2) - 1;
                var angle = (MathF.PI / 2) - (spread * (1.25f - (layer * 0.32f)));
                var (sin, cos) = MathF.SinCos(angle);
                var length = 0.15f - (layer * 0.012f);
                Vector2 tip = new(cos * length, (sin * length * 1.05f) - 0.03f), side = new(-sin * 0.036f, cos * 0.036f), foot = new(0, -0.05f);
                var middle = (tip + foot) / 2;
                var petal = new ShapePath().From(foot.X, foot.Y).Bend(middle.X + side.X, middle.Y + side.Y, tip.X, tip.Y).Bend(middle.X - side.X, middle.Y - side.Y, foot.X, foot.Y);
                var facing = 0.5f + (0.3f * cos * day.Side);
                brush.Shade(petal, p => Lit(Vector3.Lerp(Vector3.Lerp(color, Vector3.One, 0.55f), color, Math.Clamp(p.Length() / 0.15f, 0, 1)) * (0.82f + (layer * 0.08f)), facing));
            }
        }

        brush.Dab(0, -0.03f, 0.022f, 0.012f, 0, Lit(Tone.Hex("d9b83a"), 0.6f) * random.Range(0.9f, 1));
    }
}
