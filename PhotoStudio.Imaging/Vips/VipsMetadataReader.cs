using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Imaging.Vips;

/// <summary>Exif by libvips, which reads it with libexif and describes each field as <c>value (description, type, components, bytes)</c>.</summary>
public sealed class VipsMetadataReader : IMetadataReader
{
    // The main picture, Exif, GPS; the second directory describes the thumbnail.
    private static readonly string[] Directories = ["exif-ifd0-", "exif-ifd2-", "exif-ifd3-"];

    /// <summary>Starts libvips.</summary>
    /// <exception cref="VipsLibraryException">libvips cannot be loaded.</exception>
    public VipsMetadataReader(VipsOptions? options = null) => VipsLibrary.Start(options);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> ReadExif(ReadOnlyMemory<byte> file)
    {
        using var call = VipsErrors.Begin();
        using var source = VipsPictureSource.Open(file);
        using var image = source.Load(shrink: 1, strict: false);
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in image.Fields)
        {
            if (Array.Find(Directories, directory => field.StartsWith(directory, StringComparison.Ordinal)) is not { } directory) continue;
            if (image.Text(field) is { } text && Readable(text) is { Length: > 0 } value) fields.TryAdd(field[directory.Length..], value);
        }

        return fields;
    }

    /// <summary>libexif's own wording where there is one: "1/250 sec." rather than "4/1000".</summary>
    private static string Readable(string field)
    {
        var end = field.LastIndexOf(" (", StringComparison.Ordinal);
        if (end < 0) return field.Trim();
        var (raw, described) = (field[..end].Trim(), field[(end + 2)..].TrimEnd(')'));

        // The last three parts tell type, components and size; the description may have commas of its own.
        var parts = described.Split(", ");
        var words = parts.Length > 3 ? string.Join(", ", parts[..^3]).Trim() : "";
        return words.Length > 0 ? words : raw;
    }
}
