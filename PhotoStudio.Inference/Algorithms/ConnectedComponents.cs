namespace PhotoStudio.Inference.Algorithms;

/// <summary>Connected regions (4-connected) of a mask.</summary>
public static class ConnectedComponents
{
    /// <summary>
    /// Numbers the regions where <paramref name="mask"/> equals <paramref name="value"/> from 1 in scan order; other pixels get 0.
    /// </summary>
    /// <returns>The number of every pixel, and the area of every region (entry 0 is unused).</returns>
    public static (int[] Labels, int[] Areas) Label(ReadOnlySpan<bool> mask, int width, int height, bool value = true)
    {
        var labels = new int[width * height];
        var areas = new List<int> { 0 };
        var stack = new Stack<int>();
        for (var start = 0; start < labels.Length; start++)
        {
            if (labels[start] != 0 || mask[start] != value) continue;
            var label = areas.Count;
            var area = 0;
            labels[start] = label;
            stack.Push(start);
            while (stack.TryPop(out var i))
            {
                area++;
                var x = i % width;
                if (x > 0 && labels[i - 1] == 0 && mask[i - 1] == value) Push(i - 1);
                if (x < width - 1 && labels[i + 1] == 0 && mask[i + 1] == value) Push(i + 1);
                if (i >= width && labels[i - width] == 0 && mask[i - width] == value) Push(i - width);
                if (i < labels.Length - width && labels[i + width] == 0 && mask[i + width] == value) Push(i + width);
            }

            areas.Add(area);

            void Push(int j)
            {
                labels[j] = label;
                stack.Push(j);
            }
        }

        return (labels, [.. areas]);
    }
}
