using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.StyleTransfer;

/// <summary>Paints a picture in a built-in style, with the size of the brush and the palette that parameters ask for.</summary>
internal static class StylePainter
{
    /// <summary>What painting takes besides the picture, in bytes a pixel of at most <see cref="StyleBlend.MostPixels"/>.</summary>
    public const int BytesPerPixel = 140;

    /// <summary>What painting a picture of so many pixels takes, in bytes.</summary>
    public static long MemoryFor(long pixels) => (long)(Math.Min(pixels, StyleBlend.MostPixels) * BytesPerPixel);

    /// <summary>Paints a picture.</summary>
    /// <param name="picture">The picture; alpha stays.</param>
    /// <param name="style">The style.</param>
    /// <param name="strength">How much of it, 0–1.</param>
    /// <param name="seed">Where strokes fall.</param>
    /// <param name="parameters">Have the brush and the palette.</param>
    /// <param name="progress">Told the share done, 0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Picture Paint(
        Picture picture,
        PictureStyle style,
        double strength,
        long seed,
        OperationParameters parameters,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        if (strength == 0) return picture;
        var canvas = Canvas(picture, seed, parameters, progress, cancellationToken);
        canvas.Report(0);
        var painted = StyleCatalog.Get(style).Paint(canvas);
        canvas.Report(1);
        return StyleBlend.Apply(picture, Colored(painted, parameters, cancellationToken), (float)strength, cancellationToken);
    }

    /// <summary>The canvas of a picture.</summary>
    public static StyleCanvas Canvas(
        Picture picture, long seed, OperationParameters parameters, IProgress<double>? progress, CancellationToken cancellationToken) =>
        new(StyleBlend.Colors(picture, cancellationToken), seed, progress, cancellationToken, FinishParameters.Find(parameters, FinishParameters.Brush) ?? 1);

    /// <summary>Painted colours in the palette asked for.</summary>
    public static ColorPlanes Colored(ColorPlanes painted, OperationParameters parameters, CancellationToken cancellationToken) =>
        PalettePainter.Apply(painted, FinishParameters.Find(parameters, FinishParameters.Palette) ?? StylePalette.Own, cancellationToken);
}
