using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Running;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Running;

public sealed class RunSlotsTests
{
    private static readonly InferenceRequest Request =
        new("job-1", "resize", """{"width":8}""", [new("image", TestFiles.Encode(TestPictures.Quarters(16, 16), PictureFormat.Png))]);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Fifty_runs_at_once_never_take_more_than_the_slots(int slots)
    {
        var engine = new ScriptedEngine
        {
            Script = async (run, cancellationToken) =>
            {
                for (var i = 0; i < 5; i++) await Task.Yield();
                return new EngineOutput { Pictures = [run.Input().Decode(cancellationToken)] };
            },
        };
        await using var studio = await InferenceUnderTest.InProcessAsync(
            InferenceSetup.With(engine, ("Slots", slots), ("QueueLength", 50)));

        var runs = Enumerable.Range(0, 50).Select(_ => Task.Run(() => studio.Inference.RunAsync(Request, null, CancellationToken.None)));
        var results = await Task.WhenAll(runs).SoonAsync();

        results.Length.ShouldBe(50);
        engine.Runs.ShouldBe(50);
        engine.Most.ShouldBeLessThanOrEqualTo(slots);
        var places = studio.Services.GetRequiredService<RunSlots>();
        (places.Running, places.Waiting, places.IsFull).ShouldBe((0, 0, false));
    }

    [Fact]
    public async Task The_queue_takes_what_it_holds_and_no_more()
    {
        var gate = new TaskCompletionSource();
        var engine = ScriptedEngine.WaitingFor(gate.Task);
        await using var studio = await InferenceUnderTest.InProcessAsync(InferenceSetup.With(engine, ("Slots", 2), ("QueueLength", 3)));
        var slots = studio.Services.GetRequiredService<RunSlots>();
        var health = studio.Services.GetRequiredService<InferenceHealth>();

        var taken = Enumerable.Range(0, 5).Select(_ => studio.Inference.RunAsync(Request, null, CancellationToken.None)).ToArray();
        (slots.Running, slots.Waiting, slots.IsFull).ShouldBe((2, 3, true));
        await Eventually.BecomesTrueAsync(() => health.State == InferenceState.Busy, "inference is busy");

        (await Should.ThrowAsync<InferenceException>(() => studio.Inference.RunAsync(Request, null, CancellationToken.None)))
            .Fault.ShouldBe(InferenceFault.Busy);
        gate.SetResult();
        (await Task.WhenAll(taken).SoonAsync()).Length.ShouldBe(5);
    }

    [Fact]
    public async Task Whoever_cancels_while_queued_leaves_the_place_to_the_next()
    {
        var gate = new TaskCompletionSource();
        var engine = ScriptedEngine.WaitingFor(gate.Task);
        await using var studio = await InferenceUnderTest.InProcessAsync(InferenceSetup.With(engine, ("Slots", 1), ("QueueLength", 1)));
        var slots = studio.Services.GetRequiredService<RunSlots>();
        using var cancel = new CancellationTokenSource();
        var running = studio.Inference.RunAsync(Request, null, CancellationToken.None);
        var queued = studio.Inference.RunAsync(Request, null, cancel.Token);
        slots.IsFull.ShouldBeTrue();

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => queued.SoonAsync());
        slots.Waiting.ShouldBe(0);
        var next = studio.Inference.RunAsync(Request, null, CancellationToken.None);
        gate.SetResult();

        await Task.WhenAll(running, next).SoonAsync();
        engine.Runs.ShouldBe(2);
    }

    [Fact]
    public async Task Cores_are_shared_out_among_the_slots()
    {
        var cores = 0;
        var engine = new ScriptedEngine
        {
            Script = (run, _) =>
            {
                cores = run.Cores;
                return Task.FromResult(new EngineOutput { Pictures = [new Picture(1, 1, PixelFormat.Gray)] });
            },
        };
        await using var studio = await InferenceUnderTest.InProcessAsync(InferenceSetup.With(engine, ("Slots", 1)));

        await studio.Inference.RunAsync(Request, null, CancellationToken.None);

        cores.ShouldBe(Environment.ProcessorCount);
        new InferenceOptions { Slots = 256 }.CoresPerRun.ShouldBe(Math.Max(1, Environment.ProcessorCount / 256));
        new InferenceOptions().EffectiveSlots.ShouldBe(Math.Max(1, Environment.ProcessorCount / 2));
    }
}
