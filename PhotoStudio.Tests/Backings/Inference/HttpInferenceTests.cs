using System.Diagnostics;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Inference;

/// <summary>Inference over HTTP holds to what a direct call does, and to some more.</summary>
public sealed class HttpInferenceTests : InferenceContract
{
    private static readonly byte[] Png = TestFiles.Encode(TestPictures.Quarters(64, 48), PictureFormat.Png);

    [Fact]
    public async Task The_bytes_are_those_of_a_direct_call_also_when_they_are_many()
    {
        await using var near = await InferenceUnderTest.InProcessAsync(new());
        await using var far = await InferenceUnderTest.OverHttpAsync(new());
        var noise = TestFiles.Encode(TestPictures.Static(1600, 1200, seed: 3), PictureFormat.Png);
        InferenceRequest request = new("job-1", "flip", """{"direction":"horizontal"}""", [new("image", noise)]);

        var expected = (await near.Inference.RunAsync(request, null, CancellationToken.None)).Outputs.ShouldHaveSingleItem();
        var actual = (await far.Inference.RunAsync(request, null, CancellationToken.None)).Outputs.ShouldHaveSingleItem();

        expected.File.Length.ShouldBeGreaterThan(5_000_000);
        actual.File.Span.SequenceEqual(expected.File.Span).ShouldBeTrue();
        (actual with { File = default }).ShouldBe(expected with { File = default });
    }

