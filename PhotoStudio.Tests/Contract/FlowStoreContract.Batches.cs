using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <content>Batches, calling off, and the pictures between steps.</content>
public abstract partial class FlowStoreContract
{
    [Fact]
    public async Task A_flow_may_have_one_step_and_is_listed_newest_first_for_its_owner_only()
    {
        var owner = TestJobs.Someone();
        var single = TestJobs.Resize(owner) with { Flow = new FlowPlan(Guid.CreateVersion7(), []) };
        var first = await AcceptAsync(single);
        await _stores.AdvanceAsync(TimeSpan.FromSeconds(5));
        var second = await AcceptAsync(TestJobs.Pipeline(owner, steps: 3));
        await SubmitBatchAsync(TestJobs.Batch(owner, items: 2));

        var listed = await _stores.Flows.ListAsync(owner, null, new(), default);

        listed.Items.Select(flow => flow.Id).ShouldBe([second.FlowId!.Value, first.FlowId!.Value]);
        listed.Items[1].Steps.ShouldHaveSingleItem().Operation.ShouldBe("resize");
        (await _stores.Flows.ListAsync(owner, JobState.Completed, new(), default)).Total.ShouldBe(0);
        (await _stores.Flows.ListAsync(TestJobs.Someone(), null, new(), default)).Total.ShouldBe(0);
        var claimed = await ClaimAsync(first);
        (await Jobs.CompleteAsync(claimed.Id, 1, TestJobs.Completion(claimed), default)).ShouldNotBeNull().Next.ShouldBeNull();
        (await FlowOfAsync(first)).State.ShouldBe(JobState.Completed);
    }

    [Fact]
    public async Task The_jobs_of_flows_come_in_the_order_of_their_steps_and_to_their_owner_only()
    {
        var (first, second) = await TwoStepsAsync(drop: false);

        var jobs = await _stores.Flows.JobsOfAsync(first.Owner, [first.FlowId!.Value], default);

        jobs[first.FlowId.Value].Select(job => job.Id).ShouldBe([first.Id, second.Id]);
        (await _stores.Flows.JobsOfAsync(TestJobs.Someone(), [first.FlowId.Value], default)).Count.ShouldBe(0);
    }

    [Fact]
    public async Task Cancelling_a_flow_cancels_the_job_that_waits_and_no_other()
    {
        var (first, second) = await TwoStepsAsync(drop: false);
        var other = await AcceptAsync(TestJobs.Pipeline(first.Owner, steps: 2));

        (await Jobs.CancelFlowAsync(TestJobs.Someone(), first.FlowId!.Value, default)).ShouldBeNull();
        var cancelled = (await Jobs.CancelFlowAsync(first.Owner, first.FlowId.Value, default)).ShouldNotBeNull();

        (cancelled.Flow.State, cancelled.Flow.CurrentStep, cancelled.Job?.Id).ShouldBe((JobState.Cancelled, 1, second.Id));
        (await Jobs.FindAsync(first.Id, default))!.State.ShouldBe(JobState.Completed);
        (await Jobs.FindAsync(second.Id, default))!.State.ShouldBe(JobState.Cancelled);
        (await FlowOfAsync(other)).State.ShouldBe(JobState.Pending);
        var again = (await Jobs.CancelFlowAsync(first.Owner, first.FlowId.Value, default)).ShouldNotBeNull();
        (again.Flow.State, again.Job).ShouldBe((JobState.Cancelled, null));
    }

    [Fact]
    public async Task A_cancelled_flow_goes_no_further_whoever_is_faster()
    {
        for (var round = 0; round < 10; round++)
        {
            var first = await ClaimAsync(await AcceptAsync(TestJobs.Pipeline(TestJobs.Someone(), steps: 2)));
            var completing = Task.Run(() => Jobs.CompleteAsync(first.Id, 1, TestJobs.Completion(first), default));
            var cancelling = Task.Run(() => Jobs.CancelFlowAsync(first.Owner, first.FlowId!.Value, default));
            await Task.WhenAll(completing, cancelling);

            (await FlowOfAsync(first)).State.ShouldBe(JobState.Cancelled);
            var jobs = (await _stores.Flows.JobsOfAsync(first.Owner, [first.FlowId!.Value], default))[first.FlowId.Value].ToList();
            jobs.Count(job => job.State == JobState.Cancelled).ShouldBe(1);
            jobs.ShouldAllBe(job => job.State.IsTerminal());
        }
    }

