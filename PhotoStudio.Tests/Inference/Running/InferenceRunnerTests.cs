using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Running;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Running;

public sealed class InferenceRunnerTests
{
    private static readonly InferenceRequest Request =
        new("job-1", "resize", """{"width":8}""", [new("image", TestFiles.Encode(TestPictures.Quarters(16, 16), PictureFormat.Png))]);

    [Fact]
    public async Task A_listener_that_throws_disturbs_neither_engine_nor_result()
    {
        var engine = new ScriptedEngine
        {
            Script = (run, cancellationToken) =>
            {
                run.Progress.Report(new(0.5, "half"));
                run.Progress.Report(new(0.7, "more"));
                return Task.FromResult(new EngineOutput { Pictures = [run.Input().Decode(cancellationToken)] });
            },
        };
        await using var studio = await InferenceUnderTest.InProcessAsync(InferenceSetup.With(engine));
        var listener = new Throwing();

        var result = await studio.Inference.RunAsync(Request, listener, CancellationToken.None);

        result.Outputs.Count.ShouldBe(1);
        listener.Heard.ShouldBe(1);
    }

    [Fact]
    public async Task What_an_engine_notes_is_in_the_report()
    {
        var engine = new ScriptedEngine
        {
            Script = (run, cancellationToken) =>
                Task.FromResult(new EngineOutput { Pictures = [run.Input().Decode(cancellationToken)], Notes = ["The sky was kept."] }),
        };
        await using var studio = await InferenceUnderTest.InProcessAsync(InferenceSetup.With(engine));

        var result = await studio.Inference.RunAsync(Request, null, CancellationToken.None);

        result.Engine.Notes.ShouldBe(["The sky was kept."]);
    }

    [Fact]
    public async Task Two_pictures_for_one_slot_are_refused()
    {
        await using var studio = await InferenceUnderTest.InProcessAsync(InferenceSetup.With(new ScriptedEngine()));
        var twice = Request with { Inputs = [Request.Inputs[0], Request.Inputs[0]] };

        var refused = await Should.ThrowAsync<InferenceException>(() => studio.Inference.RunAsync(twice, null, CancellationToken.None));

        (refused.Fault, refused.Code).ShouldBe((InferenceFault.InvalidInput, "unexpected_picture"));
    }

