using System.Text.Json.Nodes;
using PhotoStudio.Core.Assistant.Local.Model;
using PhotoStudio.Core.Assistant.Local.Reading;
using PhotoStudio.Core.Assistant.Local.Slots;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Assistant.Local;

/// <summary>Makes a plan of wishes: chooses the operation of each, reads its parameters, gives it its pictures, and finds what is missing.</summary>
internal sealed class PlanBuilder
{
    private readonly AssistantRequest request;
    private readonly double threshold;
    private readonly Pictures pictures;
    private readonly List<AssistantStep> steps = [];
    private readonly List<AssistantGap> missing = [];
    private readonly List<string> notes = [];

    public PlanBuilder(AssistantRequest request, AssistantTexts texts, double threshold)
    {
        this.request = request;
        this.threshold = threshold;
        Texts = texts;
        pictures = new(request.Context);
    }

    /// <summary>What is said in the person's language.</summary>
    public AssistantTexts Texts { get; }

    /// <summary>Adds a note.</summary>
    public void Note(string note)
    {
        if (notes.Count < 20) notes.Add(note);
    }

    /// <summary>A question because nothing was understood well enough.</summary>
    public AssistantPlan Unclear(double confidence, string? question = null, IntentGuess? guess = null)
    {
        var text = question is not null ? Texts.Get(question)
            : guess is not null && Pair(guess) is var (first, second) ? Texts.Get("ask.which", first, second)
            : Texts.Get(pictures.Current is null ? "ask.unclear-no-picture" : "ask.unclear");
        return new(Intents.Unclear, confidence, Texts.Language) { Question = text, Notes = notes };
    }

    /// <summary>The plan of some wishes.</summary>
    public AssistantPlan Build(IReadOnlyList<Wish> wishes)
    {
        double confidence = 1;
        string? reply = null;
        PictureReference? selected = null;
        Wish? vague = null;
        var asked = new List<string>();
        var direction = 0;
        var isTalk = wishes.All(wish => wish.Guess.Intent is Intents.Smalltalk or Intents.Help);
        foreach (var wish in wishes.OrderByDescending(wish => wish.Clause.ComesFirst))
        {
            var own = AdjustSlots.Direction(wish.Clause);
            if (own != 0) direction = own;
            else if (!AdjustSlots.IsBareNoun(wish.Clause)) direction = 0;
            var (intent, sure, slots) = Choose(wish, direction);

            // "Find the faces and retouch them."
            if (intent == "enhance" && steps is [.., { Operation: "detect-faces" }]) intent = "face-enhance";
            if (IsLeftAlone(wish, intent)) continue;
            switch (intent)
            {
                case Intents.Smalltalk or Intents.Help:
                    if (!isTalk) continue;
                    reply = SmallTalk.Answer(intent, wish.Clause, Texts);
                    asked.Add(intent);
                    break;
                case "undo" or "pick":
                    var change = ConversationMoves.Select(intent, wish.Clause, pictures, Texts);
                    if (change.Question is not null) return new("edit", sure, Texts.Language) { Question = change.Question, Notes = notes };
                    (selected, reply) = (change.Selected ?? selected, change.Reply);
                    asked.Add("edit");
                    break;
                case "again" or "more" or "less":
                    if (ConversationMoves.Repeat(intent, wish.Clause, pictures) is not { } repeated)
                        return new(Intents.Unclear, sure, Texts.Language) { Question = Texts.Get(intent == "again" ? "ask.seed" : "ask.edit"), Notes = notes };
                    Add(repeated.Operation, repeated.Parameters, wish, repeated.Inputs, null);
                    asked.Add(repeated.Operation.Name);
                    break;
                case Intents.Unclear or IntentClassifier.Fragment:
                    vague = wish;
                    confidence = wishes.Count == 1 ? 0 : confidence;
                    Note(Texts.Get("note.not-understood", Shown(wish.Clause.Text)));
                    continue;
                default:
                    if (sure < threshold)
                    {
                        vague = wish;

                        // What only leads up to a wish ("it came out so yellow, …") need not be understood.
                        if (wishes.Count == 1 || wish.Clause.Words.Any(word => Concepts.IsVerb(word.Concept))) confidence = Math.Min(confidence, sure);
                        else Note(Texts.Get("note.not-understood", Shown(wish.Clause.Text)));
                        continue;
                    }

                    asked.Add(intent);
                    if (request.Catalogue.FirstOrDefault(known => known.Name == intent) is { } operation) AddWish(operation, slots!, wish);
                    else Note(intent == "convert" ? Texts.Get("note.format") : Texts.Get("note.unavailable", Texts.Find($"name.{intent}") ?? intent));
                    break;
            }

            confidence = Math.Min(confidence, sure);
        }

        if (asked.Count == 0 || confidence < threshold)
            return Unclear(asked.Count == 0 && vague is null ? 0 : confidence, null, vague?.Guess);
        return Finish(asked[0], confidence, reply, selected);
    }

