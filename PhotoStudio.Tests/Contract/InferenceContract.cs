using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What holds for <see cref="IInference"/> however it is reached.</summary>
public abstract class InferenceContract
{
    private const string ToHalf = """{"width":32}""";

    private static readonly byte[] Jpeg = TestFiles.Encode(TestPictures.Quarters(64, 48), PictureFormat.Jpeg);

    /// <summary>Starts inference as the setup says.</summary>
    protected abstract Task<InferenceUnderTest> StartAsync(InferenceSetup setup);

    [Fact]
    public async Task A_run_delivers_the_result_as_a_file_and_says_what_ran_it()
    {
        await using var studio = await StartAsync(new());

        var result = await studio.Inference.RunAsync(Request(), null, CancellationToken.None);

        var output = result.Outputs.ShouldHaveSingleItem();
        (output.ContentType, output.Extension, output.Width, output.Height).ShouldBe(("image/jpeg", "jpg", 32, 24));
        PictureAssert.Similar(TestFiles.Decode(output.File), TestPictures.Quarters(32, 24), meanDifference: 10);
        result.Engine.Engine.ShouldBe("lanczos");
        result.Engine.Tier.ShouldBe(EngineTier.Builtin);
        result.Engine.Device.ShouldBe("cpu");
        result.Engine.Milliseconds.ShouldBeGreaterThan(0);
        result.Data.ShouldBeNull();
    }

    [Fact]
    public async Task What_the_engine_tells_of_itself_reaches_the_caller()
    {
        var engine = new ScriptedEngine
        {
            Script = (_, _) => Task.FromResult(new EngineOutput
            {
                Pictures = [TestPictures.Solid(3, 2, Rgb.White), TestPictures.Solid(5, 4, Rgb.White)],
                Data = """{"faces":2}""",
                Model = "model-1",
                Seed = 9_007_199_254_740_993,
                Confidence = 0.25,
            }),
        };
        await using var studio = await StartAsync(InferenceSetup.With(engine));

        var result = await studio.Inference.RunAsync(Request(), null, CancellationToken.None);

        result.Outputs.Select(output => (output.Width, output.Height)).ShouldBe([(3, 2), (5, 4)]);
        result.Data.ShouldBe("""{"faces":2}""");
        (result.Engine.Engine, result.Engine.Version, result.Engine.Model).ShouldBe(("scripted", "7", "model-1"));
        (result.Engine.Seed, result.Engine.Confidence).ShouldBe((9_007_199_254_740_993, 0.25));
    }

    [Fact]
    public async Task Progress_never_goes_back_and_ends_at_one()
    {
        var engine = new ScriptedEngine
        {
            Script = (run, cancellationToken) =>
            {
                foreach (var fraction in (double[])[0.1, 0.6, 0.3, double.NaN, -1, 5]) run.Progress.Report(new(fraction, "painting"));
                return Task.FromResult(new EngineOutput { Pictures = [run.Input().Decode(cancellationToken)] });
            },
        };
        await using var studio = await StartAsync(InferenceSetup.With(engine));
        var progress = new ProgressLog();

        await studio.Inference.RunAsync(Request(), progress, CancellationToken.None);

        var fractions = progress.Reports.Select(report => report.Fraction).ToArray();
        fractions.ShouldBe(fractions.Order());
        fractions.ShouldAllBe(fraction => fraction >= 0 && fraction <= 1);
        fractions[^1].ShouldBe(1);
        progress.Reports.ShouldContain(report => report.Stage == "painting" && report.Fraction > 0.5 && report.Fraction < 0.6);
    }

