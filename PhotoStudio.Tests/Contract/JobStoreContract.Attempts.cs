using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <content>Claims, leases, fencing, retries and calling jobs off.</content>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task Of_twenty_workers_that_claim_at_once_exactly_one_gets_the_job()
    {
        var job = await AcceptAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() =>
            Jobs.TryClaimAsync(job.Id, $"worker-{number}", Lease, default))));

        var winner = claims.OfType<Job>().ShouldHaveSingleItem();
        (winner.State, winner.Attempt, winner.LeaseUntil - winner.StartedAt).ShouldBe((JobState.Processing, 1, Lease));
        Same((await Jobs.FindAsync(job.Id, default)).ShouldNotBeNull(), winner);
    }

    [Fact]
    public async Task Workers_that_claim_many_jobs_at_once_share_them_without_overlap()
    {
        var owner = TestJobs.Someone();
        var ids = new List<Guid>();
        for (var i = 0; i < 10; i++) ids.Add((await AcceptAsync(owner)).Id);

        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            var mine = new List<Guid>();
            foreach (var id in ids)
            {
                if (await Jobs.TryClaimAsync(id, $"worker-{number}", Lease, default) is { } job) mine.Add(job.Id);
            }

            return mine;
        })));

        claims.SelectMany(mine => mine).Order().ShouldBe(ids.Order());
    }

    [Fact]
    public async Task Only_a_pending_job_is_claimed()
    {
        var job = await AcceptAsync();
        await Jobs.CancelAsync(job.Owner, job.Id, default);

        (await Jobs.TryClaimAsync(job.Id, "worker", Lease, default)).ShouldBeNull();
        (await Jobs.TryClaimAsync(Guid.CreateVersion7(), "worker", Lease, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_renewed_lease_lasts_longer_and_remembers_the_progress()
    {
        var job = await ClaimAsync(await AcceptAsync());
        await Stores.AdvanceAsync(Lease * 0.9);

        var renewed = (await Jobs.RenewAsync(job.Id, 1, Lease, 0.5, "refining", default)).ShouldNotBeNull();
        await Stores.AdvanceAsync(Lease * 0.9);

        (renewed.Progress, renewed.Stage).ShouldBe((0.5, "refining"));
        (await Jobs.ExpireLeasesAsync(10, default)).ShouldBeEmpty();
        (await Jobs.RenewAsync(job.Id, 1, Lease, 0.4, null, default)).ShouldNotBeNull().Progress.ShouldBe(0.5);
    }

    [Fact]
    public async Task A_completed_job_has_its_results_and_its_engine()
    {
        var job = await ClaimAsync(await AcceptAsync());
        var completion = TestJobs.Completion(job, results: 3) with { Data = """{"faces":2}""" };

        var finished = (await Jobs.CompleteAsync(job.Id, 1, completion, default)).ShouldNotBeNull();

        finished.Next.ShouldBeNull();
        (finished.Job.State, finished.Job.Progress, finished.Job.Engine, finished.Job.Data)
            .ShouldBe((JobState.Completed, 1.0, TestJobs.Engine, completion.Data));
        (finished.Job.Worker, finished.Job.LeaseUntil).ShouldBe((null, null));
        Same((await Jobs.FindAsync(job.Id, default)).ShouldNotBeNull(), finished.Job);
        var results = await Stores.Images.ResultsOfAsync(job.Owner, job.Id, default);
        results.Select(image => (image.Id, image.Index)).ShouldBe(completion.Results.Select(image => (image.Id, image.Index)));
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_can_write_nothing_more()
    {
        var job = await ClaimAsync(await AcceptAsync());
        await Stores.AdvanceAsync(Lease);
        (await Jobs.ExpireLeasesAsync(10, default)).ShouldHaveSingleItem();
        await Stores.AdvanceAsync(StudioStores.FirstDelay);
        var second = await ClaimAsync(job);

        (await Jobs.RenewAsync(job.Id, 1, Lease, 0.9, "stale", default)).ShouldBeNull();
        (await Jobs.CompleteAsync(job.Id, 1, TestJobs.Completion(job), default)).ShouldBeNull();
        (await Jobs.FailAsync(job.Id, 1, Hopeless, default)).ShouldBeNull();
        (await Jobs.ReleaseAsync(job.Id, 1, default)).ShouldBeNull();

        second.Attempt.ShouldBe(2);
        Same((await Jobs.FindAsync(job.Id, default)).ShouldNotBeNull(), second);
        (await Stores.Images.ResultsOfAsync(job.Owner, job.Id, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_written_by_a_token_that_was_never_given_out()
    {
        var job = await AcceptAsync();

        (await Jobs.CompleteAsync(job.Id, 0, TestJobs.Completion(job), default)).ShouldBeNull();
        (await Jobs.CompleteAsync(job.Id, 1, TestJobs.Completion(job), default)).ShouldBeNull();
        (await Jobs.FailAsync(Guid.CreateVersion7(), 1, Hopeless, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_completions_by_the_same_attempt_only_the_first_counts()
    {
        var job = await ClaimAsync(await AcceptAsync());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() =>
            Jobs.CompleteAsync(job.Id, 1, TestJobs.Completion(job), default))));

        outcomes.OfType<Finished>().ShouldHaveSingleItem();
        (await Stores.Images.ResultsOfAsync(job.Owner, job.Id, default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_result_that_names_another_owner_is_refused_and_the_job_goes_on()
    {
        var job = await ClaimAsync(await AcceptAsync());
        var stolen = TestJobs.Result(job) with { Owner = TestJobs.Someone() };

        var completion = new JobCompletion(TestJobs.Engine, [stolen]);
        await Should.ThrowAsync<ArgumentException>(() => Jobs.CompleteAsync(job.Id, 1, completion, default));

        Same((await Jobs.FindAsync(job.Id, default)).ShouldNotBeNull(), job);
    }

    [Fact]
    public async Task A_transient_failure_is_tried_again_after_a_pause_and_becomes_a_dead_letter_in_the_end()
    {
        var job = await AcceptAsync();
        var pause = StudioStores.FirstDelay;
        for (var attempt = 1; attempt < StudioStores.Retry.MaxFailures; attempt++)
        {
            await ClaimAsync(job);
            var failed = (await Jobs.FailAsync(job.Id, attempt, Hiccup, default)).ShouldNotBeNull();
            (failed.State, failed.Failures, failed.Failure, failed.Worker).ShouldBe((JobState.Pending, attempt, Hiccup, null));

            await Stores.AdvanceAsync(pause / 2);
            (await Jobs.TryClaimAsync(job.Id, "early", Lease, default)).ShouldBeNull();
            await Stores.AdvanceAsync(pause / 2);
            pause *= 2;
        }

        await ClaimAsync(job);
        var dead = (await Jobs.FailAsync(job.Id, StudioStores.Retry.MaxFailures, Hiccup, default)).ShouldNotBeNull();

        (dead.State, dead.DeadLetter, dead.Failure).ShouldBe((JobState.Failed, true, Hiccup));
        Same((await Jobs.FindAsync(job.Id, default)).ShouldNotBeNull(), dead);
    }

    [Fact]
    public async Task A_hopeless_failure_is_final_and_no_dead_letter()
    {
        var job = await ClaimAsync(await AcceptAsync());

        var failed = (await Jobs.FailAsync(job.Id, 1, Hopeless, default)).ShouldNotBeNull();

        (failed.State, failed.DeadLetter, failed.Failure).ShouldBe((JobState.Failed, false, Hopeless));
        failed.FinishedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_released_job_is_due_at_once_and_counts_no_failure()
    {
        var job = await ClaimAsync(await AcceptAsync());

        var released = (await Jobs.ReleaseAsync(job.Id, 1, default)).ShouldNotBeNull();

        (released.State, released.Failures, released.Worker).ShouldBe((JobState.Pending, 0, null));
        (await ClaimAsync(job)).Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task A_lease_that_runs_out_is_a_failure_of_its_attempt()
    {
        var held = await ClaimAsync(await AcceptAsync());
        await AcceptAsync();
        await Stores.AdvanceAsync(Lease / 2);
        var fresh = await ClaimAsync(await AcceptAsync());
        (await Jobs.ExpireLeasesAsync(10, default)).ShouldBeEmpty();
        await Stores.AdvanceAsync(Lease / 2);

        var expired = (await Jobs.ExpireLeasesAsync(10, default)).ShouldHaveSingleItem();

        (expired.Id, expired.State, expired.Failures, expired.Failure).ShouldBe((held.Id, JobState.Pending, 1, JobFailure.LeaseExpired));
        Same((await Jobs.FindAsync(held.Id, default)).ShouldNotBeNull(), expired);
        (await Jobs.FindAsync(fresh.Id, default)).ShouldNotBeNull().State.ShouldBe(JobState.Processing);
    }

    [Fact]
    public async Task A_sweep_ends_no_more_leases_than_asked_and_no_lease_twice()
    {
        for (var i = 0; i < 5; i++) await ClaimAsync(await AcceptAsync());
        await Stores.AdvanceAsync(Lease);

        var sweeps = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Jobs.ExpireLeasesAsync(2, default))));

        sweeps.ShouldAllBe(sweep => sweep.Count <= 2);
        sweeps.SelectMany(sweep => sweep).Select(job => job.Id).Distinct().Count().ShouldBe(5);
        sweeps.SelectMany(sweep => sweep).ShouldAllBe(job => job.Failures == 1);
    }

    [Fact]
    public async Task Cancelling_ends_a_job_takes_its_workers_fence_and_touches_no_other()
    {
        var owner = TestJobs.Someone();
        var other = await ClaimAsync(await AcceptAsync(owner));
        var job = await ClaimAsync(await AcceptAsync(owner));

        var cancelled = (await Jobs.CancelAsync(owner, job.Id, default)).ShouldNotBeNull();

        (cancelled.State, cancelled.Worker, cancelled.LeaseUntil).ShouldBe((JobState.Cancelled, null, null));
        (await Jobs.RenewAsync(job.Id, 1, Lease, 0.5, null, default)).ShouldBeNull();
        (await Jobs.CompleteAsync(job.Id, 1, TestJobs.Completion(job), default)).ShouldBeNull();
        Same((await Jobs.FindAsync(other.Id, default)).ShouldNotBeNull(), other);
    }

    [Fact]
    public async Task Cancelling_a_finished_job_answers_it_as_it_is()
    {
        var job = await ClaimAsync(await AcceptAsync());
        var finished = (await Jobs.CompleteAsync(job.Id, 1, TestJobs.Completion(job), default)).ShouldNotBeNull();

        Same((await Jobs.CancelAsync(job.Owner, job.Id, default)).ShouldNotBeNull(), finished.Job);
    }

    [Fact]
    public async Task Abandoning_ends_every_lease_at_once_and_hands_waiting_jobs_out_again()
    {
        var held = await ClaimAsync(await AcceptAsync());
        var waiting = await AcceptAsync();
        var done = await ClaimAsync(await AcceptAsync());
        (await Jobs.CompleteAsync(done.Id, 1, TestJobs.Completion(done), default)).ShouldNotBeNull();
        (await Jobs.TakeDueAsync(10, TimeSpan.FromHours(1), default)).ShouldHaveSingleItem().Id.ShouldBe(waiting.Id);
        (await Jobs.TakeDueAsync(10, TimeSpan.FromHours(1), default)).ShouldBeEmpty();

        (await Jobs.AbandonLeasesAsync(default)).ShouldBe(1);

        var expired = (await Jobs.ExpireLeasesAsync(10, default)).ShouldHaveSingleItem();
        (expired.Id, expired.State, expired.Failures, expired.Failure).ShouldBe((held.Id, JobState.Pending, 1, JobFailure.LeaseExpired));
        (await Jobs.TakeDueAsync(10, TimeSpan.FromHours(1), default)).ShouldHaveSingleItem().Id.ShouldBe(waiting.Id);
        (await Jobs.CompleteAsync(held.Id, 1, TestJobs.Completion(held), default)).ShouldBeNull();
        (await Jobs.FindAsync(done.Id, default))!.State.ShouldBe(JobState.Completed);
    }

    [Fact]
    public async Task Cancel_racing_complete_leaves_exactly_one_of_the_two_true()
    {
        for (var round = 0; round < 10; round++)
        {
            var job = await ClaimAsync(await AcceptAsync());

            var complete = Task.Run(() => Jobs.CompleteAsync(job.Id, 1, TestJobs.Completion(job), default));
            var cancel = Task.Run(() => Jobs.CancelAsync(job.Owner, job.Id, default));
            await Task.WhenAll(complete, cancel);

            var end = (await Jobs.FindAsync(job.Id, default)).ShouldNotBeNull();
            Same((await cancel).ShouldNotBeNull(), end);
            end.State.ShouldBe(await complete is null ? JobState.Cancelled : JobState.Completed);
            var results = await Stores.Images.ListAsync(job.Owner, new ImageQuery(ImageKind.Result), new(), default);
            results.Total.ShouldBe(end.State == JobState.Completed ? 1 : 0);
        }
    }

    [Fact]
    public async Task Cancel_racing_claim_always_ends_cancelled()
    {
        for (var round = 0; round < 10; round++)
        {
            var job = await AcceptAsync();

            var claim = Task.Run(() => Jobs.TryClaimAsync(job.Id, "worker", Lease, default));
            var cancel = Task.Run(() => Jobs.CancelAsync(job.Owner, job.Id, default));
            await Task.WhenAll(claim, cancel);

            var end = (await Jobs.FindAsync(job.Id, default)).ShouldNotBeNull();
            (end.State, end.Attempt).ShouldBe((JobState.Cancelled, await claim is null ? 0 : 1));
            (await Jobs.CompleteAsync(job.Id, 1, TestJobs.Completion(end), default)).ShouldBeNull();
        }
    }
}