    [Fact]
    public async Task A_run_with_nothing_new_to_say_outlives_the_patience_for_silence()
    {
        var gate = new TaskCompletionSource();
        var engine = ScriptedEngine.WaitingFor(gate.Task);
        await using var service = await InferenceServiceHost.StartAsync(InferenceSetup.With(engine, ("Service:KeepAlive", "00:00:00.020")));
        ManualTimeProvider time = new();
        using var client = HttpInferenceClient.Of(service.Address, new() { SilenceTimeout = TimeSpan.FromSeconds(30) }, time);
        ProgressLog progress = new();
        var run = client.RunAsync(Request(), progress, CancellationToken.None);

        for (var minute = 1; minute <= 5; minute++)
        {
            var heard = progress.Reports.Count;
            await Eventually.BecomesTrueAsync(() => progress.Reports.Count > heard + 1, "the service says that it is still there");
            time.Advance(TimeSpan.FromSeconds(20));
        }

        gate.SetResult();
        (await run.SoonAsync()).Outputs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_an_engine_says_is_heard_at_once()
    {
        var gate = new TaskCompletionSource();
        var engine = new ScriptedEngine
        {
            Script = async (run, cancellationToken) =>
            {
                run.Progress.Report(new(0.5, "painting"));
                await gate.Task.WaitAsync(cancellationToken);
                return new EngineOutput { Pictures = [run.Input().Decode(cancellationToken)] };
            },
        };
        await using var service = await InferenceServiceHost.StartAsync(InferenceSetup.With(engine, ("Service:KeepAlive", "00:05:00")));
        using var client = HttpInferenceClient.Of(service.Address);
        ProgressLog progress = new();
        var run = client.RunAsync(Request(), progress, CancellationToken.None);

        await Eventually.BecomesTrueAsync(() => progress.Reports.Any(report => report.Stage == "painting"), "the progress is heard");

        gate.SetResult();
        await run.SoonAsync();
    }

    [Fact]
    public async Task A_listener_that_throws_stops_nothing()
    {
        await using var far = await InferenceUnderTest.OverHttpAsync(new());

        var result = await far.Inference.RunAsync(Request(), new Thrower(), CancellationToken.None);

        result.Outputs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_engine_runs_in_the_trace_of_the_caller()
    {
        List<Activity> spans = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name is "PhotoStudio.Inference" or "Microsoft.AspNetCore",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (spans) spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var far = await InferenceUnderTest.OverHttpAsync(new());
        using Activity caller = new("caller");
        caller.Start();

        await far.Inference.RunAsync(Request(), null, CancellationToken.None);

        caller.Stop();
        await Eventually.BecomesTrueAsync(
            () =>
            {
                lock (spans) return spans.Any(span => span.OperationName == "inference.engine" && span.TraceId == caller.TraceId);
            },
            "the engine's span is in the trace");
    }

    [Fact]
    public async Task A_failure_in_the_middle_is_told_as_one_before_it()
    {
        var engine = new ScriptedEngine
        {
            Script = (run, _) =>
            {
                run.Progress.Report(new(0.5, "painting"));
                throw new InferenceException(InferenceFault.InvalidInput, "no_face", "There is no face in the picture.");
            },
        };
        await using var far = await InferenceUnderTest.OverHttpAsync(InferenceSetup.With(engine));

        var fault = await Should.ThrowAsync<InferenceException>(() => far.Inference.RunAsync(Request(), null, CancellationToken.None));

        (fault.Fault, fault.Code, fault.Message).ShouldBe((InferenceFault.InvalidInput, "no_face", "There is no face in the picture."));
    }

    [Fact]
    public async Task A_process_that_is_killed_at_work_is_a_failure_that_is_worth_another_try()
    {
        await using var service = await InferenceProcess.StartAsync();
        using var client = HttpInferenceClient.Of(service.Address);
        ProgressLog progress = new();
        var photo = TestFiles.Encode(TestPictures.Photo(1200, 900, seed: 5), PictureFormat.Jpeg);
        var run = client.RunAsync(new("job-1", "remove-background", "{}", [new("image", photo)]), progress, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => progress.Reports.Count > 0, "the run has begun");

        await service.KillAsync();

        var fault = await Should.ThrowAsync<InferenceException>(() => run.SoonAsync());
        (fault.Fault, fault.Code).ShouldBe((InferenceFault.Broken, "inference_lost"));
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_begun()
    {
        using var client = HttpInferenceClient.Of(new Uri($"http://127.0.0.1:{ServiceProcess.FreePort()}"));

        var fault = await Should.ThrowAsync<InferenceException>(() => client.RunAsync(Request(), null, CancellationToken.None));
        var unlisted = await Should.ThrowAsync<InferenceException>(() => client.EnginesAsync(CancellationToken.None));

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.Busy, "inference_unreachable"));
        fault.RetryAfter.ShouldNotBeNull();
        fault.Message.ShouldNotContain("127.0.0.1");
        unlisted.Code.ShouldBe("inference_unreachable");
    }

    [Fact]
    public async Task A_run_goes_on_to_the_next_instance_when_one_is_not_there_or_full()
    {
        await using var full = await WebServer.StartAsync(http =>
        {
            http.Response.StatusCode = 429;
            http.Response.Headers.RetryAfter = "9";
            return Task.CompletedTask;
        });
        await using var ready = await InferenceServiceHost.StartAsync();
        var nobody = $"http://127.0.0.1:{ServiceProcess.FreePort()}";
        using var client = HttpInferenceClient.Of([nobody, full.Url(""), ready.Address.ToString()]);

        for (var run = 0; run < 6; run++) (await client.RunAsync(Request(), null, CancellationToken.None)).Outputs.Count.ShouldBe(1);
        (await client.EnginesAsync(CancellationToken.None)).ShouldNotBeEmpty();
        full.Requests.ShouldBeGreaterThanOrEqualTo(4);

        using var unlucky = HttpInferenceClient.Of([full.Url(""), nobody]);
        var fault = await Should.ThrowAsync<InferenceException>(() => unlucky.RunAsync(Request(), null, CancellationToken.None));
        (fault.Code, fault.RetryAfter).ShouldBe(("inference_busy", TimeSpan.FromSeconds(9)));
    }

    protected override Task<InferenceUnderTest> StartAsync(InferenceSetup setup) => InferenceUnderTest.OverHttpAsync(setup);

    private static InferenceRequest Request() => new("job-1", "resize", """{"width":32}""", [new("image", Png)]);

    private sealed class Thrower : IProgress<InferenceProgress>
    {
        public void Report(InferenceProgress value) => throw new InvalidOperationException("I do not listen.");
    }
}
