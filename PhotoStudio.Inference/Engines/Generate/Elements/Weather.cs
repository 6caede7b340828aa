using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>What falls and flashes before everything: rain, snow, lightning, fireworks, shooting stars, low mist, blossom.</summary>
internal static class Weather
{
    /// <summary>Paints the weather.</summary>
    public static void Paint(SceneView view, Camera camera, SceneBrief brief, Daylight day, Air air, CancellationToken cancellationToken)
    {
        var random = brief.Random("weather");
        var size = (float)view.Height;
        var sheet = new SceneBrush(view, new(0, 0), 1);
        if (brief.Has("shooting-star")) Meteor(sheet, camera, brief.Count("shooting-star", 1), size, random);
        if (brief.Has("firework")) Fireworks(sheet, camera, brief.Count("firework", 6), size, random);
        if (brief.Has("lightning") || (brief.Has("storm") && random.Chance(0.75f))) Lightning(sheet, camera, size, random);
        if (brief.Has("mist", "fog")) Mist(view, camera, brief, day, air, cancellationToken);
        if (brief.Avoid("rain") is false && brief.Has("rain", "storm")) Rain(sheet, view, day, brief.Has("storm") ? 1.5f : 1, random, cancellationToken);
        if (brief.Has("snowfall") || (brief.Has("storm") && brief.Has("winter"))) Snow(sheet, view, day, random);
    }

    private static void Rain(SceneBrush sheet, SceneView view, Daylight day, float amount, SeededRandom random, CancellationToken cancellationToken)
    {
        var light = (day.Ambient * 0.9f) + (day.Sun * 0.12f) + new Vector3(0.03f);
        var count = (int)(900 * amount);
        var slant = random.Range(0.06f, 0.2f) * random.Sign();
        for (var i = 0; i < count; i++)
        {
            if (i % 128 == 0) cancellationToken.ThrowIfCancellationRequested();
            var near = random.Unit();
            var length = view.Height * (0.018f + (0.055f * near * near));
            float x = random.Range(-0.1f, 1.1f) * view.Width, y = random.Unit() * view.Height;
            sheet.Dab(x, -y, 0.35f + (view.Height * 0.00055f * near), length, slant, light, 0.16f + (0.2f * near));
        }
    }

    private static void Snow(SceneBrush sheet, SceneView view, Daylight day, SeededRandom random)
    {
        var light = (day.Ambient * 1.2f) + (day.Sun * 0.5f) + new Vector3(0.05f);
        for (var i = 0; i < 1300; i++)
        {
            var near = random.Unit();
            near *= near * near;
            var radius = view.Height * (0.0011f + (0.0075f * near));
            sheet.Dab(random.Unit() * view.Width, -random.Unit() * view.Height, radius, radius * 0.9f, 0, light, near > 0.4f ? 0.4f : 0.8f);
        }
    }

    private static void Lightning(SceneBrush sheet, Camera camera, float size, SeededRandom random)
    {
        var from = new Vector2(camera.Width * random.Range(0.25f, 0.75f), camera.Horizon * random.Range(0.02f, 0.12f));
        var to = new Vector2(from.X + (size * random.Range(-0.14f, 0.14f)), camera.Horizon * random.Range(0.93f, 0.99f));
        Bolt(sheet, from, to, size * 0.0022f, 2, random, size);
        sheet.Glow(from.X, -from.Y, size * 0.65f, new Vector3(0.34f, 0.34f, 0.46f));
        sheet.Glow(to.X, -to.Y, size * 0.22f, new Vector3(0.5f, 0.5f, 0.62f));
    }

