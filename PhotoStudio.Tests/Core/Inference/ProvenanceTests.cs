using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Inference;

public sealed class ProvenanceTests
{
    [Theory]
    [InlineData(SourceKind.Kept, EngineTier.Builtin, null)]
    [InlineData(SourceKind.Kept, EngineTier.Onnx, null)]
    [InlineData(SourceKind.Enhanced, EngineTier.Builtin, "algorithmicallyEnhanced")]
    [InlineData(SourceKind.Enhanced, EngineTier.Onnx, "compositeWithTrainedAlgorithmicMedia")]
    [InlineData(SourceKind.Composed, EngineTier.Builtin, "compositeSynthetic")]
    [InlineData(SourceKind.Composed, EngineTier.Remote, "compositeWithTrainedAlgorithmicMedia")]
    [InlineData(SourceKind.Generated, EngineTier.Builtin, "algorithmicMedia")]
    [InlineData(SourceKind.Generated, EngineTier.Remote, "trainedAlgorithmicMedia")]
    [InlineData(SourceKind.Generated, EngineTier.Onnx, "trainedAlgorithmicMedia")]
    public void The_mark_follows_from_operation_and_tier(SourceKind kind, EngineTier tier, string? term) =>
        Provenance.Of(kind, tier)?.Uri().ShouldBe($"http://cv.iptc.org/newscodes/digitalsourcetype/{term}");

    [Theory]
    [InlineData(SourceKind.Kept, EngineTier.Builtin)]
    [InlineData(SourceKind.Enhanced, EngineTier.Builtin)]
    [InlineData(SourceKind.Composed, EngineTier.Onnx)]
    public void A_generated_picture_stays_marked_whatever_is_done_to_it(SourceKind kind, EngineTier tier) =>
        Provenance.Of(kind, tier, null, DigitalSource.TrainedAlgorithmicMedia).ShouldBe(DigitalSource.TrainedAlgorithmicMedia);

    [Fact]
    public void A_stronger_edit_replaces_a_weaker_mark() =>
        Provenance.Of(SourceKind.Composed, EngineTier.Onnx, DigitalSource.AlgorithmicallyEnhanced)
            .ShouldBe(DigitalSource.CompositeWithTrainedAlgorithmicMedia);

    [Fact]
    public void Uris_are_read_back_and_those_of_cameras_are_passed_over()
    {
        foreach (var source in Enum.GetValues<DigitalSource>())
        {
            DigitalSources.FromUri(source.Uri()).ShouldBe(source);
            DigitalSources.FromUri(source.Uri().Replace("http:", "https:", StringComparison.Ordinal)).ShouldBe(source);
        }

        DigitalSources.FromUri("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture").ShouldBeNull();
        DigitalSources.FromUri(null).ShouldBeNull();
    }

    [Fact]
    public void Every_operation_that_invents_content_declares_it()
    {
        // An operation that is added belongs to one of these; what only moves, scales or tones the whole picture is the rest.
        string[] kept = ["adjust", "convert", "crop", "flip", "resize", "rotate", "detect-faces", "detect-objects", "moderate", "enhance"];

        OperationCatalog.All.Where(operation => operation.Source == SourceKind.Kept).Select(operation => operation.Name)
            .Except(kept).ShouldBeEmpty();
    }
}
