using System.Numerics;

namespace PhotoStudio.Inference.Algorithms.Completion;

/// <summary>
/// Makes pixels of matches: every patch over a hole pixel votes for one value (Wexler, Shechtman, Irani, "Space-Time Completion of
/// Video", PAMI 2007).
/// </summary>
internal static class PatchVoting
{
    // How much more a patch counts for each pixel that it lies nearer to the known part.
    private const float DepthBase = 1.2f;
    private const float DeepestCounted = 300;

    // The cost that this share of all patches stays below counts as typical (Newson et al. 2014).
    private const double TypicalShare = 0.75;

    /// <summary>Sets every hole pixel to the weighted mean of what its patches say.</summary>
    /// <returns>The mean change of a sample.</returns>
    public static double Average(CompletionLevel level, CancellationToken cancellationToken)
    {
        var weights = Weights(level, cancellationToken);
        var samples = level.Image.Samples;
        int width = level.Width, height = level.Height;
        var changes = new double[height];
        var values = new Vector4[height][];
        RowBands.Run(height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                var row = level.Hole.Data.AsSpan(y * width, width);
                if (!row.Contains(true)) continue;
                var result = values[y] = new Vector4[width];
                for (var x = 0; x < width; x++)
                {
                    if (!row[x]) continue;
                    var sum = Vector4.Zero;
                    var total = 0f;
                    var pixel = (y * width) + x;
                    for (var dy = -PatchImage.Reach; dy <= PatchImage.Reach; dy++)
                    {
                        if (y + dy < 0 || y + dy >= height) continue;
                        for (var dx = -PatchImage.Reach; dx <= PatchImage.Reach; dx++)
                        {
                            if (x + dx < 0 || x + dx >= width) continue;
                            var center = pixel + (dy * width) + dx;
                            if (level.Match[center] < 0) continue;
                            var source = (level.Match[center] + pixel - center) * PatchImage.Channels;
                            var weight = weights[center];
                            sum += weight * new Vector4(samples[source], samples[source + 1], samples[source + 2], samples[source + 3]);
                            total += weight;
                        }
                    }

                    result[x] = total > 0 ? sum / total : Read(samples, pixel);
                }
            }
        }, cancellationToken);
        RowBands.Run(height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                if (values[y] is not { } row) continue;
                for (var x = 0; x < width; x++)
                {
                    var pixel = (y * width) + x;
                    if (!level.Hole.Data[pixel]) continue;
                    var change = Vector4.Abs(row[x] - Read(samples, pixel));
                    changes[y] += change.X + change.Y + change.Z;
                    for (var c = 0; c < PatchImage.Channels; c++) samples[(pixel * PatchImage.Channels) + c] = (byte)(row[x][c] + 0.5f);
                }
            }
        }, cancellationToken);
        return changes.Sum() / (3.0 * Math.Max(1, level.Hole.Count));
    }

    /// <summary>
    /// For every hole pixel the pixel it is copied from: of the shifts its patches stand for, the one with the most weight. Neighbours
    /// nearly always agree, so that whole pieces are copied as they are.
    /// </summary>
    /// <returns>Indices of pixels; -1 outside the hole, and for a pixel no patch covers.</returns>
    public static int[] Origins(CompletionLevel level, CancellationToken cancellationToken)
    {
        var weights = Weights(level, cancellationToken);
        int width = level.Width, height = level.Height;
        var origins = new int[width * height];
        Array.Fill(origins, -1);
        RowBands.Run(height, (first, end) =>
        {
            Span<int> shifts = stackalloc int[PatchImage.Side * PatchImage.Side];
            Span<float> votes = stackalloc float[PatchImage.Side * PatchImage.Side];
            for (var y = first; y < end; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var pixel = (y * width) + x;
                    if (!level.Hole.Data[pixel]) continue;
                    var count = 0;
                    for (var dy = -PatchImage.Reach; dy <= PatchImage.Reach; dy++)
                    {
                        if (y + dy < 0 || y + dy >= height) continue;
                        for (var dx = -PatchImage.Reach; dx <= PatchImage.Reach; dx++)
                        {
                            if (x + dx < 0 || x + dx >= width) continue;
                            var center = pixel + (dy * width) + dx;
                            if (level.Match[center] < 0) continue;
                            var shift = level.Match[center] - center;
                            var known = shifts[..count].IndexOf(shift);
                            if (known < 0) (known, shifts[count], votes[count]) = (count++, shift, 0);
                            votes[known] += weights[center] + float.Epsilon;
                        }
                    }

                    var best = -1;
                    for (var k = 0; k < count; k++)
                        if (best < 0 || votes[k] > votes[best]) best = k;
                    if (best >= 0) origins[pixel] = pixel + shifts[best];
                }
            }
        }, cancellationToken);
        return origins;
    }

    private static float[] Weights(CompletionLevel level, CancellationToken cancellationToken)
    {
        var costs = level.Targets.SelectMany(row => row).Select(target => level.Cost[target]).ToArray();
        var weights = new float[level.Match.Length];
        if (costs.Length == 0) return weights;
        Array.Sort(costs);
        var scale = -1f / (2f * Math.Max(1, costs[(int)(TypicalShare * (costs.Length - 1))]));
        RowBands.Run(level.Height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                foreach (var target in level.Targets[y])
                {
                    var nearness = MathF.Pow(DepthBase, -Math.Min(DeepestCounted, level.Depth.Data[target]));
                    weights[target] = nearness * MathF.Exp(Math.Max(-20, scale * level.Cost[target]));
                }
            }
        }, cancellationToken);
        return weights;
    }

    private static Vector4 Read(byte[] samples, int pixel)
    {
        var at = pixel * PatchImage.Channels;
        return new(samples[at], samples[at + 1], samples[at + 2], samples[at + 3]);
    }
}
