using System.Buffers.Binary;
using System.Text;
using PhotoStudio.Imaging;

namespace PhotoStudio.Tests.Support;

/// <summary>
/// Writes small ICC profiles (ICC.1:2001, version 2): display profiles of three primaries and one gamma, or gray ones; and says
/// what sRGB colour their samples mean.
/// </summary>
public sealed class IccProfile
{
    /// <summary>sRGB's primaries in the profile connection space (D50), as columns X, Y, Z of red, green and blue.</summary>
    private static readonly double[,] SrgbToXyz =
    {
        { 0.43607, 0.38515, 0.14307 },
        { 0.22249, 0.71687, 0.06061 },
        { 0.01392, 0.09708, 0.71410 },
    };

    private readonly double[,] toXyz;
    private readonly double gamma;

    private IccProfile(double[,] toXyz, double gamma, bool gray = false)
    {
        (this.toXyz, this.gamma) = (toXyz, gamma);
        Bytes = Write(gray);
    }

    /// <summary>Adobe RGB (1998): wider greens, gamma 563/256.</summary>
    public static IccProfile AdobeRgb { get; } = new(
        new[,] { { 0.60974, 0.20528, 0.14919 }, { 0.31111, 0.62567, 0.06322 }, { 0.01947, 0.06087, 0.74457 } }, 563 / 256.0);

    /// <summary>Display P3's primaries with gamma 2.2.</summary>
    public static IccProfile DisplayP3 { get; } = new(
        new[,] { { 0.51512, 0.29198, 0.15710 }, { 0.24120, 0.69225, 0.06657 }, { -0.00105, 0.04189, 0.78407 } }, 563 / 256.0);

    /// <summary>sRGB's primaries with red and green exchanged: who ignores this profile shows plainly wrong colours.</summary>
    public static IccProfile Exchanged { get; } = new(
        new[,] { { 0.38515, 0.43607, 0.14307 }, { 0.71687, 0.22249, 0.06061 }, { 0.09708, 0.01392, 0.71410 } }, 563 / 256.0);

    /// <summary>Gray with the gamma of old Macintosh screens, 1.8.</summary>
    public static IccProfile MacGray { get; } = new(SrgbToXyz, 461 / 256.0, gray: true);

    /// <summary>The profile's file.</summary>
    public byte[] Bytes { get; }

    /// <summary>The same picture in sRGB. For a gray profile, of a gray picture.</summary>
    public Picture ToSrgb(Picture picture)
    {
        var inverse = Invert(SrgbToXyz);
        return TestPictures.Paint(picture.Width, picture.Height, picture.Format, (x, y) =>
        {
            var pixel = picture.Row(y).Slice(x * picture.Channels, picture.Channels);
            var alpha = picture.HasAlpha ? pixel[^1] / 255f : 1;
            if (picture.Channels <= 2)
            {
                var gray = (float)SrgbCurve.FromLinear(Math.Pow(pixel[0] / 255.0, gamma));
                return new TestPictures.Sample(gray, gray, gray, alpha);
            }

            Span<double> linear = [Math.Pow(pixel[0] / 255.0, gamma), Math.Pow(pixel[1] / 255.0, gamma), Math.Pow(pixel[2] / 255.0, gamma)];
            Span<double> xyz = stackalloc double[3];
            Span<double> srgb = stackalloc double[3];
            Multiply(toXyz, linear, xyz);
            Multiply(inverse, xyz, srgb);
            for (var c = 0; c < 3; c++) srgb[c] = SrgbCurve.FromLinear(Math.Clamp(srgb[c], 0, 1));
            return new TestPictures.Sample((float)srgb[0], (float)srgb[1], (float)srgb[2], alpha);
        });
    }

    private byte[] Write(bool gray)
    {
        List<(string Signature, byte[] Data)> tags =
        [
            ("desc", [.. "desc\0\0\0\0"u8, 0, 0, 0, 5, .. "test\0"u8, .. new byte[78]]),
            ("cprt", [.. "text\0\0\0\0"u8, .. "none\0"u8]),
            ("wtpt", Xyz(0.9642, 1, 0.8249)),
        ];
        byte[] curve = [.. "curv\0\0\0\0"u8, 0, 0, 0, 1, (byte)((int)(gamma * 256) >> 8), (byte)(int)(gamma * 256)];
        if (gray)
        {
            tags.Add(("kTRC", curve));
        }
        else
        {
            for (var c = 0; c < 3; c++)
            {
                tags.Add(($"{"rgb"[c]}XYZ", Xyz(toXyz[0, c], toXyz[1, c], toXyz[2, c])));
                tags.Add(($"{"rgb"[c]}TRC", curve));
            }
        }

        var offset = 128 + 4 + (tags.Count * 12);
        var length = offset + tags.Sum(tag => Padded(tag.Data.Length));
        var profile = new byte[length];
        var span = profile.AsSpan();
        BinaryPrimitives.WriteInt32BigEndian(span, length);
        BinaryPrimitives.WriteInt32BigEndian(span[8..], 0x02100000);
        Encoding.ASCII.GetBytes(gray ? "mntrGRAYXYZ " : "mntrRGB XYZ ").CopyTo(span[12..]);
        ReadOnlySpan<short> date = [2026, 1, 1];
        for (var i = 0; i < date.Length; i++) BinaryPrimitives.WriteInt16BigEndian(span[(24 + (2 * i))..], date[i]);
        "acsp"u8.CopyTo(span[36..]);
        Xyz(0.9642, 1, 0.8249).AsSpan(8).CopyTo(span[68..]);
        BinaryPrimitives.WriteInt32BigEndian(span[128..], tags.Count);
        for (var i = 0; i < tags.Count; i++)
        {
            var entry = span[(132 + (12 * i))..];
            Encoding.ASCII.GetBytes(tags[i].Signature).CopyTo(entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], offset);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], tags[i].Data.Length);
            tags[i].Data.CopyTo(span[offset..]);
            offset += Padded(tags[i].Data.Length);
        }

        return profile;
    }

    private static int Padded(int length) => (length + 3) & ~3;

    private static byte[] Xyz(double x, double y, double z)
    {
        var data = new byte[20];
        "XYZ "u8.CopyTo(data);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(8), (int)Math.Round(x * 65536));
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(12), (int)Math.Round(y * 65536));
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(16), (int)Math.Round(z * 65536));
        return data;
    }

    private static void Multiply(double[,] matrix, ReadOnlySpan<double> vector, Span<double> result)
    {
        for (var row = 0; row < 3; row++)
            result[row] = (matrix[row, 0] * vector[0]) + (matrix[row, 1] * vector[1]) + (matrix[row, 2] * vector[2]);
    }

    private static double[,] Invert(double[,] m)
    {
        var result = new double[3, 3];
        var determinant = 0.0;
        for (var i = 0; i < 3; i++) determinant += m[0, i] * Cofactor(m, 0, i);
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 3; column++) result[column, row] = Cofactor(m, row, column) / determinant;
        }

        return result;

        static double Cofactor(double[,] m, int row, int column)
            => (m[(row + 1) % 3, (column + 1) % 3] * m[(row + 2) % 3, (column + 2) % 3])
                - (m[(row + 1) % 3, (column + 2) % 3] * m[(row + 2) % 3, (column + 1) % 3]);
    }
}
