using System.Buffers.Binary;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Fuzz;

/// <summary>Damaged files: the same seed and index give the same bytes of the same sound files.</summary>
internal sealed class FuzzFiles(IReadOnlyList<(PictureFormat Format, IReadOnlyList<byte[]> Files)> sound, int seed)
{
    private static readonly uint[] Telling = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF];

    /// <summary>The file with this index; formats take turns.</summary>
    public (PictureFormat Format, byte[] File) this[int index]
    {
        get
        {
            var (format, files) = sound[index % sound.Count];
            var random = new Random(unchecked((seed * 1_000_003) + index));
            var file = files[random.Next(files.Count)].ToList();
            for (var damages = 1 + random.Next(random.Next(1, 12)); damages > 0 && file.Count > 4; damages--)
                Damage(file, files[random.Next(files.Count)], random);

            // Where checksums are right the damage gets past them.
            byte[] damaged = [.. file];
            if (format == PictureFormat.Png && random.Next(4) > 0) RepairChecksums(damaged);
            return (format, damaged);
        }
    }

    private static void Damage(List<byte> file, byte[] other, Random random)
    {
        // Headers are where decoders are told what to do: half of all damage is done to the first bytes.
        var reach = random.Next(2) == 0 ? Math.Min(file.Count, 200) : file.Count;
        var at = random.Next(reach);
        switch (random.Next(9))
        {
            case 0: file[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: file[at] = (byte)random.Next(256); break;
            case 2: Number(file, at, random); break;
            case 3: file.RemoveRange(at, Math.Min(random.Next(1, 32), file.Count - at)); break;
            case 4: file.InsertRange(at, Noise(random, random.Next(1, 64))); break;
            case 5: file.InsertRange(at, file.GetRange(at, Math.Min(random.Next(1, 128), file.Count - at))); break;
            case 6: file.RemoveRange(Math.Max(4, at), file.Count - Math.Max(4, at)); break;
            case 7:
                var from = random.Next(other.Length);
                file.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, 256), other.Length - from)).ToArray());
                break;
            default:
                for (var i = at; i < Math.Min(at + 16, file.Count); i++) file[i] = (byte)random.Next(256);
                break;
        }
    }

    /// <summary>Writes the checksums of a PNG's chunks anew (W3C PNG, 5.3), as far as the chunks can be told apart.</summary>
    private static void RepairChecksums(byte[] png)
    {
        for (var at = 8; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            if (length > png.Length - at - 12) return;
            var content = png.AsSpan(at + 4, (int)length + 4);
            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(at + 8 + (int)length), Crc32(content));
            at += 12 + (int)length;
        }
    }

    private static uint Crc32(ReadOnlySpan<byte> content)
    {
        var crc = uint.MaxValue;
        foreach (var b in content)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return ~crc;
    }

    /// <summary>Puts a number that sizes, counts and offsets are often wrong about, in either byte order.</summary>
    private static void Number(List<byte> file, int at, Random random)
    {
        Span<byte> bytes = stackalloc byte[4];
        var value = Telling[random.Next(Telling.Length)];
        if (random.Next(2) == 0) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        for (var i = 0; i < bytes.Length && at + i < file.Count; i++) file[at + i] = bytes[i];
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }
}
