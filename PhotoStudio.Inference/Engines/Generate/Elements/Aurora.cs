using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>Northern lights: folded curtains, sharp and green below, fading upwards into violet, with rays along their folds.</summary>
internal sealed class Aurora
{
    private readonly GradientNoise noise;
    private readonly Vector3 low;
    private readonly Vector3 high;
    private readonly (float Base, float Tall, float Phase, float Strength)[] curtains;

    public Aurora(SceneBrief brief)
    {
        var random = brief.Random("aurora");
        noise = new(random);
        low = NamedColors.Of(brief, "aurora", Oklab.FromHue(0.82f, 0.2f, random.Range(148, 168)));
        high = brief.Tints.ContainsKey("aurora") ? low * 0.6f : Oklab.FromHue(0.55f, 0.19f, random.Range(290, 335));
        curtains =
        [
            (random.Range(0.13f, 0.18f), random.Range(0.2f, 0.28f), random.Range(0, 50), 0.85f),
            (random.Range(0.22f, 0.28f), random.Range(0.25f, 0.34f), random.Range(50, 100), 1),
            (random.Range(0.34f, 0.4f), random.Range(0.2f, 0.28f), random.Range(100, 150), 0.6f),
        ];
    }

    /// <summary>The light at a place.</summary>
    public Vector3 At(float across, float height)
    {
        var light = low * 0.05f * Tone.Step(0, 0.3f, height);
        foreach (var (bottom, tall, phase, strength) in curtains)
        {
            // The curtain is a sheet whose foot wanders; where it folds towards the eye it is brighter.
            var x = across + (0.22f * noise.Fractal((across * 1.6f) + phase, (height * 1.1f) + phase, 2));
            var foot = bottom + (0.16f * noise.Fractal((x * 1.5f) + phase, phase, 2));
            var up = (height - foot) / tall;
            if (up is < -0.15f or > 1.6f) continue;
            var body = Tone.Step(-0.1f, 0.1f, up) * MathF.Exp(-Math.Max(0, up) * 2.6f);
            var rays = 0.55f + (0.45f * noise.Fractal((x * 22) + phase, phase + (height * 0.6f), 3));
            var wide = Tone.Step(-0.35f, 0.35f, noise.Fractal((x * 1.2f) + phase + 9, 3.3f, 2) + 0.1f);
            var color = Vector3.Lerp(low, high, Tone.Step(0.1f, 0.95f, up));
            light += color * (body * rays * wide * strength * 1.25f);
        }

        return light;
    }
}

/// <summary>A rainbow opposite the sun, with the faint second bow outside it.</summary>
internal sealed class Rainbow(Daylight day)
{
    private readonly float center = (0.5f - day.SunX) * 0.9f;

    /// <summary>The light at a place.</summary>
    public Vector3 At(float across, float height)
    {
        var radius = MathF.Sqrt(((across - center) * (across - center)) + ((height + 0.12f) * (height + 0.12f)));
        return (Bow((radius - 0.52f) / 0.045f) * 0.34f) + (Bow((0.67f - radius) / 0.06f) * 0.09f)
            + (radius < 0.5f ? new Vector3(0.035f) : Vector3.Zero);
    }

    private static Vector3 Bow(float position)
    {
        if (position is < 0 or > 1) return Vector3.Zero;
        var strength = MathF.Sin(position * MathF.PI);
        return Oklab.FromHue(0.75f, 0.19f, 300 - (position * 280)) * strength;
    }
}
