using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>
/// Clouds: a layer seen from below that runs towards the horizon, and banks of cumulus above it. Both are lit from where the sun is by
/// comparing the density at a point with that a little nearer to the light.
/// </summary>
internal sealed class Clouds
{
    private readonly GradientNoise noise;
    private readonly Daylight day;
    private readonly Vector2 toSun;
    private readonly float cover;
    private readonly float bank;
    private readonly float bankBase;
    private readonly float stretch;
    private readonly Vector2 offset;

    public Clouds(SceneBrief brief, Daylight day)
    {
        var random = brief.Random("clouds");
        noise = new(random);
        this.day = day;
        cover = day.CloudCover;
        offset = new(random.Range(0, 90), random.Range(0, 90));
        stretch = random.Range(0.55f, 1.1f);
        var heaped = brief.Has("cloud") || (day.Time is "day" or "morning" or "golden-hour" && random.Chance(0.75f));
        bank = heaped && cover is > 0.2f and < 0.8f ? random.Range(0.55f, 1f) : 0;
        bankBase = random.Range(0.05f, 0.1f);
        toSun = Vector2.Normalize(new(day.SunX - 0.5f, 0.35f));
    }

    /// <summary>Lays the clouds over a colour of the sky.</summary>
    /// <param name="sky">The sky with its glow.</param>
    /// <param name="across">Distance from the picture's middle, as a share of its height.</param>
    /// <param name="height">Height above the horizon, as a share of the picture's height.</param>
    /// <param name="sunNear">The glow of the sun at the place, for edges that shine.</param>
    public Vector3 Over(Vector3 sky, float across, float height, Vector3 sunNear)
    {
        if (cover <= 0.01f) return sky;
        var high = Layer(across, height);
        sky = Vector3.Lerp(sky, high.Color + (sunNear * 0.5f), high.Alpha);
        if (bank <= 0) return sky;
        var heap = Bank(across, height);
        return Vector3.Lerp(sky, heap.Color + (sunNear * 0.35f), heap.Alpha);
    }

    private (Vector3 Color, float Alpha) Layer(float across, float height)
    {
        var away = 1 / (height + 0.11f);
        float x = (across * away * 0.95f) + offset.X, y = (away * stretch * 1.7f) + offset.Y;
        float warpX = noise.Fractal(x * 0.7f, y * 0.7f, 2), warpY = noise.Fractal((x * 0.7f) + 31, (y * 0.7f) + 17, 2);
        float px = x + (0.75f * warpX), py = y + (0.75f * warpY);
        var density = Density(px, py, 5);
        var threshold = 0.72f - (0.75f * cover);
        var alpha = Tone.Step(threshold, threshold + 0.3f, density);
        if (alpha <= 0.01f) return (sky0, 0);
        var nearer = Density(px + (toSun.X * 0.22f), py - (toSun.Y * 0.22f), 3);
        var lit = Math.Clamp(0.52f + ((density - nearer) * 2.1f) - ((density - threshold) * 0.75f), 0, 1);
        var color = Vector3.Lerp(day.CloudShade, day.CloudLight, lit);

        // Far clouds sink into the air above the horizon.
        var air = Tone.Step(0, 0.16f, height);
        return (Vector3.Lerp(day.SkyAt(height * 0.6f), color, 0.35f + (0.65f * air)), alpha * Tone.Mix(0.45f, 0.96f, air));
    }

    private static readonly Vector3 sky0 = Vector3.Zero;

    private float Density(float x, float y, int octaves) => 0.5f + (0.62f * noise.Fractal(x, y, octaves, 0.52f));

    private (Vector3 Color, float Alpha) Bank(float across, float height)
    {
        var mass = noise.Fractal((across * 1.3f) + offset.Y, offset.X, 3);
        var baseLine = bankBase + (0.015f * noise.At(across * 2.5f, offset.X + 4));
        var up = height - baseLine;
        var tall = bank * (0.06f + (0.34f * Tone.Step(-0.25f, 0.55f, mass)));
        if (up < -0.03f || up > tall * 1.7f) return (sky0, 0);
        float x = (across * 5.2f) + offset.X, y = (height * 6.4f) + offset.Y;
        var warp = noise.Fractal(x * 0.6f, y * 0.6f, 2) * 0.5f;
        var density = Billows(x + warp, y + warp, 5) + (0.95f * (1 - (up / tall))) - 0.78f;
        density -= 3.2f * Math.Max(0, 0.012f - up) / 0.03f;
        var alpha = Tone.Step(0, 0.14f, density);
        if (alpha <= 0.01f) return (sky0, 0);
        var nearer = Billows(x + warp + (toSun.X * 0.4f), y + warp + 0.28f, 4) + (0.95f * (1 - ((up + 0.04f) / tall))) - 0.78f;
        var lit = Math.Clamp(0.5f + ((density - nearer) * 1.15f) + (0.5f * Math.Clamp(up / tall, 0, 1)) - 0.22f, 0, 1);
        var color = Vector3.Lerp(day.CloudShade, day.CloudLight, lit);
        var air = Tone.Step(-0.03f, 0.2f, height);
        return (Vector3.Lerp(day.SkyAt(0.03f), color, 0.45f + (0.55f * air)), alpha * 0.97f);
    }

    // Round heaps: the noise folded at zero, the other way round.
    private float Billows(float x, float y, int octaves)
    {
        float sum = 0, weight = 1, total = 0;
        for (var i = 0; i < octaves; i++)
        {
            sum += weight * (1 - (1.9f * Math.Abs(noise.At(x, y))));
            total += weight;
            weight *= 0.5f;
            (x, y) = ((1.7f * x) - (1.1f * y) + 7.7f, (1.1f * x) + (1.7f * y) - 3.1f);
        }

        return sum / total;
    }
}