    /// <summary>A plan of steps that are made already, as after an answer.</summary>
    public AssistantPlan Finish(string intent, double confidence, string? reply = null, PictureReference? selected = null)
    {
        var plan = new AssistantPlan(intent, Math.Round(confidence, 4), Texts.Language)
        {
            Steps = steps,
            Missing = missing,
            Notes = notes,
            Selected = steps.Count == 0 ? selected : null,
            Question = missing.Count > 0 ? Questions.For(steps[missing[0].Step], missing[0], pictures, Texts) : null,
        };

        // What cannot be done here is an answer too.
        return plan with { Reply = steps.Count > 0 ? null : reply ?? (notes.Count > 0 ? string.Join(' ', notes) : Texts.Get("no")) };
    }

    /// <summary>Takes over a step that an answer has completed, or another of its plan.</summary>
    public void Take(AssistantStep step) => steps.Add(step);

    /// <summary>Says what a step still lacks.</summary>
    public void Lacks(AssistantGap gap) => missing.Add(gap);

    // The likeliest intent whose parameters fit the words.
    private (string Intent, double Sure, ReadSlots? Slots) Choose(Wish wish, int direction)
    {
        var context = new SlotContext(direction, request.Context.Attachments.Count);
        var rest = 1 - wish.Guess.Of(IntentClassifier.Fragment);
        (string Intent, double Sure, ReadSlots? Slots) best = (wish.Guess.Intent, 0, null);

        // A description alone asks for a picture where there is none to work on.
        if (wish.Guess.Intent is IntentClassifier.Fragment && pictures.Current is null && wish.Clause.Words.Count > 2) rest = 1;
        foreach (var (intent, likely) in wish.Guess.Ranked.Index().Where(entry => entry.Index < 6 || entry.Item.Intent == "generate").Select(entry => entry.Item))
        {
            if (likely < 0.02 && intent != "generate") continue;

            // Where nothing was made yet there is nothing to go back to, and where there is no picture a description is one to draw.
            var probability = intent is "undo" or "again" or "pick" or "more" or "less" && pictures.Results.Count == 0 && wish.Guess.Ranked[1].Probability > 0.1 ? likely * 0.3
                : intent == "generate" && pictures.Current is null ? likely + (0.5 * (wish.Guess.Of("inpaint") + wish.Guess.Of("illustrate"))) + (IsDescription(wish.Clause) ? 0.6 * Described(wish.Guess) : 0)
                : intent is "style-transfer" or "reimagine" && pictures.Current is null && IsDescription(wish.Clause) ? likely * 0.4
                : likely;
            var name = intent == IntentClassifier.Fragment && pictures.Current is null && wish.Clause.Words.Count > 2 ? "generate" : intent;
            if (!OperationCatalog.TryFind(name, out var operation))
            {
                if (probability > best.Sure) best = (name, name == IntentClassifier.Fragment ? probability : Math.Min(1, probability / Math.Max(rest, 0.3)), null);
                continue;
            }

            var slots = SlotReader.Read(operation, wish.Clause, context);
            var sure = Math.Min(1, probability / Math.Max(rest, 0.3)) * Fit(name, slots);
            if (sure > best.Sure) best = (name, sure, slots);
        }

        return best;
    }

    // "Sunset over the ocean, oil painting": several things are named and nothing is said to be done.
    private static bool IsDescription(Clause clause) =>
        clause.Words.Count(word => word.Concept is "" or "scene") >= 2 && !clause.Words.Any(word => Concepts.IsVerb(word.Concept));

    private static double Described(IntentGuess guess) => guess.Of("style-transfer") + guess.Of("reimagine") + guess.Of(IntentClassifier.Fragment);