    private static void Bolt(SceneBrush sheet, Vector2 from, Vector2 to, float width, int forks, SeededRandom random, float size)
    {
        const int Parts = 26;
        var at = from;
        var across = Vector2.Normalize(new(to.Y - from.Y, from.X - to.X));
        float drift = 0;
        for (var i = 1; i <= Parts; i++)
        {
            drift = (drift * 0.75f) + (random.Normal() * size * 0.012f);
            var next = Vector2.Lerp(from, to, i / (float)Parts) + (across * drift * (1 - MathF.Abs((i / (float)Parts) - 0.5f)));
            var wide = width * (1.1f - (0.5f * i / Parts));
            sheet.Fill(new ShapePath().Limb([(at.X, -at.Y, wide), (next.X, -next.Y, wide * 0.95f)]), new(5.5f, 5.6f, 6.6f));
            if (forks > 0 && i > 3 && random.Chance(forks == 2 ? 0.16f : 0.05f))
                Bolt(sheet, next, next + new Vector2(random.Range(-0.13f, 0.13f) * size, random.Range(0.05f, 0.15f) * size), width * 0.45f, forks - 1, random, size);
            at = next;
        }
    }

    private static void Meteor(SceneBrush sheet, Camera camera, int count, float size, SeededRandom random)
    {
        for (var n = 0; n < count; n++)
        {
            float x = camera.Width * random.Range(0.25f, 0.8f), y = camera.Horizon * random.Range(0.12f, 0.5f), length = size * random.Range(0.14f, 0.26f);
            float dx = random.Sign() * 0.82f, dy = -0.57f;
            for (var i = 0; i < 60; i++)
            {
                var t = i / 60f;
                sheet.Dab(x + (dx * length * t), -y - (dy * length * t), size * 0.0032f * (1 - t), size * 0.0032f * (1 - t), 0, new(2.4f, 2.5f, 2.7f), 0.75f * (1 - t));
            }

            sheet.Glow(x, -y, size * 0.022f, new Vector3(1.5f, 1.6f, 1.8f));
        }
    }

    private static void Fireworks(SceneBrush sheet, Camera camera, int count, float size, SeededRandom random)
    {
        for (var n = 0; n < count; n++)
        {
            float x = camera.Width * random.Range(0.12f, 0.88f), y = camera.Horizon * random.Range(0.12f, 0.62f), radius = size * random.Range(0.07f, 0.15f);
            var color = Oklab.FromHue(0.78f, 0.17f, random.Range(0, 360)) * 2.2f;
            sheet.Glow(x, -y, radius * 1.8f, color * 0.12f);
            for (var ray = 0; ray < 64; ray++)
            {
                var (sin, cos) = MathF.SinCos(random.Range(0, MathF.Tau));
                var reach = radius * random.Range(0.55f, 1.05f);
                for (var i = 2; i < 16; i++)
                {
                    var t = i / 16f;
                    var dot = size * 0.0019f * (0.4f + (0.8f * t));
                    sheet.Dab(x + (cos * reach * t), -(y + (sin * reach * t) + (radius * 0.28f * t * t)), dot, dot, 0, Vector3.Lerp(new(2.4f, 2.3f, 1.9f), color, t), 0.9f * t);
                }
            }
        }
    }

    // Banks of mist that lie on the ground and thin out upwards.
    private static void Mist(SceneView view, Camera camera, SceneBrief brief, Daylight day, Air air, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(brief.Random("mist"));
        var thick = brief.Has("fog") ? 0.85f : 0.62f;
        RowBands.Run(
            view.Height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var height = (camera.Horizon - y) / view.Height;
                    var layer = MathF.Exp(-height * height / (height > 0 ? 0.012f : 0.022f));
                    if (layer < 0.01f) continue;
                    for (var x = 0; x < view.Width; x++)
                    {
                        var index = (y * view.Width) + x;
                        var away = Math.Min(view.Depth[index], 200);
                        float u = (x - camera.Center) / view.Height, veil = noise.Fractal(u * 2.2f, (height * 9) + (away > 60 ? 3 : 0), 4);
                        var share = thick * layer * Tone.Step(2.5f, 26, away) * Tone.Step(-0.5f, 0.35f, veil);
                        view.Blend(index, air.Color(x) * 0.97f, Math.Clamp(share, 0, 0.95f));
                    }
                }
            },
            cancellationToken);
        _ = day;
    }
}
