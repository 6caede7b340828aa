namespace PhotoStudio.Inference.Algorithms.Completion;

/// <summary>
/// From how far around a hole patches should be copied. In a photograph light, sharpness and texture change from place to place: what
/// lies near continues best, though something calmer far away often matches better. Where all is one texture, more of it serves better.
/// </summary>
internal static class SourceReach
{
    // Of the hole's depth, and at least so many pixels.
    private const float OfDepth = 0.8f, Least = 24;

    // Textures made by program stay below this, photographs above.
    private const double OneTexture = 0.03;
    private const int Quantiles = 64;

    /// <summary>A reach for what lies near, in pixels.</summary>
    public static float Near(CompletionLevel level) => Math.Max(Least, OfDepth * level.MaxDepth);

    /// <summary>
    /// Whether what lies near is the same texture as what lies beyond: the mean difference of their quantiles over colours and texture is
    /// small beside their spread.
    /// </summary>
    public static bool IsOneTexture(CompletionLevel level, float near, CancellationToken cancellationToken)
    {
        var distance = DistanceTransform.Euclidean(level.Hole.Data, level.Width, level.Height, cancellationToken);
        List<int> inside = [], beyond = [];
        for (var i = 0; i < distance.Data.Length; i++)
            if (level.IsUsable(i)) (distance.Data[i] <= near + PatchImage.Reach ? inside : beyond).Add(i);
        if (inside.Count == 0 || beyond.Count == 0) return true;

        double difference = 0, spread = 1;
        for (var channel = 0; channel < PatchImage.Channels; channel++)
        {
            byte[] one = Sorted(level, inside, channel), other = Sorted(level, beyond, channel);
            for (var q = 0; q < Quantiles; q++)
            {
                var share = (q + 0.5) / Quantiles;
                difference += Math.Abs(one[(int)(share * one.Length)] - other[(int)(share * other.Length)]) / (double)Quantiles;
            }

            spread += (Middle(one) + Middle(other)) / 2.0;
        }

        return difference < OneTexture * spread;

        // What four fifths of the values span.
        static int Middle(byte[] sorted) => sorted[sorted.Length * 9 / 10] - sorted[sorted.Length / 10];
    }

    private static byte[] Sorted(CompletionLevel level, List<int> pixels, int channel)
    {
        var values = new byte[pixels.Count];
        for (var i = 0; i < values.Length; i++) values[i] = level.Image.Samples[(pixels[i] * PatchImage.Channels) + channel];
        Array.Sort(values);
        return values;
    }
}
