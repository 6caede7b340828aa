using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Standalone;

public sealed class CrashTests : IDisposable
{
    private const string Guest = "0123456789abcdef0123456789abcdef";

    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_job_that_runs_when_the_studio_is_killed_finishes_after_the_restart_exactly_once()
    {
        string job;
        await using (var studio = await StartAsync())
        {
            job = await SubmitAsync(studio, width: 5000);
            await Eventually.BecomesTrueAsync(async () => (string?)(await ReadAsync(studio, job))["status"] == "processing", "the job runs");
            await studio.KillAsync();
        }

        await using var again = await StartAsync();
        await Eventually.BecomesTrueAsync(async () => (string?)(await ReadAsync(again, job))["status"] == "completed", "the job ends after the restart");

        var finished = await ReadAsync(again, job);
        finished["attempt"]!.GetValue<int>().ShouldBe(2);
        var result = finished["results"]!.AsArray().ShouldHaveSingleItem()!;
        var bytes = await again.Client.GetByteArrayAsync(new Uri((string)result["url"]!, UriKind.Relative));
        var picture = new VipsPictureCodec().Decode(bytes, PictureLimits.Default);
        (picture.Width, picture.Height).ShouldBe((5000, 4000));
        ResultFiles().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_job_that_waits_when_the_studio_is_killed_is_not_lost()
    {
        var jobs = new List<string>();
        await using (var studio = await StartAsync())
        {
            for (var n = 0; n < 6; n++) jobs.Add(await SubmitAsync(studio, width: n < 2 ? 5000 : 50));
            await studio.KillAsync();
        }

        await using var again = await StartAsync();
        foreach (var job in jobs)
            await Eventually.BecomesTrueAsync(async () => (string?)(await ReadAsync(again, job))["status"] == "completed", $"job {job} ends");

        ResultFiles().Count.ShouldBe(jobs.Count);
    }

    [Fact]
    public async Task A_second_studio_on_the_same_folder_says_so_and_harms_nothing()
    {
        await using var studio = await StartAsync();

        var refused = await Should.ThrowAsync<InvalidOperationException>(StartAsync);

        refused.Message.ShouldContain("already uses the data folder");
        (await studio.Client.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private Task<StudioProcess> StartAsync() => StudioProcess.StartAsync(_data.Path);

    private List<string> ResultFiles() =>
        [.. Directory.EnumerateFiles(Path.Combine(_data.Path, "blobs", "processed"), "*.png", SearchOption.AllDirectories)];

    /// <summary>A width of 5,000 is seconds of work: 20 megapixels written as PNG.</summary>
    private static async Task<string> SubmitAsync(StudioProcess studio, int width)
    {
        var file = new VipsPictureCodec().Encode(TestPictures.Texture(2500, 2000, seed: 7), new EncodeOptions(PictureFormat.Jpeg, 90));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/operations/resize?width={width}&output_format=png")
        {
            Content = new ByteArrayContent(file),
        };
        request.Headers.Add("X-Guest-Id", Guest);
        request.Headers.Add("Prefer", "respond-async");
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var response = await studio.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
    }

    private static async Task<JsonObject> ReadAsync(StudioProcess studio, string job)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/processing/jobs/{job}");
        request.Headers.Add("X-Guest-Id", Guest);
        using var response = await studio.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!["data"]!.AsObject();
    }
}
