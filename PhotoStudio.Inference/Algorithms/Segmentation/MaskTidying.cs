namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>Frees a mask of islands that are small beside its largest part, and fills holes that do not look like background.</summary>
internal static class MaskTidying
{
    // Mean evidence of background in a hole, in log odds, from which it stays open.
    private const float HoleEvidence = -1.5f;
    private const float HoleColor = -1f;

    /// <summary>Tidies a mask.</summary>
    /// <param name="mask">True where the subject is.</param>
    /// <param name="odds">Log odds of subject by colour.</param>
    /// <param name="score">Log odds of subject by the cues.</param>
    /// <param name="bias">What of the score is no evidence.</param>
    /// <param name="byColor">Whether colour alone decides about holes; else the cues do, with a little of the colour.</param>
    public static bool[] Tidy(bool[] mask, Plane odds, Plane score, float bias, bool byColor)
    {
        int width = odds.Width, height = odds.Height;
        var result = (bool[])mask.Clone();
        var (labels, areas) = ConnectedComponents.Label(mask, width, height);
        if (areas.Length == 1) return result;
        var weights = new double[areas.Length];
        for (var i = 0; i < mask.Length; i++) weights[labels[i]] += Math.Clamp(score.Data[i] + 1, 0, 4);
        weights[0] = 0;
        var heaviest = weights.Max();
        for (var i = 0; i < mask.Length; i++)
            if (mask[i] && weights[labels[i]] < 0.06 * heaviest) result[i] = false;

        var total = result.Count(m => m);
        var (holes, holeAreas) = ConnectedComponents.Label(result, width, height, value: false);
        var evidence = new double[holeAreas.Length];
        var touches = new bool[holeAreas.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            evidence[holes[i]] += byColor ? odds.Data[i] + score.Data[i] : (0.12f * odds.Data[i]) + score.Data[i] - bias;
            int x = i % width, y = i / width;
            if (x == 0 || y == 0 || x == width - 1 || y == height - 1) touches[holes[i]] = true;
        }

        var needed = byColor ? HoleColor : HoleEvidence;
        for (var i = 0; i < mask.Length; i++)
        {
            var hole = holes[i];
            if (result[i] || touches[hole]) continue;
            if (holeAreas[hole] < Math.Max(6, 0.002 * total) || evidence[hole] / holeAreas[hole] > needed) result[i] = true;
        }

        return result;
    }
}
