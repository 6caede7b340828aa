using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Worker;

/// <summary>Workers that end, in good order or not, and those that go on with their jobs.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_process_that_ends_hands_its_jobs_back_and_the_next_one_completes_them()
    {
        Job job;
        ManualTimeProvider time = new();
        await using (var first = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time }))
        {
            first.Inference.Script = async (_, _, cancellationToken) =>
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return ScriptedInference.Deliver();
            };
            var submission = TestJobs.Resize(TestJobs.Someone());
            await using var log = await first.WatchAsync(submission.Id);
            job = await first.SubmitAsync(submission);
            await first.HasBegunAsync(1);

            await first.StopAsync();
            (await log.HearsAsync(JobEventType.Queued)).Cursor.ShouldBe(EventCursor.EndOf(1));
        }

        await using var second = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time });
        var done = await second.ReachesAsync(job, JobState.Completed);

        (done.Attempt, done.Failures).ShouldBe((2, 0));
        (await second.TextAsync((await second.ResultKeysAsync(job)).Single())).ShouldBe($"result of {job.Id:N}-2");
    }

    [Fact]
    public async Task A_job_that_has_delivered_is_stored_although_the_process_ends()
    {
        ManualTimeProvider time = new();
        Job job;
        await using (var worker = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time }))
        {
            TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
            worker.Inference.Script = (_, _, _) =>
            {
                stopping.TrySetResult();
                return Task.FromResult(ScriptedInference.Deliver("x"));
            };
            job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));
            await stopping.Task;
        }

        await using var next = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time });
        await next.ReachesAsync(job, JobState.Completed);
        (await next.ResultKeysAsync(job)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_a_killed_process_held_in_this_folder_goes_on_without_waiting_for_its_lease()
    {
        ManualTimeProvider time = new();
        List<Job> held = [];
        Job rung;
        await using (var killed = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time, WithWorker = false }))
        {
            for (var i = 0; i < 3; i++)
            {
                held.Add(await killed.SubmitAsync(TestJobs.Resize(TestJobs.Someone())));
                (await killed.Jobs.TryClaimAsync(held[^1].Id, "killed", TimeSpan.FromHours(1), default)).ShouldNotBeNull();
            }

            rung = await killed.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));
            (await killed.Jobs.TakeDueAsync(10, TimeSpan.FromHours(1), default)).ShouldHaveSingleItem().Id.ShouldBe(rung.Id);
        }

        await using var next = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time });

        // What only waited in the dead bell is found without any time passing at all, the rest after a retry's pause.
        await next.ReachesAsync(rung, JobState.Completed);
        foreach (var job in held) await next.ReachesAsync(job, JobState.Pending, current => current.Failures == 1);
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                var states = await Task.WhenAll(held.Select(async job => (await next.Jobs.FindAsync(job.Id, default))!.State));
                return states.All(state => state == JobState.Completed);
            },
            "all of them are completed");
        foreach (var job in held) (await next.Jobs.FindAsync(job.Id, default))!.Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task A_worker_that_stops_answering_loses_its_job_when_the_lease_runs_out()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        var submission = TestJobs.Resize(TestJobs.Someone());
        await using var log = await worker.WatchAsync(submission.Id);
        var job = await worker.SubmitAsync(submission, ring: false);
        (await worker.Jobs.TryClaimAsync(job.Id, "elsewhere", TimeSpan.FromSeconds(30), default)).ShouldNotBeNull();

        worker.Time.Advance(TimeSpan.FromSeconds(29));
        (await worker.Jobs.FindAsync(job.Id, default))!.State.ShouldBe(JobState.Processing);
        worker.Time.Advance(TimeSpan.FromSeconds(10));

        (await log.HearsAsync(JobEventType.Retrying)).Failure.ShouldBe(JobFailure.LeaseExpired);
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                worker.Time.Advance(TimeSpan.FromSeconds(1));
                return await worker.Jobs.FindAsync(job.Id, default) is { State: JobState.Completed, Attempt: 2, Failures: 1 };
            },
            "another worker completes it");
    }

    [Fact]
    public async Task A_job_that_kills_every_process_it_runs_in_is_given_up()
    {
        ManualTimeProvider time = new();
        Job? job = null;
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await using var killed = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time, WithWorker = false });
            job ??= await killed.SubmitAsync(TestJobs.Resize(TestJobs.Someone()), ring: false);
            await killed.Jobs.ExpireLeasesAsync(10, default);
            time.Advance(TimeSpan.FromMinutes(5));
            (await killed.Jobs.TryClaimAsync(job.Id, "killed", TimeSpan.FromHours(1), default))!.Attempt.ShouldBe(attempt);
        }

        await using var worker = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time });
        (await worker.ReachesAsync(job!, JobState.Failed)).DeadLetter.ShouldBeTrue();
        worker.Inference.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_studios_cannot_share_a_folder()
    {
        await using var first = await WorkerUnderTest.StartAsync(_folder);

        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => WorkerUnderTest.StartAsync(_folder));

        refusal.Message.ShouldContain("already uses the data folder");
        var job = await first.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));
        await first.ReachesAsync(job, JobState.Completed);
    }
}
