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
    public async Task A_pipeline_goes_on_with_the_step_at_which_the_studio_was_killed()
    {
        const string steps = """[{"operation":"resize","width":3000},{"operation":"resize","width":5000,"output_format":"png"},{"operation":"resize","width":40}]""";
        string pipeline;
        await using (var studio = await StartAsync())
        {
            pipeline = await SubmitAsync(studio, "/api/v1/pipelines", "image", 1, ("steps", steps));
            await Eventually.BecomesTrueAsync(
                async () => (int)(await ShowAsync(studio, pipeline))["current_step"]! == 1 && StepStatus(await ShowAsync(studio, pipeline), 1) == "processing",
                "the second step runs");
            await studio.KillAsync();
        }

        await using var again = await StartAsync();
        await Eventually.BecomesTrueAsync(async () => (string?)(await ShowAsync(again, pipeline))["status"] == "completed", "the pipeline ends after the restart");

        var finished = await ShowAsync(again, pipeline);
        finished["steps"]!.AsArray().Select(step => (string?)step!["status"]).ShouldBe(["completed", "completed", "completed"]);
        var result = finished["results"]!.AsArray().ShouldHaveSingleItem()!;
        var bytes = await again.Client.GetByteArrayAsync(new Uri((string)result["url"]!, UriKind.Relative));
        new VipsPictureCodec().Decode(bytes, PictureLimits.Default).Width.ShouldBe(40);
        (await ResultsAsync(again)).ShouldBe(1);
    }

    [Fact]
    public async Task Every_item_of_a_batch_ends_exactly_once_although_the_studio_was_killed()
    {
        string batch;
        await using (var studio = await StartAsync())
        {
            batch = await SubmitAsync(studio, "/api/v1/batches", "images", 5, ("operation", "resize"), ("width", "4000"), ("output_format", "png"));
            await Eventually.BecomesTrueAsync(async () => (int)(await ShowAsync(studio, batch))["counts"]!["completed"]! >= 1, "the first item is done");
            await studio.KillAsync();
        }

        await using var again = await StartAsync();
        await Eventually.BecomesTrueAsync(async () => (string?)(await ShowAsync(again, batch))["status"] == "completed", "the batch ends after the restart");

        var finished = await ShowAsync(again, batch);
        ((int)finished["counts"]!["completed"]!).ShouldBe(5);
        finished["items"]!.AsArray().ShouldAllBe(item => item!["results"]!.AsArray().Count == 1);
        (await ResultsAsync(again)).ShouldBe(5);
        ResultFiles().Count.ShouldBe(5);
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

    /// <summary>Submits so many pictures of five megapixels, each different; answers where the thing is.</summary>
    private static async Task<string> SubmitAsync(StudioProcess studio, string path, string part, int pictures, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        for (var seed = 0; seed < pictures; seed++)
        {
            var file = new VipsPictureCodec().Encode(TestPictures.Texture(2500, 2000, seed), new EncodeOptions(PictureFormat.Jpeg, 80));
            form.Add(new ByteArrayContent(file), part, $"{seed}.jpg");
        }

        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        using var response = await studio.Client.PostAsync(path, form, ("X-Guest-Id", Guest), ("Prefer", "respond-async"));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return response.Headers.Location!.OriginalString;
    }

    private static async Task<JsonObject> ShowAsync(StudioProcess studio, string self)
    {
        using var response = await studio.Client.GetAsync(self, ("X-Guest-Id", Guest));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static string? StepStatus(JsonObject pipeline, int step) => (string?)pipeline["steps"]![step]!["status"];

    private static async Task<int> ResultsAsync(StudioProcess studio)
    {
        using var response = await studio.Client.GetAsync("/api/v1/processing/results", ("X-Guest-Id", Guest));
        return (int)(await response.Content.ReadFromJsonAsync<JsonObject>())!["pagination"]!["count"]!;
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
