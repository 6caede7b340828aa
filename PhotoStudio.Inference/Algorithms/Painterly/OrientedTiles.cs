using System.Numerics;

namespace PhotoStudio.Inference.Algorithms.Painterly;

/// <summary>
/// Square tiles that fill a picture and lie along its edges: Lloyd's relaxation of a Voronoi diagram whose metric is, for each tile, the
/// larger of the distances along and across its own direction (Hausner, "Simulating decorative mosaics", SIGGRAPH 2001).
/// </summary>
public sealed class OrientedTiles
{
    private const int Rounds = 7;
    private const double RelaxPixels = 300_000;
    private readonly float[] alongX;
    private readonly float[] alongY;

    private OrientedTiles(float[] x, float[] y, float[] cos, float[] sin, int[] labels, Vector3[] colors) =>
        (X, Y, alongX, alongY, Labels, Colors) = (x, y, cos, sin, labels, colors);

    /// <summary>Columns of the tiles' middles.</summary>
    public float[] X { get; }

    /// <summary>Rows of the tiles' middles.</summary>
    public float[] Y { get; }

    /// <summary>The tile of every pixel.</summary>
    public int[] Labels { get; }

    /// <summary>The mean colour of each tile's pixels, in the space of the image.</summary>
    public Vector3[] Colors { get; }

    /// <summary>Where a pixel lies in a tile: distance from the middle along and across it, in pixels.</summary>
    public (float U, float V) Local(int tile, float x, float y)
    {
        float dx = x - X[tile], dy = y - Y[tile];
        return ((dx * alongX[tile]) + (dy * alongY[tile]), (dy * alongX[tile]) - (dx * alongY[tile]));
    }

    /// <summary>Lays tiles.</summary>
    /// <param name="colors">The image.</param>
    /// <param name="flow">Its directions.</param>
    /// <param name="size">Side of a tile with its share of the grout, in pixels.</param>
    /// <param name="random">Chance for the start.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static OrientedTiles Lay(
        ColorPlanes colors, FlowField flow, float size, SeededRandom random, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(colors);
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(random);
        int columns = Math.Max(1, (int)MathF.Round(colors.Width / size)), rows = Math.Max(1, (int)MathF.Round(colors.Height / size));
        var count = columns * rows;
        float[] x = new float[count], y = new float[count], cos = new float[count], sin = new float[count];
        for (var k = 0; k < count; k++)
        {
            x[k] = ((k % columns) + 0.5f + random.Range(-0.2f, 0.2f)) * colors.Width / columns;
            y[k] = ((k / columns) + 0.5f + random.Range(-0.2f, 0.2f)) * colors.Height / rows;
        }

        var labels = new int[colors.Width * colors.Height];

        // The relaxation looks at every so many pixels only.
        var step = Math.Max(1, (int)Math.Sqrt(labels.Length / RelaxPixels));
        for (var round = 0; round < Rounds; round++)
        {
            Turn(flow, x, y, cos, sin);
            Assign(labels, colors.Width, colors.Height, size, x, y, cos, sin, step, cancellationToken);
            Center(labels, colors.Width, colors.Height, step, x, y);
        }

        Turn(flow, x, y, cos, sin);
        Assign(labels, colors.Width, colors.Height, size, x, y, cos, sin, 1, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new(x, y, cos, sin, labels, Means(colors, labels, count, x, y));
    }

    private static void Turn(FlowField flow, float[] x, float[] y, float[] cos, float[] sin)
    {
        for (var k = 0; k < x.Length; k++)
        {
            var at = (Math.Clamp((int)y[k], 0, flow.Height - 1) * flow.Width) + Math.Clamp((int)x[k], 0, flow.Width - 1);
            (cos[k], sin[k]) = (flow.TangentX.Data[at], flow.TangentY.Data[at]);
        }
    }

    private static void Assign(
        int[] labels, int width, int height, float size, float[] x, float[] y, float[] cos, float[] sin, int step,
        CancellationToken cancellationToken)
    {
        // Tiles by the cell of a coarse grid; a pixel's tile is in its own cell or in one beside it.
        var cell = size * 1.25f;
        int columns = (int)(width / cell) + 1, rows = (int)(height / cell) + 1;
        var cells = new List<int>[columns * rows];
        for (var i = 0; i < cells.Length; i++) cells[i] = [];
        for (var k = 0; k < x.Length; k++)
            cells[(Math.Clamp((int)(y[k] / cell), 0, rows - 1) * columns) + Math.Clamp((int)(x[k] / cell), 0, columns - 1)].Add(k);

        RowBands.Run(
            (height + step - 1) / step,
            (first, end) =>
            {
                for (var row = first; row < end; row++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var py = row * step;
                    var cellRow = Math.Min((int)(py / cell), rows - 1);
                    for (var px = 0; px < width; px += step)
                    {
                        var cellColumn = Math.Min((int)(px / cell), columns - 1);
                        var best = -1;
                        var least = float.MaxValue;
                        for (var reach = 1; best < 0; reach++)
                        {
                            for (var r = Math.Max(0, cellRow - reach); r <= Math.Min(rows - 1, cellRow + reach); r++)
                            {
                                for (var c = Math.Max(0, cellColumn - reach); c <= Math.Min(columns - 1, cellColumn + reach); c++)
                                {
                                    foreach (var k in cells[(r * columns) + c])
                                    {
                                        float dx = px - x[k], dy = py - y[k];
                                        var along = Math.Abs((dx * cos[k]) + (dy * sin[k]));
                                        var across = Math.Abs((dy * cos[k]) - (dx * sin[k]));

                                        // A little of the plain distance keeps ties apart.
                                        var distance = Math.Max(along, across) + (0.02f * (along + across));
                                        if (distance >= least) continue;
                                        (best, least) = (k, distance);
                                    }
                                }
                            }
                        }

                        labels[(py * width) + px] = best;
                    }
                }
            },
            cancellationToken);
    }

    private static void Center(int[] labels, int width, int height, int step, float[] x, float[] y)
    {
        double[] sumX = new double[x.Length], sumY = new double[x.Length];
        var sizes = new int[x.Length];
        for (var py = 0; py < height; py += step)
        {
            for (var px = 0; px < width; px += step)
            {
                var k = labels[(py * width) + px];
                sumX[k] += px;
                sumY[k] += py;
                sizes[k]++;
            }
        }

        for (var k = 0; k < x.Length; k++)
            if (sizes[k] > 0) (x[k], y[k]) = ((float)(sumX[k] / sizes[k]), (float)(sumY[k] / sizes[k]));
    }

    private static Vector3[] Means(ColorPlanes colors, int[] labels, int count, float[] x, float[] y)
    {
        var sums = new Vector3[count];
        var sizes = new int[count];
        for (var i = 0; i < labels.Length; i++)
        {
            sums[labels[i]] += new Vector3(colors.C0.Data[i], colors.C1.Data[i], colors.C2.Data[i]);
            sizes[labels[i]]++;
        }

        for (var k = 0; k < count; k++)
        {
            sums[k] = sizes[k] > 0
                ? sums[k] / sizes[k]
                : new(colors.C0.Nearest(x[k], y[k]), colors.C1.Nearest(x[k], y[k]), colors.C2.Nearest(x[k], y[k]));
        }

        return sums;
    }
}