    private static double Fit(string intent, ReadSlots slots) => slots.Missing is null ? 1 : intent switch
    {
        "adjust" => 0.3,
        "style-transfer" => 0.6,
        "crop" or "resize" or "convert" or "expand" or "generate" or "replace-background" => 0.8,
        _ => 1,
    };

    // "Don't crop it", "keep the background": nothing is to be done there.
    private static bool IsLeftAlone(Wish wish, string intent) => intent is not ("generate" or "reimagine" or "illustrate" or "inpaint" or Intents.Help or Intents.Smalltalk)
        && !wish.Clause.Has("remove", "cutout", "without")
        && (wish.Clause.Has("dont") || (wish.Clause.Has("keep") && !wish.Clause.Has("crop", "ratio", "convert", "format", "metadata")))
        && intent is not ("undo" or "again" or "pick" or "more" or "less");

    private void AddWish(Operation operation, ReadSlots slots, Wish wish)
    {
        int? scene = null;
        if (slots.Scene is { } shows)
        {
            if (request.Catalogue.FirstOrDefault(known => known.Name == "generate") is { } generate)
            {
                scene = steps.Count;
                steps.Add(new("generate", ParameterCheck.Check(generate, new() { ["prompt"] = shows }, Texts).Parameters, Shown(shows)) { Serves = steps.Count + 1 });
            }
            else
            {
                slots.Parameters.Remove("background");
                slots.Missing = "background";
            }
        }

        var inputs = pictures.Inputs(operation, wish.Clause, slots.UsesSecondPicture);
        if (scene is { } made) inputs[ReplaceBackground.BackgroundImage.Name] = PictureReference.OfStep(made);
        Add(operation, slots.Parameters, wish, inputs, slots);
    }

    private void Add(Operation operation, JsonObject parameters, Wish wish, Dictionary<string, PictureReference> inputs, ReadSlots? slots)
    {
        var read = ParameterCheck.Check(operation, parameters, Texts);
        foreach (var note in read.Notes) Note(note);

        // Two adjustments in a row are one, so that the picture is worked on once.
        if (steps.LastOrDefault() is { Operation: "adjust" } last && operation.Name == "adjust" && !missing.Any(gap => gap.Step == steps.Count - 1))
        {
            foreach (var (name, value) in read.Parameters) last.Parameters[name] = value?.DeepClone();
            steps[^1] = last with { Text = Shown($"{last.Text}, {wish.Clause.Text}") };
            return;
        }

        var index = steps.Count;
        steps.Add(new(operation.Name, read.Parameters, Shown(wish.Clause.Text)) { Inputs = inputs, Region = slots?.Region });
        foreach (var slot in operation.Inputs.Where(slot => slot.Required && !inputs.ContainsKey(slot.Name))) missing.Add(new(index, slot.Name, GapKind.Input));
        if (slots?.Missing is { } lack && !inputs.ContainsKey(lack)) missing.Add(new(index, lack, lack == RegionParameters.Mask.Name ? GapKind.Input : GapKind.Parameter));
        else if (!read.IsComplete) missing.Add(new(index, FirstLack(operation), GapKind.Parameter));
        if (operation.Output != OperationOutput.Data) pictures.Current = PictureReference.OfStep(index);
    }

    /// <summary>The parameter to ask for first where an operation cannot do with what it has.</summary>
    public static string FirstLack(Operation operation) => operation.Name switch
    {
        "face-swap" => FaceSwap.Consent.Name,
        "crop" => Crop.Ratio.Name,
        "resize" => Resize.Width.Name,
        "expand" => Expand.Ratio.Name,
        _ => operation.Parameters.FirstOrDefault(parameter => parameter.Required)?.Name ?? operation.Parameters[0].Name,
    };

    private (string First, string Second)? Pair(IntentGuess guess)
    {
        var likely = guess.Ranked.Where(entry => OperationCatalog.TryFind(entry.Intent, out _)).Take(2).ToList();
        if (likely.Count < 2 || likely[1].Probability < 0.12 || likely[0].Probability < 0.15) return null;
        return (Texts.Get($"name.{likely[0].Intent}"), Texts.Get($"name.{likely[1].Intent}"));
    }

    /// <summary>Words as a step shows them: 200 characters at most.</summary>
    public static string Shown(string text) => text.Length <= 200 ? text : text[..(char.IsHighSurrogate(text[198]) ? 198 : 199)] + "…";
}
