using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>What a tree is like.</summary>
/// <param name="Kind">tree, pine, palm, birch, willow, cypress, cherry-blossom, bamboo, bush, bare.</param>
/// <param name="Leaves">The colour of its leaves.</param>
/// <param name="Snowy">Whether snow lies on it.</param>
internal sealed record TreeLook(string Kind, Vector3 Leaves, bool Snowy = false);

/// <summary>
/// Trees, one unit high, painted as a painter does: branches, then dabs of leaves from the shadow to the light. The number of dabs goes
/// with the size in pixels.
/// </summary>
internal sealed class Trees(Daylight day)
{
    private static readonly Vector3 Bark = Tone.Hex("5a4330");

    /// <summary>Paints a tree.</summary>
    public void Paint(SceneBrush brush, TreeLook look, SeededRandom random)
    {
        switch (look.Kind)
        {
            case "pine": Pine(brush, look, random); break;
            case "palm": Palm(brush, look, random); break;
            case "cypress": Cypress(brush, look, random); break;
            case "birch": Birch(brush, look, random); break;
            case "willow": Willow(brush, look, random); break;
            case "bamboo": Bamboo(brush, look, random); break;
            case "bush": Crown(brush, look, random, [(0, 0.4f, 0.42f, 0.4f), (-0.32f, 0.3f, 0.26f, 0.28f), (0.34f, 0.3f, 0.25f, 0.27f)]); break;
            case "bare": Bare(brush, look, random); break;
            default: Broad(brush, look, random); break;
        }
    }

    private float Amount(SceneBrush brush) => Math.Clamp(brush.Scale / 160f, 0.03f, 1.5f);

    private Vector3 Lit(Vector3 albedo, float facing, float sky = 1) => day.On(albedo, facing, sky);

    private void Broad(SceneBrush brush, TreeLook look, SeededRandom random)
    {
        var bark = Lit(Bark, 0.18f, 0.7f);
        var lean = random.Range(-0.05f, 0.05f);
        brush.Limb(bark, (0, -0.01f, 0.05f), (lean * 0.4f, 0.18f, 0.034f), (lean, 0.42f, 0.024f));
        if (brush.Scale > 40)
        {
            for (var i = 0; i < 5; i++)
            {
                var side = (i % 2 == 0 ? 1 : -1) * random.Range(0.14f, 0.28f);
                var from = random.Range(0.24f, 0.36f);
                brush.Limb(bark, (lean * 0.7f, from, 0.018f), (side * 0.6f, from + 0.14f, 0.012f), (side, from + random.Range(0.2f, 0.34f), 0.005f));
            }
        }

        var lobes = new List<(float X, float Y, float W, float H)> { (lean, 0.64f, 0.27f, 0.27f) };
        for (var i = 0; i < 8; i++)
        {
            var angle = (i / 8f * MathF.Tau) + random.Range(-0.3f, 0.3f);
            var (sin, cos) = MathF.SinCos(angle);
            lobes.Add((lean + (cos * random.Range(0.2f, 0.28f)), 0.64f + (sin * random.Range(0.17f, 0.23f)), random.Range(0.12f, 0.18f), random.Range(0.1f, 0.15f)));
        }

        Crown(brush, look, random, [.. lobes]);
    }

    private void Crown(SceneBrush brush, TreeLook look, SeededRandom random, (float X, float Y, float W, float H)[] lobes)
    {
        var size = Math.Clamp(3.6f / Math.Max(brush.Scale, 8), 0.011f, 0.09f);
        var count = Math.Min(1500, (int)(0.42f / (size * size))) + 8;
        foreach (var (x, y, w, h) in lobes) brush.Dab(x, y, w * 0.92f, h * 0.92f, 0, Lit(look.Leaves * 0.48f, 0.03f, 0.62f), 0.85f);
        for (var pass = 0; pass < 3; pass++)
        {
            for (var i = 0; i < count; i++)
            {
                var (lx, ly, w, h) = lobes[random.Below(lobes.Length)];
                var angle = random.Range(0, MathF.Tau);
                var radius = MathF.Sqrt(random.Unit());
                var (sin, cos) = MathF.SinCos(angle);
                float nx = cos * radius * random.Range(0.9f, 1.14f), ny = sin * radius * random.Range(0.9f, 1.14f);
                var facing = (nx * day.Side * 0.62f) + (ny * 0.7f) + (0.3f * ly) - 0.08f;
                if (pass == 1 && facing < -0.12f) continue;
                if (pass == 2 && facing < 0.26f + random.Range(-0.1f, 0.25f)) continue;
                var tone = pass switch { 0 => 0.62f, 1 => 0.95f, _ => 1.25f } * random.Range(0.82f, 1.16f);
                var color = Lit(look.Leaves * tone, pass == 0 ? 0.04f : Math.Clamp(facing, 0, 0.95f), 0.75f + (0.25f * ny));
                if (look.Snowy && ny > 0.15f) color = Lit(new(0.9f, 0.93f, 0.97f), Math.Max(0.2f, facing), 1);
                brush.Dab(lx + (nx * w * 1.12f), ly + (ny * h * 1.12f), size * random.Range(0.7f, 1.3f), size * random.Range(0.45f, 0.8f), random.Range(0, 3.1f), color, 0.92f);
            }
        }
    }

