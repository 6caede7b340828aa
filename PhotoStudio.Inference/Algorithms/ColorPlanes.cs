using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>Three planes of one size: red, green and blue (0–1), or another colour space's axes.</summary>
public sealed record ColorPlanes(Plane C0, Plane C1, Plane C2)
{
    /// <summary>Makes three planes of zeros.</summary>
    public ColorPlanes(int width, int height)
        : this(new Plane(width, height), new Plane(width, height), new Plane(width, height))
    {
    }

    /// <summary>Width in pixels.</summary>
    public int Width => C0.Width;

    /// <summary>Height in pixels.</summary>
    public int Height => C0.Height;

    /// <summary>
    /// The colours of a picture, sRGB 0–1, averaged over the area of each target pixel. Gray counts as all three;
    /// opacity is left out.
    /// </summary>
    /// <param name="picture">The picture; at least as large as the target.</param>
    /// <param name="width">Target width, 1 to the picture's.</param>
    /// <param name="height">Target height, 1 to the picture's.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ColorPlanes From(Picture picture, int width, int height, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, picture.Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, picture.Height);
        bool gray = picture.Channels <= 2;
        var red = AreaResize.FromPicture(picture, 0, width, height, cancellationToken);
        return gray
            ? new(red, red.Clone(), red.Clone())
            : new(
                red,
                AreaResize.FromPicture(picture, 1, width, height, cancellationToken),
                AreaResize.FromPicture(picture, 2, width, height, cancellationToken));
    }

    /// <summary>The colours of a picture at its own size, sRGB 0–1.</summary>
    public static ColorPlanes From(Picture picture, CancellationToken cancellationToken = default) =>
        From(picture, picture.Width, picture.Height, cancellationToken);
}
