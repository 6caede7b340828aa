namespace PhotoStudio.Inference.Networks.Detection;

/// <summary>Keeps the surest of the boxes that networks find many times over.</summary>
public static class NonMaximumSuppression
{
    /// <summary>Goes through the finds from the surest on and drops every one that overlaps a kept one too much.</summary>
    /// <param name="found">The finds in any order; of equally sure ones the earlier comes first.</param>
    /// <param name="overlap">The intersection over union above which a find is dropped, 0–1.</param>
    /// <param name="byClass">Whether only finds of the same class drop each other.</param>
    /// <param name="pixel">See <see cref="ScoredBox.OverlapWith"/>.</param>
    /// <param name="most">The most that are looked at.</param>
    /// <returns>The kept ones, the surest first.</returns>
    public static IReadOnlyList<ScoredBox> Keep(IEnumerable<ScoredBox> found, float overlap, bool byClass, float pixel = 0, int most = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(found);
        List<ScoredBox> kept = [];
        foreach (var find in found.OrderByDescending(find => find.Score).Take(most))
        {
            if (kept.TrueForAll(other => (byClass && other.Class != find.Class) || find.OverlapWith(other, pixel) <= overlap)) kept.Add(find);
        }

        return kept;
    }
}
