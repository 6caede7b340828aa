using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>Pictures to spoil by program and to restore: the photographs where there are any, and pictures made by program.</summary>
internal static class CleanPictures
{
    /// <summary>The middle of every photograph and of the program-made pictures, in RGB, at most of the given size.</summary>
    public static List<(string Name, Picture Picture)> Of(IPictureCodec codec, BenchmarkContext context, int width, int height)
    {
        List<(string, Picture)> pictures = [];
        for (var seed = 1; seed <= (context.Quick ? 1 : 2); seed++)
        {
            // Painted at three times the size: the paint's own noise averages out.
            var large = codec.Encode(SyntheticPhoto.Paint(3 * width, 3 * height, seed), new EncodeOptions(PictureFormat.Png), context.CancellationToken);
            pictures.Add(($"synthetic-{seed}", codec.DecodeScaled(large, new ScaledSize(width, height), PictureLimits.Default, context.CancellationToken)));
        }

        foreach (var photo in context.Photos(".jpg", ".jpeg", ".png", ".webp").Where(file => !file.Contains(".matte.", StringComparison.Ordinal)))
        {
            var picture = codec.Decode(File.ReadAllBytes(photo), PictureLimits.Default, context.CancellationToken).As(PixelFormat.Rgb);
            pictures.Add((Path.GetFileNameWithoutExtension(photo), Middle(picture, Math.Min(width, picture.Width), Math.Min(height, picture.Height))));
        }

        return pictures;
    }

    private static Picture Middle(Picture picture, int width, int height)
    {
        var result = new Picture(width, height, picture.Format);
        int left = (picture.Width - width) / 2, top = (picture.Height - height) / 2;
        for (var y = 0; y < height; y++)
            picture.Row(top + y).Slice(left * picture.Channels, result.Stride).CopyTo(result.Row(y));
        return result;
    }
}
