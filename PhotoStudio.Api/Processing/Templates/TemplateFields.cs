using System.Text.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Styles;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Templates;

namespace PhotoStudio.Api.Processing.Templates;

/// <summary>Reads what a template says. What is required of a job may come with the call that uses it.</summary>
internal sealed class TemplateFields
{
    private const string NameField = "name", DescriptionField = "description", TypeField = "job_type", ParametersField = "parameters";
    private const int MaxTypeLength = 64;

    /// <summary>The name; null when it is not given.</summary>
    public string? Name { get; private init; }

    /// <summary>The description; null when it is not given.</summary>
    public string? Description { get; private init; }

    /// <summary>The operation; null when it is not given.</summary>
    public Operation? Operation { get; private init; }

    /// <summary>The parameters as they came; null when they are not given.</summary>
    public JsonObject? Parameters { get; private init; }

    /// <summary>Reads the fields; faults are the body's.</summary>
    /// <param name="fields">The body.</param>
    /// <param name="creating">Whether name and type are required.</param>
    public static TemplateFields Read(BodyFields fields, bool creating)
    {
        var name = fields.Text(NameField, JobTemplate.MaxNameLength)?.Trim();
        if (name is { Length: 0 } || (creating && name is null && !fields.Faults.Has(NameField))) fields.Faults.Add(NameField, "is required.");
        var type = fields.Text(TypeField, MaxTypeLength);
        Operation? operation = null;
        if (type is null ? creating && !fields.Faults.Has(TypeField) : !JobTypes.TryFind(type, out operation))
            fields.Faults.Add(TypeField, $"{(type is null ? "is required" : "is no operation of this studio")}. Known: {JobTypes.Known}.");
        return new()
        {
            Name = name,
            Description = fields.Text(DescriptionField, JobTemplate.MaxDescriptionLength, manyLines: true)?.Trim(),
            Operation = operation,
            Parameters = ReadParameters(fields),
        };
    }

    /// <summary>Checks each parameter by itself against the operation, and the style that they name.</summary>
    public static void Check(Operation operation, JsonObject parameters, StyleLookup styles, FaultList faults)
    {
        foreach (var (name, value) in parameters)
        {
            var field = $"{ParametersField}.{name}";
            var parameter = operation.FindParameter(name) ?? JobFields.All.FirstOrDefault(known => known.Name == name);
            using var json = JsonDocument.Parse(value?.ToJsonString() ?? "null");
            var raw = RawValue.FromJson(json.RootElement);
            if (parameter is null) faults.Add(field, $"is not a parameter of {operation.Name}. Known: {string.Join(", ", operation.Parameters.Select(known => known.Name))}.");
            else if (raw.IsAbsent) continue;
            else if (parameter.Read(raw, out var fault) is null || fault is not null) faults.Add(field, fault ?? "is not valid.");
            else if (parameter == FinishParameters.StyleId && operation.FindParameter(name) is null) faults.Add(field, $"{operation.Name} takes no style.");
            else if (parameter == FinishParameters.StyleId) styles.Usable(json.RootElement.GetString()!, field, faults);
        }
    }

    private static JsonObject? ReadParameters(BodyFields fields)
    {
        if (fields.Node(ParametersField) is not { } node) return null;
        try
        {
            var value = node is JsonValue && node.GetValueKind() == JsonValueKind.String ? JsonNode.Parse(node.ToString()) : node.DeepClone();
            if (value is not JsonObject parameters) fields.Faults.Add(ParametersField, "must be an object of parameters by name.");
            else if (parameters.ToJsonString().Length > JobTemplate.MaxParametersLength) fields.Faults.Add(ParametersField, $"must have at most {JobTemplate.MaxParametersLength} characters as JSON.");
            else return parameters;
        }
        catch (JsonException)
        {
            fields.Faults.Add(ParametersField, "must be a JSON object.");
        }

        return null;
    }
}
