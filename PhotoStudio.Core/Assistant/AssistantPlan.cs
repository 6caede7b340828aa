using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PhotoStudio.Core.Assistant;

/// <summary>What a message was taken for. Serialises as it is (<see cref="AssistantJson"/>), so that a conversation can keep it.</summary>
/// <param name="Intent">
/// The name of the operation that is asked for, the first one where there are several; or <see cref="Intents.Help"/>,
/// <see cref="Intents.Smalltalk"/> or <see cref="Intents.Unclear"/>. A message that only points at a picture ("undo", "the second one") is
/// an <c>edit</c> without steps.
/// </param>
/// <param name="Confidence">How likely the steps, or the kind of answer, are what was meant: 0 to 1, calibrated.</param>
/// <param name="Language">The language to answer in: <c>en</c>, <c>vi</c> or <c>es</c>; <c>en</c> for languages the assistant does not know.</param>
public sealed record AssistantPlan(string Intent, double Confidence, string Language)
{
    /// <summary>What to do, in order; empty for an answer or a question about what is meant at all.</summary>
    public IReadOnlyList<AssistantStep> Steps { get; init; } = [];

    /// <summary>What the steps still lack; a caller that can supply it (a mask from a region's phrase, a consent on file) need not ask.</summary>
    public IReadOnlyList<AssistantGap> Missing { get; init; } = [];

    /// <summary>One short question in <see cref="Language"/>: something is missing, or the confidence is too low to act on. Null when there is nothing to ask.</summary>
    public string? Question { get; init; }

    /// <summary>An answer in <see cref="Language"/> that needs no job: to smalltalk, a request for help, or a change of the current picture.</summary>
    public string? Reply { get; init; }

    /// <summary>The picture that the conversation goes on with, when the message points at one: after "undo", or "I take the second".</summary>
    public PictureReference? Selected { get; init; }

    /// <summary>What was not understood or had to be changed to fit ("16 times is more than the 8 that are possible"), a sentence each in <see cref="Language"/>.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What understood the message, where it was a language model; null for the local assistant.</summary>
    public LanguageModelMark? Model { get; init; }

    /// <summary>Whether the steps can be run as they are.</summary>
    [JsonIgnore]
    public bool IsReady => Steps.Count > 0 && Question is null;

    /// <summary>The operations that were asked for, in order, without the steps that only prepare another one.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Operations => [.. Steps.Where(step => step.Serves is null).Select(step => step.Operation)];
}

/// <summary>The language model behind an answer.</summary>
/// <param name="Name">The model's name, as its provider knows it.</param>
/// <param name="Instructions">The instructions it was given, with their version: <c>understand.v1</c>.</param>
public sealed record LanguageModelMark(string Name, string Instructions);

/// <summary>One operation of a plan.</summary>
/// <param name="Operation">Its wire name; it is in the catalogue.</param>
/// <param name="Parameters">
/// Its parameters under their wire names, only those that the message or the conversation gives. Valid for the operation, but for what the
/// plan's <see cref="AssistantPlan.Missing"/> names.
/// </param>
/// <param name="Text">The words that it was read from, as written.</param>
public sealed record AssistantStep(string Operation, JsonObject Parameters, string Text)
{
    /// <summary>The picture for each of the operation's input slots (<c>image</c>; <c>source</c> and <c>target</c>; …); optional slots only where there is one.</summary>
    public IReadOnlyDictionary<string, PictureReference> Inputs { get; init; } = new Dictionary<string, PictureReference>(StringComparer.Ordinal);

    /// <summary>
    /// The part of the picture that is meant, in the person's words ("the man on the left"), for operations that work on a region and have no
    /// parameter for words. Null when none was named.
    /// </summary>
    public string? Region { get; init; }

    /// <summary>The index of the step that this one only prepares (a background to be generated); null for a step that was asked for.</summary>
    public int? Serves { get; init; }
}

/// <summary>Which picture is meant.</summary>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Id">The id of the attachment or the earlier result; null for a step's picture.</param>
/// <param name="Step">For a picture that the plan itself makes: the index of the step whose first output it is.</param>
public sealed record PictureReference(PictureOrigin Origin, string? Id, int? Step = null)
{
    /// <summary>A picture that a person attached.</summary>
    public static PictureReference Attachment(string id) => new(PictureOrigin.Attachment, id);

    /// <summary>A picture that the conversation has made.</summary>
    public static PictureReference Result(string id) => new(PictureOrigin.Result, id);

    /// <summary>What a step of the same plan delivers.</summary>
    public static PictureReference OfStep(int index) => new(PictureOrigin.Step, null, index);
}

/// <summary>Where a picture comes from.</summary>
public enum PictureOrigin
{
    /// <summary>A person attached it, to this message or an earlier one.</summary>
    Attachment,

    /// <summary>The conversation made it.</summary>
    Result,

    /// <summary>An earlier step of the plan makes it.</summary>
    Step,
}

/// <summary>Something that a step cannot do without.</summary>
/// <param name="Step">The index of the step.</param>
/// <param name="Name">The wire name of the input slot or the parameter.</param>
/// <param name="Kind">Which of the two it is.</param>
public sealed record AssistantGap(int Step, string Name, GapKind Kind);

/// <summary>What kind of thing is missing.</summary>
public enum GapKind
{
    /// <summary>A picture.</summary>
    Input,

    /// <summary>A parameter.</summary>
    Parameter,
}

/// <summary>The names of intents that are no operations.</summary>
public static class Intents
{
    /// <summary>A question about what the studio can do and how; answered without a job.</summary>
    public const string Help = "help";

    /// <summary>A greeting, thanks and the like; answered without a job.</summary>
    public const string Smalltalk = "smalltalk";

    /// <summary>Not understood well enough to act; the plan has a question.</summary>
    public const string Unclear = "unclear";
}

/// <summary>Source-generated JSON of plans, in snake_case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AssistantPlan))]
[JsonSerializable(typeof(PictureReference))]
public sealed partial class AssistantJson : JsonSerializerContext;
