using System.Runtime.CompilerServices;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Gradient noise in the plane (Perlin, "Improving noise", 2002) and sums of it: fractional Brownian motion and the ridged multifractal
/// (Ebert et al., "Texturing and Modeling", 3rd ed., chapter 16). Thread-safe; a seed gives the same field everywhere.
/// </summary>
public sealed class GradientNoise
{
    // Octaves are turned against each other, so that the lattice does not show.
    private const float TurnCos = 0.8f, TurnSin = 0.6f, Lacunarity = 2.03f;
    private static readonly float[] GradientX = [.. Enumerable.Range(0, 16).Select(i => MathF.Cos((i + 0.5f) * MathF.PI / 8))];
    private static readonly float[] GradientY = [.. Enumerable.Range(0, 16).Select(i => MathF.Sin((i + 0.5f) * MathF.PI / 8))];
    private readonly byte[] order = new byte[512];

    /// <summary>The field of a seed.</summary>
    public GradientNoise(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (var i = 0; i < 256; i++) order[i] = (byte)i;
        for (var i = 255; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        order.AsSpan(0, 256).CopyTo(order.AsSpan(256));
    }

    /// <summary>The noise at a point, about -1 to 1, 0 at every lattice point; features are about one unit wide.</summary>
    public float At(float x, float y)
    {
        float floorX = MathF.Floor(x), floorY = MathF.Floor(y);
        int cellX = (int)floorX & 255, cellY = (int)floorY & 255;
        float fx = x - floorX, fy = y - floorY;
        float u = Fade(fx), v = Fade(fy);
        int left = order[cellX], right = order[cellX + 1];
        var top = Corner(order[left + cellY], fx, fy);
        top += u * (Corner(order[right + cellY], fx - 1, fy) - top);
        var bottom = Corner(order[left + cellY + 1], fx, fy - 1);
        bottom += u * (Corner(order[right + cellY + 1], fx - 1, fy - 1) - bottom);
        return 1.5f * (top + (v * (bottom - top)));
    }

    /// <summary>Octaves of noise, each finer and weaker by <paramref name="gain"/>; about -1 to 1.</summary>
    public float Fractal(float x, float y, int octaves, float gain = 0.5f)
    {
        float sum = 0, weight = 1, total = 0;
        for (var octave = 0; octave < octaves; octave++)
        {
            sum += weight * At(x, y);
            total += weight;
            weight *= gain;
            (x, y) = (Lacunarity * ((TurnCos * x) - (TurnSin * y)) + 17.3f, Lacunarity * ((TurnSin * x) + (TurnCos * y)) - 9.1f);
        }

        return sum / total;
    }

    /// <summary>Octaves of sharp crests, finer where the coarse crest is high; 0 to about 1.</summary>
    public float Ridged(float x, float y, int octaves, float gain = 0.5f)
    {
        float sum = 0, weight = 1, total = 0, carry = 1;
        for (var octave = 0; octave < octaves; octave++)
        {
            var crest = 1 - Math.Abs(At(x, y));
            crest *= crest * carry;
            sum += weight * crest;
            total += weight;
            carry = Math.Clamp(crest * 1.8f, 0, 1);
            weight *= gain;
            (x, y) = (Lacunarity * ((TurnCos * x) - (TurnSin * y)) + 31.7f, Lacunarity * ((TurnSin * x) + (TurnCos * y)) + 5.3f);
        }

        return sum / total;
    }

    /// <summary>A random number of a whole-numbered cell, 0 to below 1.</summary>
    public float Cell(int x, int y) =>
        ((order[order[x & 255] + (y & 255)] << 8) | order[order[(x + 91) & 255] + ((y + 37) & 255)]) / 65_536f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Corner(int hash, float x, float y) => (GradientX[hash & 15] * x) + (GradientY[hash & 15] * y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fade(float t) => t * t * t * ((t * ((t * 6) - 15)) + 10);
}
