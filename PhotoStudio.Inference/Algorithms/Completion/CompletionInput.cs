using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms.Completion;

/// <summary>Makes of a picture what its completion works on.</summary>
internal static class CompletionInput
{
    // Texture is the mean gradient over a window of this radius, enlarged to weigh as much as colour.
    private const int TextureRadius = 6;
    private const float TextureScale = 4;

    /// <summary>Which pixels of a part may be copied from: those outside the hole that can be seen.</summary>
    public static bool[] Usable(Picture picture, PixelMask hole, int left, int top)
    {
        var usable = new bool[hole.Data.Length];
        for (var y = 0; y < hole.Height; y++)
        {
            var row = picture.Row(top + y);
            for (var x = 0; x < hole.Width; x++)
                usable[(y * hole.Width) + x] = !hole[x, y] && (!picture.HasAlpha || row[((left + x) * picture.Channels) + picture.Channels - 1] > 0);
        }

        if (usable.Contains(true)) return usable;
        for (var i = 0; i < usable.Length; i++) usable[i] = !hole.Data[i];
        return usable;
    }

    /// <summary>The part's colours and texture; what is not usable is 0.</summary>
    public static PatchImage Read(Picture picture, PixelMask hole, bool[] usable, int left, int top, CancellationToken cancellationToken)
    {
        int width = hole.Width, height = hole.Height, channels = picture.Channels;
        var gray = channels <= 2;
        var image = new PatchImage(width, height);
        RowBands.Run(height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                var row = picture.Row(top + y);
                for (var x = 0; x < width; x++)
                {
                    var i = (y * width) + x;
                    if (!usable[i]) continue;
                    int from = (left + x) * channels, to = i * PatchImage.Channels;
                    image.Samples[to] = row[from];
                    image.Samples[to + 1] = row[gray ? from : from + 1];
                    image.Samples[to + 2] = row[gray ? from : from + 2];
                }
            }
        }, cancellationToken);
        AddTexture(image, usable, cancellationToken);
        return image;
    }

    private static void AddTexture(PatchImage image, bool[] usable, CancellationToken cancellationToken)
    {
        int width = image.Width, height = image.Height;
        Plane gradient = new(width, height), known = new(width, height);
        RowBands.Run(height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var i = (y * width) + x;
                    if (x + 1 >= width || y + 1 >= height || !usable[i] || !usable[i + 1] || !usable[i + width]) continue;
                    known.Data[i] = 1;
                    float here = Luma(i);
                    gradient.Data[i] = Math.Abs(Luma(i + 1) - here) + Math.Abs(Luma(i + width) - here);
                }
            }
        }, cancellationToken);
        var sum = BoxFilter.Mean(gradient, TextureRadius, cancellationToken);
        var share = BoxFilter.Mean(known, TextureRadius, cancellationToken);
        for (var i = 0; i < sum.Data.Length; i++)
        {
            if (usable[i] && share.Data[i] > 0)
                image.Samples[(i * PatchImage.Channels) + 3] = (byte)Math.Min(255, TextureScale * sum.Data[i] / share.Data[i] * 0.5f);
        }

        float Luma(int i) =>
            ((2 * image.Samples[i * PatchImage.Channels]) + (5 * image.Samples[(i * PatchImage.Channels) + 1]) + image.Samples[(i * PatchImage.Channels) + 2]) / 8f;
    }
}
