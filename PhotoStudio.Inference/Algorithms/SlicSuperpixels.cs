namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// SLIC superpixels (Achanta, Shaji, Smith, Lucchi, Fua, Süsstrunk, "SLIC Superpixels Compared to State-of-the-Art
/// Superpixel Methods", PAMI 2012): k-means in colour and position within a window of two grid steps, then every
/// fragment that lost its superpixel joins a neighbour, so that each label is one connected region.
/// </summary>
public sealed class SlicSuperpixels
{
    private SlicSuperpixels(int width, int height, int[] labels, int count) =>
        (Width, Height, Labels, Count) = (width, height, labels, count);

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>The superpixel of every pixel, 0 to <see cref="Count"/> − 1.</summary>
    public int[] Labels { get; }

    /// <summary>The number of superpixels, at least 1.</summary>
    public int Count { get; }

    /// <summary>Partitions an image.</summary>
    /// <param name="lab">The image in CIE Lab.</param>
    /// <param name="wanted">About how many superpixels.</param>
    /// <param name="compactness">Colour distance, in Lab units, that weighs as much as one grid step of position.</param>
    /// <param name="iterations">k-means rounds.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static SlicSuperpixels Compute(
        ColorPlanes lab, int wanted, float compactness = 10, int iterations = 6, CancellationToken cancellationToken = default)
    {
        int width = lab.Width, height = lab.Height;
        var step = Math.Max(1f, MathF.Sqrt(width * height / (float)Math.Max(1, wanted)));
        int columns = Math.Max(1, (int)MathF.Round(width / step)), rows = Math.Max(1, (int)MathF.Round(height / step));
        var centers = new float[columns * rows * 5];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var x = Math.Min(width - 1, (int)((c + 0.5f) * width / columns));
                var y = Math.Min(height - 1, (int)((r + 0.5f) * height / rows));
                var center = centers.AsSpan(((r * columns) + c) * 5, 5);
                (center[0], center[1], center[2], center[3], center[4]) = (lab.C0[x, y], lab.C1[x, y], lab.C2[x, y], x, y);
            }
        }

        var labels = new int[width * height];
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            Assign(lab, centers, labels, columns, rows, compactness / step, cancellationToken);
            Update(lab, centers, labels);
        }

        var count = Connect(labels, width, height, Math.Max(1, (int)(step * step / 4)));
        return new(width, height, labels, count);
    }

    /// <summary>The mean of a plane's values over each superpixel.</summary>
    public float[] Mean(Plane plane)
    {
        var sums = new double[Count];
        var counts = new int[Count];
        for (var i = 0; i < Labels.Length; i++)
        {
            sums[Labels[i]] += plane.Data[i];
            counts[Labels[i]]++;
        }

        return [.. sums.Select((sum, i) => (float)(sum / counts[i]))];
    }

    /// <summary>A plane that holds each superpixel's value at all of its pixels.</summary>
    public Plane Spread(ReadOnlySpan<float> values)
    {
        var plane = new Plane(Width, Height);
        for (var i = 0; i < Labels.Length; i++) plane.Data[i] = values[Labels[i]];
        return plane;
    }

    /// <summary>The neighbours (4-connected) of each superpixel, ascending.</summary>
    public int[][] Neighbors()
    {
        var sets = new HashSet<int>[Count];
        for (var i = 0; i < Count; i++) sets[i] = [];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var i = (y * Width) + x;
                if (x + 1 < Width) Join(Labels[i], Labels[i + 1]);
                if (y + 1 < Height) Join(Labels[i], Labels[i + Width]);
            }
        }

        return [.. sets.Select(set => set.Order().ToArray())];

        void Join(int a, int b)
        {
            if (a == b) return;
            sets[a].Add(b);
            sets[b].Add(a);
        }
    }

    // Every pixel looks at the centres of the 3×3 grid cells around its own: the window of two steps, seen from the pixel.
    private static void Assign(
        ColorPlanes lab, float[] centers, int[] labels, int columns, int rows, float positionWeight, CancellationToken cancellationToken)
    {
        int width = lab.Width, height = lab.Height;
        var squared = positionWeight * positionWeight;
        RowBands.Run(height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                var row = Math.Min(rows - 1, y * rows / height);
                for (var x = 0; x < width; x++)
                {
                    var i = (y * width) + x;
                    float l = lab.C0.Data[i], a = lab.C1.Data[i], b = lab.C2.Data[i], best = float.MaxValue;
                    var column = Math.Min(columns - 1, x * columns / width);
                    for (var r = Math.Max(0, row - 1); r <= Math.Min(rows - 1, row + 1); r++)
                    {
                        for (var c = Math.Max(0, column - 1); c <= Math.Min(columns - 1, column + 1); c++)
                        {
                            var k = (r * columns) + c;
                            var center = centers.AsSpan(k * 5, 5);
                            float dl = l - center[0], da = a - center[1], db = b - center[2], dx = x - center[3], dy = y - center[4];
                            var d = (dl * dl) + (da * da) + (db * db) + (squared * ((dx * dx) + (dy * dy)));
                            if (d >= best) continue;
                            best = d;
                            labels[i] = k;
                        }
                    }
                }
            }
        }, cancellationToken);
    }

    private static void Update(ColorPlanes lab, float[] centers, int[] labels)
    {
        var sums = new double[centers.Length];
        var counts = new int[centers.Length / 5];
        for (int y = 0, i = 0; y < lab.Height; y++)
        {
            for (var x = 0; x < lab.Width; x++, i++)
            {
                var k = labels[i];
                var sum = sums.AsSpan(k * 5, 5);
                sum[0] += lab.C0.Data[i];
                sum[1] += lab.C1.Data[i];
                sum[2] += lab.C2.Data[i];
                sum[3] += x;
                sum[4] += y;
                counts[k]++;
            }
        }

        for (var i = 0; i < centers.Length; i++)
            if (counts[i / 5] > 0) centers[i] = (float)(sums[i] / counts[i / 5]);
    }

    // Renumbers connected fragments in scan order; a fragment smaller than the minimum takes the label of the fragment before it.
    private static int Connect(int[] labels, int width, int height, int minimum)
    {
        var result = new int[labels.Length];
        Array.Fill(result, -1);
        var queue = new int[labels.Length];
        var next = 0;
        for (var start = 0; start < labels.Length; start++)
        {
            if (result[start] >= 0) continue;
            var x0 = start % width;
            var adjacent = x0 > 0 ? result[start - 1] : start >= width ? result[start - width] : -1;
            int head = 0, tail = 0;
            queue[tail++] = start;
            result[start] = next;
            while (head < tail)
            {
                int i = queue[head++], x = i % width;
                if (x > 0) Visit(i - 1);
                if (x < width - 1) Visit(i + 1);
                if (i >= width) Visit(i - width);
                if (i < labels.Length - width) Visit(i + width);

                void Visit(int j)
                {
                    if (result[j] >= 0 || labels[j] != labels[start]) return;
                    result[j] = next;
                    queue[tail++] = j;
                }
            }

            if (tail < minimum && adjacent >= 0)
                for (var k = 0; k < tail; k++) result[queue[k]] = adjacent;
            else
                next++;
        }

        result.CopyTo(labels, 0);
        return next;
    }
}
