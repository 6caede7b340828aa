using System.Net;
using System.Text.Json;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Batches;

/// <summary>Following, calling off and being overtaken, with one slot and an engine that waits for the test.</summary>
public sealed class BatchWaitingTests : IAsyncLifetime
{
    private const string Path = "/api/v1/batches";
    private static readonly (string, string) Ana = ("X-Guest-Id", "0123456789abcdef0123456789abcdef");
    private static readonly (string, string) Bob = ("X-Guest-Id", "fedcba9876543210fedcba9876543210");

    private readonly SemaphoreSlim _gate = new(0);
    private readonly List<int> _ran = [];
    private readonly ScriptedEngine _engine;
    private readonly StudioHost _studio;

    public BatchWaitingTests()
    {
        _engine = new ScriptedEngine
        {
            Script = async (run, cancellationToken) =>
            {
                lock (_ran) _ran.Add(run.Parameters.Get(PhotoStudio.Core.Operations.Resize.Width));
                await _gate.WaitAsync(cancellationToken);
                return new EngineOutput { Pictures = [new Picture(1, 1, PixelFormat.Gray)] };
            },
        };
        _studio = new StudioHost
        {
            Engines = [_engine],
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Studio:Worker:Slots"] = "1" },
        };
    }

    public Task InitializeAsync() => _studio.InitializeAsync();

    public async Task DisposeAsync()
    {
        _gate.Release(1000);
        await _studio.DisposeAsync();
        _gate.Dispose();
    }

    [Fact]
    public async Task Its_watchers_hear_of_every_item_and_of_the_end()
    {
        var batch = await SubmitAsync(3);
        await Eventually.BecomesTrueAsync(() => _engine.Running == 1, "the first item runs");
        await using var events = await EventStream.OpenAsync(_studio.Client, batch.GetProperty("events_url").GetString()!);
        (await events.NextAsync("snapshot")).Data.GetProperty("counts").GetProperty("total").GetInt32().ShouldBe(3);

        _gate.Release(3);

        var rest = await events.RestAsync();
        rest.Where(told => told.Type == "item").Select(told => told.Data.GetProperty("item").GetProperty("index").GetInt32()).Order().ShouldBe([0, 1, 2]);
        rest[^1].Type.ShouldBe("completed");
        rest[^1].Data.GetProperty("counts").GetProperty("completed").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Called_off_mid_way_what_is_done_stays_and_the_rest_ends()
    {
        var batch = await SubmitAsync(4);
        var other = await SubmitAsync(1);
        _gate.Release(1);
        await Eventually.BecomesTrueAsync(async () => (await CountsAsync(batch)).GetProperty("completed").GetInt32() == 1, "one item is done");
        await Eventually.BecomesTrueAsync(() => _engine.Running == 1, "the second item runs");

        var response = await _studio.Client.SendAsync(HttpMethod.Post, batch.GetProperty("links").GetProperty("cancel").GetString()!, null, Ana);

        var cancelled = await response.JsonAsync();
        cancelled.GetProperty("status").GetString().ShouldBe("cancelled", cancelled.GetRawText());
        var counts = cancelled.GetProperty("counts");
        (counts.GetProperty("completed").GetInt32(), counts.GetProperty("cancelled").GetInt32()).ShouldBe((1, 3));
        cancelled.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("results").GetArrayLength()).ShouldBe(1);
        _gate.Release(10);
        await Eventually.BecomesTrueAsync(async () => (await CountsAsync(other)).GetProperty("completed").GetInt32() == 1, "the other batch is done");
        _engine.Runs.ShouldBe(3);
    }

    [Fact]
    public async Task A_single_call_goes_before_the_rest_of_a_batch()
    {
        await SubmitAsync(20);
        await Eventually.BecomesTrueAsync(() => _engine.Running == 1, "the first item runs");
        var call = _studio.Client.PostAsync("/api/v1/operations/resize?width=999", Http.Raw(Photo(1)), Bob);
        await Eventually.BecomesTrueAsync(
            async () => (await (await _studio.Client.GetAsync("/api/v1/processing/jobs", Bob)).JsonAsync()).GetProperty("data").GetArrayLength() == 1, "the call waits");

        for (var released = 0; released < 20 && !call.IsCompleted; released++)
        {
            var before = _engine.Runs;
            _gate.Release(1);
            await Eventually.BecomesTrueAsync(() => _engine.Runs > before || call.IsCompleted, "the next one runs");
        }

        (await call.SoonAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        lock (_ran) _ran.IndexOf(999).ShouldBeInRange(1, 4);
    }

    [Fact]
    public async Task A_batch_that_would_be_too_much_is_429_and_keeps_nothing()
    {
        await SubmitAsync(100);
        await SubmitAsync(99, first: 200);
        var before = (await _studio.BlobsAsync("images/")).Count;
        await PostAsync(2, 500).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "queue_full");
        (await _studio.BlobsAsync("images/")).Count.ShouldBe(before);
    }

    private async Task<JsonElement> SubmitAsync(int items, int first = 0)
    {
        var response = await PostAsync(items, first);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private Task<HttpResponseMessage> PostAsync(int items, int first = 0)
    {
        var pictures = Enumerable.Range(first, items).Select(seed => $"\"{Convert.ToBase64String(Photo(seed))}\"");
        return _studio.Client.PostAsync(Path, Http.Json($$"""{"operation":"resize","width":7,"images":[{{string.Join(',', pictures)}}]}"""), Ana);
    }

    private async Task<JsonElement> CountsAsync(JsonElement batch) =>
        (await (await _studio.Client.GetAsync(batch.GetProperty("links").GetProperty("self").GetString()!, Ana)).JsonAsync()).GetProperty("counts");

    private static byte[] Photo(int seed) => TestFiles.Encode(TestPictures.Texture(16, 16, seed), PictureFormat.Png);
}
