using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Worker;

public sealed class WorkerTelemetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Jobs_are_counted_and_measured()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        var meters = worker.Services.GetRequiredService<IMeterFactory>();
        ConcurrentBag<(string Instrument, double Value, string Tags)> measured = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            // Other tests' workers have meters of the same name.
            if (instrument.Meter.Name == "PhotoStudio.Worker" && ReferenceEquals(instrument.Meter.Scope, meters)) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Add((instrument.Name, value, Text(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Add((instrument.Name, value, Text(tags))));
        listener.Start();

        await worker.ReachesAsync(await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone())), JobState.Completed);
        worker.Inference.Script = (_, _, _) => throw new InferenceException(InferenceFault.InvalidInput, "undecodable_picture", "No.");
        await worker.ReachesAsync(await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone())), JobState.Failed);
        worker.Inference.Script = (_, _, _) => throw new InferenceException(InferenceFault.Broken, "engine_broke", "No.");
        await worker.ReachesAsync(await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone())), JobState.Pending, job => job.Failures == 1);

        await Eventually.BecomesTrueAsync(
            () => measured.Contains(("studio.jobs.completed", 1, "operation=resize"))
                && measured.Contains(("studio.jobs.failed", 1, "operation=resize,code=undecodable_picture"))
                && measured.Contains(("studio.jobs.retried", 1, "operation=resize,code=engine_broke"))
                && measured.Count(each => each.Instrument == "studio.jobs.wait") == 3
                && measured.Count(each => each.Instrument == "studio.jobs.duration") == 3,
            "every job is counted and measured");
        listener.RecordObservableInstruments();
        measured.ShouldContain(each => each.Instrument == "studio.queue.depth");
    }

    [Fact]
    public async Task The_trace_of_the_request_goes_on_in_the_worker()
    {
        ConcurrentBag<Activity> spans = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "PhotoStudio.Worker",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        var trace = ActivityTraceId.CreateRandom();
        var span = ActivitySpanId.CreateRandom();

        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()) with { TraceParent = $"00-{trace}-{span}-01" });
        await worker.ReachesAsync(job, JobState.Completed);

        await Eventually.BecomesTrueAsync(() => spans.Any(each => each.TraceId == trace), "the span has ended");
        var attempt = spans.Single(each => each.TraceId == trace);
        attempt.ParentSpanId.ShouldBe(span);
        attempt.DisplayName.ShouldBe("job resize");
        attempt.GetTagItem("studio.job.id").ShouldBe(job.Id);
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        List<string> texts = [];
        foreach (var (name, value) in tags) texts.Add($"{name}={value}");
        return string.Join(',', texts);
    }
}
