using System.Text.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Core.Assistant.Local;
using PhotoStudio.Core.Assistant.Local.Reading;
using PhotoStudio.Core.Instructions;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Assistant.Proposals;

/// <summary>
/// Decides whether a proposal may become a plan. What is not in the request's catalogue, not a parameter of its operation, not valid for
/// it, or no picture of the request is a fault; what people merely left open becomes a question.
/// </summary>
internal sealed class ProposalReview(AssistantRequest request, AssistantPlan local, PictureNames names, double threshold, ICollection<string> faults)
{
    private readonly Pictures pictures = new(request.Context);
    private readonly List<AssistantStep> steps = [];
    private readonly List<bool> makes = [];
    private readonly List<AssistantGap> missing = [];

    /// <summary>The plan; null when there were faults.</summary>
    public AssistantPlan? Review(ProposedPlan proposed)
    {
        var language = AssistantTexts.Languages.Contains(proposed.Language) ? proposed.Language : local.Language;
        if (proposed.Confidence is not (>= 0 and <= 1)) faults.Add("confidence must be from 0 to 1.");
        if (proposed.Steps.Count > PlanDialogue.MostSteps) faults.Add($"steps: at most {PlanDialogue.MostSteps} are possible.");
        if (proposed.Intent is not ("edit" or Intents.Help or Intents.Smalltalk or Intents.Unclear) && Offered(proposed.Intent) is null)
            faults.Add($"intent: '{Short(proposed.Intent)}' is none of the operations, nor edit, help, smalltalk or unclear.");
        if (proposed.Question is { } asked && ShownText.Fault(asked) is { } question) faults.Add($"question {question}");
        if (proposed.Reply is { } said && ShownText.Fault(said) is { } reply) faults.Add($"reply {reply}");
        foreach (var (index, step) in proposed.Steps.Take(PlanDialogue.MostSteps).Index()) Add(index, step);
        var selected = Selected(proposed);
        if (faults.Count > 0) return null;
        return Plan(proposed, selected, AssistantTexts.For(language));
    }

    private AssistantPlan? Plan(ProposedPlan proposed, PictureReference? selected, AssistantTexts texts)
    {
        var plan = new AssistantPlan(steps.Count > 0 ? steps[0].Operation : proposed.Intent, Math.Round(proposed.Confidence, 4), texts.Language);
        if (steps.Count > 0)
        {
            var question = proposed.Question ?? (missing.Count > 0 ? Questions.For(steps[missing[0].Step], missing[0], pictures, texts)
                : proposed.Confidence < threshold ? texts.Get("ask.confirm", string.Join(", ", steps.Select(step => texts.Find($"name.{step.Operation}") ?? step.Operation)))
                : null);

            // The way to consent is the studio's own question.
            if (missing is [{ Name: "consent" }, ..]) question = texts.Get("ask.consent");
            return plan with { Steps = steps, Missing = missing, Question = question };
        }

        if (proposed.Question is not null) return plan with { Intent = selected is null && proposed.Intent is not "edit" ? Intents.Unclear : proposed.Intent, Question = proposed.Question };
        if (selected is not null) return plan with { Intent = "edit", Selected = selected, Reply = proposed.Reply ?? texts.Get("selected") };
        if (proposed.Intent == Intents.Help) return plan with { Reply = proposed.Reply ?? texts.Get("help") };
        if (proposed.Intent == Intents.Smalltalk) return plan with { Reply = proposed.Reply ?? texts.Get("small-talk") };
        if (proposed.Intent == Intents.Unclear) return plan with { Question = texts.Get(pictures.Current is null ? "ask.unclear-no-picture" : "ask.unclear") };
        faults.Add($"steps: the intent '{proposed.Intent}' needs a step, a question, or a selected picture.");
        return null;
    }

    private void Add(int index, ProposedStep proposed)
    {
        var at = $"steps[{index}]";
        if (Offered(proposed.Operation) is not { } operation)
        {
            faults.Add($"{at}.operation: '{Short(proposed.Operation)}' is not in the list of operations.");
            makes.Add(false);
            return;
        }

        var inputs = Inputs(at, operation, proposed);
        var parameters = Parameters(at, operation, proposed, out var read);
        var region = Phrase(at, "region", proposed.Region);
        if (parameters is not null)
        {
            var step = new AssistantStep(operation.Name, parameters, TextOf(proposed)) { Inputs = inputs, Region = region };
            var own = steps.Count;
            steps.Add(step);
            foreach (var slot in operation.Inputs.Where(slot => slot.Required && !inputs.ContainsKey(slot.Name))) missing.Add(new(own, slot.Name, GapKind.Input));
            if (read is null) missing.Add(new(own, LackOf(operation, parameters), GapKind.Parameter));
            else Lacks(own, operation, read, inputs);
        }

        makes.Add(operation.Output != OperationOutput.Data);
        if (makes[^1]) pictures.Current = PictureReference.OfStep(index);
    }

