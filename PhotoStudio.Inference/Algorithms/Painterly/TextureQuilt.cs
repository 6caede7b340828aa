namespace PhotoStudio.Inference.Algorithms.Painterly;

/// <summary>
/// Covers a picture with the texture of another: patches of its fine detail are laid in an overlapping grid, each chosen among several
/// because it comes from a place of like tone and direction (after Efros, Freeman, "Image quilting for texture synthesis and transfer",
/// SIGGRAPH 2001). Detail is zero on average, so overlaps are blended such that their variance stays.
/// </summary>
public static class TextureQuilt
{
    private const int Candidates = 28;

    /// <summary>Lays the texture.</summary>
    /// <param name="detail">The detail of the picture it comes from, around 0.</param>
    /// <param name="source">That picture's tone and direction.</param>
    /// <param name="target">Tone and direction of the picture to cover.</param>
    /// <param name="patch">Side of a patch, in pixels, at least 4; made smaller for a small source.</param>
    /// <param name="seed">Decides between the candidates.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Plane Lay(
        Plane detail, QuiltGuide source, QuiltGuide target, int patch, uint seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detail);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        int width = target.Tone.Width, height = target.Tone.Height;
        patch = Math.Min(Math.Max(patch, 4), Math.Min(detail.Width, detail.Height));
        var step = Math.Max(1, patch * 2 / 3);
        int columns = (width / step) + 2, rows = (height / step) + 2;
        var places = new (int X, int Y)[columns * rows];
        RowBands.ForEach(
            rows,
            row =>
            {
                for (var column = 0; column < columns; column++)
                    places[(row * columns) + column] = Choose(detail, source, target, patch, step, column, row, seed);
            },
            cancellationToken);

        var result = new Plane(width, height);
        RowBands.Run(
            height,
            (first, end) =>
            {
                var squares = new float[width];
                for (var y = first; y < end; y++)
                {
                    Array.Clear(squares);
                    var line = result.Row(y);

                    // Patch row r covers the rows from (r − 1)·step on.
                    for (var row = Math.Max(0, ((y - patch) / step) + 1); row <= Math.Min(rows - 1, (y / step) + 1); row++)
                    {
                        var inY = y - ((row - 1) * step);
                        if (inY < 0 || inY >= patch) continue;
                        var down = Ramp(inY, patch);
                        for (var column = 0; column < columns; column++)
                            Add(detail, places[(row * columns) + column], (column - 1) * step, inY, patch, down, line, squares);
                    }

                    for (var x = 0; x < width; x++) line[x] = squares[x] > 0 ? line[x] / MathF.Sqrt(squares[x]) : 0;
                }
            },
            cancellationToken);
        return result;
    }

    private static void Add(
        Plane detail, (int X, int Y) place, int left, int inY, int patch, float down, Span<float> line, float[] squares)
    {
        var texture = detail.Row(place.Y + inY);
        for (var inX = Math.Max(0, -left); inX < patch && left + inX < line.Length; inX++)
        {
            var weight = down * Ramp(inX, patch);
            line[left + inX] += weight * texture[place.X + inX];
            squares[left + inX] += weight * weight;
        }
    }

    private static float Ramp(int at, int patch) => Math.Min(Math.Min(at + 0.5f, patch - at - 0.5f) * 3 / patch, 1);

    private static (int X, int Y) Choose(
        Plane detail, QuiltGuide source, QuiltGuide target, int patch, int step, int column, int row, uint seed)
    {
        float x = ((column - 1) * step) + (patch / 2f), y = ((row - 1) * step) + (patch / 2f);
        float tone = target.Tone.Nearest(x, y), tx = target.Flow.TangentX.Nearest(x, y), ty = target.Flow.TangentY.Nearest(x, y);
        var clear = target.Flow.Anisotropy.Nearest(x, y);
        (int X, int Y) best = default;
        var least = float.MaxValue;
        for (var k = 0; k < Candidates; k++)
        {
            var left = (int)(Grain.Uniform(column, row, seed + (uint)(2 * k)) * (detail.Width - patch + 1));
            var top = (int)(Grain.Uniform(column, row, seed + (uint)(2 * k) + 1) * (detail.Height - patch + 1));
            float sx = left + (patch / 2f), sy = top + (patch / 2f);
            var along = Math.Abs((source.Flow.TangentX.Nearest(sx, sy) * tx) + (source.Flow.TangentY.Nearest(sx, sy) * ty));
            var cost = Math.Abs(source.Tone.Nearest(sx, sy) - tone) + (0.25f * clear * (1 - along));
            if (cost >= least) continue;
            (best, least) = ((left, top), cost);
        }

        return best;
    }
}

/// <summary>What patches are chosen by.</summary>
/// <param name="Tone">Smooth brightness, 0–1; of two pictures brought to the same spread.</param>
/// <param name="Flow">Directions.</param>
public sealed record QuiltGuide(Plane Tone, FlowField Flow);
