using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Core.Assistant.Local.Slots;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Assistant.Local;

/// <summary>Parameters that a wish gave, as valid as they can be made.</summary>
/// <param name="Parameters">Those that are valid.</param>
/// <param name="Notes">What had to be changed or left out, a sentence each.</param>
/// <param name="IsComplete">Whether the operation can do with them.</param>
internal sealed record CheckedParameters(JsonObject Parameters, IReadOnlyList<string> Notes, bool IsComplete);

/// <summary>Holds what was read to the catalogue: numbers outside a range become the nearest that is possible, what cannot be is left out, and both are told.</summary>
internal static class ParameterCheck
{
    /// <summary>Checks parameters against their operation.</summary>
    public static CheckedParameters Check(Operation operation, JsonObject given, AssistantTexts texts)
    {
        var notes = new List<string>();
        var parameters = new JsonObject();
        foreach (var (name, value) in given)
        {
            if (operation.FindParameter(name) is not { } parameter || value is null) continue;
            var read = Limited(parameter, value.DeepClone(), notes, texts);
            using var json = JsonDocument.Parse(read.ToJsonString());
            if (parameter.Read(RawValue.FromJson(json.RootElement), out var fault) is not null && fault is null) parameters[parameter.Name] = read;
            else notes.Add($"{parameter.Name}: {fault}");
        }

        // What does not go together is dropped, the last first, until the rest is valid or nothing is left.
        var faults = Faults(operation, parameters);
        while (faults is { IsEmpty: false } && faults.ToDictionary().Keys.Where(parameters.ContainsKey).LastOrDefault() is { } culprit)
        {
            notes.Add($"{culprit}: {string.Join(' ', faults.ToDictionary()[culprit])}");
            parameters.Remove(culprit);
            faults = Faults(operation, parameters);
        }

        return new(parameters, notes, faults.IsEmpty);
    }

    private static FaultList Faults(Operation operation, JsonObject parameters)
    {
        var faults = new FaultList();
        using var json = JsonDocument.Parse(parameters.ToJsonString());
        var given = json.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value))).ToList();
        if (OperationParameters.Read(operation, given, faults) is null && faults.IsEmpty) faults.Add(operation.Name, "is not complete.");
        return faults;
    }

    private static JsonNode Limited(Parameter parameter, JsonNode value, List<string> notes, AssistantTexts texts)
    {
        if (value.GetValueKind() != JsonValueKind.Number || parameter is not (NumberParameter or IntegerParameter)) return value;
        var number = double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
        var (min, max) = parameter switch
        {
            NumberParameter real => (real.Min, real.Max),
            IntegerParameter whole => ((double)whole.Min, whole.Max),
            _ => throw new ArgumentOutOfRangeException(nameof(parameter)),
        };
        if (number >= min && number <= max) return parameter is IntegerParameter ? (long)Math.Round(number) : value;
        var limited = Math.Clamp(number, min, max);
        notes.Add(texts.Get("note.limited", parameter.Name, GeometrySlots.Text(number), GeometrySlots.Text(limited)));
        return parameter is IntegerParameter ? (long)limited : limited;
    }
}
