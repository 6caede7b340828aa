using System.Text.Json.Nodes;

namespace PhotoStudio.Tests.Backings.LanguageModels;

/// <summary>Answers as a language model writes them.</summary>
internal static class PlanAnswers
{
    public static string Plan(string intent, params JsonObject[] steps) => Written(intent, steps).ToJsonString();

    public static JsonObject Written(string intent, params JsonObject[] steps) => new()
    {
        ["intent"] = intent,
        ["confidence"] = 0.93,
        ["language"] = "en",
        ["steps"] = new JsonArray([.. steps]),
        ["question"] = null,
        ["reply"] = null,
        ["selected"] = null,
    };

    public static JsonObject Step(string operation, JsonObject? parameters = null, JsonObject? inputs = null, string? region = null, string? text = null) => new()
    {
        ["operation"] = operation,
        ["parameters"] = parameters ?? [],
        ["inputs"] = inputs ?? [],
        ["region"] = region,
        ["text"] = text,
    };
}
