using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Operations;

/// <summary>A frame of so many pixels, written <c>1536x1024</c>; <c>auto</c> counts as left out.</summary>
public sealed class FrameParameter(string name, string description) : Parameter<Frame>(name, description)
{
    /// <summary>The shortest side, in pixels.</summary>
    public const int SmallestSide = 64;

    /// <summary>The longest side, in pixels.</summary>
    public const int LargestSide = 4096;

    /// <inheritdoc/>
    public override object? DefaultValue => null;

    /// <summary>Reads a frame; an empty one for <c>auto</c>.</summary>
    public static bool TryParse(string? text, out Frame frame)
    {
        frame = default;
        text = text?.Trim().ToLowerInvariant() ?? "";
        if (text == "auto") return true;
        var parts = text.Split('x', '×');
        if (parts.Length != 2 || !TryReadSide(parts[0], out var width) || !TryReadSide(parts[1], out var height)) return false;
        frame = new(width, height);
        return true;
    }

    private protected override bool TryRead(RawValue raw, out Frame value, out string? fault)
    {
        var text = raw.Json is { } json ? json.ValueKind == JsonValueKind.String ? json.GetString() : null : raw.Text;
        fault = TryParse(text, out value) ? null : $"must be auto or WIDTHxHEIGHT, such as 1024x1024, with {SmallestSide} to {LargestSide} pixels a side.";
        return fault is null;
    }

    private protected override JsonNode WriteValue(Frame value) => JsonValue.Create(value.ToString());

    private protected override JsonObject TypeSchema() => new()
    {
        ["type"] = "string",
        ["pattern"] = "^(auto|\\d{2,4}x\\d{2,4})$",
        ["examples"] = new JsonArray("auto", "1024x1024", "1536x1024", "1024x1536"),
    };

    private static bool TryReadSide(string text, out int side) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= SmallestSide and <= LargestSide;
}

/// <summary>A frame that a picture is scaled to fit into; without a size it leaves pictures as they are.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public readonly record struct Frame(int Width, int Height)
{
    /// <summary>Whether it says nothing.</summary>
    public bool IsAuto => Width == 0;

    /// <inheritdoc/>
    public override string ToString() => IsAuto ? "auto" : string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");
}
