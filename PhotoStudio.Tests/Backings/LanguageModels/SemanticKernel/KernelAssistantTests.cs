using PhotoStudio.Core.Assistant;
using PhotoStudio.Tests.Contract;
using Shouldly;
using Xunit;
using static PhotoStudio.Tests.Backings.LanguageModels.PlanAnswers;
using static PhotoStudio.Tests.Support.ChatCompletionsServer;

namespace PhotoStudio.Tests.Backings.LanguageModels.SemanticKernel;

/// <summary>The assistant's promises, over a model that is asked through Semantic Kernel.</summary>
public sealed class KernelAssistantTests : AssistantContract, IAsyncLifetime
{
    private LanguageModelUnderTest _model = null!;

    protected override IAssistant Assistant => new Paid(_model.Assistant);

    public async Task InitializeAsync() => _model = await LanguageModelUnderTest.StartWithAsync(
        new()
        {
            ["Studio:LanguageModel:TokensPerDay"] = "0",
            ["Studio:LanguageModel:Client"] = "SemanticKernel",
        },
        Says(Plan("remove-background", Step("remove-background"), Step("object-removal", region: "the dog"), Step("crop", new() { ["aspect_ratio"] = "1:1" }))));

    public async Task DisposeAsync() => await _model.DisposeAsync();

    [Fact]
    public async Task The_model_is_asked_at_the_endpoint_and_its_plan_is_used()
    {
        var plan = await _model.PlanAsync("cut the background out");

        plan.Steps.Select(step => step.Operation).ShouldContain("remove-background");
        _model.Server.Asked.ShouldNotBeEmpty();
    }

    private sealed class Paid(IAssistant inner) : IAssistant
    {
        public ValueTask<AssistantPlan> PlanAsync(AssistantRequest request, CancellationToken cancellationToken) =>
            inner.PlanAsync(request with { Owner = LanguageModelUnderTest.Someone }, cancellationToken);
    }
}