    private void Pine(SceneBrush brush, TreeLook look, SeededRandom random)
    {
        brush.Limb(Lit(Bark * 0.8f, 0.1f, 0.6f), (0, -0.01f, 0.022f), (0, 0.5f, 0.014f), (0, 0.98f, 0.004f));
        var tiers = Math.Clamp((int)(brush.Scale / 7), 6, 64);
        var lean = random.Range(0.9f, 1.15f);
        for (var tier = 0; tier < tiers; tier++)
        {
            var t = tier / (tiers - 1f);
            var y = 0.1f + (0.88f * t);
            var wide = (0.235f * lean * MathF.Pow(1 - t, 0.85f) * random.Range(0.78f, 1.1f)) + 0.006f;
            var drop = 0.045f + (0.05f * (1 - t));
            for (var part = 0; part < (brush.Scale > 240 ? 20 : brush.Scale > 60 ? 9 : 5); part++)
            {
                var across = random.Range(-1, 1);
                var facing = (across * day.Side * 0.5f) + 0.2f + random.Range(-0.2f, 0.2f);
                var tone = random.Range(0.65f, 1.2f);
                var color = Lit(look.Leaves * tone, Math.Clamp(facing, 0, 1), 0.5f + (0.4f * t));
                float x = across * wide * 0.62f, tilt = -across * 0.6f;
                brush.Dab(x, y - (Math.Abs(across) * drop), wide * (brush.Scale > 240 ? 0.24f : 0.44f), (0.5f / tiers) + 0.008f, tilt, color, 0.95f);
                if (look.Snowy && random.Chance(0.65f))
                    brush.Dab(x, y - (Math.Abs(across) * drop) + (0.35f / tiers), wide * 0.36f, 0.26f / tiers, tilt, Lit(new(0.9f, 0.94f, 1), Math.Clamp(facing + 0.2f, 0, 1)), 0.95f);
            }
        }
    }

    private void Palm(SceneBrush brush, TreeLook look, SeededRandom random)
    {
        var lean = random.Range(0.08f, 0.24f) * random.Sign();
        var trunk = Tone.Hex("8a6d4c");
        (float X, float Y) top = (lean, 0.82f);
        for (var side = 0; side < 2; side++)
        {
            var shift = side * 0.006f * day.Side;
            brush.Limb(Lit(trunk * (side == 0 ? 0.75f : 1), side == 0 ? 0.1f : 0.5f, 0.8f), (shift, -0.01f, 0.026f - (side * 0.009f)), ((lean * 0.25f) + shift, 0.3f, 0.019f - (side * 0.007f)), ((lean * 0.65f) + shift, 0.6f, 0.016f - (side * 0.006f)), (top.X + shift, top.Y, 0.014f - (side * 0.005f)));
        }

        for (var i = 0; i < 13; i++)
        {
            var angle = (i / 13f * MathF.Tau) + random.Range(-0.18f, 0.18f);
            var (sin, cos) = MathF.SinCos(angle);
            float length = random.Range(0.27f, 0.36f), up = 0.11f + (0.13f * sin);
            var facing = Math.Clamp((cos * day.Side * 0.45f) + (sin * 0.35f) + 0.3f, 0.03f, 1);
            var color = Lit(look.Leaves * random.Range(0.75f, 1.15f), facing, 0.8f);
            Frond(brush, top, cos * length, up, color, random);
        }

        for (var i = 0; i < 3; i++) brush.Dab(top.X + random.Range(-0.025f, 0.025f), top.Y - 0.015f, 0.016f, 0.018f, 0, Lit(Tone.Hex("6b4a2a"), 0.3f));
    }

