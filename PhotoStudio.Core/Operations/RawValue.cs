using System.Text.Json;

namespace PhotoStudio.Core.Operations;

/// <summary>A parameter's value as it came: text from a query or a form, or a JSON value.</summary>
public readonly record struct RawValue
{
    private RawValue(string? text, JsonElement? json) => (Text, Json) = (text, json);

    /// <summary>The text of a query or form value; null when the value came as JSON.</summary>
    public string? Text { get; }

    /// <summary>The JSON value; null when the value came as text.</summary>
    public JsonElement? Json { get; }

    /// <summary>Whether the caller said nothing: JSON null, or text that is empty or blank.</summary>
    public bool IsAbsent => Json is { } json ? json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined : string.IsNullOrWhiteSpace(Text);

    /// <summary>A value from a query or a form.</summary>
    public static RawValue FromText(string? text) => new(text ?? "", null);

    /// <summary>A value from a JSON body.</summary>
    public static RawValue FromJson(JsonElement json) => new(null, json);
}
