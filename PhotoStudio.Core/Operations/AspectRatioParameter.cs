using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Operations;

/// <summary>A ratio of width to height such as <c>16:9</c>, <c>3/2</c> or <c>2.39:1</c>; from 1:100 to 100:1.</summary>
public sealed class AspectRatioParameter(string name, string description) : Parameter<AspectRatio>(name, description)
{
    private const double Extreme = 100;
    private const double LargestPart = 100_000;

    /// <inheritdoc/>
    public override object? DefaultValue => null;

    private protected override bool TryRead(RawValue raw, out AspectRatio value, out string? fault)
    {
        var text = (raw.Json is { } json ? json.ValueKind == JsonValueKind.String ? json.GetString() : null : raw.Text) ?? "";
        var parts = text.Split(':', '/');
        value = default;
        if (parts.Length != 2 || !TryReadPart(parts[0], out var width) || !TryReadPart(parts[1], out var height))
        {
            fault = "must be width:height, such as 16:9.";
            return false;
        }

        value = new(width, height);
        fault = value.Value is >= 1 / Extreme and <= Extreme ? null : "must be from 1:100 to 100:1.";
        return fault is null;
    }

    private protected override JsonNode WriteValue(AspectRatio value) => JsonValue.Create(value.ToString());

    private protected override JsonObject TypeSchema() =>
        new()
        {
            ["type"] = "string",
            ["pattern"] = @"^\d+(\.\d+)?\s*[:/]\s*\d+(\.\d+)?$",
            ["examples"] = new JsonArray("1:1", "16:9", "2.39:1"),
        };

    private static bool TryReadPart(string text, out double value) =>
        double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
        && value is > 0 and <= LargestPart;
}

/// <summary>A ratio of width to height; both parts are greater than 0.</summary>
public readonly record struct AspectRatio(double Width, double Height)
{
    /// <summary>Width divided by height.</summary>
    public double Value => Width / Height;

    /// <summary>The largest size of this ratio inside a picture, each side rounded and at least 1 pixel.</summary>
    public (int Width, int Height) LargestWithin(int width, int height) => width > height * Value
        ? (Math.Clamp((int)Math.Round(height * Value, MidpointRounding.AwayFromZero), 1, width), height)
        : (width, Math.Clamp((int)Math.Round(width / Value, MidpointRounding.AwayFromZero), 1, height));

    /// <summary>The ratio as <c>width:height</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}:{Height}");
}
