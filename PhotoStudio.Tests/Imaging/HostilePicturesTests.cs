using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Imaging;

/// <summary>Files made to take more than they give: each ends soon, with a picture or a clear error, in bounded memory.</summary>
[CollectionDefinition(nameof(HostilePicturesTests), DisableParallelization = true)]
[Collection(nameof(HostilePicturesTests))]
public sealed class HostilePicturesTests
{
    private static readonly IPictureCodec Codec = TestFiles.Codec;

    [Fact]
    public void A_gif_of_five_thousand_frames_is_refused_from_its_header()
    {
        var gif = ManyFrames(5_000);

        var (fault, taken) = Measured(() => Should.Throw<PictureTooLargeException>(() => Codec.Decode(gif, PictureLimits.Default)));

        fault.Message.ShouldBe("The picture has 5,000 frames; at most 1,000 are accepted.");
        Should.Throw<PictureTooLargeException>(() => Codec.DecodeFrames(gif, size: null, PictureLimits.Default));
        taken.ShouldBeLessThan(64);
        Codec.DecodeFrames(ManyFrames(1_000), size: null, PictureLimits.Default).Frames.Count.ShouldBe(1_000);
    }

    [Fact]
    public void A_tiff_of_ten_thousand_directories_is_refused_from_its_header()
    {
        var tiff = TiffFile.Pages(10_000, 16, 16);

        var (fault, taken) = Measured(() => Should.Throw<Exception>(() => Codec.Decode(tiff, PictureLimits.Default)));

        fault.ShouldBeOfType<PictureTooLargeException>().Message.ShouldBe("The picture has 10,000 frames; at most 1,000 are accepted.");
        taken.ShouldBeLessThan(64);
        Codec.Decode(TiffFile.Pages(1_000, 16, 16), PictureLimits.Default).Width.ShouldBe(16);
        Should.Throw<PictureTooLargeException>(() => Codec.Decode(ManyFrames(12_345), PictureLimits.Default)).Message.ShouldContain("12,345");
    }

    [Fact]
    public void A_tiff_whose_directories_run_in_a_circle_ends()
    {
        var start = (uint)(8 + 256);
        foreach (var next in new[] { start, 8u, uint.MaxValue })
        {
            var tiff = TiffFile.Pages(3, 16, 16, last: next);
            try
            {
                Codec.Decode(tiff, PictureLimits.Default).Width.ShouldBe(16);
            }
            catch (PictureFormatException fault)
            {
                fault.Message.ShouldStartWith("The TIFF picture");
            }
        }
    }

    [Theory]
    [InlineData("zTXt")]
    [InlineData("iTXt")]
    [InlineData("tEXt")]
    public void A_png_with_a_hundred_megabytes_of_text_is_read_without_them_or_refused(string type)
    {
        byte[] content = type switch
        {
            "zTXt" => [.. "Comment\0\0"u8, .. Deflated(100 << 20)],
            "iTXt" => [.. "XML:com.adobe.xmp\0\x01\0\0\0"u8, .. Deflated(100 << 20)],
            _ => [.. "Comment\0"u8, .. Enumerable.Repeat((byte)'a', 100 << 20)],
        };
        var bomb = PngFile.Insert(TestFiles.Encode(TestPictures.Quarters(16, 16), PictureFormat.Png), (type, content));

        var (outcome, taken) = Measured(() => OutcomeOf(bomb));

        outcome.ShouldBeOneOf("decoded", "refused");
        taken.ShouldBeLessThan(400);
    }

    [Fact]
    public void A_png_of_many_small_texts_is_read_or_refused()
    {
        var png = new MemoryStream();
        var picture = TestFiles.Encode(TestPictures.Quarters(16, 16), PictureFormat.Png);
        png.Write(PngFile.Write(16, 16, 8, PngFile.Rgb, PngFile.BlankRows(16, 48), Enumerable.Repeat(("tEXt", "k\0value"u8.ToArray()), 20_000)));

        OutcomeOf(png.ToArray()).ShouldBeOneOf("decoded", "refused");
        OutcomeOf(picture).ShouldBe("decoded");
    }

    /// <summary>Profiles that are nothing, that promise what they have not, and that unpack to far more than they are.</summary>
    public static TheoryData<string> Profiles =>
        ["empty", "zeros", "noise", "many tags", "tags beyond the end", "tags that are the header", "wide table"];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_profile_that_makes_no_sense_leaves_the_colours_as_they_are(string kind)
    {
        var picture = TestPictures.Quarters(32, 24);
        var profile = BadProfile(kind);
        var png = PngFile.Insert(TestFiles.Encode(picture, PictureFormat.Png), PngFile.ProfileChunk(profile));
        var jpeg = TestFiles.Encode(picture, PictureFormat.Jpeg, quality: 100);
        var (fromPng, taken) = Measured(() => OutcomeOf(png, picture));

        fromPng.ShouldBe("decoded");
        taken.ShouldBeLessThan(500);
        if (profile.Length < 60_000) OutcomeOf(JpegFile.WithProfile(jpeg, profile), picture).ShouldBe("decoded");
    }

