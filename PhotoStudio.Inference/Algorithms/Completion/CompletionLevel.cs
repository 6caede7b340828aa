namespace PhotoStudio.Inference.Algorithms.Completion;

/// <summary>One resolution of a picture that is being completed: the pixels, the hole, and where whole patches are known.</summary>
internal sealed class CompletionLevel
{
    private readonly bool[] _usable;
    private readonly float _reach;

    /// <summary>Makes a level.</summary>
    /// <param name="image">The pixels; those of the hole are filled in as the work goes on.</param>
    /// <param name="hole">What is to be filled.</param>
    /// <param name="usable">Pixels that may be copied from; none of the hole.</param>
    /// <param name="reach">How far from the hole a patch may lie to be copied, in pixels.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public CompletionLevel(PatchImage image, PixelMask hole, bool[] usable, float reach, CancellationToken cancellationToken)
    {
        (Image, Hole, _usable, _reach) = (image, hole, usable, reach);
        Depth = hole.Depth(cancellationToken);
        IsSource = new bool[usable.Length];
        Targets = FindTargets();
        Sources = FindSources(float.IsInfinity(reach) ? null : DistanceTransform.Euclidean(hole.Data, Width, Height, cancellationToken));
        Match = new int[usable.Length];
        Cost = new int[usable.Length];
        Array.Fill(Match, -1);
    }

    public PatchImage Image { get; }

    public PixelMask Hole { get; }

    /// <summary>The distance of every hole pixel to the known part, in pixels; 0 in the known part.</summary>
    public Plane Depth { get; }

    /// <summary>Whether the patch around a pixel is known in full, and near enough to the hole.</summary>
    public bool[] IsSource { get; }

    /// <summary>The centres of the patches that are known in full and near enough.</summary>
    public int[] Sources { get; }

    /// <summary>The centres of the patches that touch the hole, by row.</summary>
    public int[][] Targets { get; }

    /// <summary>For every target the centre of the most similar known patch found so far; -1 elsewhere.</summary>
    public int[] Match { get; }

    /// <summary>The squared difference of target and match.</summary>
    public int[] Cost { get; }

    public int Width => Image.Width;

    public int Height => Image.Height;

    /// <summary>Whether a pixel may be copied from.</summary>
    public bool IsUsable(int index) => _usable[index];

    public float MaxDepth => Depth.Data.Max();

    /// <summary>Half the size; each pixel is the mean of the usable ones among the four it stands for, and hole when any of them is.</summary>
    public CompletionLevel Halved(CancellationToken cancellationToken)
    {
        int width = (Width + 1) / 2, height = (Height + 1) / 2;
        var image = new PatchImage(width, height);
        var hole = new PixelMask(width, height);
        var usable = new bool[width * height];
        RowBands.Run(height, (first, end) =>
        {
            Span<int> sum = stackalloc int[PatchImage.Channels];
            for (var y = first; y < end; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    sum.Clear();
                    int count = 0, all = 0;
                    var open = false;
                    for (var sy = 2 * y; sy < Math.Min((2 * y) + 2, Height); sy++)
                    {
                        for (var sx = 2 * x; sx < Math.Min((2 * x) + 2, Width); sx++)
                        {
                            var source = (sy * Width) + sx;
                            all++;
                            open |= Hole.Data[source];
                            if (!_usable[source]) continue;
                            count++;
                            for (var c = 0; c < PatchImage.Channels; c++) sum[c] += Image.Samples[(source * PatchImage.Channels) + c];
                        }
                    }

                    var target = (y * width) + x;
                    hole.Data[target] = open;
                    usable[target] = count == all;
                    if (count == 0) continue;
                    for (var c = 0; c < PatchImage.Channels; c++)
                        image.Samples[(target * PatchImage.Channels) + c] = (byte)((sum[c] + (count / 2)) / count);
                }
            }
        }, cancellationToken);
        return new(image, hole, usable, _reach / 2, cancellationToken);
    }

    private int[][] FindTargets()
    {
        // Hole pixels of the last seven rows, column by column, tell whether a patch touches one.
        var targets = new int[Height][];
        var inColumn = new int[Width];
        for (var y = 0; y < Height; y++)
        {
            targets[y] = [];
            AddRow(inColumn, y, 1);
            if (y >= PatchImage.Side) AddRow(inColumn, y - PatchImage.Side, -1);
            var center = y - PatchImage.Reach;
            if (center < PatchImage.Reach) continue;

            var row = new List<int>();
            var count = 0;
            for (var x = 0; x < Width; x++)
            {
                count += inColumn[x];
                if (x >= PatchImage.Side) count -= inColumn[x - PatchImage.Side];
                if (x >= PatchImage.Side - 1 && count > 0) row.Add((center * Width) + x - PatchImage.Reach);
            }

            targets[center] = [.. row];
        }

        return targets;
    }

    private void AddRow(int[] inColumn, int y, int sign)
    {
        for (var x = 0; x < Width; x++)
            if (Hole.Data[(y * Width) + x]) inColumn[x] += sign;
    }

    private int[] FindSources(Plane? distance)
    {
        var sources = new List<int>();
        var known = new int[Width];
        for (var y = 0; y < Height; y++)
        {
            // How many usable pixels end each column here without a gap; a patch is known when seven columns have seven.
            for (var x = 0; x < Width; x++) known[x] = _usable[(y * Width) + x] ? known[x] + 1 : 0;
            var center = y - PatchImage.Reach;
            if (center < PatchImage.Reach) continue;

            var run = 0;
            for (var x = 0; x < Width; x++)
            {
                run = known[x] >= PatchImage.Side ? run + 1 : 0;
                if (run < PatchImage.Side) continue;
                var index = (center * Width) + x - PatchImage.Reach;
                if (distance?.Data[index] > _reach) continue;
                IsSource[index] = true;
                sources.Add(index);
            }
        }

        return [.. sources];
    }
}
