using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <content>The order in which jobs wait, and what the sweeper finds.</content>
public abstract partial class JobStoreContract
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Every_owners_first_job_comes_before_any_owners_second()
    {
        var (anna, binh, carla) = (TestJobs.Someone("anna"), TestJobs.Someone("binh"), TestJobs.Someone("carla"));
        var a1 = await AcceptAsync(anna);
        var a2 = await AcceptAsync(anna);
        var a3 = await AcceptAsync(anna);
        var b1 = await AcceptAsync(binh);
        var b2 = await AcceptAsync(binh);
        var c1 = await AcceptAsync(carla);

        (await TakeAsync()).ShouldBe([a1.Id, b1.Id, c1.Id, a2.Id, b2.Id, a3.Id]);
    }

    [Fact]
    public async Task An_owner_whose_job_runs_comes_after_one_who_has_none_running()
    {
        var (anna, binh) = (TestJobs.Someone("anna"), TestJobs.Someone("binh"));
        await ClaimAsync(await AcceptAsync(anna));
        var a2 = await AcceptAsync(anna);
        var b1 = await AcceptAsync(binh);

        (await TakeAsync()).ShouldBe([b1.Id, a2.Id]);
    }

    [Fact]
    public async Task Whoever_waits_for_an_answer_goes_before_any_batch()
    {
        var owner = TestJobs.Someone();
        var batch = await AcceptAsync(TestJobs.Resize(owner) with { Lane = JobLane.Batch });
        var late = await AcceptAsync(TestJobs.Resize(owner) with { TraceParent = "00-1-2-01" });

        var due = await Jobs.TakeDueAsync(10, Again, default);

        due.ShouldBe([new DueJob(late.Id, JobLane.Interactive, "00-1-2-01"), new DueJob(batch.Id, JobLane.Batch, null)]);
    }

    [Fact]
    public async Task A_due_job_is_handed_out_again_only_after_a_while()
    {
        var first = await AcceptAsync();
        var second = await AcceptAsync();
        (await TakeAsync(limit: 1)).ShouldBe([first.Id]);
        (await TakeAsync()).ShouldBe([second.Id]);
        (await TakeAsync()).ShouldBeEmpty();

        await Stores.AdvanceAsync(Again);

        (await TakeAsync()).ShouldBe([first.Id, second.Id]);
    }

    [Fact]
    public async Task Only_jobs_that_wait_and_are_due_are_handed_out()
    {
        await ClaimAsync(await AcceptAsync());
        var cancelled = await AcceptAsync();
        await Jobs.CancelAsync(cancelled.Owner, cancelled.Id, default);
        var pausing = await ClaimAsync(await AcceptAsync());
        await Jobs.FailAsync(pausing.Id, 1, Hiccup, default);

        (await TakeAsync()).ShouldBeEmpty();
        await Stores.AdvanceAsync(StudioStores.FirstDelay);

        (await TakeAsync()).ShouldBe([pausing.Id]);
    }

    [Fact]
    public async Task A_job_that_comes_back_is_handed_out_at_once_though_it_was_before()
    {
        var job = await AcceptAsync();
        (await TakeAsync()).ShouldBe([job.Id]);
        await ClaimAsync(job);
        await Jobs.ReleaseAsync(job.Id, 1, default);

        (await TakeAsync()).ShouldBe([job.Id]);
    }

    [Fact]
    public async Task Ringing_a_job_does_not_disturb_whoever_claims_it()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 10; i++) ids.Add((await AcceptAsync()).Id);

        var ringing = Task.Run(() => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Jobs.TakeDueAsync(10, TimeSpan.Zero, default))));
        var claims = await Task.WhenAll(ids.Select(id => Task.Run(() => Jobs.TryClaimAsync(id, "worker", Lease, default))));
        await ringing;

        claims.ShouldAllBe(claim => claim != null);
    }

    [Fact]
    public async Task A_waiting_job_knows_how_many_are_ahead_and_how_long_its_operation_takes()
    {
        var (anna, binh) = (TestJobs.Someone("anna"), TestJobs.Someone("binh"));
        (await Jobs.StandingAsync(await AcceptAsync(anna), default)).ShouldBe(new QueueStanding(0, 0, null));
        var a2 = await AcceptAsync(anna);
        var b1 = await AcceptAsync(binh);
        var done = await ClaimAsync(await AcceptAsync());
        await Stores.AdvanceAsync(TimeSpan.FromSeconds(30));
        await Jobs.CompleteAsync(done.Id, 1, TestJobs.Completion(done), default);
        await ClaimAsync(await AcceptAsync());

        var standing = await Jobs.StandingAsync(a2, default);

        (standing.Ahead, standing.Running).ShouldBe((2, 1));
        standing.MeanDuration.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        (await Jobs.StandingAsync(b1, default)).Ahead.ShouldBe(1);
    }

    [Fact]
    public async Task Only_a_job_with_lost_attempts_is_looked_through_for_litter_and_only_after_the_grace()
    {
        var grace = TimeSpan.FromMinutes(15);
        var clean = await ClaimAsync(await AcceptAsync());
        await Jobs.CompleteAsync(clean.Id, 1, TestJobs.Completion(clean), default);
        var neverBegun = await AcceptAsync();
        await Jobs.CancelAsync(neverBegun.Owner, neverBegun.Id, default);
        var givenUp = await ClaimAsync(await AcceptAsync());
        await Jobs.CancelAsync(givenUp.Owner, givenUp.Id, default);
        var retried = await ClaimAsync(await AcceptAsync());
        await Jobs.ReleaseAsync(retried.Id, 1, default);
        retried = await ClaimAsync(retried);
        var completion = TestJobs.Completion(retried, results: 2);
        await Jobs.CompleteAsync(retried.Id, 2, completion, default);

        (await Jobs.LitteredAsync(grace, 10, default)).ShouldBeEmpty();
        await Stores.AdvanceAsync(grace);
        var littered = await Jobs.LitteredAsync(grace, 10, default);

        littered.Select(found => found.Job.Id).ShouldBe([givenUp.Id, retried.Id]);
        littered[0].WinningKeys.ShouldBeEmpty();
        littered[1].WinningKeys.ShouldBe(completion.Results.Select(image => image.BlobKey));
        (await Jobs.LitteredAsync(grace, 1, default)).Count.ShouldBe(1);

        await Jobs.MarkTidyAsync(givenUp.Id, default);
        (await Jobs.LitteredAsync(grace, 10, default)).ShouldHaveSingleItem().Job.Id.ShouldBe(retried.Id);
    }

    [Fact]
    public async Task Of_one_owner_no_more_jobs_run_in_a_lane_than_may()
    {
        await using var stores = await OpenAsync(maxUnfinishedPerOwner: 200, maxRunningPerOwner: 2);
        var owner = TestJobs.Someone();
        List<Job> jobs = [];
        for (var i = 0; i < 4; i++) jobs.Add(await AcceptAsync(TestJobs.Resize(owner), stores));
        var batch = await AcceptAsync(TestJobs.Resize(owner) with { Lane = JobLane.Batch }, stores);
        var other = await AcceptAsync(TestJobs.Resize(TestJobs.Someone()), stores);
        (await stores.Jobs.TakeDueAsync(10, Again, default)).Select(due => due.Id).ShouldBe([jobs[0].Id, other.Id, jobs[1].Id, batch.Id]);

        foreach (var job in jobs[..2]) (await stores.Jobs.TryClaimAsync(job.Id, "worker", Lease, default)).ShouldNotBeNull();

        (await stores.Jobs.TryClaimAsync(jobs[2].Id, "worker", Lease, default)).ShouldBeNull();
        (await stores.Jobs.TryClaimAsync(batch.Id, "worker", Lease, default)).ShouldNotBeNull("the other lane has its own");
        (await stores.Jobs.TryClaimAsync(other.Id, "worker", Lease, default)).ShouldNotBeNull();
        (await stores.Jobs.TakeDueAsync(10, Again, default)).ShouldBeEmpty();
        await stores.Jobs.CancelAsync(owner, jobs[0].Id, default);
        await stores.Jobs.ReleaseAsync(jobs[0].Id, 1, default);
        (await stores.Jobs.TakeDueAsync(10, Again, default)).Select(due => due.Id).ShouldBe([jobs[2].Id]);
        (await stores.Jobs.TryClaimAsync(jobs[2].Id, "worker", Lease, default)).ShouldNotBeNull();
    }

    private async Task<IReadOnlyList<Guid>> TakeAsync(int limit = 10) =>
        [.. (await Jobs.TakeDueAsync(limit, Again, default)).Select(due => due.Id)];
}
