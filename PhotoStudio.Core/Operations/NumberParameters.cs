using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Operations;

/// <summary>A whole number within a closed range.</summary>
public sealed class IntegerParameter(string name, string description, int min, int max) : Parameter<int>(name, description)
{
    /// <summary>The smallest accepted value.</summary>
    public int Min => min;

    /// <summary>The largest accepted value.</summary>
    public int Max => max;

    /// <summary>The value when the caller says nothing.</summary>
    public int? Default { get; init; }

    /// <inheritdoc/>
    public override object? DefaultValue => Default;

    private protected override bool TryRead(RawValue raw, out int value, out string? fault)
    {
        long number = 0;
        var whole = raw.Json is { } json
            ? json.ValueKind == JsonValueKind.Number && TryGetWhole(json, out number)
            : long.TryParse(raw.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number);

        value = whole ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : 0;
        fault = !whole ? $"must be a whole number from {min} to {max}."
            : number < min || number > max ? $"must be from {min} to {max}, not {number}."
            : null;
        return fault is null;
    }

    // JSON does not tell 5.0 from 5, and JSON Schema takes both for an integer.
    private static bool TryGetWhole(JsonElement json, out long number)
    {
        if (json.TryGetInt64(out number)) return true;
        if (!json.TryGetDecimal(out var value) || value != decimal.Truncate(value) || Math.Abs(value) > long.MaxValue) return false;
        number = (long)value;
        return true;
    }

    private protected override JsonNode WriteValue(int value) => JsonValue.Create(value);

    private protected override JsonObject TypeSchema() => new() { ["type"] = "integer", ["minimum"] = min, ["maximum"] = max };
}

/// <summary>A real number within a closed range; never NaN or infinite.</summary>
public sealed class NumberParameter(string name, string description, double min, double max) : Parameter<double>(name, description)
{
    /// <summary>The smallest accepted value.</summary>
    public double Min => min;

    /// <summary>The largest accepted value.</summary>
    public double Max => max;

    /// <summary>The value when the caller says nothing.</summary>
    public double? Default { get; init; }

    /// <inheritdoc/>
    public override object? DefaultValue => Default;

    private protected override bool TryRead(RawValue raw, out double value, out string? fault)
    {
        value = 0;
        var number = raw.Json is { } json
            ? json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out value)
            : double.TryParse(raw.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

        fault = !number || !double.IsFinite(value) ? Invariant($"must be a number from {min} to {max}.")
            : value < min || value > max ? Invariant($"must be from {min} to {max}, not {value}.")
            : null;
        return fault is null;

        static string Invariant(FormattableString text) => FormattableString.Invariant(text);
    }

    private protected override JsonNode WriteValue(double value) => JsonValue.Create(value);

    private protected override JsonObject TypeSchema() => new() { ["type"] = "number", ["minimum"] = min, ["maximum"] = max };
}
