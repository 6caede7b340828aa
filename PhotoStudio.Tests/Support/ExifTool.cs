using System.Text.Json;

namespace PhotoStudio.Tests.Support;

/// <summary>What Phil Harvey's ExifTool reads in a file: a reader of metadata that shares no code with the studio.</summary>
internal static class ExifTool
{
    /// <summary>The URI of IPTC's Digital Source Type; null when there is none.</summary>
    public static async Task<string?> DigitalSourceTypeAsync(ReadOnlyMemory<byte> file) =>
        (await ReadAsync(file)).GetValueOrDefault("XMP:DigitalSourceType");

    /// <summary>Every tag by group and name, such as <c>EXIF:Copyright</c>, values as they are stored.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(ReadOnlyMemory<byte> file)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "picture");
        await File.WriteAllBytesAsync(path, file.ToArray());
        using var document = JsonDocument.Parse(await CommandLine.RunAsync("exiftool", "-json", "-G", "-n", "-a", "-u", path));
        return document.RootElement[0].EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.ToString(), StringComparer.Ordinal);
    }

    /// <summary>Writes tags into a file, each as <c>-EXIF:Copyright=…</c>.</summary>
    public static async Task<byte[]> WriteAsync(byte[] file, string extension, params string[] tags)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, $"picture.{extension}");
        await File.WriteAllBytesAsync(path, file);
        await CommandLine.RunAsync("exiftool", [.. tags, "-overwrite_original", "-q", "-n", path]);
        return await File.ReadAllBytesAsync(path);
    }
}
