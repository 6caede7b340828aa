using PhotoStudio.Core.Assistant.Local;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Assistant;

/// <summary>What an instruction for one picture was taken for; the builtin <c>edit</c> runs the steps.</summary>
/// <param name="Steps">What is to be done, in order, each with parameters that are valid; empty when nothing was understood.</param>
/// <param name="Notes">What could not be understood or cannot be done, a sentence each in the instruction's language.</param>
public sealed record EditInstruction(IReadOnlyList<AssistantStep> Steps, IReadOnlyList<string> Notes)
{
    private const string Picture = "picture";

    // What works on one picture and delivers one; the format is chosen by edit's own parameters.
    private static readonly IReadOnlyList<Operation> Possible = [.. OperationCatalog.All.Where(operation => operation is not Edit and not Operations.Convert
        && operation.Output == OperationOutput.Picture && operation.Inputs is [{ Name: "image", Required: true }, ..] && operation.Inputs.Count(slot => slot.Required) == 1)];

    /// <summary>Reads an instruction with an assistant.</summary>
    public static EditInstruction Read(LocalAssistant assistant, string instruction)
    {
        ArgumentNullException.ThrowIfNull(assistant);
        var plan = assistant.Plan(new(instruction) { Catalogue = Possible, Context = new() { Attachments = [new(Picture)] } });
        var texts = AssistantTexts.For(plan.Language);
        var notes = plan.Notes.ToList();
        var steps = new List<AssistantStep>();
        foreach (var (index, step) in plan.Steps.Index())
        {
            if (plan.Missing.FirstOrDefault(gap => gap.Step == index) is not { } gap) steps.Add(step);
            else notes.Add(Lack(step, gap, texts));
        }

        if (steps.Count == 0 && notes.Count == 0 && plan.Question is { } question) notes.Add(question);
        return new(steps, notes);
    }

    private static string Lack(AssistantStep step, AssistantGap gap, AssistantTexts texts) => gap.Name switch
    {
        "mask" => texts.Get("note.region", step.Text, step.Operation),
        "background" => texts.Get("note.background", step.Text),
        "aspect_ratio" when step.Operation == "crop" => texts.Get("note.shape", step.Text),
        _ => $"\"{step.Text}\": {texts.Get($"ask.{Question(step, gap)}")}",
    };

    private static string Question(AssistantStep step, AssistantGap gap) => gap.Name switch
    {
        "aspect_ratio" => "expand",
        "width" => "size",
        "style" or "angle" or "prompt" => gap.Name,
        _ => step.Operation == "adjust" ? "adjust" : "edit",
    };
}
