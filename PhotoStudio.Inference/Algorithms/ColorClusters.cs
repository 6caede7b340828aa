using System.Numerics;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// The few colours a picture is made of: k-means (Lloyd 1982) from the spread-out start of k-means++ (Arthur, Vassilvitskii, SODA 2007).
/// </summary>
public static class ColorClusters
{
    /// <summary>Finds clusters.</summary>
    /// <param name="samples">Colours in a space where distance means difference, such as Oklab.</param>
    /// <param name="count">How many clusters, at least 1.</param>
    /// <param name="random">Chance for the start.</param>
    /// <param name="iterations">Rounds of Lloyd's algorithm.</param>
    /// <returns>The centres; fewer where there are fewer distinct colours.</returns>
    public static Vector3[] Find(ReadOnlySpan<Vector3> samples, int count, SeededRandom random, int iterations = 12)
    {
        ArgumentNullException.ThrowIfNull(random);
        var centers = Start(samples, count, random);
        var sums = new Vector3[centers.Count];
        var sizes = new int[centers.Count];
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            Array.Clear(sums);
            Array.Clear(sizes);
            foreach (var sample in samples)
            {
                var nearest = Nearest(centers, sample);
                sums[nearest] += sample;
                sizes[nearest]++;
            }

            for (var k = 0; k < centers.Count; k++)
                if (sizes[k] > 0) centers[k] = sums[k] / sizes[k];
        }

        return [.. centers];
    }

    /// <summary>The index of the centre nearest to a colour.</summary>
    public static int Nearest(IReadOnlyList<Vector3> centers, Vector3 color)
    {
        ArgumentNullException.ThrowIfNull(centers);
        var best = 0;
        var least = float.MaxValue;
        for (var k = 0; k < centers.Count; k++)
        {
            var distance = Vector3.DistanceSquared(centers[k], color);
            if (distance >= least) continue;
            (best, least) = (k, distance);
        }

        return best;
    }

    private static List<Vector3> Start(ReadOnlySpan<Vector3> samples, int count, SeededRandom random)
    {
        List<Vector3> centers = [samples[random.Below(samples.Length)]];
        var distances = new float[samples.Length];
        while (centers.Count < count)
        {
            double total = 0;
            for (var i = 0; i < samples.Length; i++)
            {
                var distance = Vector3.DistanceSquared(samples[i], centers[^1]);
                distances[i] = centers.Count == 1 ? distance : Math.Min(distances[i], distance);
                total += distances[i];
            }

            if (total <= 1e-9) break;
            var wanted = random.Unit() * total;
            var chosen = 0;
            while (chosen < samples.Length - 1 && (wanted -= distances[chosen]) > 0) chosen++;
            centers.Add(samples[chosen]);
        }

        return centers;
    }
}
