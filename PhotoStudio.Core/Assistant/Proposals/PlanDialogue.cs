using System.Text.Json;
using PhotoStudio.Core.Assistant.Local;
using PhotoStudio.Core.Instructions;

namespace PhotoStudio.Core.Assistant.Proposals;

/// <summary>Asks a language model what a message wants, and holds the answer to the request: only its operations, only its pictures.</summary>
public sealed class PlanDialogue : ModelDialogue<AssistantPlan>
{
    /// <summary>The longest message that a model is asked about, in characters; longer ones are no wishes.</summary>
    public const int LongestMessage = 4_000;

    /// <summary>The most steps of one plan.</summary>
    public const int MostSteps = 10;

    private readonly AssistantRequest request;
    private readonly AssistantPlan local;
    private readonly double threshold;
    private readonly string model;
    private readonly OfferedOperations offered;
    private readonly PictureNames names = new();

    /// <summary>Begins one.</summary>
    /// <param name="request">The message and what is needed to understand it.</param>
    /// <param name="local">What the local assistant makes of it: the language of last resort, and whether people's consent was given in words.</param>
    /// <param name="model">The name of the model that is asked.</param>
    /// <param name="threshold">The confidence, 0 to 1, below which it is asked back instead of acted.</param>
    public PlanDialogue(AssistantRequest request, AssistantPlan local, string model, double threshold = LocalAssistant.DefaultThreshold)
    {
        ArgumentNullException.ThrowIfNull(request);
        (this.request, this.local, this.model, this.threshold) = (request, local, model, threshold);
        offered = OfferedOperations.Of(request.Catalogue);
        Data = ConversationData.Of(request, new Pictures(request.Context).Current, names);
    }

    /// <inheritdoc/>
    public override string Version => ModelInstructions.Understand.Version;

    /// <inheritdoc/>
    public override string System => offered.Text;

    /// <inheritdoc/>
    public override string Data { get; }

    /// <inheritdoc/>
    public override JsonElement Schema => offered.Schema;

    /// <inheritdoc/>
    public override string SchemaName => "plan";

    /// <inheritdoc/>
    public override AssistantPlan? Read(string answer, ICollection<string> faults)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(faults);
        try
        {
            if (JsonSerializer.Deserialize(Unfenced(answer), ProposalJson.Default.ProposedPlan) is { } proposed)
                return new ProposalReview(request, local, names, threshold, faults).Review(proposed) is { } plan ? plan with { Model = new(model, Version) } : null;
            faults.Add("The answer must be a JSON object.");
        }
        catch (JsonException exception)
        {
            faults.Add($"The answer is not the JSON that was asked for: {Place(exception)}");
        }

        return null;
    }

    private static string Place(JsonException exception) =>
        $"{exception.Path ?? "$"}, line {exception.LineNumber + 1 ?? 1}: {exception.Message.Split(" Path:", StringSplitOptions.None)[0]}";
}
