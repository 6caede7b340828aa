using System.Globalization;
using System.Text.RegularExpressions;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>Makes of Exif's fields what a record keeps.</summary>
internal static partial class CameraFields
{
    // Bytes that mean something to the maker's own programs alone.
    private static readonly HashSet<string> Left = new(StringComparer.Ordinal) { "MakerNote", "PrintImageMatching", "ComponentsConfiguration" };

    /// <summary>The fields and the place; null for a picture without any.</summary>
    public static CameraMetadata? Read(IReadOnlyDictionary<string, string> exif)
    {
        var fields = exif
            .Where(field => !Left.Contains(field.Key))
            .Select(field => KeyValuePair.Create(field.Key, FileNames.Visible(field.Value, keepLines: false).Trim()))
            .Where(field => field.Value.Length > 0)
            .Take(CameraMetadata.MaxFields)
            .ToDictionary(
                field => field.Key,
                field => field.Value.Length <= CameraMetadata.MaxFieldLength ? field.Value : field.Value[..CameraMetadata.MaxFieldLength],
                StringComparer.Ordinal);
        if (fields.Count == 0) return null;

        var latitude = Degrees(fields, "GPSLatitude", 'S', 90);
        var longitude = Degrees(fields, "GPSLongitude", 'W', 180);
        return new CameraMetadata(fields)
        {
            Latitude = longitude is null ? null : latitude,
            Longitude = latitude is null ? null : longitude,
        };
    }

    /// <summary>Degrees, minutes and seconds as one number (Exif 3.0, 4.6.7).</summary>
    private static double? Degrees(Dictionary<string, string> fields, string name, char negative, double most)
    {
        if (!fields.TryGetValue(name, out var text) || !fields.TryGetValue(name + "Ref", out var side) || side.Length == 0) return null;
        var parts = Numbers().Matches(text).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).ToList();
        if (parts.Count is 0 or > 3) return null;
        var degrees = parts[0] + (parts.ElementAtOrDefault(1) / 60) + (parts.ElementAtOrDefault(2) / 3600);
        if (double.IsNaN(degrees) || degrees > most) return null;
        return Math.Round(char.ToUpperInvariant(side[0]) == negative ? -degrees : degrees, 6);
    }

    [GeneratedRegex(@"\d+(?:\.\d+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();
}