    [Fact]
    public async Task Cancelling_stops_the_engine()
    {
        var engine = ScriptedEngine.WaitingFor(new TaskCompletionSource().Task);
        await using var studio = await StartAsync(InferenceSetup.With(engine));
        using var cancel = new CancellationTokenSource();
        var run = studio.Inference.RunAsync(Request(), null, cancel.Token);
        await Eventually.BecomesTrueAsync(() => engine.Running == 1, "the engine runs");

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => run.SoonAsync());
        await Eventually.BecomesTrueAsync(() => engine.Running == 0, "the engine has stopped");
    }

    [Fact]
    public async Task A_run_that_is_cancelled_already_is_not_begun()
    {
        var engine = new ScriptedEngine();
        await using var studio = await StartAsync(InferenceSetup.With(engine));

        await Should.ThrowAsync<OperationCanceledException>(() => studio.Inference.RunAsync(Request(), null, new CancellationToken(true)));

        engine.Runs.ShouldBe(0);
    }

    [Fact]
    public async Task Bytes_that_are_no_picture_are_the_requests_fault()
    {
        await using var studio = await StartAsync(new());

        var fault = await FaultAsync(studio, Request("not a picture at all"u8.ToArray()));

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.InvalidInput, "undecodable_picture"));
    }

    [Fact]
    public async Task A_truncated_picture_is_the_requests_fault()
    {
        await using var studio = await StartAsync(new());
        var whole = TestFiles.Encode(TestPictures.Photo(400, 300, 1), PictureFormat.Jpeg);

        var fault = await FaultAsync(studio, Request(whole[..(whole.Length / 2)]));

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.InvalidInput, "undecodable_picture"));
        fault.Message.ShouldContain("truncated");
    }

    [Theory]
    [InlineData(60_000, 60_000)]
    [InlineData(1, 500_000_000)]
    [InlineData(8_000, 8_000)]
    public async Task A_header_that_promises_too_much_is_refused_without_decoding(int width, int height)
    {
        var engine = new ScriptedEngine();
        await using var studio = await StartAsync(InferenceSetup.With(engine));

        var fault = await FaultAsync(studio, Request(TestFiles.PngPromising(width, height)));

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.InvalidInput, "picture_too_large"));
        engine.Runs.ShouldBe(0);
    }

    [Fact]
    public async Task An_unknown_operation_is_named()
    {
        await using var studio = await StartAsync(new());

        var fault = await FaultAsync(studio, Request() with { Operation = "levitate" });

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.InvalidInput, "unknown_operation"));
        fault.Message.ShouldContain("levitate");
    }

    [Theory]
    [InlineData("""{"width":0,"mode":"twist","depth":3}""", "width", "mode", "depth")]
    [InlineData("[]", "JSON object")]
    [InlineData("{", "not JSON")]
    public async Task Bad_parameters_are_reported_all_at_once(string parameters, params string[] named)
    {
        await using var studio = await StartAsync(new());

        var fault = await FaultAsync(studio, Request() with { Parameters = parameters });

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.InvalidInput, "invalid_parameters"));
        foreach (var name in named) fault.Message.ShouldContain(name);
    }

    [Fact]
    public async Task A_missing_picture_and_one_too_many_are_named()
    {
        await using var studio = await StartAsync(new());

        var missing = await FaultAsync(studio, Request() with { Inputs = [] });
        var unexpected = await FaultAsync(studio, Request() with { Inputs = [new("image", Jpeg), new("mask", Jpeg)] });

        (missing.Fault, missing.Code).ShouldBe((InferenceFault.InvalidInput, "picture_missing"));
        missing.Message.ShouldContain("'image'");
        (unexpected.Fault, unexpected.Code).ShouldBe((InferenceFault.InvalidInput, "unexpected_picture"));
        unexpected.Message.ShouldContain("'mask'");
    }

    [Fact]
    public async Task Without_a_ready_engine_the_caller_learns_what_is_missing_and_how_to_get_it()
    {
        var engine = new ScriptedEngine { Missing = "The model edsr is not installed; get it with ./studio models pull edsr." };
        await using var studio = await StartAsync(InferenceSetup.With(engine));

        var fault = await FaultAsync(studio, Request());

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.Unavailable, "engine_unavailable"));
        fault.Message.ShouldContain("resize");
        fault.Message.ShouldContain(engine.Missing);
        var status = (await studio.Inference.EnginesAsync(CancellationToken.None)).ShouldHaveSingleItem();
        status.ShouldBe(new("resize", "scripted", EngineTier.Builtin, "7", Ready: false, engine.Missing) { PassedOver = engine.Missing });
    }

    [Fact]
    public async Task When_slots_and_queue_are_taken_the_caller_learns_when_to_come_back()
    {
        var gate = new TaskCompletionSource();
        var engine = ScriptedEngine.WaitingFor(gate.Task);
        await using var studio = await StartAsync(InferenceSetup.With(engine, ("Slots", 1), ("QueueLength", 0)));
        var first = studio.Inference.RunAsync(Request(), null, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => engine.Running == 1, "the engine runs");

        var fault = await FaultAsync(studio, Request());

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.Busy, "inference_busy"));
        fault.RetryAfter.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        gate.SetResult();
        (await first.SoonAsync()).Outputs.Count.ShouldBe(1);
        engine.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task An_engine_that_breaks_says_nothing_of_its_inside_and_the_next_run_is_served()
    {
        var breaks = true;
        var engine = new ScriptedEngine
        {
            Script = (run, cancellationToken) => breaks
                ? throw new InvalidOperationException("/secret/path exploded")
                : Task.FromResult(new EngineOutput { Pictures = [run.Input().Decode(cancellationToken)] }),
        };
        await using var studio = await StartAsync(InferenceSetup.With(engine, ("Slots", 1), ("QueueLength", 0)));

        var fault = await FaultAsync(studio, Request());
        breaks = false;
        var result = await studio.Inference.RunAsync(Request(), null, CancellationToken.None);

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.Broken, "engine_broken"));
        fault.Message.ShouldNotContain("secret");
        result.Outputs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_an_engine_finds_wrong_with_its_input_reaches_the_caller()
    {
        var engine = new ScriptedEngine
        {
            Script = (_, _) => throw new InferenceException(InferenceFault.InvalidInput, "no_face", "There is no face in the picture."),
        };
        await using var studio = await StartAsync(InferenceSetup.With(engine));

        var fault = await FaultAsync(studio, Request());

        (fault.Fault, fault.Code, fault.Message).ShouldBe((InferenceFault.InvalidInput, "no_face", "There is no face in the picture."));
    }

    [Fact]
    public async Task A_run_larger_than_all_memory_is_refused()
    {
        var engine = new ScriptedEngine { Memory = 3 << 20 };
        await using var studio = await StartAsync(InferenceSetup.With(engine, ("MemoryBytes", 2 << 20)));

        var fault = await FaultAsync(studio, Request());

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.InvalidInput, "too_large_for_memory"));
        engine.Runs.ShouldBe(0);
    }

    private static InferenceRequest Request(byte[]? file = null) => new("job-1", "resize", ToHalf, [new("image", file ?? Jpeg)]);

    private static Task<InferenceException> FaultAsync(InferenceUnderTest studio, InferenceRequest request) =>
        Should.ThrowAsync<InferenceException>(() => studio.Inference.RunAsync(request, null, CancellationToken.None));
}
