using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Metadata;

namespace PhotoStudio.Benchmarks.Fuzz;

/// <summary>Small sound files of every format, of which damaged ones are made.</summary>
internal static class FuzzSeeds
{
    private const int Side = 24;

    /// <summary>Writes the files into a folder; their names begin with the format.</summary>
    public static void Write(string folder, IPictureCodec codec)
    {
        var xmp = XmpPacket.WithDigitalSourceType("http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia");
        foreach (var format in codec.Encodes.Order())
        {
            foreach (var samples in Enum.GetValues<PixelFormat>())
                Put($"{samples}", format, Paint(samples, 0), new(format, Background: Rgb.White));
            Put("marked", format, Paint(PixelFormat.Rgb, 1), new(format, Xmp: xmp));
            if (format is PictureFormat.Webp or PictureFormat.Avif) Put("lossless", format, Paint(PixelFormat.Rgba, 2), new(format, Lossless: true));
            if (format == PictureFormat.Jpeg) Put("progressive", format, Paint(PixelFormat.Rgb, 3), new(format, Effort: 10));
        }

        foreach (var format in codec.Animates.Order())
        {
            Animation animation = new([.. Enumerable.Range(0, 4).Select(frame => Paint(PixelFormat.Rgba, frame))], [40, 50, 60, 70], 3);
            Save("animated", format, codec.Encode(animation, new(format)));
        }

        void Put(string name, PictureFormat format, Picture picture, EncodeOptions options) => Save(name, format, codec.Encode(picture, options));

        void Save(string name, PictureFormat format, byte[] file) => File.WriteAllBytes(Path.Combine(folder, $"{format}-{name}.bin"), file);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, by format.</summary>
    public static IReadOnlyList<(PictureFormat Format, IReadOnlyList<byte[]> Files)> Read(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.bin").Order(StringComparer.Ordinal)
            .GroupBy(file => Enum.Parse<PictureFormat>(Path.GetFileName(file).Split('-')[0]))
            .OrderBy(group => group.Key)
            .Select(group => (group.Key, (IReadOnlyList<byte[]>)[.. group.Select(File.ReadAllBytes)])),
    ];

    private static Picture Paint(PixelFormat format, int frame)
    {
        var picture = new Picture(Side, Side, format);
        for (var i = 0; i < picture.Samples.Length; i++)
        {
            int pixel = i / picture.Channels, x = pixel % Side, y = pixel / Side;
            picture.Samples[i] = (byte)((x * 9) + (y * 5 * (1 + (i % picture.Channels))) + (frame * 40));
        }

        return picture;
    }
}
