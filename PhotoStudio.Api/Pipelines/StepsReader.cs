using System.Text.Json;
using PhotoStudio.Api.Operations;
using PhotoStudio.Api.Styles;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Pipelines;

/// <summary>
/// Reads <c>steps</c>: a list of <c>{"operation", "parameters"}</c>, whose parameters may also stand beside the operation. Every
/// fault of every step is reported at once, under names like <c>steps[1].width</c>.
/// </summary>
public static class StepsReader
{
    /// <summary>The field's name.</summary>
    public const string Field = "steps";

    private const string OperationMember = "operation";
    private const string ParametersMember = "parameters";
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Reads the steps.</summary>
    /// <param name="given">The field as it came: JSON, or JSON as the text of a form field.</param>
    /// <param name="styles">The styles that steps name.</param>
    /// <param name="faults">Receives the faults.</param>
    /// <returns>The checked steps; null when there was a fault.</returns>
    public static IReadOnlyList<OperationParameters>? Read(RawValue? given, StyleLookup styles, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (given is not { IsAbsent: false } raw)
        {
            faults.Add(Field, $"is required: a list of 1 to {Flow.MaxSteps} steps, each {{\"operation\": …, \"parameters\": {{…}}}}.");
            return null;
        }

        ArgumentNullException.ThrowIfNull(styles);
        if (raw.Json is { } json) return ReadList(json, styles, faults);
        try
        {
            using var document = JsonDocument.Parse(raw.Text!, JsonOptions);
            return ReadList(document.RootElement, styles, faults);
        }
        catch (JsonException)
        {
            faults.Add(Field, "is not valid JSON.");
            return null;
        }
    }

    /// <summary>
    /// Says what is wrong with an operation as a step: it works on one picture, which is the request's or what the step before made.
    /// </summary>
    /// <returns>A sentence; null when nothing is wrong.</returns>
    public static string? Unfit(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var others = operation.Inputs.Where(slot => slot.Required && slot.Name != InputSlot.Image.Name).Select(slot => slot.Name).ToList();
        if (others.Count > 0)
            return $"'{operation.Name}' needs more than one picture ({string.Join(", ", operation.Inputs.Select(slot => slot.Name))}) and cannot be a step. Run it by itself.";
        return operation.Inputs.Any(slot => slot.Name == InputSlot.Image.Name)
            ? null
            : $"'{operation.Name}' works on no picture and cannot be a step. Run it by itself and go on with its result.";
    }

    /// <summary>Checks the first step against the picture it works on; the sizes of the others are not known yet.</summary>
    internal static void CheckFirst(OperationParameters first, GivenPicture picture, FaultList faults)
    {
        var own = new FaultList();
        first.Operation.CheckSizes(first, [picture], own);
        Report(own, $"{Field}[0]", faults);
    }

    private static List<OperationParameters>? ReadList(JsonElement json, StyleLookup styles, FaultList faults)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            faults.Add(Field, "must be a list of steps.");
            return null;
        }

        var count = json.GetArrayLength();
        if (count is 0 or > Flow.MaxSteps)
        {
            faults.Add(Field, $"must have 1 to {Flow.MaxSteps} steps, not {count}.");
            return null;
        }

        var steps = new List<OperationParameters>(count);
        var index = 0;
        foreach (var step in json.EnumerateArray())
        {
            if (ReadStep(step, $"{Field}[{index++}]", styles, faults) is { } read) steps.Add(read);
        }

        return steps.Count == count ? steps : null;
    }

    private static OperationParameters? ReadStep(JsonElement step, string name, StyleLookup styles, FaultList faults)
    {
        if (step.ValueKind != JsonValueKind.Object)
        {
            faults.Add(name, "must be an object with the operation and its parameters.");
            return null;
        }

        var fits = TryFindOperation(step, name, faults, out var operation);
        var given = new List<KeyValuePair<string, RawValue>>();
        foreach (var member in step.EnumerateObject())
        {
            if (member.Name == OperationMember || (member.Name == ParametersMember && member.Value.ValueKind == JsonValueKind.Null)) continue;
            if (member.Name != ParametersMember)
            {
                given.Add(KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value)));
            }
            else if (member.Value.ValueKind == JsonValueKind.Object)
            {
                given.AddRange(member.Value.EnumerateObject().Select(parameter => KeyValuePair.Create(parameter.Name, RawValue.FromJson(parameter.Value))));
            }
            else
            {
                faults.Add($"{name}.{ParametersMember}", "must be an object of parameters by name.");
                fits = false;
            }
        }

        foreach (var twice in given.GroupBy(parameter => parameter.Key, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            faults.Add($"{name}.{twice.Key}", "is given more than once.");
            fits = false;
        }

        if (operation is null) return null;
        var own = new FaultList();
        var parameters = OperationParameters.Read(operation, styles.Apply(operation, given, own), own);
        if (fits && parameters is not null && !own.Has(FinishParameters.StyleId.Name)) operation.CheckInputs(parameters, [InputSlot.Image.Name], own);
        Report(own, name, faults);
        return fits && own.IsEmpty ? parameters : null;
    }

    private static void Report(FaultList own, string name, FaultList faults)
    {
        foreach (var (parameter, messages) in own.ToDictionary())
        {
            foreach (var message in messages) faults.Add($"{name}.{parameter}", message);
        }
    }

    private static bool TryFindOperation(JsonElement step, string name, FaultList faults, out Operation? operation)
    {
        operation = null;
        var field = $"{name}.{OperationMember}";
        if (!step.TryGetProperty(OperationMember, out var given) || given.ValueKind != JsonValueKind.String)
        {
            faults.Add(field, $"is required: the name of an operation. Known: {string.Join(", ", OperationCatalog.All.Select(known => known.Name))}.");
            return false;
        }

        if (!OperationLookup.TryFind(given.GetString(), out operation, out var unknown))
        {
            faults.Add(field, unknown.Detail);
            return false;
        }

        if (Unfit(operation) is not { } fault) return true;
        faults.Add(field, fault);
        return false;
    }
}
