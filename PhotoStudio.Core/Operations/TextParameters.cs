using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Operations;

/// <summary>Free text of a bounded length, without control characters other than line breaks and tabs.</summary>
public sealed class TextParameter(string name, string description, int minLength, int maxLength) : Parameter<string>(name, description)
{
    /// <summary>The value when the caller says nothing.</summary>
    public string? Default { get; init; }

    /// <inheritdoc/>
    public override object? DefaultValue => Default;

    private protected override bool TryRead(RawValue raw, out string value, out string? fault)
    {
        value = (raw.Json is { } json ? json.ValueKind == JsonValueKind.String ? json.GetString() : null : raw.Text) ?? "";
        fault = raw.Json is { ValueKind: not JsonValueKind.String } ? "must be text."
            : value.Length < minLength || value.Length > maxLength ? $"must have {minLength} to {maxLength} characters, not {value.Length}."
            : value.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? "must not contain control characters."
            : null;
        return fault is null;
    }

    private protected override JsonNode WriteValue(string value) => JsonValue.Create(value);

    private protected override JsonObject TypeSchema() => new() { ["type"] = "string", ["minLength"] = minLength, ["maxLength"] = maxLength };
}

/// <summary>Yes or no. As text, <c>true</c>, <c>1</c>, <c>yes</c>, <c>on</c> and their opposites are read in any case.</summary>
public sealed class BooleanParameter(string name, string description, bool defaultValue = false) : Parameter<bool>(name, description)
{
    /// <inheritdoc/>
    public override object? DefaultValue => defaultValue;

    private protected override bool TryRead(RawValue raw, out bool value, out string? fault)
    {
        bool? read = raw.Json is { } json
            ? json.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null }
            : raw.Text?.Trim().ToLowerInvariant() switch
            {
                "true" or "1" or "yes" or "on" => true,
                "false" or "0" or "no" or "off" => false,
                _ => null,
            };

        value = read ?? false;
        fault = read is null ? "must be true or false." : null;
        return fault is null;
    }

    private protected override JsonNode WriteValue(bool value) => JsonValue.Create(value);

    private protected override JsonObject TypeSchema() => new() { ["type"] = "boolean" };
}

/// <summary>
/// One of a few named choices. The wire name of a choice is its enum name in kebab-case. Without a default the parameter stays absent
/// when the caller says nothing.
/// </summary>
public sealed class ChoiceParameter<TChoice>(string name, string description, TChoice? defaultValue = null) : Parameter<TChoice>(name, description)
    where TChoice : struct, Enum
{
    private static readonly TChoice[] Values = Enum.GetValues<TChoice>();
    private static readonly string[] Names = [.. Values.Select(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()))];

    /// <summary>The accepted wire values.</summary>
    public IReadOnlyList<string> Choices => Except.Count == 0 ? Names : [.. Names.Where((_, index) => !Except.Contains(Values[index]))];

    /// <summary>Values that the operation does not take.</summary>
    public IReadOnlyList<TChoice> Except { get; init; } = [];

    /// <summary>Other spellings a caller may use, by wire value.</summary>
    public IReadOnlyDictionary<string, TChoice> ChoiceAliases { get; init; } = new Dictionary<string, TChoice>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override object? DefaultValue => defaultValue;

    private protected override bool TryRead(RawValue raw, out TChoice value, out string? fault)
    {
        var text = raw.Json is { } json ? json.ValueKind == JsonValueKind.String ? json.GetString() : null : raw.Text;
        text = text?.Trim().ToLowerInvariant();
        var index = text is null ? -1 : Array.IndexOf(Names, text.Replace('_', '-'));
        value = default;
        fault = null;
        if (index >= 0) value = Values[index];
        if ((index < 0 && (text is null || !ChoiceAliases.TryGetValue(text, out value))) || Except.Contains(value))
            fault = $"must be one of: {string.Join(", ", Choices)}.";
        return fault is null;
    }

    private protected override JsonNode WriteValue(TChoice value) => JsonValue.Create(Names[Array.IndexOf(Values, value)]);

    private protected override JsonObject TypeSchema() =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. Choices.Select(choice => (JsonNode)choice)]) };
}
