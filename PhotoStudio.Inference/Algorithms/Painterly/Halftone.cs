namespace PhotoStudio.Inference.Algorithms.Painterly;

/// <summary>
/// Amplitude-modulated screens (Ulichney, "Digital Halftoning", 1987): dots or lines in a turned grid whose size tells the tone. Edges
/// are one pixel soft.
/// </summary>
public sealed class Halftone
{
    private readonly float period;
    private readonly float cos;
    private readonly float sin;

    /// <summary>A screen.</summary>
    /// <param name="period">Distance between dots or lines, in pixels, at least 2.</param>
    /// <param name="degrees">Angle of the rows.</param>
    public Halftone(float period, float degrees)
    {
        this.period = Math.Max(period, 2);
        (sin, cos) = MathF.SinCos(degrees * MathF.PI / 180);
    }

    /// <summary>Ink at a pixel of a dot screen: 0–1, on average equal to the tone.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="tone">How much ink, 0–1.</param>
    public float Dot(float x, float y, float tone)
    {
        var (u, v) = Cell(x, y);

        // Beyond half, the paper between the dots becomes the dot.
        var inverse = tone > 0.5f;
        if (inverse)
        {
            u = u > 0 ? u - 0.5f : u + 0.5f;
            v = v > 0 ? v - 0.5f : v + 0.5f;
            tone = 1 - tone;
        }

        var radius = MathF.Sqrt(Math.Max(tone, 0) / MathF.PI) * period;
        var ink = Math.Clamp(radius - (MathF.Sqrt((u * u) + (v * v)) * period) + 0.5f, 0, 1) * Math.Clamp(radius * 2, 0, 1);
        return inverse ? 1 - ink : ink;
    }

    /// <summary>Ink at a pixel of a line screen: 0–1, on average equal to the tone.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="tone">How much ink, 0–1.</param>
    /// <param name="shift">How far the lines are moved aside here, in periods.</param>
    public float Line(float x, float y, float tone, float shift = 0)
    {
        var v = (((y * cos) - (x * sin)) / period) + shift;
        v -= MathF.Floor(v) + 0.5f;
        var half = tone * period / 2;
        return Math.Clamp(half - (Math.Abs(v) * period) + 0.5f, 0, 1) * Math.Clamp(half * 2, 0, 1);
    }

    private (float U, float V) Cell(float x, float y)
    {
        float u = ((x * cos) + (y * sin)) / period, v = ((y * cos) - (x * sin)) / period;
        return (u - MathF.Floor(u) - 0.5f, v - MathF.Floor(v) - 0.5f);
    }
}
