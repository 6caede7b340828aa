using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Core.Chat;

/// <summary>What the studio says when a message's work has ended, in the person's language (<see cref="AssistantTexts"/>).</summary>
public static class ChatReplies
{
    /// <summary>Every step is done.</summary>
    /// <param name="plan">What was done.</param>
    public static string Done(AssistantPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var texts = AssistantTexts.For(plan.Language);
        var done = texts.Get("chat.done", string.Join(texts.Get("chat.then"), plan.Operations.Select(operation => NameOf(operation, texts))));
        return string.Join(' ', plan.Notes.Prepend(done));
    }

    /// <summary>A step failed.</summary>
    public static string Failed(string language, string operation, JobFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var texts = AssistantTexts.For(language);
        var why = texts.Find($"chat.why.{failure.Code}") ?? texts.Get("chat.why.other");
        return texts.Get("chat.failed", NameOf(operation, texts), why);
    }

    /// <summary>Moderation refused a prompt.</summary>
    public static string Refused(string language) => AssistantTexts.For(language).Get("chat.refused");

    /// <summary>A step was called off.</summary>
    public static string Cancelled(string language) => AssistantTexts.For(language).Get("chat.cancelled");

    /// <summary>Seeing the message through went wrong too often.</summary>
    public static string GaveUp(string language) => AssistantTexts.For(language).Get("chat.gave-up");

    private static string NameOf(string operation, AssistantTexts texts) => texts.Find($"name.{operation}") ?? operation.Replace('-', ' ');
}
