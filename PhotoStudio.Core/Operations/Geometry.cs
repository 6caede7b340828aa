using System.Globalization;
using System.Text.Json;

namespace PhotoStudio.Core.Operations;

/// <summary>Numbers and coordinates as callers write them.</summary>
internal static class Geometry
{
    /// <summary>The fault of a coordinate that lies far outside any picture.</summary>
    public const string TooFar = "must have coordinates from -100000 to 100000.";

    private const double Farthest = 100_000;

    /// <summary>Whether both numbers could belong to a picture or its surroundings.</summary>
    public static bool IsNear(double x, double y) => Math.Abs(x) <= Farthest && Math.Abs(y) <= Farthest;

    /// <summary>Text that is a JSON array or object; null when it is anything else.</summary>
    public static JsonElement? ParseJson(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("[", StringComparison.Ordinal) && !text.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal))
            return null;
        try
        {
            return JsonSerializer.Deserialize(text, GeometryJson.Default.JsonElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Numbers between commas and blanks; null when something else is among them.</summary>
    public static double[]? ParseNumbers(string text)
    {
        var words = text.Split([',', ' ', '\t', '\r', '\n', ';'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
                return null;
        }

        return numbers;
    }

    /// <summary>The numbers of a JSON array; null when something else is among them.</summary>
    public static double[]? Numbers(JsonElement array)
    {
        var numbers = new double[array.GetArrayLength()];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (array[i].ValueKind != JsonValueKind.Number || !array[i].TryGetDouble(out numbers[i]) || !double.IsFinite(numbers[i])) return null;
        }

        return numbers;
    }

    /// <summary>A number that is a member of a JSON object.</summary>
    public static bool TryNumber(JsonElement json, string member, out double number)
    {
        number = 0;
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number) && double.IsFinite(number);
    }
}

/// <summary>Source-generated JSON of plain elements.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(JsonElement))]
internal sealed partial class GeometryJson : System.Text.Json.Serialization.JsonSerializerContext;
