using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Quotas;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IQuotas"/> does, and how jobs and pictures take and give back.</summary>
public abstract class QuotasContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly JobFailure Hiccup = new("broken", "The engine broke.", Transient: true);

    private readonly Owner _owner = Owner.User(Guid.NewGuid());
    private StudioStores _stores = null!;

    private IQuotas Quotas => _stores.Store<IQuotas>();

    private IJobStore Jobs => _stores.Jobs;

    public async Task InitializeAsync() => _stores = await OpenAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    /// <summary>An empty database with the default plans.</summary>
    protected abstract Task<StudioStores> OpenAsync();

    [Fact]
    public async Task Of_200_requests_at_once_exactly_the_quota_gets_through()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => Quotas.TakeAsync(_owner, OrderedId.New(), QuotaKind.Edit, 1, default))));

        taken.Count(outcome => outcome.Taken).ShouldBe(20);
        taken.Where(outcome => !outcome.Taken).ShouldAllBe(outcome => outcome.Standing.Remaining == 0);
        (await UsedAsync(QuotaKind.Edit)).ShouldBe(20);
    }

    [Fact]
    public async Task Of_200_jobs_at_once_exactly_the_quota_is_accepted()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => Jobs.SubmitAsync(Edit(), default))));

        outcomes.OfType<SubmitOutcome.Accepted>().Count().ShouldBe(20);
        outcomes.OfType<SubmitOutcome.QuotaExceeded>().Count().ShouldBe(180);
        (await Jobs.ListAsync(_owner, new JobQuery(), new PageRequest(), default)).Total.ShouldBe(20);
        outcomes.OfType<SubmitOutcome.Accepted>().Select(accepted => accepted.Quota!.Remaining!.Value).Order().ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public async Task A_cancelled_job_gives_its_quota_back_once_however_many_cancel_it()
    {
        var job = await AcceptAsync(Edit());
        await AcceptAsync(Edit());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Jobs.CancelAsync(_owner, job.Id, default))));

        (await UsedAsync(QuotaKind.Edit)).ShouldBe(1);
        (await Quotas.GiveBackAsync(job.Id, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Cancelling_failing_and_expiring_at_the_same_time_give_back_what_did_not_complete_and_nothing_else()
    {
        var jobs = new List<Job>();
        for (var i = 0; i < 20; i++) jobs.Add(await AcceptAsync(Edit()));
        var claimed = new List<Job>();
        foreach (var job in jobs) claimed.Add((await Jobs.TryClaimAsync(job.Id, "w", Lease, default)).ShouldNotBeNull());

        await Task.WhenAll(claimed.SelectMany(job => (Task[])
        [
            Task.Run(() => Jobs.CancelAsync(_owner, job.Id, default)),
            Task.Run(() => Jobs.FailAsync(job.Id, job.Attempt, Hiccup with { Transient = false }, default)),
            Task.Run(() => Jobs.CompleteAsync(job.Id, job.Attempt, TestJobs.Completion(job), default)),
        ]));

        var states = (await Jobs.ListAsync(_owner, new JobQuery(), new PageRequest(1, 100), default)).Items.Select(job => job.State).ToList();
        states.ShouldAllBe(state => state.IsTerminal());
        (await UsedAsync(QuotaKind.Edit)).ShouldBe(states.Count(state => state == JobState.Completed));
    }

    [Fact]
    public async Task A_retry_costs_nothing_more_and_only_the_last_failure_gives_back()
    {
        var job = await AcceptAsync(Edit());
        for (var attempt = 1; attempt <= StudioStores.Retry.MaxFailures; attempt++)
        {
            (await UsedAsync(QuotaKind.Edit)).ShouldBe(1);
            await _stores.AdvanceAsync(TimeSpan.FromMinutes(25));
            (await Jobs.TryClaimAsync(job.Id, "w", Lease, default)).ShouldNotBeNull();
            await Jobs.FailAsync(job.Id, attempt, Hiccup, default);
        }

        (await Jobs.FindAsync(job.Id, default))!.DeadLetter.ShouldBeTrue();
        (await UsedAsync(QuotaKind.Edit)).ShouldBe(0);
    }

    [Fact]
    public async Task Submitting_and_cancelling_at_the_same_time_never_lets_more_run_than_the_quota()
    {
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                if (await Jobs.SubmitAsync(Edit(), default) is not SubmitOutcome.Accepted { Job: var job, Quota: var left }) continue;
                InterlockedMax(ref most, left!.Used);
                if (i % 2 == 0) await Jobs.CancelAsync(_owner, job.Id, default);
            }
        })));

        most.ShouldBeLessThanOrEqualTo(20);
        var unfinished = (await Jobs.ListAsync(_owner, new JobQuery(JobState.Pending), new PageRequest(1, 100), default)).Total;
        (await UsedAsync(QuotaKind.Edit)).ShouldBe((int)unfinished);
    }

    [Fact]
    public async Task A_flow_takes_for_every_step_and_gives_back_the_steps_that_never_ran()
    {
        var submission = Edit() with { Flow = new FlowPlan(OrderedId.New(), [Step("enhance"), Step("generate"), Step("resize")]) };
        var first = await AcceptAsync(submission);
        (await UsedAsync(QuotaKind.Edit), await UsedAsync(QuotaKind.Generation)).ShouldBe((2, 1));

        var claimed = (await Jobs.TryClaimAsync(first.Id, "w", Lease, default)).ShouldNotBeNull();
        var next = (await Jobs.CompleteAsync(first.Id, claimed.Attempt, TestJobs.Completion(claimed), default))!.Next.ShouldNotBeNull();
        await Jobs.CancelAsync(_owner, next.Id, default);

        (await UsedAsync(QuotaKind.Edit), await UsedAsync(QuotaKind.Generation)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_batch_that_costs_more_than_is_left_takes_nothing_and_stores_nothing()
    {
        for (var i = 0; i < 15; i++) await AcceptAsync(Edit());
        var batch = TestJobs.Batch(_owner, items: 6, steps: 2);

        var refused = (await Jobs.SubmitBatchAsync(batch, default)).ShouldBeOfType<BatchOutcome.QuotaExceeded>();

        (refused.Quota.Kind, refused.Quota.Used, refused.Quota.Remaining).ShouldBe((QuotaKind.Edit, 15, 5));
        (await _stores.Flows.FindBatchAsync(_owner, batch.Id, default)).ShouldBeNull();
        (await Jobs.SubmitBatchAsync(TestJobs.Batch(_owner, items: 5, steps: 2), default)).ShouldBeOfType<BatchOutcome.Accepted>().Quota!.Remaining.ShouldBe(0);
    }

    [Fact]
    public async Task A_repeated_request_takes_nothing()
    {
        var submission = Edit() with { Idempotency = TestJobs.Key("k") };
        await AcceptAsync(submission);

        (await Jobs.SubmitAsync(Edit() with { Idempotency = TestJobs.Key("k") }, default)).ShouldBeOfType<SubmitOutcome.Repeated>();

        (await UsedAsync(QuotaKind.Edit)).ShouldBe(1);
        var id = OrderedId.New();
        await Quotas.TakeAsync(_owner, id, QuotaKind.Edit, 1, default);
        (await Quotas.TakeAsync(_owner, id, QuotaKind.Edit, 1, default)).Standing.Used.ShouldBe(2);
    }

    [Fact]
    public async Task A_new_day_brings_a_new_quota_and_giving_back_yesterdays_adds_nothing_to_it()
    {
        var jobs = new List<Job>();
        for (var i = 0; i < 20; i++) jobs.Add(await AcceptAsync(Edit()));
        (await Jobs.SubmitAsync(Edit(), default)).ShouldBeOfType<SubmitOutcome.QuotaExceeded>().Quota.ResetsAt.TimeOfDay.ShouldBe(TimeSpan.Zero);

        await _stores.AdvanceAsync(TimeSpan.FromDays(1));

        await AcceptAsync(Edit());
        await Jobs.CancelAsync(_owner, jobs[0].Id, default);
        (await UsedAsync(QuotaKind.Edit)).ShouldBe(1);
        (await Quotas.UseAsync(2, default)).Select(use => (use.Kind, use.Units, use.Owners))
            .ShouldBe([(QuotaKind.Edit, 1, 1), (QuotaKind.Edit, 19, 1)]);
        (await Quotas.ForgetAsync(1, default)).ShouldBe(19);
    }

    [Fact]
    public async Task Uploads_have_a_quota_of_their_own_that_deleting_does_not_give_back()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => _stores.Library.AddAsync(TestJobs.Upload(_owner), null, default))));

        var added = outcomes.OfType<AddOutcome.Added>().ToList();
        added.Count.ShouldBe(10);
        outcomes.OfType<AddOutcome.QuotaExceeded>().Count().ShouldBe(20);
        await _stores.Library.RemoveAsync(_owner, added[0].Image.Id, null, default);
        (await _stores.Library.AddAsync(TestJobs.Upload(_owner), null, default)).ShouldBeOfType<AddOutcome.QuotaExceeded>();
    }

    [Fact]
    public async Task Premium_accounts_and_personal_limits_count_from_the_next_request_on()
    {
        var accounts = _stores.Store<IAccountStore>();
        EmailAddress.TryParse($"{Guid.NewGuid():N}@example.com", out var email).ShouldBeTrue();
        UserName.TryParse(People.NewName(), out var name).ShouldBeTrue();
        var account = (await accounts.CreateAsync(new NewAccount(email!, name!, "hash"), default)).Created.ShouldNotBeNull();
        (await Quotas.ReadAsync(account.Owner, default)).Plan.ShouldBe("free");

        await accounts.SetRolesAsync(account.Id, [AccountRoles.Premium], default);

        var report = await Quotas.ReadAsync(account.Owner, default);
        report.Plan.ShouldBe("premium");
        report.Standings.Select(standing => standing.Limit).ShouldBe([200, 200, 200, 100]);
    }

    [Fact]
    public async Task What_a_guest_used_is_used_for_the_account_that_adopts_it()
    {
        var guest = TestJobs.Someone();
        var submission = Edit(guest);
        await Jobs.SubmitAsync(submission, default);

        await _stores.Store<IOwnedThings>().AdoptAsync(guest, _owner, default);

        (await UsedAsync(QuotaKind.Edit)).ShouldBe(1);
        await Jobs.CancelAsync(_owner, submission.Id, default);
        (await UsedAsync(QuotaKind.Edit)).ShouldBe(0);
    }

    private static FlowStep Step(string operation) => new(operation, """{"prompt":"a boat","width":64}""");

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }

    private JobSubmission Edit(Owner? owner = null) => TestJobs.Resize(owner ?? _owner) with
    {
        Parameters = OperationParameters.Defaults(OperationCatalog.Get("remove-background")),
    };

    private async Task<Job> AcceptAsync(JobSubmission submission) =>
        (await Jobs.SubmitAsync(submission, default)).ShouldBeOfType<SubmitOutcome.Accepted>().Job;

    private async Task<int> UsedAsync(QuotaKind kind) => (await Quotas.ReadAsync(_owner, default)).Of(kind).Used;
}
