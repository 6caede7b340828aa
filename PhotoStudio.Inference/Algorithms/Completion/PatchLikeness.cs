using System.Numerics;

namespace PhotoStudio.Inference.Algorithms.Completion;

/// <summary>
/// How well a filling fits into its surroundings as texture: the sliced Wasserstein distance of the 7×7 patches inside the hole to those
/// around it (Rabin, Peyré, Delon, Bernot, "Wasserstein Barycenter and Its Application to Texture Mixing", 2011). A filling that is
/// calmer than what is around it, or repeats one piece of it, is told from one that is like it.
/// </summary>
internal static class PatchLikeness
{
    private const int Directions = 48, MostPatches = 2_500, Quantiles = 256;

    /// <summary>The mean distance of projections, in levels.</summary>
    /// <param name="colors">The completed picture, 0–255 by pixel.</param>
    /// <param name="level">What was filled.</param>
    /// <param name="reach">How far from the hole the surroundings go, in pixels.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static double Distance(Vector4[] colors, CompletionLevel level, float reach, CancellationToken cancellationToken)
    {
        var distance = DistanceTransform.Euclidean(level.Hole.Data, level.Width, level.Height, cancellationToken);
        List<int> inside = [], around = [];
        for (var y = PatchImage.Reach; y < level.Height - PatchImage.Reach; y++)
        {
            for (var x = PatchImage.Reach; x < level.Width - PatchImage.Reach; x++)
            {
                var i = (y * level.Width) + x;
                if (level.Hole.Data[i]) inside.Add(i);
                else if (distance.Data[i] <= reach && level.IsUsable(i)) around.Add(i);
            }
        }

        if (inside.Count == 0 || around.Count == 0) return 0;
        int[] filled = Some(inside), known = Some(around);
        var distances = new double[Directions];
        RowBands.ForEach(Directions, k =>
        {
            var direction = Direction(k);
            float[] one = Project(colors, level.Width, filled, direction), other = Project(colors, level.Width, known, direction);
            for (var q = 0; q < Quantiles; q++) distances[k] += Math.Abs(Quantile(one, q) - Quantile(other, q)) / Quantiles;
        }, cancellationToken);
        return distances.Average();
    }

    private static int[] Some(List<int> centers)
    {
        var count = Math.Min(centers.Count, MostPatches);
        return [.. Enumerable.Range(0, count).Select(k => centers[(int)((k + 0.5) * centers.Count / count)])];
    }

    private static float Quantile(float[] sorted, int q) => sorted[(int)((q + 0.5) / Quantiles * sorted.Length)];

    // Normal numbers of unit length are uniform on the sphere.
    private static Vector4[] Direction(int index)
    {
        var random = new SeededRandom(index);
        var direction = new Vector4[PatchImage.Side * PatchImage.Side];
        for (var i = 0; i < direction.Length; i++) direction[i] = new(random.Normal(), random.Normal(), random.Normal(), 0);
        var length = MathF.Sqrt(direction.Sum(part => part.LengthSquared()));
        return [.. direction.Select(part => part / length)];
    }

    private static float[] Project(Vector4[] colors, int width, int[] centers, Vector4[] direction)
    {
        var result = new float[centers.Length];
        for (var n = 0; n < centers.Length; n++)
        {
            var sum = 0f;
            var at = centers[n] - (PatchImage.Reach * width) - PatchImage.Reach;
            for (var row = 0; row < PatchImage.Side; row++, at += width)
                for (var column = 0; column < PatchImage.Side; column++) sum += Vector4.Dot(colors[at + column], direction[(row * PatchImage.Side) + column]);
            result[n] = sum;
        }

        Array.Sort(result);
        return result;
    }
}
