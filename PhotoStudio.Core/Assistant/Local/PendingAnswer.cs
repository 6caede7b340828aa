using System.Text.Json.Nodes;
using PhotoStudio.Core.Assistant.Local.Model;
using PhotoStudio.Core.Assistant.Local.Reading;
using PhotoStudio.Core.Assistant.Local.Slots;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Assistant.Local;

/// <summary>Reads a message as the answer to what the studio asked last: a picture, a yes, a size, a style.</summary>
internal static class PendingAnswer
{
    /// <summary>The plan that the answer completes, or asks on about; null when the message is no answer.</summary>
    public static AssistantPlan? Read(
        AssistantRequest request, MessageText message, IReadOnlyList<ReadWord> words, string language, WishSplitter splitter, PlanBuilder builder)
    {
        if (request.Context.Messages is not [.., { FromPerson: false, Plan: { Question: not null, Steps.Count: > 0, Missing.Count: > 0 } plan }]) return null;
        var gap = plan.Missing[0];
        if (gap.Step < 0 || gap.Step >= plan.Steps.Count) return null;
        var step = plan.Steps[gap.Step];
        if (request.Catalogue.FirstOrDefault(known => known.Name == step.Operation) is not { } operation || step.Operation == "edit") return null;
        var clause = new Clause(message, words, language);
        var guess = splitter.Guess(clause).Guess;
        if (IsNewWish(clause, guess, step)) return null;

        var filled = gap.Kind == GapKind.Input ? WithPicture(step, gap, request, message) : WithParameter(step, gap, operation, clause, request, builder);
        if (filled is null) return clause.Has("reply") && clause.Value("reply") == "no" ? builder.Finish(Intents.Smalltalk, 1, builder.Texts.Get("no")) : null;
        foreach (var (index, planned) in plan.Steps.Index()) builder.Take(index == gap.Step ? filled.Step : planned);
        foreach (var left in plan.Missing.Skip(filled.IsAnswered ? 1 : 0))
            if (left.Kind != GapKind.Input || !FilledInput(builder, filled, left, gap)) builder.Lacks(left);
        return builder.Finish(plan.Intent, Math.Max(plan.Confidence, guess.Intent == IntentClassifier.Fragment ? 0 : plan.Confidence));
    }

    private sealed record Filled(AssistantStep Step, bool IsAnswered);

    private static bool FilledInput(PlanBuilder builder, Filled filled, AssistantGap left, AssistantGap gap) => left.Step == gap.Step && filled.Step.Inputs.ContainsKey(left.Name);

    private static bool IsNewWish(Clause clause, IntentGuess guess, AssistantStep step) =>
        guess.Probability > 0.7 && OperationCatalog.TryFind(guess.Intent, out _) && guess.Intent != step.Operation
        && clause.Words.Any(word => Concepts.IsVerb(word.Concept)) && clause.Words.Count > 1;

    private static Filled? WithPicture(AssistantStep step, AssistantGap gap, AssistantRequest request, MessageText message)
    {
        var inputs = new Dictionary<string, PictureReference>(step.Inputs, StringComparer.Ordinal);
        var attached = new Queue<AttachedPicture>(request.Context.Attachments);
        if (attached.Count == 0)
        {
            // A place in words helps whoever can find it in the picture.
            if (gap.Name != RegionParameters.Mask.Name || Phrases.Trimmed(message, 0, message.Tokens.Count) is not { } place || Phrases.IsPronoun(place)) return null;
            return new(step with { Region = step.Region is null ? place : $"{step.Region}, {place}" }, false);
        }

        if (gap.Name is "source" && attached.Count > 1)
        {
            inputs["source"] = PictureReference.Attachment(attached.Dequeue().Id);
            inputs["target"] = PictureReference.Attachment(attached.Dequeue().Id);
        }
        else
        {
            inputs[gap.Name] = PictureReference.Attachment(attached.Dequeue().Id);
        }

        return new(step with { Inputs = inputs }, true);
    }

    private static Filled? WithParameter(AssistantStep step, AssistantGap gap, Operation operation, Clause clause, AssistantRequest request, PlanBuilder builder)
    {
        var parameters = (JsonObject)step.Parameters.DeepClone();
        if (gap.Name == FaceSwap.Consent.Name)
        {
            if (clause.Value("reply") != "yes" && !clause.Has("consent")) return null;
            parameters[gap.Name] = true;
        }
        else if (gap.Name == "prompt")
        {
            if (Phrases.Trimmed(clause.Message, 0, clause.Message.Tokens.Count) is not { } prompt) return null;
            parameters["prompt"] = prompt;
        }
        else
        {
            var slots = SlotReader.Read(operation, clause, new(0, request.Context.Attachments.Count));
            if (slots.Missing == gap.Name || slots.Parameters.Count == 0) return null;
            foreach (var (name, value) in slots.Parameters) parameters[name] = value?.DeepClone();
        }

        var read = ParameterCheck.Check(operation, parameters, builder.Texts);
        foreach (var note in read.Notes) builder.Note(note);
        return new(step with { Parameters = read.Parameters, Text = $"{step.Text}, {clause.Text}" }, read.IsComplete);
    }
}
