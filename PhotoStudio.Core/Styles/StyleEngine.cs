using System.Text.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Styles;

/// <summary>What a style is painted with: some of style-transfer's parameters, as a JSON object.</summary>
public static class StyleEngine
{
    private static readonly Parameter[] Known = [StyleTransfer.Style, StyleTransfer.Strength, FinishParameters.Brush, FinishParameters.Palette];

    /// <summary>The names that may be set.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(parameter => parameter.Name)];

    /// <summary>Reads what an administrator or the catalogue's file says.</summary>
    /// <param name="json">An object.</param>
    /// <param name="field">The field's wire name, for faults.</param>
    /// <param name="faults">Receives every fault.</param>
    /// <returns>The object in canonical form, without defaults; null when there was a fault.</returns>
    public static string? Read(JsonElement json, string field, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add(field, $"must be an object with {string.Join(", ", Names)}.");
            return null;
        }

        var own = new FaultList();
        var result = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (Array.Find(Known, parameter => parameter.Name == member.Name) is not { } parameter) own.Add($"{field}.{member.Name}", $"is not known. Known: {string.Join(", ", Names)}.");
            else if (parameter.Read(RawValue.FromJson(member.Value), out var fault) is { } value && fault is null) result[parameter.Name] = parameter.Write(value);
            else own.Add($"{field}.{member.Name}", fault!);
        }

        if (!result.ContainsKey(StyleTransfer.Style.Name) && !own.Has($"{field}.{StyleTransfer.Style.Name}")) own.Add($"{field}.{StyleTransfer.Style.Name}", "is required.");
        foreach (var (name, messages) in own.ToDictionary())
        {
            foreach (var message in messages) faults.Add(name, message);
        }

        return own.IsEmpty ? new JsonObject([.. result.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))]).ToJsonString() : null;
    }

    /// <summary>The values that an engine's parameters give an operation: for style-transfer as they are, for others under the names that paint its result.</summary>
    public static IEnumerable<KeyValuePair<string, RawValue>> ValuesFor(Operation operation, string engine)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var element = JsonSerializer.Deserialize(engine, StyleCatalogueJson.Default.JsonElement);
        foreach (var member in element.EnumerateObject())
        {
            var name = operation is StyleTransfer ? member.Name
                : member.Name == StyleTransfer.Style.Name ? FinishParameters.PaintStyle.Name
                : member.Name == StyleTransfer.Strength.Name ? FinishParameters.PaintStrength.Name
                : member.Name;
            if (operation.FindParameter(name) is not null) yield return KeyValuePair.Create(name, RawValue.FromJson(member.Value));
        }
    }
}