    [Theory]
    [InlineData("huge size")]
    [InlineData("a hundred megabytes")]
    public void A_profile_that_lies_about_its_size_is_used_or_passed_over(string kind)
    {
        var picture = TestPictures.Quarters(32, 24);
        var png = PngFile.Insert(TestFiles.Encode(picture, PictureFormat.Png), PngFile.ProfileChunk(BadProfile(kind)));

        var (decoded, taken) = Measured(() => Codec.Decode(png, PictureLimits.Default));

        // Versions of Little CMS differ in whether they mind.
        var asStored = PictureDifference.Between(decoded, picture).Psnr;
        var byProfile = PictureDifference.Between(decoded, IccProfile.AdobeRgb.ToSrgb(picture)).Psnr;
        Math.Max(asStored, byProfile).ShouldBeGreaterThan(38);
        taken.ShouldBeLessThan(500);
    }

    [Fact]
    public void A_profile_in_pieces_that_miss_or_repeat_is_passed_over()
    {
        var picture = TestPictures.Quarters(32, 24);
        var jpeg = TestFiles.Encode(picture, PictureFormat.Jpeg, quality: 100);
        var profile = IccProfile.AdobeRgb.Bytes;
        foreach (var (number, count) in new[] { (1, 255), (0, 0), (7, 3), (255, 255) })
        {
            var pieces = JpegFile.InsertApp(jpeg, 2, [.. "ICC_PROFILE\0"u8, (byte)number, (byte)count, .. profile]);
            pieces = JpegFile.InsertApp(pieces, 2, [.. "ICC_PROFILE\0"u8, (byte)number, (byte)count, .. profile]);

            OutcomeOf(pieces).ShouldBeOneOf("decoded", "refused");
        }
    }

    /// <summary>EXIF blocks that contradict themselves, and the orientation that counts.</summary>
    public static TheoryData<string, int> ExifBlocks => new()
    {
        { "orientation 9", 1 },
        { "two orientations", 0 },
        { "wrong byte order", 1 },
        { "count of a billion", 1 },
        { "offset beyond the end", 1 },
        { "directory that is its own next", 0 },
        { "sizes that lie", 0 },
        { "nothing behind the header", 1 },
    };

    [Theory]
    [MemberData(nameof(ExifBlocks))]
    public void Contradictory_exif_never_keeps_a_picture_from_being_read(string kind, int orientation)
    {
        var upright = TestPictures.Quarters(48, 32);
        var jpeg = JpegFile.InsertApp(TestFiles.Encode(upright, PictureFormat.Jpeg, quality: 100), 1, [.. "Exif\0\0"u8, .. ExifBlock(kind)]);

        var header = Codec.Probe(jpeg);
        var decoded = Codec.Decode(jpeg, PictureLimits.Default);
        var kept = Codec.Transcode(jpeg, null, new EncodeOptions(PictureFormat.Png, Metadata: MetadataPolicy.Keep), PictureLimits.Default);

        // Header and pixels agree whichever of two orientations is believed, and the pixels count, not what EXIF says of their number.
        header.Orientation.ShouldBeInRange(1, 8);
        if (orientation > 0) header.Orientation.ShouldBe(orientation);
        (decoded.Width, decoded.Height).ShouldBe((header.Width, header.Height));
        (header.Width * header.Height).ShouldBe(48 * 32);
        var again = Codec.Probe(kept);
        (again.Width, again.Height, again.Orientation).ShouldBe((header.Width, header.Height, 1));
    }

    [Fact]
    public void A_decode_that_takes_too_long_is_ended_with_a_clear_error()
    {
        var png = TestFiles.Encode(TestPictures.Static(4_000, 3_000, seed: 1), PictureFormat.Png);

        Should.Throw<PictureTooLargeException>(() => Codec.Decode(png, PictureLimits.Default with { MaxSeconds = 0 }))
            .Message.ShouldBe("The picture takes more than 0 seconds to decode.");
    }

    [Fact]
    public void A_heic_is_refused_by_name()
    {
        byte[] heic = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, .. new byte[200]];

