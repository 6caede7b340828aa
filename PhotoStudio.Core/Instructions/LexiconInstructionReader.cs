using System.Text.Json.Nodes;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Instructions;

/// <summary>
/// Reads instructions in English, Vietnamese and Spanish by words and rules: an instruction is split into wishes, each wish's words are
/// looked up as concepts, and the first rule that fits makes the operation. A wish without a verb takes the direction of the one before
/// ("reduce contrast and saturation"). What is asked to stay as it is is left alone.
/// </summary>
public sealed class LexiconInstructionReader : IInstructionReader
{
    private static readonly string[] NotTooMuch = ["keep", "dont"];

    /// <inheritdoc/>
    public InstructionReading Read(string instruction)
    {
        ArgumentNullException.ThrowIfNull(instruction);
        var steps = new List<InstructedStep>();
        var notes = new List<string>();
        var direction = 0;
        var removes = false;
        foreach (var clause in InstructionClause.Split(InstructionWords.Read(instruction)))
        {
            if (clause.Has(NotTooMuch)) continue;
            var own = AdjustmentRules.Direction(clause);
            if (own != 0) direction = own;
            else if (!AdjustmentRules.IsBareNoun(clause)) direction = 0;
            removes = clause.Has("remove") || (removes && !InstructionRules.HasVerb(clause));

            var found = InstructionRules.Read(clause, direction, removes);
            foreach (var step in found.Steps) Add(step, steps, notes);
            if (found.Note is { } note) notes.Add(note);
            else if (found.Steps.Count == 0 && IsSomething(clause)) notes.Add($"Not understood: \"{clause.Text}\".");
        }

        return new(steps, notes);
    }

    private static bool IsSomething(InstructionClause clause) => clause.Words.Any(word => word.Concept is not ("make" or "amount"));

    // Two adjustments in a row are one, so that the picture is worked on once.
    private static void Add(InstructedStep step, List<InstructedStep> steps, List<string> notes)
    {
        if (!OperationCatalog.TryFind(step.Operation, out var operation))
        {
            notes.Add($"This studio cannot {step.Operation.Replace('-', ' ')}.");
            return;
        }

        if (steps.LastOrDefault() is { Operation: "adjust" } last && step.Operation == "adjust")
        {
            foreach (var (name, value) in step.Parameters) last.Parameters[name] = value?.DeepClone();
            return;
        }

        if (step.Scale is null && Faults(operation, step.Parameters) is { } faults) notes.Add($"{operation.Title}: {faults}");
        else steps.Add(step);
    }

    private static string? Faults(Operation operation, JsonObject parameters)
    {
        var faults = new FaultList();
        using var json = System.Text.Json.JsonDocument.Parse(parameters.ToJsonString());
        var given = json.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value)));
        if (OperationParameters.Read(operation, given, faults) is { } read) operation.CheckInputs(read, [InputSlot.Image.Name], faults);
        return faults.IsEmpty ? null : faults.ToString();
    }
}
