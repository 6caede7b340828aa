using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Engines.Upscale;
using PhotoStudio.Inference.Networks;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Upscale;

public sealed class NetworkUpscaleTests(NetworkUpscaleTests.Studio studio)
    : UpscaleEngineTests(studio), IClassFixture<NetworkUpscaleTests.Studio>, IDisposable
{
    private readonly Studio _studio = studio;
    private readonly List<OnnxSession> _sessions = [];

    public void Dispose() => _sessions.ForEach(session => session.Dispose());

    internal override async Task<LumaEnlarger> EnlargerAsync(double scale)
    {
        var factor = NetworkEnlarger.FactorFor(scale);
        _sessions.Add(await _studio.Services.GetRequiredService<OnnxSessions>().AcquireAsync(TrainedNetworks.Upscaling(factor), default));
        return new NetworkEnlarger(_sessions[^1], factor);
    }

    [Theory]
    [InlineData(2, "upscale-x2")]
    [InlineData(3, "upscale-x4")]
    public async Task The_report_names_the_network(int scale, string model)
    {
        var result = await _studio.RunAsync(
            "upscale", [("image", TestPictures.Photo(30, 20, seed: 1))], $$"""{"scale":{{scale}}}""");

        (result.Engine.Engine, result.Engine.Model).ShouldBe(("residual-network", model));
    }

    [Fact]
    public async Task It_is_taken_before_back_projection_unless_told_otherwise()
    {
        await using var all = await InferenceUnderTest.InProcessAsync(new());

        all.Services.GetRequiredService<EngineSelector>().Statuses().Where(status => status is { Operation: "upscale", Tier: EngineTier.Builtin })
            .Select(status => status.Engine).ShouldBe(["residual-network", "back-projection"]);
    }

    public sealed class Studio : OperationUnderTest
    {
        protected override InferenceSetup Setup => new(Settings: new Dictionary<string, string?> { ["Engines:upscale"] = "residual-network" });
    }
}