    private static void Frond(SceneBrush brush, (float X, float Y) from, float reach, float up, Vector3 color, SeededRandom random)
    {
        const int Parts = 14;
        var path = new ShapePath();
        var before = new Vector2(from.X, from.Y);
        for (var i = 1; i <= Parts; i++)
        {
            var t = i / (float)Parts;
            var at = new Vector2(from.X + (reach * t), from.Y + (up * 1.7f * t) - ((up + 0.2f) * t * t));
            path.Limb([(before.X, before.Y, 0.004f), (at.X, at.Y, 0.003f)]);
            var leaf = 0.1f * MathF.Sin(MathF.Min(1, t * 1.15f + 0.12f) * MathF.PI) + 0.02f;
            var drift = Math.Sign(reach) * leaf * 0.55f;
            path.Polygon(at, at + new Vector2(drift + random.Range(-0.01f, 0.01f), -leaf), at + new Vector2(Math.Sign(reach) * 0.018f, 0));
            path.Polygon(at, at + new Vector2(drift * 0.9f, leaf * 0.28f), at + new Vector2(Math.Sign(reach) * 0.016f, 0));
            before = at;
        }

        brush.Fill(path, color);
    }

    private void Cypress(SceneBrush brush, TreeLook look, SeededRandom random)
    {
        brush.Limb(Lit(Bark, 0.1f), (0, -0.01f, 0.014f), (0, 0.15f, 0.012f));
        var count = (int)(260 * Amount(brush)) + 24;
        for (var i = 0; i < count; i++)
        {
            var t = i / (float)count;
            var y = 0.06f + (0.92f * t);
            var wide = 0.1f * MathF.Sin(MathF.Pow(t, 0.6f) * MathF.PI * 0.96f + 0.1f);
            var across = random.Range(-1, 1);
            var facing = Math.Clamp((across * day.Side * 0.6f) + 0.2f, 0, 1);
            brush.Dab(across * wide, y, 0.018f + (wide * 0.25f), 0.04f, 0, Lit(look.Leaves * random.Range(0.6f, 1.15f), facing, 0.7f), 0.95f);
        }
    }

    private void Birch(SceneBrush brush, TreeLook look, SeededRandom random)
    {
        var lean = random.Range(-0.04f, 0.04f);
        brush.Limb(Lit(Tone.Hex("cfc9bd"), 0.15f, 0.9f), (0, -0.01f, 0.022f), (lean * 0.5f, 0.45f, 0.016f), (lean, 0.9f, 0.005f));
        brush.Limb(Lit(Tone.Hex("f2efe8"), 0.7f), (0.007f * day.Side, 0, 0.011f), ((lean * 0.5f) + (0.005f * day.Side), 0.45f, 0.008f), (lean, 0.88f, 0.003f));
        for (var i = 0; i < 16 && brush.Scale > 60; i++)
        {
            var y = random.Range(0.03f, 0.7f);
            brush.Dab((lean * y) + random.Range(-0.012f, 0.012f), y, 0.01f, 0.004f, 0, Lit(Tone.Hex("3a3632"), 0.1f), 0.85f);
        }

        var lobes = new (float X, float Y, float W, float H)[9];
        for (var i = 0; i < lobes.Length; i++)
            lobes[i] = (lean + random.Range(-0.15f, 0.15f), 0.42f + (i * 0.06f), random.Range(0.08f, 0.13f) * (1.3f - (i * 0.09f)), random.Range(0.07f, 0.1f));
        var count = (int)(300 * Amount(brush)) + 16;
        for (var i = 0; i < count; i++)
        {
            var (lx, ly, w, h) = lobes[random.Below(lobes.Length)];
            float nx = random.Normal() * 0.55f, ny = random.Normal() * 0.55f;
            var facing = Math.Clamp((nx * day.Side * 0.6f) + (ny * 0.4f) + 0.3f, 0, 1);
            brush.Dab(lx + (nx * w), ly + (ny * h), 0.016f, 0.011f, random.Range(0, 3), Lit(look.Leaves * random.Range(0.75f, 1.25f), facing, 0.85f), 0.85f);
        }
    }

