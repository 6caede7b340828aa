using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Faces.Portraits;

/// <summary>
/// Lightness less its mean around each pixel, as a part of its spread there: shadows, hair and hats beside a face then weigh no more
/// than its features.
/// </summary>
internal static class LocalContrast
{
    // In units of the distance between the eyes.
    private const float MeanReach = 0.5f, SpreadReach = 0.8f;

    // Spread below which a part counts as even, 0–1.
    private const float Even = 0.02f;

    /// <summary>Evens a plane whose faces have this distance between the eyes, in pixels.</summary>
    public static Plane Of(Plane lightness, float unit, CancellationToken cancellationToken = default)
    {
        var result = LessMean(lightness, unit, cancellationToken);
        var square = BoxFilter.Mean(result.Map(value => value * value), Reach(SpreadReach, unit), cancellationToken);
        for (var i = 0; i < result.Data.Length; i++) result.Data[i] /= Even + MathF.Sqrt(Math.Max(0, square.Data[i]));
        return result;
    }

    /// <summary>A plane less its mean around each pixel.</summary>
    public static Plane LessMean(Plane plane, float unit, CancellationToken cancellationToken = default)
    {
        var result = BoxFilter.Mean(plane, Reach(MeanReach, unit), cancellationToken);
        for (var i = 0; i < result.Data.Length; i++) result.Data[i] = plane.Data[i] - result.Data[i];
        return result;
    }

    private static int Reach(float reach, float unit) => Math.Max(1, (int)MathF.Round(reach * unit));
}
