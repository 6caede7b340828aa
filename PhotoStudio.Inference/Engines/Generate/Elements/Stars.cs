using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>Stars of all sizes and the colours of their heat, and the band of the Milky Way.</summary>
internal sealed class Stars
{
    private readonly GradientNoise noise;
    private readonly float amount;
    private readonly bool milkyWay;
    private readonly float cell;
    private readonly Vector2 bandStart;
    private readonly Vector2 bandAlong;

    public Stars(SceneBrief brief, Daylight day, float pictureHeight)
    {
        var random = brief.Random("stars");
        noise = new(random);
        amount = day.Stars;
        milkyWay = brief.Has("milky-way", "galaxy") || (day.IsNight && brief.Has("stars"));
        cell = Math.Max(5, pictureHeight / 110);
        bandStart = new(random.Range(-0.25f, 0.25f), 0.1f);
        var lean = random.Range(0.5f, 1.05f) * random.Sign();
        bandAlong = Vector2.Normalize(new(lean, 1));
    }

    /// <summary>The light of the stars at a pixel.</summary>
    public Vector3 At(int x, int y, float across, float height)
    {
        if (amount <= 0) return Vector3.Zero;
        var light = Vector3.Zero;
        var band = 0f;
        if (milkyWay)
        {
            var offset = new Vector2(across, height) - bandStart;
            var side = Vector2.Dot(offset, new(bandAlong.Y, -bandAlong.X));
            side += 0.05f * noise.Fractal(across * 4, height * 4, 3);
            band = MathF.Exp(-side * side / 0.016f);
            var core = MathF.Exp(-side * side / 0.004f);
            var dust = Tone.Step(-0.15f, 0.4f, noise.Fractal((across * 7) + 3, (height * 7) + 9, 5) + (0.9f * (1 - core)) - 0.35f);
            var cloud = 0.5f + (0.5f * noise.Fractal((across * 5) + 40, (height * 5) + 7, 4));
            light += ((new Vector3(0.10f, 0.115f, 0.19f) * band) + (new Vector3(0.26f, 0.19f, 0.15f) * (core * cloud))) * (0.25f + (0.75f * dust)) * 0.75f;
        }

        // Air swallows the stars near the horizon.
        var clear = amount * Tone.Step(0.0f, 0.16f, height);
        if (clear <= 0) return light;
        return light + ((Grid(x, y, cell, 0.34f + (0.4f * band), 0.55f, 0) + Grid(x, y, cell * 3.1f, 0.42f, 1.7f, 71)) * clear);
    }

    private Vector3 Grid(int x, int y, float size, float share, float strength, int salt)
    {
        int column = (int)(x / size), row = (int)(y / size);
        var chance = noise.Cell(column + salt, row);
        if (chance > share) return Vector3.Zero;
        var bright = noise.Cell(column + 11, row + salt + 5);
        bright *= bright * bright;
        float px = (column + 0.3f + (0.4f * noise.Cell(column + 23, row + salt))) * size;
        float py = (row + 0.3f + (0.4f * noise.Cell(column + salt, row + 57))) * size;
        float dx = x + 0.5f - px, dy = y + 0.5f - py, squared = (dx * dx) + (dy * dy);
        var radius = 0.42f + (Math.Min(0.03f * size, 1.1f) * bright);
        var light = MathF.Exp(-squared / (2 * radius * radius)) * (0.16f + (strength * bright));
        var warm = noise.Cell(column + 5, row + salt + 91);
        return new Vector3(0.75f + (0.5f * warm), 0.9f, 1.3f - (0.55f * warm)) * light;
    }
}
