using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Worker;

/// <summary>Attempts that lose their job: to its owner who calls it off, or to another attempt.</summary>
public sealed class FencingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Calling_a_job_off_stops_its_run_without_waiting_for_a_heartbeat()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Inference.Script = UntilStopped(stopped);
        var submission = TestJobs.Resize(TestJobs.Someone());
        await using var log = await worker.WatchAsync(submission.Id);
        var job = await worker.SubmitAsync(submission);
        await worker.HasBegunAsync(1);

        // The clock stands still: only the event can have stopped it.
        await worker.CancelAsync(job);
        await stopped.Task.SoonAsync();

        (await worker.ReachesAsync(job, JobState.Cancelled)).Failures.ShouldBe(0);
        await SlotsAreFreeAsync(worker);
        log.Heard.Select(jobEvent => jobEvent.Type).ShouldBe([JobEventType.Started, JobEventType.Cancelled]);
    }

    [Fact]
    public async Task A_cancellation_whose_event_is_lost_is_noticed_at_the_next_heartbeat()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Inference.Script = UntilStopped(stopped);
        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));
        await worker.HasBegunAsync(1);

        await worker.CancelAsync(job, tell: false);
        stopped.Task.IsCompleted.ShouldBeFalse();
        worker.Time.Advance(TimeSpan.FromSeconds(5));

        await stopped.Task.SoonAsync();
        await worker.ReachesAsync(job, JobState.Cancelled);
    }

    [Fact]
    public async Task An_engine_that_delivers_after_its_job_was_called_off_leaves_nothing_behind()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        TaskCompletionSource deliver = new(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Inference.Script = async (_, _, _) =>
        {
            await deliver.Task;
            return ScriptedInference.Deliver("too late");
        };
        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));
        await worker.HasBegunAsync(1);

        await worker.CancelAsync(job, tell: false);
        deliver.SetResult();

        await SlotsAreFreeAsync(worker);
        (await worker.Jobs.FindAsync(job.Id, default))!.State.ShouldBe(JobState.Cancelled);
        (await worker.ResultKeysAsync(job)).ShouldBeEmpty();
        (await worker.Images.ResultsOfAsync(job.Owner, job.Id, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelling_one_job_touches_no_other()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Inference.Script = async (request, _, cancellationToken) =>
        {
            await go.Task.WaitAsync(cancellationToken);
            return ScriptedInference.Deliver($"result of {request.RunId}");
        };
        var owner = TestJobs.Someone();
        var doomed = await worker.SubmitAsync(TestJobs.Resize(owner));
        var other = await worker.SubmitAsync(TestJobs.Resize(owner));
        await worker.HasBegunAsync(2);

        await worker.CancelAsync(doomed);
        await worker.ReachesAsync(doomed, JobState.Cancelled);
        go.SetResult();

        (await worker.ReachesAsync(other, JobState.Completed)).Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task When_another_attempt_was_faster_the_loser_takes_its_blobs_back_and_the_job_ends_once()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        TaskCompletionSource late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Inference.Script = async (request, _, _) =>
        {
            if (request.RunId.EndsWith("-1", StringComparison.Ordinal)) await late.Task;
            return ScriptedInference.Deliver($"result of {request.RunId}");
        };
        var submission = TestJobs.Resize(TestJobs.Someone());
        await using var log = await worker.WatchAsync(submission.Id);
        var job = await worker.SubmitAsync(submission);
        await worker.HasBegunAsync(1);

        // As when the first worker was cut off for longer than its lease: the attempt ends, another begins and delivers.
        await worker.Jobs.AbandonLeasesAsync(default);
        (await worker.Jobs.ExpireLeasesAsync(10, default)).ShouldHaveSingleItem();
        worker.Time.Advance(TimeSpan.FromSeconds(2));
        var done = await worker.ReachesAsync(job, JobState.Completed);
        done.Attempt.ShouldBe(2);

        late.SetResult();
        await SlotsAreFreeAsync(worker);

        var still = (await worker.Jobs.FindAsync(job.Id, default))!;
        (still.State, still.Attempt, still.Failures, still.FinishedAt).ShouldBe((JobState.Completed, 2, 1, done.FinishedAt));
        var key = (await worker.ResultKeysAsync(job)).ShouldHaveSingleItem();
        key.ShouldBe(BlobKeys.Result(job.Owner, job.CreatedAt, job.Id, 2, 0, "png"));
        (await worker.TextAsync(key)).ShouldBe($"result of {job.Id:N}-2");
        (await worker.Images.ResultsOfAsync(job.Owner, job.Id, default)).ShouldHaveSingleItem().BlobKey.ShouldBe(key);
        log.Heard.Count(jobEvent => jobEvent.Type is JobEventType.Completed or JobEventType.Failed or JobEventType.Cancelled).ShouldBe(1);
    }

    [Fact]
    public async Task An_attempt_that_cannot_reach_the_store_for_a_whole_lease_stops()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Inference.Script = UntilStopped(stopped);
        await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));
        await worker.HasBegunAsync(1);

        // Nobody's disk, nobody's database: the file is swapped for one that is none.
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(_folder.In("data"), "studio.db*")) File.Move(file, file + ".away");
        await Eventually.BecomesTrueAsync(
            () =>
            {
                worker.Time.Advance(TimeSpan.FromSeconds(5));
                return stopped.Task.IsCompleted;
            },
            "the attempt stops");
        foreach (var file in Directory.GetFiles(_folder.In("data"), "*.away")) File.Move(file, file[..^".away".Length], overwrite: true);
    }

    private static ScriptedInference.RunScript UntilStopped(TaskCompletionSource stopped) => async (_, _, cancellationToken) =>
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            stopped.SetResult();

            // As an engine behind HTTP does: the cancellation comes out as some other failure.
            throw new InferenceException(InferenceFault.Broken, "disconnected", "The connection broke.");
        }

        return ScriptedInference.Deliver();
    };

    /// <summary>Waits until both slots have ended what they did: two further jobs can then wait inside their runs at once.</summary>
    private static async Task SlotsAreFreeAsync(WorkerUnderTest worker)
    {
        using CountdownEvent inside = new(2);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Inference.Script = async (_, _, _) =>
        {
            inside.Signal();
            await go.Task;
            return ScriptedInference.Deliver("x");
        };
        List<Job> probes = [await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone())), await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()))];
        await Eventually.BecomesTrueAsync(() => inside.IsSet, "both slots take a new job");
        go.SetResult();
        foreach (var probe in probes) await worker.ReachesAsync(probe, JobState.Completed);
    }
}
