using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Onnx;

/// <summary>Where a picture lies in the fixed input of a network, resized with its proportions kept, and the way back.</summary>
/// <param name="Left">Columns of padding before it.</param>
/// <param name="Top">Rows of padding above it.</param>
/// <param name="Width">Its width in the input, in pixels.</param>
/// <param name="Height">Its height in the input, in pixels.</param>
/// <param name="ScaleX">Pixels of the input a pixel of the picture, across.</param>
/// <param name="ScaleY">Pixels of the input a pixel of the picture, down.</param>
public sealed record Letterbox(int Left, int Top, int Width, int Height, double ScaleX, double ScaleY)
{
    /// <summary>
    /// At the top left, sides rounded down: what YOLOX does. The scale is the exact ratio on both sides, as its publisher divides by it.
    /// </summary>
    /// <param name="width">The picture's width.</param>
    /// <param name="height">The picture's height.</param>
    /// <param name="boxWidth">The input's width.</param>
    /// <param name="boxHeight">The input's height.</param>
    /// <param name="enlarge">Whether a picture smaller than the input is enlarged.</param>
    public static Letterbox TopLeft(int width, int height, int boxWidth, int boxHeight, bool enlarge)
    {
        var scale = Math.Min((double)boxWidth / width, (double)boxHeight / height);
        if (!enlarge) scale = Math.Min(1, scale);
        return new(0, 0, Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)), scale, scale);
    }

    /// <summary>In the middle of a square: what OpenCV's zoo does for NanoDet. The way back uses the whole pixels of each side.</summary>
    /// <param name="width">The picture's width.</param>
    /// <param name="height">The picture's height.</param>
    /// <param name="side">The input's width and height.</param>
    public static Letterbox Centered(int width, int height, int side)
    {
        var ratio = (double)height / width;
        int across = ratio > 1 ? Math.Max(1, (int)(side / ratio)) : side, down = ratio < 1 ? Math.Max(1, (int)(side * ratio)) : side;
        return new((side - across) / 2, (side - down) / 2, across, down, (double)across / width, (double)down / height);
    }

    /// <summary>Each side on its own, so that the picture fills the input: no padding, other proportions.</summary>
    public static Letterbox Stretched(int width, int height, int boxWidth, int boxHeight) =>
        new(0, 0, boxWidth, boxHeight, (double)boxWidth / width, (double)boxHeight / height);

    /// <summary>A position in the input as a position in the picture.</summary>
    public (float X, float Y) ToPicture(float x, float y) => ((float)((x - Left) / ScaleX), (float)((y - Top) / ScaleY));

    /// <summary>Resizes a picture and lays it on a padded canvas of the input's size.</summary>
    /// <param name="picture">The picture this was made for.</param>
    /// <param name="boxWidth">The input's width.</param>
    /// <param name="boxHeight">The input's height.</param>
    /// <param name="filter">How it is resized.</param>
    /// <param name="padding">The sample, 0–255, around it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Picture Place(
        Picture picture, int boxWidth, int boxHeight, ResampleFilter filter, byte padding, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var resized = PictureResampling.Resize(picture, Width, Height, filter, cancellationToken);
        if ((Width, Height) == (boxWidth, boxHeight)) return resized;

        var canvas = new Picture(boxWidth, boxHeight, picture.Format);
        if (padding != 0) canvas.Samples.AsSpan().Fill(padding);
        for (var y = 0; y < Height; y++) resized.Row(y).CopyTo(canvas.Row(Top + y)[(Left * canvas.Channels)..]);
        return canvas;
    }
}