        Should.Throw<PictureFormatException>(() => Codec.Decode(heic, PictureLimits.Default)).Message
            .ShouldBe("This is a HEIC picture; JPEG, PNG, WebP, GIF, TIFF and AVIF pictures are accepted.");
    }

    private static string OutcomeOf(byte[] file, Picture? expected = null)
    {
        try
        {
            var decoded = Codec.Decode(file, PictureLimits.Default);
            if (expected is not null) PictureAssert.Similar(decoded, expected, psnr: 30);
            Codec.Transcode(file, null, new EncodeOptions(PictureFormat.Jpeg, Metadata: MetadataPolicy.Keep), PictureLimits.Default);
            return "decoded";
        }
        catch (PictureFormatException fault)
        {
            fault.Message.ShouldNotBeNullOrWhiteSpace();
            return "refused";
        }
    }

    /// <summary>What something gives, and by how many mebibytes the process's peak grew meanwhile.</summary>
    private static (T Result, long Mebibytes) Measured<T>(Func<T> act)
    {
        GC.Collect();
        var before = Peak();
        var result = act();
        return (result, Peak() - before);

        static long Peak() => long.Parse(
            File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            System.Globalization.CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>A GIF (GIF89a) of one pixel a frame.</summary>
    private static byte[] ManyFrames(int count)
    {
        byte[] frame = [0x21, 0xF9, 4, 0, 2, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        return
        [
            .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
            .. Enumerable.Repeat(frame, count).SelectMany(bytes => bytes), 0x3B,
        ];
    }

    private static byte[] Deflated(int length)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var block = Encoding.ASCII.GetBytes(new string('a', 1 << 16));
            for (var at = 0; at < length; at += block.Length) zlib.Write(block);
        }

        return packed.ToArray();
    }

    private static byte[] BadProfile(string kind)
    {
        var profile = IccProfile.AdobeRgb.Bytes.ToArray();
        switch (kind)
        {
            case "empty": return [];
            case "zeros": return new byte[500];
            case "noise":
                new Random(7).NextBytes(profile.AsSpan(132));
                return profile;
            case "huge size":
                BinaryPrimitives.WriteUInt32BigEndian(profile, uint.MaxValue);
                return profile;
            case "many tags":
                BinaryPrimitives.WriteUInt32BigEndian(profile.AsSpan(128), uint.MaxValue);
                return profile;
            case "tags beyond the end":
                for (var at = 132; at + 12 <= 132 + (12 * 9); at += 12) BinaryPrimitives.WriteUInt32BigEndian(profile.AsSpan(at + 4), 0x7FFF_FFF0);
                return profile;
            case "tags that are the header":
                for (var at = 132; at + 12 <= 132 + (12 * 9); at += 12) BinaryPrimitives.WriteUInt32BigEndian(profile.AsSpan(at + 4), 0);
                return profile;
            case "wide table":
                return WideTable();
            default:
                return [.. profile, .. new byte[100 << 20]];
        }
    }

    /// <summary>A profile (ICC.1, 10.11) whose one table says that it has 255 steps for each of fifteen inputs.</summary>
    private static byte[] WideTable()
    {
        var profile = new byte[132 + 12 + 200];
        IccProfile.AdobeRgb.Bytes.AsSpan(0, 128).CopyTo(profile);
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(128), 1);
        "A2B0"u8.CopyTo(profile.AsSpan(132));
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(136), 144);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(140), 200);
        "mft2"u8.CopyTo(profile.AsSpan(144));
        profile[152] = 15;
        profile[153] = 3;
        profile[154] = 255;
        return profile;
    }

    private static byte[] ExifBlock(string kind)
    {
        (ushort Tag, ushort Type, uint Count, uint Value)[] entries = kind switch
        {
            "orientation 9" => [(0x0112, 3, 1, 9)],
            "two orientations" => [(0x0112, 3, 1, 6), (0x0112, 3, 1, 3)],
            "count of a billion" => [(0x0112, 3, 1_000_000_000, 6)],
            "offset beyond the end" => [(0x8298, 2, 100, 0x7FFF_FFFF), (0x013B, 2, uint.MaxValue, 8)],
            "sizes that lie" => [(0x0100, 4, 1, 60_000), (0x0101, 4, 1, 60_000), (0xA002, 4, 1, 1), (0xA003, 4, 1, uint.MaxValue)],
            _ => [(0x0112, 3, 1, 6)],
        };
        var block = new byte[8 + 2 + (entries.Length * 12) + 4];
        "II*\0"u8.CopyTo(block);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), 8);
        BinaryPrimitives.WriteInt16LittleEndian(block.AsSpan(8), (short)entries.Length);
        foreach (var (index, (tag, type, count, value)) in entries.Index())
        {
            var entry = block.AsSpan(10 + (index * 12));
            BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], type);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], count);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], value);
        }

        if (kind == "directory that is its own next") BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(block.Length - 4), 8);
        if (kind == "wrong byte order") "MM\0*"u8.CopyTo(block);
        return kind == "nothing behind the header" ? block[..8] : block;
    }
}
