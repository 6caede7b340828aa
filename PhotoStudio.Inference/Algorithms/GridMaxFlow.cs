namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Minimum cut of an 8-connected pixel grid by the augmenting-path algorithm with two search trees (Boykov,
/// Kolmogorov, "An Experimental Comparison of Min-Cut/Max-Flow Algorithms for Energy Minimization in Vision",
/// PAMI 2004). Each pixel has an edge to the source or the sink and symmetric edges to its neighbours.
/// </summary>
public sealed class GridMaxFlow
{
    private const sbyte NoParent = -1, Terminal = 8, Orphan = 9;
    private const byte Free = 0, Source = 1, Sink = 2;

    // Directions: E, SE, S, SW, W, NW, N, NE; the reverse of d is (d + 4) % 8.
    private static readonly int[] StepX = [1, 1, 0, -1, -1, -1, 0, 1];
    private static readonly int[] StepY = [0, 1, 1, 1, 0, -1, -1, -1];

    private readonly int width;
    private readonly int height;
    private readonly int stride;
    private readonly int[] offset = new int[8];
    private readonly int[] residual;
    private readonly int[] terminal;
    private readonly byte[] tree;
    private readonly sbyte[] parent;
    private readonly int[] distance;
    private readonly int[] stamp;
    private readonly Queue<int> active = new();
    private readonly bool[] queued;
    private readonly Queue<int> orphans = new();
    private int time;

    /// <summary>Makes a grid without edges. The grid keeps one pixel of margin, which no edge ever reaches.</summary>
    public GridMaxFlow(int width, int height)
    {
        (this.width, this.height) = (width, height);
        stride = width + 2;
        var nodes = stride * (height + 2);
        for (var d = 0; d < 8; d++) offset[d] = StepX[d] + (StepY[d] * stride);
        residual = new int[nodes * 8];
        terminal = new int[nodes];
        tree = new byte[nodes];
        parent = new sbyte[nodes];
        distance = new int[nodes];
        stamp = new int[nodes];
        queued = new bool[nodes];
    }

    /// <summary>
    /// Sets a pixel's capacity to the terminals: positive towards the source, negative towards the sink
    /// (only the difference of the two matters to the cut).
    /// </summary>
    public void SetTerminal(int x, int y, int capacity) => terminal[Node(x, y)] = capacity;

    /// <summary>
    /// Sets the capacity, at least zero, between a pixel and its neighbour to the E (0), SE (1), S (2) or SW (3), both ways.
    /// </summary>
    public void SetEdge(int x, int y, int direction, int capacity)
    {
        int nx = x + StepX[direction], ny = y + StepY[direction];
        if (nx < 0 || nx >= width || ny >= height) return;
        residual[(Node(x, y) * 8) + direction] = capacity;
        residual[(Node(nx, ny) * 8) + direction + 4] = capacity;
    }

    /// <summary>Finds a maximum flow.</summary>
    /// <returns>True for every pixel on the source's side of the minimum cut, row by row.</returns>
    public bool[] Cut(CancellationToken cancellationToken = default)
    {
        Initialize();
        var steps = 0;
        while (active.TryPeek(out var node))
        {
            if ((++steps & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            if (tree[node] == Free || !Grow(node, out var from, out var direction))
            {
                active.Dequeue();
                queued[node] = false;
                continue;
            }

            time++;
            Augment(from, direction);
            while (orphans.TryDequeue(out var orphan)) Adopt(orphan);
        }

        var side = new bool[width * height];
        for (int y = 0, i = 0; y < height; y++)
            for (var x = 0; x < width; x++, i++) side[i] = tree[Node(x, y)] == Source;
        return side;
    }

    private int Node(int x, int y) => ((y + 1) * stride) + x + 1;

    private void Initialize()
    {
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var node = Node(x, y);
                parent[node] = NoParent;
                if (terminal[node] == 0) continue;
                tree[node] = terminal[node] > 0 ? Source : Sink;
                parent[node] = Terminal;
                distance[node] = 1;
                Activate(node);
            }
        }
    }

    private void Activate(int node)
    {
        if (queued[node]) return;
        queued[node] = true;
        active.Enqueue(node);
    }

    // Grows the tree of an active node; true when it meets the other tree, with the edge that leads from source side to sink side.
    private bool Grow(int node, out int from, out int direction)
    {
        var side = tree[node];
        for (var d = 0; d < 8; d++)
        {
            var other = node + offset[d];
            var capacity = side == Source ? residual[(node * 8) + d] : residual[(other * 8) + ((d + 4) & 7)];
            if (capacity == 0) continue;
            if (tree[other] == Free)
            {
                tree[other] = side;
                parent[other] = (sbyte)((d + 4) & 7);
                distance[other] = distance[node] + 1;
                stamp[other] = stamp[node];
                Activate(other);
            }
            else if (tree[other] != side)
            {
                (from, direction) = side == Source ? (node, d) : (other, (d + 4) & 7);
                return true;
            }
            else if (stamp[other] <= stamp[node] && distance[other] > distance[node])
            {
                // A shorter way to the terminal: keeps the trees shallow.
                parent[other] = (sbyte)((d + 4) & 7);
                distance[other] = distance[node] + 1;
                stamp[other] = stamp[node];
            }
        }

        (from, direction) = (-1, -1);
        return false;
    }

    private void Augment(int from, int direction)
    {
        var to = from + offset[direction];
        var flow = residual[(from * 8) + direction];
        for (var i = from; ;)
        {
            if (parent[i] == Terminal)
            {
                flow = Math.Min(flow, terminal[i]);
                break;
            }

            var up = i + offset[parent[i]];
            flow = Math.Min(flow, residual[(up * 8) + ((parent[i] + 4) & 7)]);
            i = up;
        }

        for (var i = to; ;)
        {
            if (parent[i] == Terminal)
            {
                flow = Math.Min(flow, -terminal[i]);
                break;
            }

            flow = Math.Min(flow, residual[(i * 8) + parent[i]]);
            i += offset[parent[i]];
        }

        residual[(from * 8) + direction] -= flow;
        residual[(to * 8) + ((direction + 4) & 7)] += flow;
        for (var i = from; ;)
        {
            if (parent[i] == Terminal)
            {
                terminal[i] -= flow;
                if (terminal[i] == 0) MakeOrphan(i);
                break;
            }

            var up = i + offset[parent[i]];
            var edge = (up * 8) + ((parent[i] + 4) & 7);
            residual[edge] -= flow;
            residual[(i * 8) + parent[i]] += flow;
            if (residual[edge] == 0) MakeOrphan(i);
            i = up;
        }

        for (var i = to; ;)
        {
            if (parent[i] == Terminal)
            {
                terminal[i] += flow;
                if (terminal[i] == 0) MakeOrphan(i);
                break;
            }

            var up = i + offset[parent[i]];
            var edge = (i * 8) + parent[i];
            residual[edge] -= flow;
            residual[(up * 8) + ((parent[i] + 4) & 7)] += flow;
            if (residual[edge] == 0) MakeOrphan(i);
            i = up;
        }
    }

    private void MakeOrphan(int node)
    {
        parent[node] = Orphan;
        orphans.Enqueue(node);
    }

    // Finds a new parent in the same tree that still leads to the terminal, or frees the node and orphans its children.
    private void Adopt(int node)
    {
        var side = tree[node];
        int best = -1, bestDistance = int.MaxValue;
        for (var d = 0; d < 8; d++)
        {
            var other = node + offset[d];
            var capacity = side == Source ? residual[(other * 8) + ((d + 4) & 7)] : residual[(node * 8) + d];
            if (capacity == 0 || tree[other] != side || parent[other] is NoParent or Orphan) continue;
            var length = DistanceToTerminal(other);
            if (length >= bestDistance) continue;
            (best, bestDistance) = (d, length);
        }

        if (best >= 0)
        {
            parent[node] = (sbyte)best;
            distance[node] = bestDistance + 1;
            stamp[node] = time;
            return;
        }

        for (var d = 0; d < 8; d++)
        {
            var other = node + offset[d];
            if (tree[other] != side) continue;
            var capacity = side == Source ? residual[(other * 8) + ((d + 4) & 7)] : residual[(node * 8) + d];
            if (capacity > 0) Activate(other);
            if (parent[other] is >= 0 and < Terminal && other + offset[parent[other]] == node) MakeOrphan(other);
        }

        tree[node] = Free;
        parent[node] = NoParent;
    }

    // Steps to the terminal, or int.MaxValue when the path ends in an orphan; marks the path so that it is walked once a round.
    private int DistanceToTerminal(int start)
    {
        var length = 0;
        var node = start;
        while (true)
        {
            if (stamp[node] == time)
            {
                length += distance[node];
                break;
            }

            if (parent[node] == Terminal)
            {
                stamp[node] = time;
                distance[node] = 1;
                length++;
                break;
            }

            if (parent[node] is Orphan or NoParent) return int.MaxValue;
            length++;
            node += offset[parent[node]];
        }

        var remaining = length;
        for (node = start; stamp[node] != time; node += offset[parent[node]])
        {
            stamp[node] = time;
            distance[node] = remaining--;
        }

        return length;
    }
}
