using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>The subject of a photograph without its background, at the photograph's own size.</summary>
/// <param name="Matte">The subject's alpha, gray.</param>
/// <param name="Subject">The photograph with that alpha, RGBA; edge colours without background, transparent pixels black.</param>
/// <param name="Confidence">How far the result can be trusted, 0–1; below about 0.4 it deserves a look.</param>
public sealed record SubjectCutout(Picture Matte, Picture Subject, double Confidence)
{
    /// <summary>
    /// Peak memory besides the input picture, in bytes a pixel of it: 5 for the matte and the RGBA result, and what pictures
    /// so large let pile up between two collections of garbage, measured at 50 megapixels.
    /// </summary>
    public const int BytesPerPixel = 9;

    /// <summary>Memory that does not grow with the picture, in bytes.</summary>
    public const long FixedBytes = SubjectMask.FixedBytes;

    /// <summary>Finds the subject and cuts it out.</summary>
    /// <param name="picture">The photograph; gray pictures and pictures with alpha are welcome.</param>
    /// <param name="progress">Told the share done, 0–1.</param>
    /// <param name="cancellationToken">Stops the work within a fraction of a second.</param>
    public static SubjectCutout Make(Picture picture, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var mask = SubjectMask.Find(picture, progress is null ? null : new Share(progress), cancellationToken);
        var result = From(picture, mask, cancellationToken);
        progress?.Report(1);
        return result;
    }

    /// <summary>Cuts a subject out that was found before.</summary>
    /// <param name="picture">The photograph it was found in.</param>
    /// <param name="mask">Where the subject is.</param>
    /// <param name="cancellationToken">Stops the work within a fraction of a second.</param>
    public static SubjectCutout From(Picture picture, SubjectMask mask, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(mask);
        return mask.IsOwnAlpha
            ? KeepAlpha(picture, mask.Confidence)
            : MatteApplication.Apply(picture, mask.Colors, mask.Alpha, mask.Confidence, cancellationToken);
    }

    private static SubjectCutout KeepAlpha(Picture picture, double confidence)
    {
        var subject = picture.As(PixelFormat.Rgba);
        var matte = new Picture(picture.Width, picture.Height, PixelFormat.Gray);
        for (int i = 0, s = 3; i < matte.Samples.Length; i++, s += 4) matte.Samples[i] = subject.Samples[s];
        if (ReferenceEquals(subject, picture))
            subject = new(picture.Width, picture.Height, PixelFormat.Rgba, (byte[])picture.Samples.Clone());
        return new(matte, subject, confidence);
    }

    // Finding the subject is most of the work.
    private sealed class Share(IProgress<double> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(0.85 * value);
    }
}
