using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;

namespace PhotoStudio.Tests.Inference;

/// <summary>Inference by a direct call, as in the standalone studio.</summary>
public sealed class InProcessInferenceTests : InferenceContract
{
    protected override Task<InferenceUnderTest> StartAsync(InferenceSetup setup) => InferenceUnderTest.InProcessAsync(setup);
}
