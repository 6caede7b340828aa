using PhotoStudio.Core.Assistant;
using PhotoStudio.Tests.Contract;
using Xunit;
using static PhotoStudio.Tests.Backings.LanguageModels.PlanAnswers;
using static PhotoStudio.Tests.Support.ChatCompletionsServer;

namespace PhotoStudio.Tests.Backings.LanguageModels;

/// <summary>The assistant's promises, over a model that answers everything with the same plan.</summary>
public sealed class LanguageModelAssistantContractTests : AssistantContract, IAsyncLifetime
{
    private LanguageModelUnderTest _model = null!;

    protected override IAssistant Assistant => new Paid(_model.Assistant);

    public async Task InitializeAsync() => _model = await LanguageModelUnderTest.StartWithAsync(
        new() { ["Studio:LanguageModel:TokensPerDay"] = "0" },
        Says(Plan("remove-background", Step("remove-background"), Step("object-removal", region: "the dog"), Step("crop", new() { ["aspect_ratio"] = "1:1" }))));

    public async Task DisposeAsync() => await _model.DisposeAsync();

    private sealed class Paid(IAssistant inner) : IAssistant
    {
        public ValueTask<AssistantPlan> PlanAsync(AssistantRequest request, CancellationToken cancellationToken) =>
            inner.PlanAsync(request with { Owner = LanguageModelUnderTest.Someone }, cancellationToken);
    }
}
