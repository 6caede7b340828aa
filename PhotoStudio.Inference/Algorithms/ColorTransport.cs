using System.Numerics;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// A map of colours that gives one picture the colours of another: their whole distribution, not mean and spread alone. In each round the
/// colours are looked at along three turned axes and their quantiles matched (Pitié, Kokaram, Dahyot, "Automated colour grading using
/// colour distribution transfer", CVIU 2007). The rounds are kept as one table over the colour space.
/// </summary>
public sealed class ColorTransport
{
    private const int Rounds = 14;
    private const int Knots = 48;
    private const int Side = 29;

    // The part of Oklab that sRGB fills, with a margin.
    private static readonly Vector3 Low = new(-0.05f, -0.35f, -0.42f);
    private static readonly Vector3 Extent = new(1.15f, 0.75f, 0.75f);
    private readonly Vector3[] table = new Vector3[Side * Side * Side];

    private ColorTransport()
    {
    }

    /// <summary>Finds the map.</summary>
    /// <param name="from">Colours of the picture to change, in Oklab; at least one.</param>
    /// <param name="to">Colours of the picture to take after, in Oklab; at least one.</param>
    /// <param name="random">Chance for the axes.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ColorTransport Fit(
        ReadOnlySpan<Vector3> from, ReadOnlySpan<Vector3> to, SeededRandom random, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(random);
        var transport = new ColorTransport();
        for (var i = 0; i < transport.table.Length; i++)
        {
            Vector3 node = new(i % Side, i / Side % Side, i / (Side * Side));
            transport.table[i] = Low + (node / (Side - 1) * Extent);
        }

        Vector3[] moving = [.. from], target = [.. to];
        for (var round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var turn = round == 0 ? Quaternion.Identity : Turn(random);
            var back = Quaternion.Inverse(turn);
            for (var axis = 0; axis < 3; axis++)
            {
                var direction = Vector3.Transform(axis == 0 ? Vector3.UnitX : axis == 1 ? Vector3.UnitY : Vector3.UnitZ, back);
                float[] before = Quantiles(moving, direction), after = Quantiles(target, direction);
                Shift(moving, direction, before, after);
                Shift(transport.table, direction, before, after);
            }
        }

        return transport;
    }

    /// <summary>The colour that takes the place of a colour; both in Oklab. Colours beyond sRGB count as the nearest.</summary>
    public Vector3 Map(Vector3 color)
    {
        var position = Vector3.Clamp((color - Low) / Extent, Vector3.Zero, Vector3.One) * (Side - 1);
        int x = Math.Min((int)position.X, Side - 2), y = Math.Min((int)position.Y, Side - 2), z = Math.Min((int)position.Z, Side - 2);
        float u = position.X - x, v = position.Y - y, w = position.Z - z;
        var at = (((z * Side) + y) * Side) + x;
        var near = Vector3.Lerp(Vector3.Lerp(table[at], table[at + 1], u), Vector3.Lerp(table[at + Side], table[at + Side + 1], u), v);
        at += Side * Side;
        var far = Vector3.Lerp(Vector3.Lerp(table[at], table[at + 1], u), Vector3.Lerp(table[at + Side], table[at + Side + 1], u), v);
        return Vector3.Lerp(near, far, w);
    }

    // Uniform over all rotations (Shoemake 1992).
    private static Quaternion Turn(SeededRandom random)
    {
        float a = random.Unit(), b = random.Unit() * MathF.Tau, c = random.Unit() * MathF.Tau;
        float inner = MathF.Sqrt(1 - a), outer = MathF.Sqrt(a);
        return new(inner * MathF.Sin(b), inner * MathF.Cos(b), outer * MathF.Sin(c), outer * MathF.Cos(c));
    }

    private static float[] Quantiles(Vector3[] colors, Vector3 direction)
    {
        var values = Array.ConvertAll(colors, color => Vector3.Dot(color, direction));
        Array.Sort(values);
        var knots = new float[Knots];
        for (var k = 0; k < Knots; k++)
        {
            var position = (float)k / (Knots - 1) * (values.Length - 1);
            var index = Math.Min((int)position, Math.Max(0, values.Length - 2));
            knots[k] = values[index] + ((position - index) * (values[Math.Min(index + 1, values.Length - 1)] - values[index]));
        }

        return knots;
    }

    private static void Shift(Vector3[] colors, Vector3 direction, float[] before, float[] after)
    {
        for (var i = 0; i < colors.Length; i++)
        {
            var value = Vector3.Dot(colors[i], direction);
            colors[i] += direction * (Match(value, before, after) - value);
        }
    }

    // Linear between the quantiles; beyond the ends the shift of the end.
    private static float Match(float value, float[] before, float[] after)
    {
        if (value <= before[0]) return value + after[0] - before[0];
        if (value >= before[^1]) return value + after[^1] - before[^1];
        var index = Array.BinarySearch(before, value);
        if (index < 0) index = ~index - 1;
        index = Math.Clamp(index, 0, Knots - 2);
        var width = before[index + 1] - before[index];
        var share = width > 1e-7f ? (value - before[index]) / width : 0.5f;
        return after[index] + (share * (after[index + 1] - after[index]));
    }
}
