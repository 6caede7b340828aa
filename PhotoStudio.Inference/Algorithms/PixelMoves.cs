using System.Runtime.InteropServices;
using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>Moves whole pixels: mirrors, quarter turns and boxes. No sample changes.</summary>
public static class PixelMoves
{
    /// <summary>Left and right change places.</summary>
    public static Picture FlipHorizontally(Picture picture, CancellationToken cancellationToken = default) =>
        Move(picture, picture.Width, picture.Height, new Mirror(AcrossX: true, AcrossY: false), cancellationToken);

    /// <summary>Top and bottom change places.</summary>
    public static Picture FlipVertically(Picture picture, CancellationToken cancellationToken = default) =>
        Move(picture, picture.Width, picture.Height, new Mirror(AcrossX: false, AcrossY: true), cancellationToken);

    /// <summary>Turns a picture clockwise.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="quarters">How many quarter turns; negative ones go counterclockwise. None returns the same picture.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Picture Turn(Picture picture, int quarters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return (((quarters % 4) + 4) % 4) switch
        {
            0 => picture,
            1 => Move(picture, picture.Height, picture.Width, new Quarter(Clockwise: true), cancellationToken),
            2 => Move(picture, picture.Width, picture.Height, new Mirror(AcrossX: true, AcrossY: true), cancellationToken),
            _ => Move(picture, picture.Height, picture.Width, new Quarter(Clockwise: false), cancellationToken),
        };
    }

    /// <summary>Cuts out a box that lies inside the picture. A box of all of it returns the same picture.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The box is empty or reaches beyond the picture.</exception>
    public static Picture Box(Picture picture, int x, int y, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, picture.Width - x);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, picture.Height - y);
        if (width == picture.Width && height == picture.Height) return picture;

        var result = Like(picture, width, height);
        for (var row = 0; row < height; row++)
            picture.Row(y + row).Slice(x * picture.Channels, result.Stride).CopyTo(result.Row(row));
        return result;
    }

    private static Picture Move<TMove>(Picture picture, int width, int height, TMove move, CancellationToken cancellationToken)
        where TMove : IMove
    {
        ArgumentNullException.ThrowIfNull(picture);
        var result = Like(picture, width, height);
        RowBands.Run(
            height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    switch (picture.Channels)
                    {
                        case 1: FillRow<byte, TMove>(picture, result, y, move); break;
                        case 2: FillRow<ushort, TMove>(picture, result, y, move); break;
                        case 3: FillRow<Triple, TMove>(picture, result, y, move); break;
                        default: FillRow<uint, TMove>(picture, result, y, move); break;
                    }
                }
            },
            cancellationToken);
        return result;
    }

    private static void FillRow<TPixel, TMove>(Picture source, Picture target, int y, TMove move)
        where TPixel : unmanaged
        where TMove : IMove
    {
        var from = MemoryMarshal.Cast<byte, TPixel>(source.Samples);
        var to = MemoryMarshal.Cast<byte, TPixel>(target.Row(y));
        var (at, step) = move.Path(y, source.Width, source.Height);
        for (var x = 0; x < to.Length; x++, at += step) to[x] = from[at];
    }

    private static Picture Like(Picture picture, int width, int height) =>
        new(width, height, picture.Format, new byte[(long)width * height * picture.Channels], picture.ColorSpace);

    /// <summary>Says where a row's pixels come from.</summary>
    private interface IMove
    {
        /// <summary>The source's pixel for the first column of a row, and the way to the next column's.</summary>
        (int First, int Step) Path(int row, int sourceWidth, int sourceHeight);
    }

    private readonly record struct Mirror(bool AcrossX, bool AcrossY) : IMove
    {
        public (int First, int Step) Path(int row, int sourceWidth, int sourceHeight)
        {
            var start = (AcrossY ? sourceHeight - 1 - row : row) * sourceWidth;
            return AcrossX ? (start + sourceWidth - 1, -1) : (start, 1);
        }
    }

    private readonly record struct Quarter(bool Clockwise) : IMove
    {
        public (int First, int Step) Path(int row, int sourceWidth, int sourceHeight) => Clockwise
            ? (((sourceHeight - 1) * sourceWidth) + row, -sourceWidth)
            : (sourceWidth - 1 - row, sourceWidth);
    }

    private readonly record struct Triple(byte First, byte Second, byte Third);
}