    [Fact]
    public async Task Nothing_is_heard_of_a_run_that_has_ended()
    {
        IProgress<InferenceProgress>? kept = null;
        var engine = new ScriptedEngine
        {
            Script = (run, _) =>
            {
                kept = run.Progress;
                throw new InferenceException(InferenceFault.InvalidInput, "refused", "No.");
            },
        };
        await using var studio = await InferenceUnderTest.InProcessAsync(InferenceSetup.With(engine));
        var progress = new ProgressLog();

        await Should.ThrowAsync<InferenceException>(() => studio.Inference.RunAsync(Request, progress, CancellationToken.None));
        kept!.Report(new(0.9));

        progress.Reports.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_engine_that_delivers_nothing_is_broken() =>
        (await FaultAsync((_, _) => Task.FromResult(new EngineOutput()))).Fault.ShouldBe(InferenceFault.Broken);

    [Fact]
    public async Task An_engine_that_cancels_itself_is_broken() =>
        (await FaultAsync((_, _) => throw new TaskCanceledException("A socket timed out."))).Fault.ShouldBe(InferenceFault.Broken);

    [Fact]
    public async Task A_fault_on_one_of_an_engines_threads_keeps_its_meaning()
    {
        var fault = await FaultAsync((_, _) =>
        {
            Parallel.For(0, 4, _ => throw new PictureFormatException("The PNG picture is damaged."));
            return Task.FromResult(new EngineOutput());
        });

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.InvalidInput, "undecodable_picture"));
        fault.Message.ShouldBe("The PNG picture is damaged.");
    }

    [Fact]
    public async Task Whatever_work_says_when_it_is_cut_off_the_caller_hears_of_the_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        var engine = new ScriptedEngine
        {
            Script = (_, _) =>
            {
                cancel.Cancel();
                throw new IOException("half a file");
            },
        };
        await using var studio = await InferenceUnderTest.InProcessAsync(InferenceSetup.With(engine));

        var fault = await Should.ThrowAsync<OperationCanceledException>(() => studio.Inference.RunAsync(Request, null, cancel.Token));

        fault.CancellationToken.ShouldBe(cancel.Token);
        await FreeAsync(studio);
    }

    [Fact]
    public async Task A_large_picture_is_left_half_decoded_when_its_run_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        // Noise takes a decoder longest: hundreds of milliseconds at this size. A thread of its own cancels, for a busy pool would be late.
        var file = TestFiles.Encode(TestPictures.Static(5_000, 5_000, seed: 1), PictureFormat.Jpeg, quality: 98);
        await using var studio = await InferenceUnderTest.InProcessAsync(new());

        var run = studio.Inference.RunAsync(
            Request with { Inputs = [new("image", file)] }, new OnFirstReport(new Thread(cancel.Cancel).Start), cancel.Token);

        await Should.ThrowAsync<OperationCanceledException>(() => run.SoonAsync());
        await FreeAsync(studio);
    }

    [Fact]
    public async Task A_caller_does_not_wait_for_work_that_cannot_be_stopped_and_what_it_holds_stays_taken()
    {
        using var cancel = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var engine = new ScriptedEngine
        {
            Memory = 64 << 20,
            Script = (_, _) =>
            {
                entered.SetResult();
                gate.Wait(CancellationToken.None);
                throw new IOException("half a file");
            },
        };
        await using var studio = await InferenceUnderTest.InProcessAsync(InferenceSetup.With(engine));
        var (slots, memory) = (studio.Services.GetRequiredService<RunSlots>(), studio.Services.GetRequiredService<MemoryAdmission>());
        try
        {
            var run = studio.Inference.RunAsync(Request, null, cancel.Token);
            await entered.Task.SoonAsync();
            await cancel.CancelAsync();

            await Should.ThrowAsync<OperationCanceledException>(() => run.SoonAsync());
            slots.Running.ShouldBe(1);
            memory.Held.ShouldBeGreaterThanOrEqualTo(64 << 20);
        }
        finally
        {
            gate.Set();
        }

        await FreeAsync(studio);
    }

    [Fact]
    public async Task Runs_that_wait_for_memory_go_one_after_the_other()
    {
        var gate = new TaskCompletionSource();
        var engine = ScriptedEngine.WaitingFor(gate.Task, memory: 6 << 20);
        await using var studio = await InferenceUnderTest.InProcessAsync(
            InferenceSetup.With(engine, ("Slots", 4), ("MemoryBytes", 10 << 20)));

        var runs = Enumerable.Range(0, 4).Select(_ => studio.Inference.RunAsync(Request, null, CancellationToken.None)).ToArray();
        await Eventually.BecomesTrueAsync(() => engine.Running == 1, "one run is admitted");
        gate.SetResult();
        await Task.WhenAll(runs).SoonAsync();

        (engine.Most, engine.Runs).ShouldBe((1, 4));
    }

    [Fact]
    public async Task Time_in_the_engine_is_measured_by_operation_engine_and_device()
    {
        var fails = false;
        var engine = new ScriptedEngine
        {
            Script = (_, _) => fails
                ? throw new InferenceException(InferenceFault.InvalidInput, "no_face", "There is no face.")
                : Task.FromResult(new EngineOutput { Pictures = [new Picture(1, 1, PixelFormat.Gray)] }),
        };
        await using var studio = await InferenceUnderTest.InProcessAsync(InferenceSetup.With(engine));
        var factory = studio.Services.GetRequiredService<IMeterFactory>();
        var measured = new ConcurrentQueue<(double Seconds, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "PhotoStudio.Inference" && ReferenceEquals(instrument.Meter.Scope, factory))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "studio.engine.duration") measured.Enqueue((value, new(tags.ToArray())));
        });
        listener.Start();

        await studio.Inference.RunAsync(Request, null, CancellationToken.None);
        fails = true;
        await Should.ThrowAsync<InferenceException>(() => studio.Inference.RunAsync(Request, null, CancellationToken.None));

        measured.Count.ShouldBe(2);
        measured.ShouldAllBe(measurement => measurement.Seconds >= 0 && measurement.Seconds < 60);
        measured.First().Tags.ShouldBe(
            new Dictionary<string, object?> { ["operation"] = "resize", ["engine"] = "scripted", ["device"] = "cpu" }, ignoreOrder: true);
        measured.Last().Tags["error.type"].ShouldBe("no_face");
    }

    private static async Task FreeAsync(InferenceUnderTest studio)
    {
        var (slots, memory) = (studio.Services.GetRequiredService<RunSlots>(), studio.Services.GetRequiredService<MemoryAdmission>());
        await Eventually.BecomesTrueAsync(() => slots.Running == 0 && memory.Held == 0, "the slot and the memory are free");
    }

    private static async Task<InferenceException> FaultAsync(Func<EngineRun, CancellationToken, Task<EngineOutput>> script)
    {
        await using var studio = await InferenceUnderTest.InProcessAsync(InferenceSetup.With(new ScriptedEngine { Script = script }));
        return await Should.ThrowAsync<InferenceException>(() => studio.Inference.RunAsync(Request, null, CancellationToken.None));
    }

    private sealed class Throwing : IProgress<InferenceProgress>
    {
        private int _heard;

        public int Heard => _heard;

        public void Report(InferenceProgress value)
        {
            Interlocked.Increment(ref _heard);
            throw new InvalidOperationException("The listener has gone.");
        }
    }

    private sealed class OnFirstReport(Action action) : IProgress<InferenceProgress>
    {
        private int _heard;

        public void Report(InferenceProgress value)
        {
            if (Interlocked.Exchange(ref _heard, 1) == 0) action();
        }
    }
}
