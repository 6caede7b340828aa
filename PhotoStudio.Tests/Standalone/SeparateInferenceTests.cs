using System.Net;
using System.Text.Json;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Standalone;

/// <summary>API and worker in one process and inference in another, as on a machine with a GPU.</summary>
public sealed class SeparateInferenceTests : IDisposable
{
    private static readonly byte[] Png = TestFiles.Encode(TestPictures.Quarters(64, 48), PictureFormat.Png);

    private static readonly string Guest = new('7', 32);

    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_photo_is_worked_on_by_the_other_process()
    {
        await using var inference = await InferenceProcess.StartAsync("--Logging:LogLevel:PhotoStudio.Inference=Debug");
        await using var studio = await StudioProcess.StartAsync(_data.Path, $"--services:inference:http:0={inference.Address}");

        using var response = await studio.Client.PostAsync("/api/v1/operations/resize?width=32", Http.Raw(Png));
        var operations = await studio.Client.GetStringAsync(new Uri("/api/v1/operations", UriKind.Relative));
        var health = await HealthAsync(studio);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var file = await response.Content.ReadAsByteArrayAsync();
        PictureAssert.Similar(TestFiles.Decode(file), TestPictures.Quarters(32, 24), meanDifference: 10);
        await Eventually.BecomesTrueAsync(() => inference.Log.Contains("resize by lanczos", StringComparison.Ordinal), "the run is in its log");
        studio.Log.ShouldNotContain("Inference is ready", customMessage: "it loads nothing of inference itself");
        operations.ShouldContain("lanczos");
        health.GetProperty("data").GetProperty("ready").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_job_waits_for_inference_that_is_gone_and_is_done_when_it_is_back()
    {
        var inference = await InferenceProcess.StartAsync();
        await using var studio = await StudioProcess.StartAsync(_data.Path, $"--Studio:Inference:Url={inference.Address}");
        await inference.KillAsync();
        await inference.DisposeAsync();
        await Eventually.BecomesTrueAsync(
            async () => (await HealthAsync(studio)).GetProperty("status").GetString() == "degraded", "the studio says that inference is gone");

        using var accepted = await studio.Client.PostAsync(
            "/api/v1/operations/resize?width=32", Http.Raw(Png), ("Prefer", "respond-async"), ("X-Guest-Id", Guest));
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var job = (await accepted.JsonAsync()).GetProperty("id").GetString()!;
        await Eventually.BecomesTrueAsync(() => studio.Log.Contains("cannot be reached", StringComparison.Ordinal), "the worker has tried");

        await using var again = await InferenceProcess.StartAsync(inference.Address.Port, []);
        await Eventually.BecomesTrueAsync(async () => (await ReadAsync(studio, job)).GetProperty("status").GetString() == "completed", "the job is done");
    }

    private static async Task<JsonElement> ReadAsync(StudioProcess studio, string job)
    {
        using var response = await studio.Client.GetAsync($"/api/v1/processing/jobs/{job}", ("X-Guest-Id", Guest));
        return (await response.JsonAsync()).GetProperty("data");
    }

    private static async Task<JsonElement> HealthAsync(StudioProcess studio)
    {
        using var response = await studio.Client.GetAsync(new Uri("/health", UriKind.Relative));
        return (await response.JsonAsync()).GetProperty("parts").GetProperty("inference");
    }
}
