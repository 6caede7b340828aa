using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Pictures;

/// <summary>Pictures side by side at one height, with a white gap between them, as a small WebP file.</summary>
internal static class PictureStrip
{
    /// <summary>The most that a file may have, in bytes.</summary>
    public const int MostBytes = 25_000;

    private const int Gap = 6;
    private const int BestQuality = 86, WorstQuality = 22, QualityStep = 4;

    /// <summary>Joins pictures in rows; all of them are brought to the height, whatever is transparent shows a chequered ground.</summary>
    public static Picture Join(IPictureCodec codec, IReadOnlyList<Picture> pictures, int height, int columns)
    {
        var tiles = pictures.Select(picture => Tile(codec, picture, height)).ToList();
        var rows = tiles.Chunk(columns).ToList();
        var sheet = new Picture(rows.Max(row => row.Sum(tile => tile.Width) + ((row.Length - 1) * Gap)), (rows.Count * (height + Gap)) - Gap, PixelFormat.Rgb);
        Array.Fill(sheet.Samples, (byte)255);
        foreach (var (line, row) in rows.Index())
        {
            var left = 0;
            foreach (var tile in row)
            {
                for (var y = 0; y < height; y++) tile.Row(y).CopyTo(sheet.Row((line * (height + Gap)) + y)[(3 * left)..]);
                left += tile.Width + Gap;
            }
        }

        return sheet;
    }

    /// <summary>Writes a picture as WebP at the best quality that keeps it small.</summary>
    public static byte[] Encode(IPictureCodec codec, Picture picture)
    {
        for (var quality = BestQuality; ; quality -= QualityStep)
        {
            var file = codec.Encode(picture, new EncodeOptions(PictureFormat.Webp, quality, Effort: 10));
            if (file.Length <= MostBytes || quality <= WorstQuality) return file;
        }
    }

    private static Picture Tile(IPictureCodec codec, Picture picture, int height)
    {
        var width = (int)Math.Round((double)picture.Width * height / picture.Height);
        var flat = Flat(picture);
        if ((width, height) == (picture.Width, picture.Height)) return flat;

        var png = codec.Encode(flat, new EncodeOptions(PictureFormat.Png));
        return codec.DecodeScaled(png, new ScaledSize(width, height, FitMode.Exact), PictureLimits.Default).As(PixelFormat.Rgb);
    }

    private static Picture Flat(Picture picture)
    {
        if (!picture.HasAlpha) return picture.As(PixelFormat.Rgb);
        var source = picture.As(PixelFormat.Rgba);
        var result = new Picture(picture.Width, picture.Height, PixelFormat.Rgb);
        var square = Math.Max(4, picture.Height / 18);
        for (var y = 0; y < result.Height; y++)
        {
            for (var x = 0; x < result.Width; x++)
            {
                var ground = ((x / square) + (y / square)) % 2 == 0 ? 235 : 205;
                var pixel = source.Row(y).Slice(4 * x, 4);
                for (var c = 0; c < 3; c++) result.Row(y)[(3 * x) + c] = (byte)(((pixel[c] * pixel[3]) + (ground * (255 - pixel[3])) + 127) / 255);
            }
        }

        return result;
    }
}
