using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Flows;

public sealed class FlowLifecycleTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid NextId = Guid.CreateVersion7(Now);

    private readonly Flow _flow = new(
        Guid.CreateVersion7(Now),
        TestJobs.Someone(),
        [new FlowStep("resize", "{}"), new FlowStep("remove-background", "{}")],
        CurrentStep: 0,
        JobState.Pending,
        Now);

    [Fact]
    public void The_next_step_works_on_the_result_with_the_lowest_number()
    {
        var job = JobOf(step: 0, JobState.Completed);
        IReadOnlyList<StudioImage> results = [TestJobs.Result(job, 1), TestJobs.Result(job, 0)];

        var (flow, next) = FlowLifecycle.Follow(_flow, job, results, NextId, Now);

        (flow.State, flow.CurrentStep).ShouldBe((JobState.Processing, 1));
        next.ShouldNotBeNull().Inputs.ShouldBe([new JobInput("image", results[1].Id, results[1].BlobKey)]);
        (next.Id, next.State, next.FlowStep, next.CreatedAt).ShouldBe((NextId, JobState.Pending, 1, Now));
    }

    [Theory]
    [InlineData(JobState.Completed)]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.Cancelled)]
    public void A_flow_that_has_ended_stays_as_it_is(JobState end)
    {
        var ended = _flow with { State = end, FinishedAt = Now };

        FlowLifecycle.Follow(ended, JobOf(step: 0, JobState.Completed), [], NextId, Now).ShouldBe((ended, null));
    }

    [Fact]
    public void A_job_that_is_not_the_current_step_moves_nothing()
    {
        FlowLifecycle.Follow(_flow, JobOf(step: 1, JobState.Failed), [], NextId, Now).ShouldBe((_flow, null));
        var elsewhere = JobOf(step: 0, JobState.Failed) with { FlowId = Guid.NewGuid() };
        FlowLifecycle.Follow(_flow, elsewhere, [], NextId, Now).ShouldBe((_flow, null));
    }

    [Theory]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.Cancelled)]
    public void A_step_that_does_not_succeed_ends_the_flow_the_same_way(JobState end)
    {
        var (flow, next) = FlowLifecycle.Follow(_flow, JobOf(step: 0, end), [], NextId, Now);

        (flow.State, flow.CurrentStep, flow.FinishedAt, next).ShouldBe((end, 0, Now, null));
    }

    private Job JobOf(int step, JobState state) => new()
    {
        Id = Guid.CreateVersion7(Now),
        Owner = _flow.Owner,
        Operation = "resize",
        Parameters = "{}",
        Inputs = [],
        State = state,
        CreatedAt = Now,
        NotBefore = Now,
        FlowId = _flow.Id,
        FlowStep = step,
    };
}
