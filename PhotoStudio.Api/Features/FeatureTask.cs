using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.Features;

/// <summary>A feature that answers 202 with a task to ask for: <c>features/{name}</c> and <c>features/{name}/status/{task_id}</c>.</summary>
/// <param name="Name">The last part of its path.</param>
/// <param name="Operation">The operation it runs.</param>
/// <param name="Summary">What it does, in a few words.</param>
internal sealed record FeatureTask(string Name, string Operation, string Summary)
{
    private static readonly CallRules Refining = new() { Asynchronous = true, RejectUnknown = false, RefinesPrompt = true };

    /// <summary>How it calls the operation.</summary>
    public CallRules Rules { get; init; } = new() { Asynchronous = true, RejectUnknown = false };

    /// <summary>The features of this kind; to add one is to add a line.</summary>
    public static IReadOnlyList<FeatureTask> All { get; } =
    [
        new("image-expand", "expand", "Continues a picture beyond its edges"),
        new("image-generate", "generate", "Makes a picture from a prompt, which is refined") { Rules = Refining },
        new("reimagine", "reimagine", "Shows a picture as it might have been"),
        new("relight", "relight", "Lights a photograph anew"),
        new("upscale", "upscale", "Enlarges a photograph"),
    ];
}
