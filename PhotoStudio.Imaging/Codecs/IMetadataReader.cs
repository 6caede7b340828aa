namespace PhotoStudio.Imaging.Codecs;

/// <summary>Reads what a camera wrote into a file. Thread-safe.</summary>
public interface IMetadataReader
{
    /// <summary>
    /// Exif's fields by their names without their directory, such as <c>Model</c> or <c>GPSLatitude</c>, as people read them; empty for a
    /// file without any, or with damaged ones.
    /// </summary>
    /// <exception cref="PictureFormatException">The bytes are no picture.</exception>
    IReadOnlyDictionary<string, string> ReadExif(ReadOnlyMemory<byte> file);
}
