namespace PhotoStudio.Core.Images;

/// <summary>What a camera wrote into a file (Exif 3.0, CIPA DC-008). It may tell where somebody lives: only the owner sees it.</summary>
/// <param name="Fields">Exif's fields by name, such as <c>Model</c> and <c>ExposureTime</c>, as people read them.</param>
public sealed record CameraMetadata(IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The most fields that are kept.</summary>
    public const int MaxFields = 100;

    /// <summary>The most characters of a field that are kept.</summary>
    public const int MaxFieldLength = 200;

    /// <summary>Degrees north, −90 to 90.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east, −180 to 180.</summary>
    public double? Longitude { get; init; }
}
