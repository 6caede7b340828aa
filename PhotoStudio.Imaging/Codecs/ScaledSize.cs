namespace PhotoStudio.Imaging.Codecs;

/// <summary>How a picture is brought to another size.</summary>
public enum FitMode
{
    /// <summary>Largest size inside the box that keeps the aspect ratio.</summary>
    Fit,

    /// <summary>Covers the box, keeps the aspect ratio, and is cropped at the centre to exactly the box.</summary>
    Fill,

    /// <summary>Exactly the box; the aspect ratio may change.</summary>
    Exact,
}

/// <summary>A target size. One of width and height may be null: it then follows from the aspect ratio.</summary>
/// <param name="Width">Width in pixels, or null.</param>
/// <param name="Height">Height in pixels, or null.</param>
/// <param name="Mode">How the box is filled.</param>
/// <param name="AllowEnlarge">Whether a smaller picture is enlarged; otherwise it stays as it is (<see cref="FitMode.Fit"/> only).</param>
public sealed record ScaledSize(int? Width, int? Height, FitMode Mode = FitMode.Fit, bool AllowEnlarge = true)
{
    /// <summary>
    /// The size in pixels of the result for a source of the given size, each side at least 1,
    /// rounded half away from zero.
    /// </summary>
    /// <exception cref="InvalidOperationException">Neither width nor height is given.</exception>
    public (int Width, int Height) For(int sourceWidth, int sourceHeight)
    {
        if (Width is null && Height is null) throw new InvalidOperationException("A scaled size needs a width or a height.");

        double scaleX = Width is { } w ? (double)w / sourceWidth : double.PositiveInfinity;
        double scaleY = Height is { } h ? (double)h / sourceHeight : double.PositiveInfinity;
        if (Mode != FitMode.Fit && Width is { } exactWidth && Height is { } exactHeight) return (exactWidth, exactHeight);

        var scale = Math.Min(scaleX, scaleY);
        if (Mode == FitMode.Fit && !AllowEnlarge) scale = Math.Min(scale, 1);
        return (Side(sourceWidth * scale), Side(sourceHeight * scale));

        static int Side(double length) => Math.Max(1, (int)Math.Round(length, MidpointRounding.AwayFromZero));
    }
}
