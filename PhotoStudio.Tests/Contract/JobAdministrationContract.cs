using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Statistics;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IJobAdministration"/> does, and what is kept of jobs that are removed.</summary>
public abstract class JobAdministrationContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private readonly Owner _owner = TestJobs.Someone();
    private StudioStores _stores = null!;

    private IJobAdministration Administration => _stores.Store<IJobAdministration>();

    private IUsageStatistics Statistics => _stores.Store<IUsageStatistics>();

    public async Task InitializeAsync() => _stores = await OpenAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    /// <summary>An empty database.</summary>
    protected abstract Task<StudioStores> OpenAsync();

    [Fact]
    public async Task Jobs_that_ended_long_ago_are_removed_and_their_pictures_and_figures_stay()
    {
        var old = await CompleteAsync(TestJobs.Resize(_owner));
        var pipeline = await CompleteAsync(TestJobs.Pipeline(_owner, steps: 2));
        await CompleteAsync(pipeline);
        await Statistics.RefreshAsync(1, default);
        var result = (await _stores.Images.ResultsOfAsync(_owner, old.Id, default)).Single();
        await _stores.AdvanceAsync(TimeSpan.FromDays(31));
        var young = await CompleteAsync(TestJobs.Resize(_owner));
        var waiting = await AcceptAsync(TestJobs.Resize(_owner));

        (await Administration.RemoveFinishedAsync(TimeSpan.FromDays(30), 100, default)).ShouldBe(3);
        (await Administration.RemoveFinishedAsync(TimeSpan.FromDays(30), 100, default)).ShouldBe(0);

        var left = await _stores.Jobs.ListAsync(_owner, new JobQuery(), new PageRequest(), default);
        left.Items.Select(job => job.Id).ShouldBe([young.Id, waiting.Id], ignoreOrder: true);
        var kept = (await _stores.Library.FindAsync(_owner, result.Id, default)).ShouldNotBeNull();
        (kept.BlobKey, kept.JobId, kept.Kind).ShouldBe((result.BlobKey, null, ImageKind.Result));
        var figures = (await Statistics.ReadAsync(366, default)).Where(day => day.Completed > 0).ToList();
        figures.Sum(day => day.Completed).ShouldBe(3);
    }

    [Fact]
    public async Task Statistics_count_how_operations_ended_and_count_anew_rather_than_twice()
    {
        await CompleteAsync(TestJobs.Resize(_owner));
        await CompleteAsync(TestJobs.Resize(TestJobs.Someone()));
        var cancelled = await AcceptAsync(TestJobs.Resize(_owner));
        await _stores.Jobs.CancelAsync(_owner, cancelled.Id, default);

        await Statistics.RefreshAsync(2, default);
        await Statistics.RefreshAsync(2, default);

        var day = (await Statistics.ReadAsync(2, default)).ShouldHaveSingleItem();
        (day.Operation, day.Completed, day.Failed, day.Cancelled, day.Owners).ShouldBe(("resize", 2, 0, 1, 2));
    }

    [Fact]
    public async Task A_replayed_step_brings_its_flow_back_and_the_flow_goes_on()
    {
        var submission = TestJobs.Pipeline(_owner, steps: 2);
        var first = await AcceptAsync(submission);
        for (var attempt = 1; attempt <= StudioStores.Retry.MaxFailures; attempt++)
        {
            (await _stores.Jobs.TryClaimAsync(first.Id, "w", Lease, default)).ShouldNotBeNull();
            await _stores.Jobs.FailAsync(first.Id, attempt, new JobFailure("broken", "It broke.", Transient: true), default);
            await _stores.AdvanceAsync(TimeSpan.FromMinutes(25));
        }

        (await _stores.Flows.FindAsync(submission.Flow!.Id, default))!.State.ShouldBe(JobState.Failed);
        (await Administration.DeadLettersAsync("resize", new PageRequest(), default)).Items.Single().Id.ShouldBe(first.Id);

        (await Administration.ReplayAsync(first.Id, default)).ShouldNotBeNull().State.ShouldBe(JobState.Pending);
        (await Administration.ReplayAsync(first.Id, default)).ShouldBeNull();
        (await Administration.DiscardAsync(first.Id, default)).ShouldBeNull();

        var claimed = (await _stores.Jobs.TryClaimAsync(first.Id, "w", Lease, default)).ShouldNotBeNull();
        var next = (await _stores.Jobs.CompleteAsync(claimed.Id, claimed.Attempt, TestJobs.Completion(claimed), default))!.Next.ShouldNotBeNull();
        await CompleteAsync(next);
        (await _stores.Flows.FindAsync(submission.Flow.Id, default))!.State.ShouldBe(JobState.Completed);
    }

    [Fact]
    public async Task Bytes_that_no_record_names_are_told_from_those_that_one_does()
    {
        var job = await CompleteAsync(TestJobs.Resize(_owner));
        var known = (await _stores.Images.ResultsOfAsync(_owner, job.Id, default)).Single().BlobKey;

        (await _stores.Doomed.UnknownAsync([known, "processed/nobody/nothing.png"], default)).ShouldBe(["processed/nobody/nothing.png"]);
    }

    private async Task<Job> AcceptAsync(JobSubmission submission) =>
        (await _stores.Jobs.SubmitAsync(submission, default)).ShouldBeOfType<SubmitOutcome.Accepted>().Job;

    private async Task<Job> CompleteAsync(JobSubmission submission)
    {
        var job = await AcceptAsync(submission);
        var claimed = (await _stores.Jobs.TryClaimAsync(job.Id, "w", Lease, default)).ShouldNotBeNull();
        var finished = (await _stores.Jobs.CompleteAsync(job.Id, claimed.Attempt, TestJobs.Completion(claimed), default)).ShouldNotBeNull();
        return finished.Next ?? finished.Job;
    }

    private async Task<Job> CompleteAsync(Job job)
    {
        var claimed = (await _stores.Jobs.TryClaimAsync(job.Id, "w", Lease, default)).ShouldNotBeNull();
        return (await _stores.Jobs.CompleteAsync(job.Id, claimed.Attempt, TestJobs.Completion(claimed), default)).ShouldNotBeNull().Job;
    }
}
