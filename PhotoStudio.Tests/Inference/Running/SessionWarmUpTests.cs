using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Running;

public sealed class SessionWarmUpTests : IDisposable
{
    private readonly SmallModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task Installed_models_are_loaded_when_the_studio_starts_and_a_broken_one_stops_nothing()
    {
        _models.Install("gfpgan-1.4", new OnnxModelWriter().Input("other", 1, 3, 8, 8).Output("y", 1, 3, 8, 8).Identity("other", "y"));
        _models.Install("style-mosaic", new OnnxModelWriter().Input("x", 1, 3, -1, -1).Output("y", 1, 3, -1, -1).Relu("x", "y"));
        await using var studio = await InferenceUnderTest.InProcessAsync(new(Settings: Device, Warm: ["all"]) { Models = _models });
        var sessions = studio.Services.GetRequiredService<OnnxSessions>();
        await Eventually.BecomesTrueAsync(() => sessions.Loaded().Any(model => model is { File: "style-mosaic.onnx", Ready: true, Uses: 0 }), "it is warm");
    }

    [Fact]
    public async Task On_the_processor_models_are_loaded_when_they_are_first_used()
    {
        _models.Install("style-mosaic", new OnnxModelWriter().Input("x", 1, 3, -1, -1).Output("y", 1, 3, -1, -1).Relu("x", "y"));
        await using var studio = await InferenceUnderTest.InProcessAsync(new(Settings: Device) { Models = _models });
        await studio.Inference.RunAsync(
            new("job-1", "flip", "{}", [new("image", TestFiles.Encode(TestPictures.Gradient(8, 8), PhotoStudio.Imaging.Codecs.PictureFormat.Png))]),
            null,
            CancellationToken.None);
        studio.Services.GetRequiredService<OnnxSessions>().Loaded().ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_asks_has_the_models_loaded_and_hears_which_are_not()
    {
        _models.Install("gfpgan-1.4", new OnnxModelWriter().Input("other", 1, 3, 8, 8).Output("y", 1, 3, 8, 8).Identity("other", "y"));
        _models.Install("style-mosaic", new OnnxModelWriter().Input("x", 1, 3, -1, -1).Output("y", 1, 3, -1, -1).Relu("x", "y"));
        await using var service = await InferenceServiceHost.StartAsync(new(Settings: Device) { Models = _models });

        for (var times = 0; times < 2; times++)
        {
            using var response = await service.Client.PostAsync(new Uri("/models/warm", UriKind.Relative), null);
            var warmed = await response.JsonAsync();

            Ids(warmed, "warm").ShouldBe(["style-mosaic"]);
            Ids(warmed, "cold").ShouldBe(["gfpgan-1.4"]);
        }

        service.Services.GetRequiredService<OnnxSessions>().Loaded().ShouldContain(model => model.File == "style-mosaic.onnx" && model.Ready);
    }

    [Fact]
    public async Task A_model_that_is_named_is_loaded_and_one_that_is_missing_stops_nothing()
    {
        _models.Install("style-mosaic", new OnnxModelWriter().Input("x", 1, 3, -1, -1).Output("y", 1, 3, -1, -1).Relu("x", "y"));
        _models.Install("style-udnie", new OnnxModelWriter().Input("x", 1, 3, -1, -1).Output("y", 1, 3, -1, -1).Relu("x", "y"));
        await using var studio = await InferenceUnderTest.InProcessAsync(
            new(Settings: Device, Warm: ["yunet", "no-such-model", "style-udnie"]) { Models = _models });
        var sessions = studio.Services.GetRequiredService<OnnxSessions>();
        await Eventually.BecomesTrueAsync(() => sessions.Loaded().Any(model => model is { File: "style-udnie.onnx", Ready: true, Uses: 0 }), "it is warm");
        sessions.Loaded().Count.ShouldBe(1);
    }

    private static IEnumerable<string?> Ids(JsonElement warmed, string property) =>
        warmed.GetProperty(property).EnumerateArray().Select(id => id.GetString());

    private static Dictionary<string, string?> Device { get; } = new(StringComparer.Ordinal) { ["Device"] = "cpu" };
}
