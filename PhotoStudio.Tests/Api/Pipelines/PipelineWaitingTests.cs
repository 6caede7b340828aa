using System.Net;
using System.Text.Json;
using PhotoStudio.Api.Pipelines;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Pipelines;

/// <summary>Waiting, repeating, following and calling off, with an engine that waits for the test.</summary>
public sealed class PipelineWaitingTests : IAsyncLifetime
{
    private const string Path = "/api/v1/pipelines";
    private const string Steps = """[{"operation":"flip"},{"operation":"resize","width":8},{"operation":"flip"}]""";
    private static readonly (string, string) Ana = ("X-Guest-Id", "0123456789abcdef0123456789abcdef");
    private static readonly (string, string) Async = ("Prefer", "respond-async");
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Jpeg);

    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ScriptedEngine _engine;
    private readonly StudioHost _studio;

    public PipelineWaitingTests()
    {
        _engine = ScriptedEngine.WaitingFor(_gate.Task);
        _studio = new StudioHost { Engines = [_engine, new ScriptedEngine("turn", "flip")] };
    }

    public Task InitializeAsync() => _studio.InitializeAsync();

    public async Task DisposeAsync()
    {
        _gate.TrySetResult();
        await _studio.DisposeAsync();
    }

    [Fact]
    public async Task Who_prefers_not_to_wait_gets_202_and_hears_every_step_to_the_end()
    {
        var accepted = await PostAsync(Steps, Async);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        accepted.Headers.GetValues("Preference-Applied").Single().ShouldBe("respond-async");
        var pipeline = await accepted.JsonAsync();
        var id = pipeline.GetProperty("id").GetString();
        accepted.Headers.Location!.OriginalString.ShouldBe($"{Path}/{id}");
        await Eventually.BecomesTrueAsync(() => _engine.Running == 1, "the second step runs");
        var shown = await ShowAsync(id);
        shown.GetProperty("status").GetString().ShouldBe("processing");
        shown.GetProperty("current_step").GetInt32().ShouldBe(1);
        shown.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("status").GetString()).ShouldBe(["completed", "processing", "pending"]);

        await using var events = await EventStream.OpenAsync(_studio.Client, pipeline.GetProperty("events_url").GetString()!);
        var snapshot = await events.NextAsync("snapshot");
        snapshot.Data.GetProperty("operation").GetString().ShouldBe("resize");
        _gate.SetResult();
        var rest = await events.RestAsync();
        rest.Where(told => told.Type == "step").ShouldAllBe(told => told.Data.GetProperty("step").GetInt32() >= 1);
        rest[^1].Type.ShouldBe("completed");
        rest[^1].Id.ShouldBe("end");
        var url = rest[^1].Data.GetProperty("url").GetString()!;
        (await _studio.Client.GetAsync(url)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _studio.Client.GetAsync(pipeline.GetProperty("events_url").GetString()!, ("Last-Event-ID", "end"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Who_waits_so_long_gets_202_and_who_goes_away_takes_it_along()
    {
        (await PostAsync(Steps, ("Prefer", "wait=1")).SoonAsync()).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var first = await OnlyAsync();
        first.GetProperty("status").GetString().ShouldBe("processing");
        await CancelAsync(first.GetProperty("id").GetString());

        using var patience = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = Http.Form(Photo, fields: ("steps", Steps)) };
        request.Headers.Add("X-Guest-Id", "11111111111111111111111111111111");
        var call = _studio.Client.SendAsync(request, patience.Token);
        await Eventually.BecomesTrueAsync(() => _engine.Running == 1, "the second step runs");
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
        await Eventually.BecomesTrueAsync(() => _engine.Running == 0, "the engine has stopped");
        var list = await (await _studio.Client.GetAsync(Path, ("X-Guest-Id", "11111111111111111111111111111111"))).JsonAsync();
        await Eventually.BecomesTrueAsync(
            async () => (await (await _studio.Client.GetAsync(Path, ("X-Guest-Id", "11111111111111111111111111111111"))).JsonAsync())
                .GetProperty("data")[0].GetProperty("status").GetString() == "cancelled",
            $"the pipeline is cancelled: {list}");
    }

    [Fact]
    public async Task The_same_key_makes_one_pipeline_and_other_content_is_refused()
    {
        var key = ("Idempotency-Key", "once");
        var first = await (await PostAsync(Steps, key, Async)).JsonAsync();
        var running = await PostAsync(Steps, key).ShouldBeProblemAsync(HttpStatusCode.Conflict, "request_in_progress");
        running.Detail().ShouldContain("pipeline");
        (await (await PostAsync(Steps, key, Async)).JsonAsync()).GetProperty("id").GetString().ShouldBe(first.GetProperty("id").GetString());
        await PostAsync("""[{"operation":"flip"}]""", key).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");

        _gate.SetResult();
        var waited = await PostAsync(Steps, key, ("Prefer", "wait=60"), ("Accept", "application/json")).SoonAsync();
        waited.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await waited.JsonAsync()).GetProperty("id").GetString().ShouldBe(first.GetProperty("id").GetString());
        (await OnlyAsync()).GetProperty("status").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task Called_off_mid_way_the_running_step_ends_and_no_other_begins()
    {
        var call = PostAsync(Steps);
        await Eventually.BecomesTrueAsync(() => _engine.Running == 1, "the second step runs");
        var id = (await OnlyAsync()).GetProperty("id").GetString();

        var cancelled = await CancelAsync(id);

        cancelled.GetProperty("status").GetString().ShouldBe("cancelled");
        cancelled.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("status").GetString()).ShouldBe(["completed", "cancelled", "skipped"]);
        cancelled.GetProperty("steps")[0].GetProperty("results").GetArrayLength().ShouldBe(1);
        await call.SoonAsync().ShouldBeProblemAsync(HttpStatusCode.Conflict, "job_cancelled");
        await Eventually.BecomesTrueAsync(() => _engine.Running == 0, "the engine has stopped");
        (await CancelAsync(id)).GetProperty("status").GetString().ShouldBe("cancelled");
    }

    [Fact]
    public void A_step_needs_one_picture_and_no_more()
    {
        StepsReader.Unfit(new OfTwo()).ShouldNotBeNull().ShouldContain("needs more than one picture (source, target)");
        StepsReader.Unfit(new OfNone()).ShouldNotBeNull().ShouldContain("works on no picture");
        foreach (var operation in OperationCatalog.All.Where(operation => operation.Inputs is [{ Name: "image" }]))
            StepsReader.Unfit(operation).ShouldBeNull();
    }

    private async Task<JsonElement> OnlyAsync()
    {
        var list = await (await _studio.Client.GetAsync(Path, Ana)).JsonAsync();
        return list.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
    }

    private async Task<JsonElement> ShowAsync(string? id) => await (await _studio.Client.GetAsync($"{Path}/{id}", Ana)).JsonAsync();

    private async Task<JsonElement> CancelAsync(string? id)
    {
        var response = await _studio.Client.SendAsync(HttpMethod.Post, $"{Path}/{id}/cancel", null, Ana);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private Task<HttpResponseMessage> PostAsync(string steps, params (string, string)[] headers) =>
        _studio.Client.PostAsync(Path, Http.Form(Photo, fields: ("steps", steps)), [Ana, .. headers]);

    private abstract class Sample(params InputSlot[] slots) : Operation
    {
        public override string Name => "sample";

        public override string Title => "Sample";

        public override string Description => "A sample.";

        public override IReadOnlyList<InputSlot> Inputs => slots;

        public override IReadOnlyList<Parameter> Parameters => [];

        public override OperationCost Cost => new(QuotaKind.None);
    }

    private sealed class OfTwo() : Sample(new InputSlot("source", "One."), new InputSlot("target", "Another."));

    private sealed class OfNone() : Sample();
}
