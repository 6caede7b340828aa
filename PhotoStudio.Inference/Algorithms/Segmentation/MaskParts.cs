using System.Numerics;

namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// The superpixels of a mask and of what lies outside it, with what tells them apart, and a hierarchy of the connected parts
/// that those of the mask form: the two neighbours whose union changes their colours least become one part, and so on
/// (Ward, "Hierarchical Grouping to Optimize an Objective Function", JASA 1963).
/// </summary>
internal sealed class MaskParts
{
    // About as many superpixels in the whole picture, and the colour distance that weighs as much as their size.
    private const int Superpixels = 700;
    private const float Compactness = 10;
    private const int Iterations = 5;

    // Of a superpixel's sharp gradients the one that this share is below stands for it: its border has its neighbour's, too.
    private const double DetailRank = 0.35;
    private const float DetailFloor = 0.0008f;

    private MaskParts(int count)
    {
        Sizes = new int[count];
        Colors = new Vector3[count];
        Places = new Vector2[count];
        Detail = new float[count];
        InMask = new bool[count];
        Borders = new Dictionary<int, MaskPartBorder>[count];
        for (var k = 0; k < count; k++) Borders[k] = [];
    }

    /// <summary>The superpixel of every pixel.</summary>
    public required int[] Labels { get; init; }

    /// <summary>Pixels of each superpixel.</summary>
    public int[] Sizes { get; }

    /// <summary>Mean colour of each, CIE Lab.</summary>
    public Vector3[] Colors { get; }

    /// <summary>Centre of each, in shares of the picture's larger side.</summary>
    public Vector2[] Places { get; }

    /// <summary>Logarithm of the sharp gradient within each.</summary>
    public float[] Detail { get; }

    /// <summary>Whether each is in the mask; may be changed.</summary>
    public bool[] InMask { get; }

    /// <summary>The neighbours of each, with the border shared.</summary>
    public Dictionary<int, MaskPartBorder>[] Borders { get; }

    /// <summary>Partitions a photograph along a mask.</summary>
    /// <param name="mask">True where the subject is.</param>
    /// <param name="evidence">What is known of the photograph.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static MaskParts Find(bool[] mask, SubjectEvidence evidence, CancellationToken cancellationToken)
    {
        var lab = evidence.Lab;
        int width = lab.Width, height = lab.Height;
        var slic = SlicSuperpixels.Compute(lab, Superpixels, Compactness, Iterations, cancellationToken);
        var numbers = new int[slic.Count * 2];
        Array.Fill(numbers, -1);
        var labels = new int[mask.Length];
        var count = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            ref var number = ref numbers[(slic.Labels[i] * 2) + (mask[i] ? 1 : 0)];
            if (number < 0) number = count++;
            labels[i] = number;
        }

        var parts = new MaskParts(count) { Labels = labels };
        var edges = evidence.Edges.Strength.Data;
        var details = new List<float>[count];
        for (var i = 0; i < mask.Length; i++)
        {
            int k = labels[i], x = i % width, y = i / width;
            parts.Sizes[k]++;
            parts.Colors[k] += new Vector3(lab.C0.Data[i], lab.C1.Data[i], lab.C2.Data[i]);
            parts.Places[k] += new Vector2(x, y);
            parts.InMask[k] = mask[i];
            (details[k] ??= []).Add(edges[i]);
            if (x < width - 1) parts.Touch(k, labels[i + 1], edges[i], edges[i + 1]);
            if (y < height - 1) parts.Touch(k, labels[i + width], edges[i], edges[i + width]);
        }

        for (var k = 0; k < count; k++)
        {
            var size = parts.Sizes[k];
            parts.Colors[k] /= size;
            parts.Places[k] /= size * (float)Math.Max(width, height);
            details[k].Sort();
            parts.Detail[k] = MathF.Log(details[k][(int)(DetailRank * (details[k].Count - 1))] + DetailFloor);
        }

        return parts;
    }

    /// <summary>The parts of the mask in their hierarchy, each a set of superpixels, small ones first.</summary>
    /// <param name="largest">Pixels that a part has at most.</param>
    public List<int[]> Hierarchy(int largest)
    {
        var members = new List<int[]?>();
        var colors = new List<Vector3>();
        var sizes = new List<int>();
        var neighbors = new List<HashSet<int>>();
        var all = new List<int[]>();
        for (var k = 0; k < Sizes.Length; k++)
        {
            members.Add(InMask[k] ? [k] : null);
            colors.Add(Colors[k]);
            sizes.Add(Sizes[k]);
            neighbors.Add(InMask[k] ? [.. Borders[k].Keys.Where(n => InMask[n])] : []);
            if (InMask[k]) all.Add([k]);
        }

        var queue = new PriorityQueue<(int First, int Second), float>();
        for (var k = 0; k < Sizes.Length; k++)
            foreach (var n in neighbors[k].Where(n => n > k).Order()) queue.Enqueue((k, n), Cost(k, n));
        while (queue.TryDequeue(out var pair, out _))
        {
            if (members[pair.First] is not { } first || members[pair.Second] is not { } second) continue;
            var size = sizes[pair.First] + sizes[pair.Second];
            var union = members.Count;
            members[pair.First] = members[pair.Second] = null;
            if (size > largest)
            {
                // Too large to be a part; what it touches still grows on its own.
                members.Add(null);
                colors.Add(default);
                sizes.Add(size);
                neighbors.Add([]);
                continue;
            }

            members.Add([.. first, .. second]);
            all.Add(members[union]!);
            colors.Add(((colors[pair.First] * sizes[pair.First]) + (colors[pair.Second] * sizes[pair.Second])) / size);
            sizes.Add(size);
            var around = new HashSet<int>(neighbors[pair.First]);
            around.UnionWith(neighbors[pair.Second]);
            around.RemoveWhere(n => members[n] is null);
            neighbors.Add(around);
            foreach (var n in around.Order())
            {
                neighbors[n].Add(union);
                queue.Enqueue((n, union), Cost(n, union));
            }
        }

        return all;

        float Cost(int a, int b) =>
            (colors[a] - colors[b]).LengthSquared() * sizes[a] * sizes[b] / (sizes[a] + sizes[b]);
    }

    private void Touch(int first, int second, float edge, float otherEdge)
    {
        if (first == second) return;
        var sharp = Math.Max(edge, otherEdge);
        foreach (var (one, other) in ((int, int)[])[(first, second), (second, first)])
        {
            var border = Borders[one].GetValueOrDefault(other);
            Borders[one][other] = new(border.Sides + 1, border.Sharpness + sharp);
        }
    }
}

/// <summary>The border of two superpixels.</summary>
/// <param name="Sides">Pixel sides along it.</param>
/// <param name="Sharpness">The sharp gradients along it, summed.</param>
internal readonly record struct MaskPartBorder(int Sides, float Sharpness);
