using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Operations;

/// <summary>
/// A colour as CSS writes it: <c>#rgb</c>, <c>#rrggbb</c>, <c>#rrggbbaa</c>, one of a few names, or
/// <c>transparent</c>; case does not matter.
/// </summary>
public sealed class ColorParameter(string name, string description) : Parameter<RgbaColor>(name, description)
{
    private const string Accepted = "must be #rgb, #rrggbb, #rrggbbaa, transparent, or one of: ";

    // CSS Color 4, 6.1.
    private static readonly FrozenDictionary<string, RgbaColor> Names = new Dictionary<string, RgbaColor>(StringComparer.Ordinal)
    {
        ["transparent"] = RgbaColor.Transparent,
        ["black"] = new(0, 0, 0),
        ["white"] = new(255, 255, 255),
        ["gray"] = new(128, 128, 128),
        ["grey"] = new(128, 128, 128),
        ["silver"] = new(192, 192, 192),
        ["red"] = new(255, 0, 0),
        ["orange"] = new(255, 165, 0),
        ["yellow"] = new(255, 255, 0),
        ["green"] = new(0, 128, 0),
        ["cyan"] = new(0, 255, 255),
        ["blue"] = new(0, 0, 255),
        ["navy"] = new(0, 0, 128),
        ["purple"] = new(128, 0, 128),
        ["magenta"] = new(255, 0, 255),
        ["pink"] = new(255, 192, 203),
        ["brown"] = new(165, 42, 42),
    }.ToFrozenDictionary();

    private static readonly string KnownNames =
        string.Join(", ", Names.Keys.Where(known => known != "transparent").Order(StringComparer.Ordinal));

    /// <summary>The value when the caller says nothing.</summary>
    public RgbaColor? Default { get; init; }

    /// <inheritdoc/>
    public override object? DefaultValue => Default;

    private protected override bool TryRead(RawValue raw, out RgbaColor value, out string? fault)
    {
        var text = raw.Json is { } json ? json.ValueKind == JsonValueKind.String ? json.GetString() : null : raw.Text;
        text = text?.Trim().ToLowerInvariant() ?? "";
        var read = Names.TryGetValue(text, out value) || TryReadHex(text, out value);
        fault = read ? null : Accepted + KnownNames + ".";
        return read;
    }

    private protected override JsonNode WriteValue(RgbaColor value) => JsonValue.Create(value.ToString());

    private protected override JsonObject TypeSchema() => new()
    {
        ["type"] = "string",
        ["pattern"] = $"^(#([0-9A-Fa-f]{{3}}|[0-9A-Fa-f]{{6}}|[0-9A-Fa-f]{{8}})|{string.Join('|', Names.Keys.Order(StringComparer.Ordinal))})$",
    };

    private static bool TryReadHex(string text, out RgbaColor color)
    {
        color = default;
        if (text.Length is not (4 or 7 or 9) || text[0] != '#') return false;

        var digits = text.Length == 4 ? string.Concat(text.Skip(1).Select(digit => new string(digit, 2))) : text[1..];
        if (digits.Length == 6) digits += "ff";
        if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)) return false;

        color = new((byte)(bits >> 24), (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits);
        return true;
    }
}

/// <summary>A colour in sRGB with opacity, 0–255 a channel, not premultiplied.</summary>
public readonly record struct RgbaColor(byte Red, byte Green, byte Blue, byte Alpha = 255)
{
    /// <summary>Nothing at all.</summary>
    public static RgbaColor Transparent => new(0, 0, 0, 0);

    /// <summary>Whether nothing shows through.</summary>
    public bool IsOpaque => Alpha == 255;

    /// <summary>Whether the three colour channels are equal.</summary>
    public bool IsGray => Red == Green && Green == Blue;

    /// <summary>The colour as <c>#rrggbb</c>, or as <c>#rrggbbaa</c> when it is not opaque.</summary>
    public override string ToString() => IsOpaque ? $"#{Red:x2}{Green:x2}{Blue:x2}" : $"#{Red:x2}{Green:x2}{Blue:x2}{Alpha:x2}";
}