    [Fact]
    public async Task A_picture_between_steps_is_nobodys_to_see_and_becomes_litter_once_it_was_worked_on()
    {
        var (first, second) = await TwoStepsAsync(drop: true);
        var between = second.Inputs[0];
        await NothingIsSeenAsync(first.Owner, between.ImageId, first.Id);
        (await _stores.Jobs.LitteredAsync(TimeSpan.Zero, 10, default)).ShouldBeEmpty();

        var claimed = await ClaimAsync(second);
        await Jobs.CompleteAsync(second.Id, 1, TestJobs.Completion(claimed), default);

        await NothingIsSeenAsync(first.Owner, between.ImageId, first.Id);
        (await _stores.Images.ResultsOfAsync(first.Owner, second.Id, default)).ShouldHaveSingleItem();
        await _stores.AdvanceAsync(TimeSpan.FromMinutes(1));
        var litter = (await _stores.Jobs.LitteredAsync(TimeSpan.Zero, 10, default)).ShouldHaveSingleItem();
        (litter.Job.Id, litter.WinningKeys.Count).ShouldBe((first.Id, 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_a_flow_ends_early_the_last_picture_it_made_becomes_a_result(bool cancel)
    {
        var (first, second) = await TwoStepsAsync(drop: true);
        var claimed = await ClaimAsync(second);

        if (cancel) await Jobs.CancelFlowAsync(first.Owner, first.FlowId!.Value, default);
        else await Jobs.FailAsync(claimed.Id, 1, new JobFailure("hopeless", "Hopeless."), default);

        (await _stores.Images.ResultsOfAsync(first.Owner, first.Id, default)).ShouldHaveSingleItem().Id.ShouldBe(second.Inputs[0].ImageId);
        (await _stores.Images.ListAsync(first.Owner, new ImageQuery(ImageKind.Result), new(), default)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_last_step_that_delivers_data_leaves_the_picture_it_looked_at_as_the_result()
    {
        var (first, second) = await TwoStepsAsync(drop: true);
        var claimed = await ClaimAsync(second);

        await Jobs.CompleteAsync(claimed.Id, 1, new JobCompletion(TestJobs.Engine, [], "{}"), default);

        (await _stores.Images.ResultsOfAsync(first.Owner, first.Id, default)).ShouldHaveSingleItem().Id.ShouldBe(second.Inputs[0].ImageId);
    }

    [Fact]
    public async Task A_batch_inserts_a_flow_and_a_job_for_every_good_picture()
    {
        var submission = TestJobs.Batch(TestJobs.Someone(), items: 3, refused: 1, steps: 2);

        var accepted = await SubmitBatchAsync(submission);

        accepted.Jobs.Count.ShouldBe(3);
        accepted.Jobs.ShouldAllBe(job => job.BatchId == submission.Id && job.Lane == JobLane.Batch && job.State == JobState.Pending);
        var batch = (await _stores.Flows.FindBatchAsync(submission.Owner, submission.Id, default)).ShouldNotBeNull();
        batch.Items.Select(item => (item.Name, Refused: item.Refusal is not null)).ShouldBe([("bad0.txt", true), ("0.png", false), ("1.png", false), ("2.png", false)]);
        batch.Steps.ShouldBe(submission.Steps);
        (await _stores.Flows.FlowsOfAsync(submission.Owner, submission.Id, default)).Select(flow => flow.BatchIndex).ShouldBe([1, 2, 3]);
        (await _stores.Flows.TallyAsync(submission.Owner, [submission.Id], default))[submission.Id].Tally.ShouldBe(new BatchTally(3, 0, 0, 0, 0));
        (await _stores.Flows.ListBatchesAsync(submission.Owner, new(), default)).Items.ShouldHaveSingleItem().Id.ShouldBe(submission.Id);

        var stranger = TestJobs.Someone();
        (await _stores.Flows.FindBatchAsync(stranger, submission.Id, default)).ShouldBeNull();
        (await _stores.Flows.FlowsOfAsync(stranger, submission.Id, default)).ShouldBeEmpty();
        (await _stores.Flows.ListBatchesAsync(stranger, new(), default)).Total.ShouldBe(0);
        (await _stores.Flows.TallyAsync(stranger, [submission.Id], default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_items_of_a_batch_go_their_own_ways()
    {
        var submission = TestJobs.Batch(TestJobs.Someone(), items: 3, steps: 2);
        var jobs = (await SubmitBatchAsync(submission)).Jobs;
        var done = await ClaimAsync(jobs[0]);
        var next = (await Jobs.CompleteAsync(done.Id, 1, TestJobs.Completion(done), default)).ShouldNotBeNull().Next.ShouldNotBeNull();
        (next.BatchId, next.Lane, next.FlowStep).ShouldBe((submission.Id, JobLane.Batch, 1));
        next = await ClaimAsync(next);
        await Jobs.CompleteAsync(next.Id, 1, TestJobs.Completion(next), default);
        var failed = await ClaimAsync(jobs[1]);
        await Jobs.FailAsync(failed.Id, 1, new JobFailure("hopeless", "Hopeless."), default);

        var (tally, latestEnd) = (await _stores.Flows.TallyAsync(submission.Owner, [submission.Id], default))[submission.Id];

        tally.ShouldBe(new BatchTally(1, 0, 1, 1, 0));
        tally.State(calledOff: false).ShouldBe(JobState.Processing);
        latestEnd.ShouldNotBeNull();
    }

    [Fact]
    public async Task Cancelling_a_batch_cancels_what_has_not_ended_and_nothing_else()
    {
        var submission = TestJobs.Batch(TestJobs.Someone(), items: 3);
        var jobs = (await SubmitBatchAsync(submission)).Jobs;
        var done = await ClaimAsync(jobs[0]);
        await Jobs.CompleteAsync(done.Id, 1, TestJobs.Completion(done), default);
        var running = await ClaimAsync(jobs[1]);
        var other = (await SubmitBatchAsync(TestJobs.Batch(submission.Owner, items: 1))).Jobs[0];

        (await Jobs.CancelBatchAsync(TestJobs.Someone(), submission.Id, default)).ShouldBeNull();
        var cancelled = (await Jobs.CancelBatchAsync(submission.Owner, submission.Id, default)).ShouldNotBeNull();

        cancelled.Jobs.Select(job => job.Id).ShouldBe([running.Id, jobs[2].Id]);
        cancelled.Batch.CancelledAt.ShouldNotBeNull();
        (await Jobs.CompleteAsync(running.Id, 1, TestJobs.Completion(running), default)).ShouldBeNull();
        (await Jobs.FindAsync(other.Id, default))!.State.ShouldBe(JobState.Pending);
        var tally = (await _stores.Flows.TallyAsync(submission.Owner, [submission.Id], default))[submission.Id].Tally;
        tally.ShouldBe(new BatchTally(0, 0, 1, 0, 2));
        tally.State(calledOff: true).ShouldBe(JobState.Cancelled);
        (await Jobs.CancelBatchAsync(submission.Owner, submission.Id, default)).ShouldNotBeNull().Jobs.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_with_a_known_key_is_not_made_twice()
    {
        var owner = TestJobs.Someone();
        var first = TestJobs.Batch(owner, items: 2) with { Idempotency = TestJobs.Key("k") };
        await SubmitBatchAsync(first);

        var again = await Jobs.SubmitBatchAsync(TestJobs.Batch(owner, items: 2) with { Idempotency = TestJobs.Key("k") }, default);
        var reused = await Jobs.SubmitBatchAsync(TestJobs.Batch(owner, items: 2) with { Idempotency = TestJobs.Key("k", "f2") }, default);

        again.ShouldBeOfType<BatchOutcome.Repeated>().BatchId.ShouldBe(first.Id);
        reused.ShouldBeOfType<BatchOutcome.KeyReused>();
        (await Jobs.ListAsync(owner, new JobQuery(), new(), default)).Total.ShouldBe(2);
    }

    [Fact]
    public async Task A_batch_that_would_be_too_much_leaves_nothing_behind()
    {
        var owner = TestJobs.Someone();
        await SubmitBatchAsync(TestJobs.Batch(owner, items: 150));

        var refused = (await Jobs.SubmitBatchAsync(TestJobs.Batch(owner, items: 51), default)).ShouldBeOfType<BatchOutcome.QueueFull>();

        (refused.Limit, refused.Unfinished).ShouldBe((200, 150));
        (await Jobs.ListAsync(owner, new JobQuery(), new(), default)).Total.ShouldBe(150);
        (await _stores.Flows.ListBatchesAsync(owner, new(), default)).Total.ShouldBe(1);
        await Should.ThrowAsync<ArgumentException>(() => Jobs.SubmitBatchAsync(TestJobs.Batch(owner, items: 0, refused: 2), default));
    }

    [Fact]
    public async Task Mean_durations_are_of_completed_jobs()
    {
        var (first, _) = await TwoStepsAsync(drop: false, take: TimeSpan.FromSeconds(10));

        var means = await _stores.Flows.MeanDurationsAsync(["resize", "remove-background"], default);

        means.Keys.ShouldBe(["resize"]);
        means["resize"].ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10));
        first.Operation.ShouldBe("resize");
    }

    private async Task NothingIsSeenAsync(Owner owner, Guid image, Guid job)
    {
        (await _stores.Images.FindAsync(owner, image, default)).ShouldBeNull();
        (await _stores.Images.ResultsOfAsync(owner, job, default)).ShouldBeEmpty();
        (await _stores.Images.ListAsync(owner, new ImageQuery(), new(), default)).Items.ShouldNotContain(listed => listed.Id == image);
    }

    private async Task<(Job First, Job Second)> TwoStepsAsync(bool drop, TimeSpan take = default)
    {
        var submission = TestJobs.Pipeline(TestJobs.Someone(), steps: 2);
        var first = await ClaimAsync(await AcceptAsync(submission with { Flow = submission.Flow! with { DropsIntermediates = drop } }));
        if (take > TimeSpan.Zero) await _stores.AdvanceAsync(take);
        var finished = (await Jobs.CompleteAsync(first.Id, 1, TestJobs.Completion(first), default)).ShouldNotBeNull();
        return (finished.Job, finished.Next.ShouldNotBeNull());
    }

    private async Task<BatchOutcome.Accepted> SubmitBatchAsync(BatchSubmission submission) =>
        (await Jobs.SubmitBatchAsync(submission, default)).ShouldBeOfType<BatchOutcome.Accepted>();
}
