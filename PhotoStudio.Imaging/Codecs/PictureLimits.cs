namespace PhotoStudio.Imaging.Codecs;

/// <summary>What a decoder may be asked to do. Checked against the header before anything is decoded.</summary>
/// <param name="MaxPixels">Largest number of pixels of one frame.</param>
/// <param name="MaxSide">Largest width or height in pixels.</param>
/// <param name="MaxFrames">Largest number of frames or pages.</param>
/// <param name="MaxAnimationPixels">Largest number of pixels of all frames together, where all of them are decoded.</param>
/// <param name="MaxSeconds">Longest time in seconds that decoding may take.</param>
public sealed record PictureLimits(
    long MaxPixels = 50_000_000,
    int MaxSide = 16_384,
    int MaxFrames = 1_000,
    long MaxAnimationPixels = 100_000_000,
    int MaxSeconds = 60)
{
    /// <summary>50 megapixels, 16,384 pixels a side, 1,000 frames with 100 megapixels in all, a minute.</summary>
    public static PictureLimits Default { get; } = new();

    /// <summary>Throws when the header promises more than the limits allow.</summary>
    /// <exception cref="PictureTooLargeException">A limit is exceeded; the message says which.</exception>
    public void Check(PictureHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.Width > MaxSide || header.Height > MaxSide)
            throw new PictureTooLargeException($"The picture is {header.Width}×{header.Height} pixels; a side may have at most {MaxSide}.");
        if (header.Pixels > MaxPixels)
            throw new PictureTooLargeException($"The picture has {header.Pixels:N0} pixels; at most {MaxPixels:N0} are accepted.");
        if (header.Frames > MaxFrames)
            throw new PictureTooLargeException($"The picture has {header.Frames:N0} frames; at most {MaxFrames:N0} are accepted.");
    }

    /// <summary>Throws when all frames together have more pixels than may be decoded at once.</summary>
    /// <exception cref="PictureTooLargeException">They have; the message says how many.</exception>
    public void CheckAnimation(PictureHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.Pixels * header.Frames <= MaxAnimationPixels) return;

        throw new PictureTooLargeException(
            $"The animation has {header.Frames:N0} frames of {header.Width}×{header.Height}, {header.Pixels * header.Frames:N0} pixels in "
            + $"all; at most {MaxAnimationPixels:N0} are accepted. Ask for png or jpeg to get its first frame.");
    }
}
