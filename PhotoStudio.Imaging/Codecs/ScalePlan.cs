namespace PhotoStudio.Imaging.Codecs;

/// <summary>
/// The steps of a resize: scale the whole source to (ScaledWidth, ScaledHeight), then crop at the centre to (Width, Height).
/// </summary>
internal sealed record ScalePlan(int SourceWidth, int SourceHeight, int ScaledWidth, int ScaledHeight, int Width, int Height)
{
    /// <summary>
    /// What a shrinking decoder must leave for the resampling filter. Its own shrinking is a coarse low-pass filter; with nearly a
    /// factor of two left, photographs differ from a full decode by about half a level in the mean.
    /// </summary>
    private const double LeftToResample = 1.9;

    /// <summary>
    /// By how much of a result's pixel content may be misplaced. A decoder rounds the shrunken size up, which stretches the picture when
    /// the factor does not divide the side.
    /// </summary>
    private const double Misplaced = 0.1;

    /// <summary>Whether source and result have the same size, so that every pixel stays.</summary>
    internal bool ChangesNothing => (ScaledWidth, ScaledHeight, Width, Height) == (SourceWidth, SourceHeight, SourceWidth, SourceHeight);

    /// <summary>The power of two, at most 8, by which a JPEG decoder may shrink the source.</summary>
    internal int ShrinkOnLoad
    {
        get
        {
            for (var factor = 8; factor > 1; factor /= 2)
            {
                if (Allows(factor, SourceWidth, ScaledWidth) && Allows(factor, SourceHeight, ScaledHeight)) return factor;
            }

            return 1;

            static bool Allows(int factor, int source, int scaled)
            {
                var invented = (factor - (source % factor)) % factor;
                return source >= scaled * factor * LeftToResample && invented * (double)scaled / source <= Misplaced;
            }
        }
    }

    internal static ScalePlan For(ScaledSize size, int sourceWidth, int sourceHeight)
    {
        var (width, height) = size.For(sourceWidth, sourceHeight);
        if (size.Mode != FitMode.Fill) return new ScalePlan(sourceWidth, sourceHeight, width, height, width, height);

        var scale = Math.Max((double)width / sourceWidth, (double)height / sourceHeight);
        return new ScalePlan(
            sourceWidth,
            sourceHeight,
            Math.Max(width, (int)Math.Round(sourceWidth * scale, MidpointRounding.AwayFromZero)),
            Math.Max(height, (int)Math.Round(sourceHeight * scale, MidpointRounding.AwayFromZero)),
            width,
            height);
    }

    /// <summary>The same plan for the source before a quarter turn.</summary>
    internal ScalePlan Transposed() => new(SourceHeight, SourceWidth, ScaledHeight, ScaledWidth, Height, Width);
}