    private void Willow(SceneBrush brush, TreeLook look, SeededRandom random)
    {
        brush.Limb(Lit(Bark, 0.2f), (0, -0.01f, 0.05f), (0.02f, 0.3f, 0.035f), (-0.02f, 0.6f, 0.02f));
        Crown(brush, look, random, [(0, 0.76f, 0.3f, 0.2f), (-0.22f, 0.68f, 0.18f, 0.16f), (0.22f, 0.68f, 0.18f, 0.16f)]);
        var strands = (int)(150 * Amount(brush)) + 20;
        for (var i = 0; i < strands; i++)
        {
            var x = random.Range(-0.42f, 0.42f);
            var top = 0.86f - (1.2f * x * x) + random.Range(-0.12f, 0.02f);
            var bottom = Math.Max(0.06f, top - random.Range(0.3f, 0.66f));
            var facing = Math.Clamp((x * day.Side) + 0.35f, 0.05f, 1);
            brush.Limb(Lit(look.Leaves * random.Range(0.7f, 1.2f), facing, 0.85f), (x, top, 0.006f), (x + (x * 0.12f), (top + bottom) / 2, 0.007f), (x + (x * 0.16f) + random.Range(-0.02f, 0.02f), bottom, 0.002f));
        }
    }

    private void Bamboo(SceneBrush brush, TreeLook look, SeededRandom random)
    {
        var stem = Tone.Blend(look.Leaves, Tone.Hex("a9b65a"), 0.5f);
        for (var culm = 0; culm < 5; culm++)
        {
            float x = random.Range(-0.16f, 0.16f), lean = random.Range(-0.06f, 0.06f), tall = random.Range(0.8f, 1f);
            brush.Limb(Lit(stem * 0.7f, 0.15f), (x, -0.01f, 0.013f), (x + (lean * 0.4f), tall * 0.5f, 0.012f), (x + lean, tall, 0.006f));
            brush.Limb(Lit(stem, 0.8f), (x + (0.004f * day.Side), 0, 0.006f), (x + (lean * 0.4f) + (0.004f * day.Side), tall * 0.5f, 0.006f), (x + lean, tall, 0.003f));
            for (var node = 1; node < 11 && brush.Scale > 80; node++)
            {
                var t = node / 11f;
                brush.Dab(x + (lean * t * t), tall * t, 0.014f, 0.003f, 0, Lit(stem * 0.45f, 0.2f), 0.9f);
            }

            for (var i = 0; i < 16; i++)
            {
                var t = random.Range(0.45f, 1);
                brush.Dab(x + (lean * t) + random.Range(-0.09f, 0.09f), (tall * t) + random.Range(-0.03f, 0.03f), 0.034f, 0.006f, random.Range(-0.9f, 0.9f), Lit(look.Leaves * random.Range(0.7f, 1.2f), random.Range(0.1f, 0.8f)), 0.92f);
            }
        }
    }

    private void Bare(SceneBrush brush, TreeLook look, SeededRandom random)
    {
        var bark = Lit(Bark * 0.8f, 0.12f, 0.7f);
        var path = new ShapePath();
        Branch(path, random, new(0, -0.01f), MathF.PI / 2, 0.32f, 0.038f, brush.Scale > 90 ? 7 : 5);
        brush.Fill(path, bark);
        if (look.Snowy)
        {
            for (var i = 0; i < 40; i++)
                brush.Dab(random.Range(-0.3f, 0.3f), random.Range(0.45f, 0.95f), 0.018f, 0.006f, random.Range(-0.5f, 0.5f), Lit(new(0.9f, 0.93f, 1), 0.5f), 0.8f);
        }
    }

    private static void Branch(ShapePath path, SeededRandom random, Vector2 from, float angle, float length, float radius, int levels)
    {
        var (sin, cos) = MathF.SinCos(angle);
        var to = from + (new Vector2(cos, sin) * length);
        path.Limb([(from.X, from.Y, radius), (to.X, to.Y, radius * 0.66f)]);
        if (levels <= 0) return;
        var children = random.Chance(0.3f) ? 3 : 2;
        for (var i = 0; i < children; i++)
        {
            var turn = children == 2 ? (i == 0 ? -1 : 1) * random.Range(0.24f, 0.58f) : (i - 1) * random.Range(0.4f, 0.62f);
            Branch(path, random, to, angle + turn, length * random.Range(0.66f, 0.82f), radius * 0.62f, levels - 1);
        }
    }
}