    private Dictionary<string, PictureReference> Inputs(string at, Operation operation, ProposedStep proposed)
    {
        var inputs = pictures.Inputs(operation, new Clause(MessageText.Read(""), [], local.Language), usesSecond: false);
        foreach (var (slot, name) in proposed.Inputs ?? new Dictionary<string, string>())
        {
            if (operation.Inputs.All(known => known.Name != slot)) faults.Add($"{at}.inputs: {operation.Name} has no slot '{Short(slot)}'.");
            else if (names.TryFind(name, makes, out var picture)) inputs[slot] = picture;
            else faults.Add($"{at}.inputs.{slot}: there is no picture '{Short(name)}'.");
        }

        return inputs;
    }

    // The parameters as they were given, and as they were read; read is null where people left out what is needed.
    private JsonObject? Parameters(string at, Operation operation, ProposedStep proposed, out OperationParameters? read)
    {
        var given = new JsonObject();
        foreach (var (name, value) in proposed.Parameters ?? [])
        {
            if (operation.FindParameter(name) is not { } parameter)
            {
                faults.Add($"{at}.parameters: '{Short(name)}' is not a parameter of {operation.Name}.");
                continue;
            }

            // That people agree is theirs to say, in words the studio itself can read.
            if (value is null || (parameter.Name == FaceSwap.Consent.Name && !IsAgreed())) continue;
            given[parameter.Name] = value.DeepClone();
        }

        var found = new FaultList();
        using var json = JsonDocument.Parse(given.ToJsonString());
        read = OperationParameters.Read(operation, json.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value))), found);
        var wrong = found.ToDictionary().Where(entry => given.ContainsKey(entry.Key) || operation.FindParameter(entry.Key) is null).ToList();
        foreach (var (name, messages) in wrong) faults.Add($"{at}.parameters.{name} {string.Join(' ', messages)}");
        return wrong.Count == 0 ? given : null;
    }

    private static string LackOf(Operation operation, JsonObject parameters)
    {
        var first = PlanBuilder.FirstLack(operation);
        return parameters.ContainsKey(first) ? operation.Parameters.First(parameter => !parameters.ContainsKey(parameter.Name)).Name : first;
    }

    private bool IsAgreed() => local.Steps.Any(step => step.Parameters[FaceSwap.Consent.Name]?.GetValueKind() == JsonValueKind.True);

    private void Lacks(int own, Operation operation, OperationParameters read, Dictionary<string, PictureReference> inputs)
    {
        var found = new FaultList();
        operation.CheckInputs(read, [.. inputs.Keys], found);
        foreach (var name in found.ToDictionary().Keys)
        {
            var isSlot = operation.Inputs.Any(slot => slot.Name == name);
            if (!missing.Any(gap => gap.Step == own && gap.Name == name)) missing.Add(new(own, name, isSlot ? GapKind.Input : GapKind.Parameter));
        }
    }

    private PictureReference? Selected(ProposedPlan proposed)
    {
        if (proposed.Selected is not { } name || proposed.Steps.Count > 0) return null;
        if (names.TryFind(name, [], out var picture)) return picture;
        faults.Add($"selected: there is no picture '{Short(name)}'.");
        return null;
    }

    private string? Phrase(string at, string member, string? phrase)
    {
        if (string.IsNullOrWhiteSpace(phrase)) return null;
        if (ShownText.Fault(phrase, 200) is { } fault) faults.Add($"{at}.{member} {fault}");
        return phrase.Trim();
    }

    // The words a step was read from have to be the person's own.
    private string TextOf(ProposedStep proposed) =>
        PlanBuilder.Shown((proposed.Text?.Trim() is { Length: > 0 } text && request.Message.Contains(text, StringComparison.OrdinalIgnoreCase) ? text : request.Message).Trim());

    private Operation? Offered(string name) => request.Catalogue.FirstOrDefault(operation => operation.Name == name);

    private static string Short(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}
