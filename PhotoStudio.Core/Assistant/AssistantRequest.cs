using System.Text.Json.Nodes;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Assistant;

/// <summary>A message and what is needed to understand it.</summary>
/// <param name="Message">What the person wrote, as it came: any length, any characters.</param>
public sealed record AssistantRequest(string Message)
{
    /// <summary>
    /// Who wrote it, and whose daily budget pays where a language model is asked. Without an owner none is asked, since nobody would pay.
    /// </summary>
    public Owner? Owner { get; init; }

    /// <summary>What came before, and the pictures that came with the message.</summary>
    public ConversationContext Context { get; init; } = ConversationContext.Empty;

    /// <summary>The operations to choose from; <see cref="OperationCatalog.All"/> unless the caller leaves some out.</summary>
    public IReadOnlyList<Operation> Catalogue { get; init; } = OperationCatalog.All;
}

/// <summary>The conversation so far. Everything in it is the same owner's.</summary>
public sealed record ConversationContext
{
    /// <summary>A conversation that begins.</summary>
    public static ConversationContext Empty { get; } = new();

    /// <summary>Earlier messages, the oldest first; the last twenty or so are enough.</summary>
    public IReadOnlyList<EarlierMessage> Messages { get; init; } = [];

    /// <summary>
    /// Pictures that the conversation has made, the oldest first. "The second" counts within the results of one message where the last
    /// message with results has several, otherwise among all of them; "the last one" and "it" are the end of the list.
    /// </summary>
    public IReadOnlyList<EarlierResult> Results { get; init; } = [];

    /// <summary>Pictures that came with the message itself, in the order they were attached.</summary>
    public IReadOnlyList<AttachedPicture> Attachments { get; init; } = [];

    /// <summary>
    /// The picture that the conversation stands at: what the last <see cref="AssistantPlan.Selected"/> named, while nothing newer was made or
    /// attached. Null leaves it to the order of results and attachments.
    /// </summary>
    public PictureReference? Current { get; init; }
}

/// <summary>An earlier message.</summary>
/// <param name="FromPerson">Whether the person wrote it; otherwise the studio did.</param>
/// <param name="Text">What it said.</param>
public sealed record EarlierMessage(bool FromPerson, string Text)
{
    /// <summary>For the studio's messages: the plan behind it. Where that ends in a question, the next message may answer it.</summary>
    public AssistantPlan? Plan { get; init; }

    /// <summary>Pictures that came with it.</summary>
    public IReadOnlyList<AttachedPicture> Attachments { get; init; } = [];
}

/// <summary>A picture that an earlier message led to.</summary>
/// <param name="Id">Its id, in whatever form the caller knows pictures by.</param>
/// <param name="Operation">The operation that made it.</param>
/// <param name="Parameters">The parameters it was made with, the drawn seed among them where there was one.</param>
public sealed record EarlierResult(string Id, string Operation, JsonObject Parameters)
{
    /// <summary>What it was made from, by input slot; what "undo" goes back to. Empty for a generated picture.</summary>
    public IReadOnlyDictionary<string, PictureReference> Inputs { get; init; } = new Dictionary<string, PictureReference>(StringComparer.Ordinal);

    /// <summary>The index in <see cref="ConversationContext.Messages"/> of the message that asked for it; results of one message share it.</summary>
    public int? Message { get; init; }
}

/// <summary>A picture that a person attached.</summary>
/// <param name="Id">Its id, in whatever form the caller knows pictures by.</param>
public sealed record AttachedPicture(string Id)
{
    /// <summary>The input slot that the caller says it is for, such as <c>mask</c>; null when it is just a picture.</summary>
    public string? Slot { get; init; }
}
