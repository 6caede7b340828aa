using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhotoStudio.Inference.Engines.Generate.Reading;

/// <summary>What the painter says about a picture; the result's data.</summary>
internal sealed record SceneReport
{
    /// <summary>How the picture was made: always <c>procedural</c>, by an algorithm and no trained model.</summary>
    public string Method => "procedural";

    /// <summary>The same in a sentence.</summary>
    public string Note => "Painted by procedure from the words below, not by a trained model.";

    /// <summary>The kind of picture: landscape, space, still-life, portrait, pattern, abstract.</summary>
    public required string Scene { get; init; }

    /// <summary>How it is painted.</summary>
    public required string Style { get; init; }

    /// <summary>The prompt's language as it was read: en, vi, es.</summary>
    public required string Language { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>What is shown.</summary>
    public required IReadOnlyList<string> Shown { get; init; }

    /// <summary>What was understood and is not in the picture.</summary>
    public required IReadOnlyList<string> NotShown { get; init; }

    /// <summary>What was kept out.</summary>
    public required IReadOnlyList<string> Avoided { get; init; }

    /// <summary>Words that were not understood, so that nothing of them is in the picture.</summary>
    public required IReadOnlyList<string> UnrecognisedWords { get; init; }

    /// <summary>The report of an order.</summary>
    public static SceneReport Of(SceneOrder order) => new()
    {
        Scene = JsonNamingPolicy.KebabCaseLower.ConvertName(order.Kind.ToString()),
        Style = JsonNamingPolicy.KebabCaseLower.ConvertName(order.Style.ToString()),
        Language = order.Reading.Language,
        Seed = order.Brief.Seed,
        Shown = order.Shown,
        NotShown = order.NotShown,
        Avoided = [.. order.Brief.Avoids.Order(StringComparer.Ordinal)],
        UnrecognisedWords = order.Unrecognised,
    };

    /// <summary>What the owner should know, in sentences.</summary>
    public static IReadOnlyList<string> NotesOf(SceneOrder order)
    {
        var notes = new List<string> { "This picture was painted by procedure, not by a trained model." };
        if (order.NotShown.Count > 0) notes.Add($"Not in this kind of picture: {string.Join(", ", order.NotShown)}.");
        if (order.Unrecognised.Count > 0) notes.Add($"Words the painter does not know: {string.Join(", ", order.Unrecognised)}.");
        return notes;
    }

    /// <summary>The report as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SceneReportJson.Default.SceneReport);
}

/// <summary>The form of the report.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SceneReport))]
internal sealed partial class SceneReportJson : JsonSerializerContext;
