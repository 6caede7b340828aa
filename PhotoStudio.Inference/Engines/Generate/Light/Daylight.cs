using System.Numerics;

namespace PhotoStudio.Inference.Engines.Generate.Light;

/// <summary>The light of a scene: what the sky looks like, where the sun or the moon stands, and what the air does.</summary>
internal sealed record Daylight
{
    /// <summary>Colours of the clear sky from the zenith to the horizon, evenly spaced.</summary>
    public required Vector3[] Sky { get; init; }

    /// <summary>The light of the sun or the moon on a surface that faces it.</summary>
    public required Vector3 Sun { get; init; }

    /// <summary>The light of the sky on everything.</summary>
    public required Vector3 Ambient { get; init; }

    /// <summary>The colour of the glow around the sun.</summary>
    public required Vector3 Glow { get; init; }

    /// <summary>The time of day as a concept: day, sunrise, golden-hour, sunset, dusk, night.</summary>
    public required string Time { get; init; }

    /// <summary>Column of the sun or moon as a share of the width.</summary>
    public float SunX { get; init; } = 0.5f;

    /// <summary>Height of the sun or moon above the horizon as a share of the picture's height.</summary>
    public float SunHeight { get; init; } = 0.3f;

    /// <summary>Whether the disc of the sun is in the sky.</summary>
    public bool SunShown { get; init; }

    /// <summary>Whether the light comes from behind the viewer's left or right rather than from where the sun is seen: -1 left, 1 right.</summary>
    public float Side { get; init; } = 1;

    /// <summary>How steep the light falls, 0 level to 1 from above.</summary>
    public float Steepness { get; init; } = 0.5f;

    /// <summary>How much of the sky is covered, 0–1.</summary>
    public float CloudCover { get; init; } = 0.35f;

    /// <summary>The light side of clouds.</summary>
    public Vector3 CloudLight { get; init; } = Vector3.One;

    /// <summary>The shaded side of clouds.</summary>
    public Vector3 CloudShade { get; init; } = new(0.5f);

    /// <summary>How many stars, 0–1.</summary>
    public float Stars { get; init; }

    /// <summary>Distance at which the air has covered 63 % of a thing.</summary>
    public float Visibility { get; init; } = 120;

    /// <summary>Light of windows and lanterns, 0 by day to 1 by night.</summary>
    public float Lamps { get; init; }

    /// <summary>Whether it is night.</summary>
    public bool IsNight => Time == "night";

    /// <summary>The light on a surface by how far it faces the sun, -1 to 1.</summary>
    public Vector3 On(Vector3 surface, float facing, float sky = 1) => surface * ((Ambient * sky) + (Sun * Math.Max(0, facing)));

    /// <summary>The clear sky at a height above the horizon, as a share of the picture's height.</summary>
    public Vector3 SkyAt(float height)
    {
        var position = (1 - Math.Clamp(MathF.Pow(Math.Max(0, height) / 0.66f, 0.8f), 0, 1)) * (Sky.Length - 1);
        var index = Math.Min((int)position, Sky.Length - 2);
        var share = position - index;
        return Vector3.Lerp(Sky[index], Sky[index + 1], share);
    }

    /// <summary>The light around the sun that the air scatters, at a place given as shares of the picture's height away from it.</summary>
    public Vector3 GlowAt(float across, float up, float height)
    {
        var near = MathF.Sqrt((across * across) + (up * up));
        var low = MathF.Exp(-Math.Abs(height) * 7) * MathF.Exp(-Math.Abs(across) * 1.6f);
        return Glow * ((0.55f * MathF.Exp(-near * 4.5f)) + (0.8f * MathF.Exp(-near * 16)) + (0.35f * low));
    }
}
