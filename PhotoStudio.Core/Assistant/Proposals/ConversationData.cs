using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Assistant.Proposals;

/// <summary>
/// A request as the JSON that a language model is given. JSON escapes what people wrote, so that no text can end the data it is in.
/// </summary>
internal static class ConversationData
{
    private const int MostMessages = 12;
    private const int MostResults = 12;
    private const int LongestEarlier = 500;

    /// <summary>The data of a request; every picture gets its name.</summary>
    public static string Of(AssistantRequest request, PictureReference? current, PictureNames names)
    {
        var context = request.Context;
        var data = new JsonObject
        {
            ["message"] = Clean(request.Message, PlanDialogue.LongestMessage),
            ["attached"] = Array(context.Attachments, picture => new() { ["ref"] = names.Of(PictureReference.Attachment(picture.Id)), ["slot"] = picture.Slot }),
            ["results"] = Array(context.Results.TakeLast(MostResults), result => new()
            {
                ["ref"] = names.Of(PictureReference.Result(result.Id)),
                ["operation"] = result.Operation,
                ["parameters"] = Short(result.Parameters),
                ["made_from"] = Array(result.Inputs, input => new() { ["slot"] = input.Key, ["ref"] = input.Value.Origin == PictureOrigin.Step ? null : names.Of(input.Value) }),
            }),
            ["earlier"] = Array(
                context.Messages.SelectMany(message => message.Attachments).TakeLast(MostResults),
                picture => new() { ["ref"] = names.Of(PictureReference.Attachment(picture.Id)) }),
            ["current"] = current is null ? null : names.Of(current),
            ["conversation"] = Array(context.Messages.TakeLast(MostMessages), message => new()
            {
                ["from"] = message.FromPerson ? "person" : "studio",
                ["text"] = Clean(message.Text, LongestEarlier),
                ["operations"] = message.Plan is { Steps.Count: > 0 } plan ? string.Join(", ", plan.Operations) : null,
            }),
        };
        return data.ToJsonString();
    }

    // Halves of surrogate pairs have no place in JSON.
    private static string Clean(string text, int longest)
    {
        var shortened = text.Length <= longest ? text : text[..longest];
        return string.Concat(shortened.EnumerateRunes().Select(rune => rune.ToString()));
    }

    private static JsonObject Short(JsonObject parameters)
    {
        var shown = new JsonObject();
        foreach (var (name, value) in parameters)
            if (value is not null && value.ToJsonString().Length <= LongestEarlier) shown[name] = value.DeepClone();
        return shown;
    }

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonObject> write) => [.. items.Select(item => (JsonNode)write(item))];
}
