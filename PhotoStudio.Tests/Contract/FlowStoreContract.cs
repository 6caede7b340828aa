using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IFlowStore"/> does together with the <see cref="IJobStore"/> that writes its flows.</summary>
public abstract partial class FlowStoreContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private StudioStores _stores = null!;

    private IJobStore Jobs => _stores.Jobs;

    public async Task InitializeAsync() => _stores = await OpenAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    /// <summary>An empty database.</summary>
    protected abstract Task<StudioStores> OpenAsync();

    [Fact]
    public async Task A_job_without_following_steps_has_no_flow()
    {
        var outcome = await Jobs.SubmitAsync(TestJobs.Resize(TestJobs.Someone()), default);

        outcome.ShouldBeOfType<SubmitOutcome.Accepted>().Job.FlowId.ShouldBeNull();
    }

    [Fact]
    public async Task A_flow_lists_the_jobs_own_step_first_and_belongs_to_its_owner_only()
    {
        var submission = TestJobs.Pipeline(TestJobs.Someone(), steps: 3);
        var job = await AcceptAsync(submission);

        var flow = await FlowOfAsync(job);

        (flow.Owner, flow.State, flow.CurrentStep, flow.CreatedAt, flow.FinishedAt)
            .ShouldBe((job.Owner, JobState.Pending, 0, job.CreatedAt, null));
        flow.Steps.ShouldBe([new FlowStep("resize", job.Parameters), .. submission.Flow!.FollowingSteps]);
        (await _stores.Flows.FindAsync(TestJobs.Someone(), flow.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Each_step_works_on_the_first_result_of_the_step_before_until_the_flow_is_done()
    {
        var submission = TestJobs.Pipeline(TestJobs.Someone(), steps: 3) with { Lane = JobLane.Batch, TraceParent = "00-1-2-01" };
        var first = await ClaimAsync(await AcceptAsync(submission));
        (await FlowOfAsync(first)).State.ShouldBe(JobState.Processing);
        var completion = TestJobs.Completion(first, results: 2);

        var second = (await Jobs.CompleteAsync(first.Id, 1, completion, default)).ShouldNotBeNull().Next.ShouldNotBeNull();

        (second.FlowId, second.FlowStep, second.Operation, second.State).ShouldBe((first.FlowId, 1, "remove-background", JobState.Pending));
        (second.Owner, second.Lane, second.TraceParent).ShouldBe((first.Owner, JobLane.Batch, "00-1-2-01"));
        second.Parameters.ShouldBe(submission.Flow!.FollowingSteps[0].Parameters);
        second.Inputs.ShouldBe([new JobInput("image", completion.Results[0].Id, completion.Results[0].BlobKey)]);
        (await FlowOfAsync(first)).ShouldSatisfyAllConditions(
            flow => flow.State.ShouldBe(JobState.Processing),
            flow => flow.CurrentStep.ShouldBe(1),
            flow => flow.FinishedAt.ShouldBeNull());

        second = await ClaimAsync(second);
        var third = (await Jobs.CompleteAsync(second.Id, 1, TestJobs.Completion(second), default)).ShouldNotBeNull().Next.ShouldNotBeNull();
        third = await ClaimAsync(third);
        (await Jobs.CompleteAsync(third.Id, 1, TestJobs.Completion(third), default)).ShouldNotBeNull().Next.ShouldBeNull();

        var done = await FlowOfAsync(first);
        (done.State, done.CurrentStep).ShouldBe((JobState.Completed, 2));
        done.FinishedAt.ShouldNotBeNull();
        (await Jobs.ListAsync(first.Owner, new JobQuery(), new(), default)).Total.ShouldBe(3);
    }

    [Fact]
    public async Task A_step_that_delivers_data_only_hands_its_own_picture_on()
    {
        var first = await ClaimAsync(await AcceptAsync(TestJobs.Pipeline(TestJobs.Someone(), steps: 2)));

        var finished = await Jobs.CompleteAsync(first.Id, 1, new JobCompletion(TestJobs.Engine, [], "{}"), default);

        finished.ShouldNotBeNull().Next.ShouldNotBeNull().Inputs.ShouldBe(first.Inputs);
    }

    [Fact]
    public async Task A_step_is_followed_by_exactly_one_next_step_however_often_it_is_finished()
    {
        var first = await ClaimAsync(await AcceptAsync(TestJobs.Pipeline(TestJobs.Someone(), steps: 2)));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() =>
            Jobs.CompleteAsync(first.Id, 1, TestJobs.Completion(first), default))));

        outcomes.OfType<Finished>().ShouldHaveSingleItem().Next.ShouldNotBeNull();
        (await Jobs.ListAsync(first.Owner, new JobQuery(), new(), default)).Total.ShouldBe(2);
    }

    [Fact]
    public async Task A_retry_keeps_the_flow_going_and_giving_up_ends_it()
    {
        var job = await ClaimAsync(await AcceptAsync(TestJobs.Pipeline(TestJobs.Someone(), steps: 2)));
        await Jobs.FailAsync(job.Id, 1, new JobFailure("broken", "Broken.", Transient: true), default);
        (await FlowOfAsync(job)).State.ShouldBe(JobState.Processing);
        await _stores.AdvanceAsync(StudioStores.FirstDelay);
        await ClaimAsync(job);

        await Jobs.FailAsync(job.Id, 2, new JobFailure("hopeless", "Hopeless."), default);

        var flow = await FlowOfAsync(job);
        (flow.State, flow.CurrentStep).ShouldBe((JobState.Failed, 0));
        flow.FinishedAt.ShouldNotBeNull();
        (await Jobs.ListAsync(job.Owner, new JobQuery(), new(), default)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_flow_fails_when_its_steps_leases_run_out_too_often()
    {
        var job = await AcceptAsync(TestJobs.Pipeline(TestJobs.Someone(), steps: 2));
        for (var attempt = 1; attempt <= StudioStores.Retry.MaxFailures; attempt++)
        {
            await ClaimAsync(job);
            await _stores.AdvanceAsync(Lease);
            (await Jobs.ExpireLeasesAsync(10, default)).ShouldHaveSingleItem();
            await _stores.AdvanceAsync(StudioStores.Retry.MaxDelay);
        }

        (await FlowOfAsync(job)).State.ShouldBe(JobState.Failed);
    }

    [Fact]
    public async Task Cancelling_a_step_ends_its_flow()
    {
        var job = await AcceptAsync(TestJobs.Pipeline(TestJobs.Someone(), steps: 2));

        await Jobs.CancelAsync(job.Owner, job.Id, default);

        (await FlowOfAsync(job)).State.ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public async Task A_flow_with_too_many_steps_is_refused()
    {
        var submission = TestJobs.Pipeline(TestJobs.Someone(), steps: Flow.MaxSteps + 1);

        await Should.ThrowAsync<ArgumentException>(() => Jobs.SubmitAsync(submission, default));

        (await Jobs.FindAsync(submission.Id, default)).ShouldBeNull();
    }

    private async Task<Job> AcceptAsync(JobSubmission submission) =>
        (await Jobs.SubmitAsync(submission, default)).ShouldBeOfType<SubmitOutcome.Accepted>().Job;

    private async Task<Job> ClaimAsync(Job job) => (await Jobs.TryClaimAsync(job.Id, "worker", Lease, default)).ShouldNotBeNull();

    private async Task<Flow> FlowOfAsync(Job job) =>
        (await _stores.Flows.FindAsync(job.Owner, job.FlowId.ShouldNotBeNull(), default)).ShouldNotBeNull();
}
