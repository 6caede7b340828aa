using Microsoft.Extensions.Options;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Moderation;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Moderation;

/// <summary>
/// The one place where prompts are refused: asked with the parameters of every call, pipeline and batch before a picture is fetched or a
/// job is made. It judges the parameter <c>prompt</c> of operations that make pictures; what must not be seen
/// (<c>negative_prompt</c>) may be named.
/// </summary>
public sealed class PromptGate(IPromptModeration moderation, IOptions<ModerationOptions> options)
{
    private const string PromptParameter = "prompt";

    /// <summary>Lets the parameters pass, or refuses them.</summary>
    /// <exception cref="ProblemException">A prompt is refused: <c>content_refused</c>, 422.</exception>
    public void Check(params IEnumerable<OperationParameters> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        if (!options.Value.Enabled) return;
        foreach (var call in calls.Where(call => call.Operation.Output != OperationOutput.Data))
        {
            if (call.Operation.FindParameter(PromptParameter) is TextParameter parameter && call.TryGet(parameter, out var prompt)) Check(prompt);
        }
    }

    /// <summary>Lets a prompt pass, or refuses it.</summary>
    /// <exception cref="ProblemException">It is refused: <c>content_refused</c>, 422.</exception>
    public void Check(string prompt)
    {
        if (!options.Value.Enabled) return;
        var refused = moderation.Judge(prompt).At(options.Value.Threshold);
        if (refused.Count == 0) return;
        throw StudioProblem.Of(
            ProblemCode.ContentRefused,
            $"This studio makes nothing of this prompt ({string.Join(", ", refused)}). Say it differently if that is not what you meant.").ToException();
    }
}
