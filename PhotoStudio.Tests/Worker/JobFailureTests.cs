using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Worker;

/// <summary>What becomes of a job when an attempt fails.</summary>
public sealed class JobFailureTests : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_broken_engine_is_tried_again_after_longer_and_longer_pauses_and_then_given_up_as_a_dead_letter()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        worker.Inference.Script = (_, _, _) => throw new InferenceException(InferenceFault.Broken, "engine_broke", "The engine broke.");
        var submission = TestJobs.Resize(TestJobs.Someone());
        await using var log = await worker.WatchAsync(submission.Id);

        var job = await worker.SubmitAsync(submission);
        var waiting = await worker.ReachesAsync(job, JobState.Pending, current => current.Failures == 1);
        (waiting.NotBefore - worker.Time.GetUtcNow()).ShouldBe(FirstPause);
        waiting.Failure.ShouldBe(new JobFailure("engine_broke", "The engine broke.", Transient: true));

        await RetryAsync(worker, job, FirstPause, failures: 2);
        await RetryAsync(worker, job, 2 * FirstPause, failures: 3);

        var failed = await worker.ReachesAsync(job, JobState.Failed);
        (failed.DeadLetter, failed.Attempt, failed.Failures).ShouldBe((true, 3, 3));
        worker.Inference.Requests.Select(request => request.RunId).ShouldBe([$"{job.Id:N}-1", $"{job.Id:N}-2", $"{job.Id:N}-3"]);

        (await log.HearsAsync(JobEventType.Failed)).Failure!.Code.ShouldBe("engine_broke");
        log.Heard.Select(jobEvent => (jobEvent.Cursor, jobEvent.Type)).ShouldBe(
        [
            (new(1, 1), JobEventType.Started), (EventCursor.EndOf(1), JobEventType.Retrying),
            (new(2, 1), JobEventType.Started), (EventCursor.EndOf(2), JobEventType.Retrying),
            (new(3, 1), JobEventType.Started), (EventCursor.EndOf(3), JobEventType.Failed),
        ]);
    }

    [Fact]
    public async Task A_retry_is_made_when_its_pause_is_over_without_waiting_for_the_next_poll()
    {
        await using var worker = await WorkerUnderTest.StartAsync(
            _folder,
            new WorkerSetup { Settings = new Dictionary<string, string?> { ["Studio:Worker:PollInterval"] = "00:05:00" } });
        var tries = 0;
        worker.Inference.Script = (_, _, _) => ++tries == 1
            ? throw new InferenceException(InferenceFault.Broken, "engine_broke", "The engine broke.")
            : Task.FromResult(ScriptedInference.Deliver("second try"));

        var submission = TestJobs.Resize(TestJobs.Someone());
        await using var log = await worker.WatchAsync(submission.Id);
        var job = await worker.SubmitAsync(submission);
        await log.HearsAsync(JobEventType.Retrying);
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                // One step of the pause: the timer may be set a moment after the event is heard.
                worker.Time.Advance(FirstPause);
                return await worker.Jobs.FindAsync(job.Id, default) is { State: JobState.Completed };
            },
            "the second try completes");
        (worker.Time.GetUtcNow() - job.CreatedAt).ShouldBeLessThan(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_request_that_can_never_succeed_fails_at_once_with_its_own_code()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        worker.Inference.Script = (_, _, _) =>
            throw new InferenceException(InferenceFault.InvalidInput, "undecodable_picture", "The picture is truncated.");

        var failed = await FailedAsync(worker);

        failed.Failure.ShouldBe(new JobFailure("undecodable_picture", "The picture is truncated."));
        (failed.DeadLetter, failed.Failures).ShouldBe((false, 1));
    }

    [Fact]
    public async Task Without_a_ready_engine_a_job_fails_and_says_what_is_missing()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        worker.Inference.Script = (_, _, _) =>
            throw new InferenceException(InferenceFault.Unavailable, "model_missing", "The model u2netp is missing; get it with './studio models pull u2netp'.");

        var failed = await FailedAsync(worker);

        failed.Failure.ShouldBe(new JobFailure("engine_unavailable", "The model u2netp is missing; get it with './studio models pull u2netp'."));
        failed.DeadLetter.ShouldBeFalse();
    }

    [Fact]
    public async Task A_picture_that_is_no_longer_stored_fails_the_job()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        var submission = TestJobs.Resize(TestJobs.Someone());
        var job = await worker.SubmitAsync(submission, ring: false);
        await worker.Blobs.DeleteAsync(job.Inputs[0].BlobKey, default);
        await worker.Bell.TryRingAsync(new BellEntry(job.Id), default);

        var failed = await worker.ReachesAsync(job, JobState.Failed);

        failed.Failure!.Code.ShouldBe("input_missing");
        failed.Failure.Message.ShouldContain("'image'");
        worker.Inference.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_surprise_is_tried_again_and_the_owner_reads_nothing_of_the_studios_inside()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        worker.Inference.Script = (_, _, _) => throw new InvalidOperationException("secret of /etc/studio");

        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));
        var waiting = await worker.ReachesAsync(job, JobState.Pending, current => current.Failures == 1);

        waiting.Failure!.Code.ShouldBe("internal_error");
        waiting.Failure.Message.ShouldNotContain("secret");
        waiting.Failure.Transient.ShouldBeTrue();
    }

    [Fact]
    public async Task A_call_that_ends_itself_without_being_asked_to_is_a_failure_and_not_a_cancellation()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        worker.Inference.Script = (_, _, _) => throw new TaskCanceledException("The request timed out.");

        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));

        (await worker.ReachesAsync(job, JobState.Pending, current => current.Failures == 1)).Failure!.Code.ShouldBe("internal_error");
    }

    [Fact]
    public async Task Inference_that_is_full_is_waited_for_without_a_failure()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        var calls = 0;
        worker.Inference.Script = (_, _, _) => ++calls < 4
            ? throw new InferenceException(InferenceFault.Busy, "busy", "Every slot is taken.") { RetryAfter = TimeSpan.FromSeconds(2) }
            : Task.FromResult(ScriptedInference.Deliver("x"));

        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                worker.Time.Advance(TimeSpan.FromMilliseconds(500));
                return await worker.Jobs.FindAsync(job.Id, default) is { State: JobState.Completed };
            },
            "the job is completed");

        var done = (await worker.Jobs.FindAsync(job.Id, default))!;
        (done.Attempt, done.Failures, calls).ShouldBe((1, 0, 4));
    }

    [Fact]
    public async Task Inference_that_stays_full_costs_a_job_its_turn_but_no_failure()
    {
        await using var worker = await WorkerUnderTest.StartAsync(
            _folder,
            new WorkerSetup { Settings = new Dictionary<string, string?> { ["Studio:Worker:BusyPatience"] = "00:00:10" } });
        var full = true;
        worker.Inference.Script = (_, _, _) => full
            ? throw new InferenceException(InferenceFault.Busy, "busy", "Every slot is taken.")
            : Task.FromResult(ScriptedInference.Deliver("x"));

        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                worker.Time.Advance(TimeSpan.FromMilliseconds(500));
                return await worker.Jobs.FindAsync(job.Id, default) is { Attempt: > 1 };
            },
            "the job was handed back and claimed anew");
        full = false;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                worker.Time.Advance(TimeSpan.FromMilliseconds(500));
                return await worker.Jobs.FindAsync(job.Id, default) is { State: JobState.Completed };
            },
            "the job is completed");
        (await worker.Jobs.FindAsync(job.Id, default))!.Failures.ShouldBe(0);
    }

    [Fact]
    public async Task While_results_cannot_be_stored_the_job_is_not_lost()
    {
        FaultyBlobStore? blobs = null;
        await using var worker = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup
        {
            Configure = services =>
            {
                var files = services.Single(service => service.ServiceType == typeof(IBlobStore));
                services.Remove(files);
                services.AddSingleton<IBlobStore>(provider => blobs = new FaultyBlobStore((IBlobStore)files.ImplementationFactory!(provider)));
            },
        });
        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()), ring: false);
        blobs!.PutFault = () => new StorageException("The disk that holds the studio's data is full.");
        await worker.Bell.TryRingAsync(new BellEntry(job.Id), default);

        var waiting = await worker.ReachesAsync(job, JobState.Pending, current => current.Failures == 1);
        waiting.Failure.ShouldBe(new JobFailure("storage_unavailable", "The disk that holds the studio's data is full.", Transient: true));
        (await worker.ResultKeysAsync(job)).ShouldBeEmpty();

        blobs.PutFault = null;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                worker.Time.Advance(FirstPause);
                return await worker.Jobs.FindAsync(job.Id, default) is { State: JobState.Completed };
            },
            "the job is completed once there is room");
        var key = (await worker.ResultKeysAsync(job)).ShouldHaveSingleItem();
        (await worker.TextAsync(key)).ShouldBe($"result of {job.Id:N}-2");
    }

    [FactWithMounts]
    public async Task On_a_disk_that_is_really_full_a_job_waits_and_completes_once_there_is_room()
    {
        using MountedFolder disk = new("size=64k");
        Directory.CreateDirectory(_folder.In("data"));
        Directory.CreateSymbolicLink(_folder.In("data", "blobs"), disk.Path);
        await using var worker = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup
        {
            Settings = new Dictionary<string, string?> { ["Studio:Jobs:MaxFailures"] = "1000" },
        });
        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()), ring: false);
        var ballast = Path.Combine(disk.Path, "ballast");
        Should.Throw<IOException>(() => File.WriteAllBytes(ballast, new byte[128 * 1024]));
        await worker.Bell.TryRingAsync(new BellEntry(job.Id), default);

        var waiting = await worker.ReachesAsync(job, JobState.Pending, current => current.Failures >= 1);
        waiting.Failure!.Code.ShouldBe("storage_unavailable");
        waiting.Failure.Message.ShouldContain("is full");

        File.Delete(ballast);
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                worker.Time.Advance(FirstPause);
                return await worker.Jobs.FindAsync(job.Id, default) is { State: JobState.Completed };
            },
            "the job is completed once there is room");
        (await worker.ResultKeysAsync(job)).ShouldHaveSingleItem();
    }

    private static async Task<Job> FailedAsync(WorkerUnderTest worker) =>
        await worker.ReachesAsync(await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone())), JobState.Failed);

    private static Task RetryAsync(WorkerUnderTest worker, Job job, TimeSpan pause, int failures)
    {
        var due = worker.Time.GetUtcNow() + pause;
        return Eventually.BecomesTrueAsync(
            async () =>
            {
                if (worker.Time.GetUtcNow() < due)
                {
                    worker.Inference.Requests.Count.ShouldBe(failures - 1, "no try before its pause is over");
                    worker.Time.Advance(TimeSpan.FromSeconds(1));
                }

                return (await worker.Jobs.FindAsync(job.Id, default))!.Failures == failures;
            },
            $"there were {failures} failures");
    }
}
