namespace PhotoStudio.Core.Inference;

/// <summary>
/// The terms of IPTC's vocabulary "Digital Source Type" (http://cv.iptc.org/newscodes/digitalsourcetype/) that the studio writes,
/// from the weakest statement about how much of a picture a machine made to the strongest.
/// </summary>
public enum DigitalSource
{
    /// <summary>Modified or corrected by an algorithm, the essential content unchanged.</summary>
    AlgorithmicallyEnhanced,

    /// <summary>A composite with at least one synthetic element, made without a trained model.</summary>
    CompositeSynthetic,

    /// <summary>Made purely by an algorithm that is not based on sampled training data.</summary>
    AlgorithmicMedia,

    /// <summary>Modified, augmented, corrected or restored with a trained model.</summary>
    CompositeWithTrainedAlgorithmicMedia,

    /// <summary>Made by a trained model.</summary>
    TrainedAlgorithmicMedia,
}

/// <summary>The URIs of <see cref="DigitalSource"/>.</summary>
public static class DigitalSources
{
    private const string Vocabulary = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    /// <summary>The URI that is written into files.</summary>
    public static string Uri(this DigitalSource source) => Vocabulary + source switch
    {
        DigitalSource.AlgorithmicallyEnhanced => "algorithmicallyEnhanced",
        DigitalSource.CompositeSynthetic => "compositeSynthetic",
        DigitalSource.AlgorithmicMedia => "algorithmicMedia",
        DigitalSource.CompositeWithTrainedAlgorithmicMedia => "compositeWithTrainedAlgorithmicMedia",
        DigitalSource.TrainedAlgorithmicMedia => "trainedAlgorithmicMedia",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "No such source."),
    };

    /// <summary>The source that a URI in a file names; null for one that the studio does not write, such as a camera's.</summary>
    public static DigitalSource? FromUri(string? uri)
    {
        if (uri is null) return null;

        var plain = uri.Trim().Replace("https://", "http://", StringComparison.OrdinalIgnoreCase);
        foreach (var source in Enum.GetValues<DigitalSource>())
            if (plain.Equals(source.Uri(), StringComparison.OrdinalIgnoreCase)) return source;
        return null;
    }
}
