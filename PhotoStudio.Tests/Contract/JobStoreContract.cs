using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IJobStore"/> does. An adapter's test class inherits it. This part: accepting and finding jobs.</summary>
public abstract partial class JobStoreContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly JobFailure Hiccup = new("broken", "The engine broke.", Transient: true);
    private static readonly JobFailure Hopeless = new("undecodable_picture", "The picture cannot be read.");

    protected StudioStores Stores { get; private set; } = null!;

    private IJobStore Jobs => Stores.Jobs;

    public async Task InitializeAsync() => Stores = await OpenAsync(maxUnfinishedPerOwner: 200, maxRunningPerOwner: 64);

    public async Task DisposeAsync() => await Stores.DisposeAsync();

    /// <summary>An empty database that retries as <see cref="StudioStores.Retry"/> says.</summary>
    protected abstract Task<StudioStores> OpenAsync(int maxUnfinishedPerOwner, int maxRunningPerOwner);

    [Fact]
    public async Task A_submitted_job_is_found_as_it_was_accepted()
    {
        var submission = TestJobs.Resize(TestJobs.Someone()) with { Lane = JobLane.Batch, TraceParent = "00-1-2-01" };

        var job = await AcceptAsync(submission);

        (job.Id, job.Owner, job.Operation, job.Lane, job.TraceParent)
            .ShouldBe((submission.Id, submission.Owner, "resize", JobLane.Batch, submission.TraceParent));
        (job.State, job.Attempt, job.Failures, job.NotBefore).ShouldBe((JobState.Pending, 0, 0, job.CreatedAt));
        job.Parameters.ShouldBe(submission.Parameters.ToJson());
        job.Inputs.ShouldBe(submission.Inputs);
        Same((await Jobs.FindAsync(job.Owner, job.Id, default)).ShouldNotBeNull(), job);
        Same((await Jobs.FindAsync(job.Id, default)).ShouldNotBeNull(), job);
        var upload = (await Stores.Images.FindAsync(job.Owner, job.Inputs[0].ImageId, default)).ShouldNotBeNull();
        upload.Sha256.ShouldBe(submission.Uploads[0].Sha256);
    }

    [Fact]
    public async Task Nobody_else_finds_lists_or_cancels_an_owners_job()
    {
        var job = await AcceptAsync(TestJobs.Resize(TestJobs.Someone()) with { Idempotency = TestJobs.Key("k") });
        var stranger = TestJobs.Someone();

        (await Jobs.FindAsync(stranger, job.Id, default)).ShouldBeNull();
        (await Jobs.CancelAsync(stranger, job.Id, default)).ShouldBeNull();
        (await Jobs.ListAsync(stranger, new JobQuery(), new PageRequest(), default)).Total.ShouldBe(0);
        (await Jobs.FindByKeyAsync(stranger, "POST", TestJobs.Key("k").Route, "k", default)).ShouldBeNull();
        (await Jobs.FindAsync(job.Id, default)).ShouldNotBeNull().State.ShouldBe(JobState.Pending);
    }

    [Fact]
    public async Task Pages_are_newest_first_and_cover_every_job_once_whatever_is_submitted_meanwhile()
    {
        var owner = TestJobs.Someone();
        var submitted = new List<Guid>();
        for (var i = 0; i < 7; i++) submitted.Add((await AcceptAsync(TestJobs.Resize(owner))).Id);
        await AcceptAsync(TestJobs.Resize(TestJobs.Someone()));

        var pages = new List<Page<Job>>();
        for (var number = 1; number <= 3; number++)
            pages.Add(await Jobs.ListAsync(owner, new JobQuery(), new PageRequest(number, 3), default));

        pages.ShouldAllBe(page => page.Total == 7);
        pages.Select(page => page.HasNext).ShouldBe([true, true, false]);
        var listed = pages.SelectMany(page => page.Items).ToList();
        listed.Select(job => job.Id).ShouldBe(submitted, ignoreOrder: true);
        // Jobs of the same millisecond have no order among themselves.
        listed.Select(job => job.CreatedAt).ShouldBe(listed.Select(job => job.CreatedAt).OrderDescending());
        (await Jobs.ListAsync(owner, new JobQuery(), new PageRequest(int.MaxValue, 100), default)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Jobs_are_listed_by_state_and_operation()
    {
        var owner = TestJobs.Someone();
        var waiting = await AcceptAsync(TestJobs.Resize(owner));
        var cancelled = await AcceptAsync(TestJobs.Resize(owner));
        await Jobs.CancelAsync(owner, cancelled.Id, default);

        (await ListAsync(new JobQuery(JobState.Pending))).ShouldBe([waiting.Id]);
        (await ListAsync(new JobQuery(JobState.Cancelled, "resize"))).ShouldBe([cancelled.Id]);
        (await ListAsync(new JobQuery(Operation: "remove-background"))).ShouldBeEmpty();

        async Task<List<Guid>> ListAsync(JobQuery query) =>
            [.. (await Jobs.ListAsync(owner, query, new PageRequest(), default)).Items.Select(job => job.Id)];
    }

    [Fact]
    public async Task An_owner_with_too_many_unfinished_jobs_has_to_wait_and_nothing_is_inserted()
    {
        await using var stores = await OpenAsync(maxUnfinishedPerOwner: 2, maxRunningPerOwner: 64);
        var owner = TestJobs.Someone();
        var first = await AcceptAsync(TestJobs.Resize(owner), stores);
        await AcceptAsync(TestJobs.Resize(owner), stores);
        var refused = TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("k") };

        (await stores.Jobs.SubmitAsync(refused, default)).ShouldBe(new SubmitOutcome.QueueFull(2));

        (await stores.Jobs.FindAsync(refused.Id, default)).ShouldBeNull();
        (await stores.Images.FindAsync(owner, refused.Uploads[0].Id, default)).ShouldBeNull();
        await AcceptAsync(TestJobs.Resize(TestJobs.Someone()), stores);
        await stores.Jobs.CancelAsync(owner, first.Id, default);
        (await AcceptAsync(refused, stores)).Id.ShouldBe(refused.Id);
    }

    [Fact]
    public async Task However_many_jobs_an_owner_submits_at_once_no_more_are_accepted_than_may_wait()
    {
        await using var stores = await OpenAsync(maxUnfinishedPerOwner: 5, maxRunningPerOwner: 64);
        var owner = TestJobs.Someone();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => stores.Jobs.SubmitAsync(TestJobs.Resize(owner), default))));

        outcomes.OfType<SubmitOutcome.Accepted>().Count().ShouldBe(5);
        outcomes.OfType<SubmitOutcome.QueueFull>().Count().ShouldBe(15);
    }

    [Fact]
    public async Task A_repeated_key_answers_the_job_it_made_as_it_stands_now()
    {
        var owner = TestJobs.Someone();
        var job = await AcceptAsync(TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("k") });
        var claimed = await ClaimAsync(job);
        var again = TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("k") };

        var outcome = await Jobs.SubmitAsync(again, default);

        Same(outcome.ShouldBeOfType<SubmitOutcome.Repeated>().Job, claimed);
        (await Jobs.FindAsync(again.Id, default)).ShouldBeNull();
        (await Stores.Images.FindAsync(owner, again.Uploads[0].Id, default)).ShouldBeNull();
        var (found, fingerprint) = (await Jobs.FindByKeyAsync(owner, "POST", TestJobs.Key("k").Route, "k", default)).ShouldNotBeNull();
        (found.Id, fingerprint).ShouldBe((job.Id, "f1"));
    }

    [Fact]
    public async Task A_key_used_again_with_other_content_is_refused()
    {
        var owner = TestJobs.Someone();
        await AcceptAsync(TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("k") });

        var outcome = await Jobs.SubmitAsync(TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("k", "f2") }, default);

        outcome.ShouldBeOfType<SubmitOutcome.KeyReused>();
        (await Jobs.ListAsync(owner, new JobQuery(), new PageRequest(), default)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_is_another_key_for_another_owner_method_or_route()
    {
        var owner = TestJobs.Someone();
        await AcceptAsync(TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("k") });

        await AcceptAsync(TestJobs.Resize(TestJobs.Someone()) with { Idempotency = TestJobs.Key("k") });
        await AcceptAsync(TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("k") with { Method = "PUT" } });
        await AcceptAsync(TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("k") with { Route = "/other" } });
        await AcceptAsync(TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("K") });
    }

    [Fact]
    public async Task Twenty_submissions_with_the_same_key_at_once_make_one_job()
    {
        var owner = TestJobs.Someone();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() =>
            Jobs.SubmitAsync(TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("k") }, default))));

        var accepted = outcomes.OfType<SubmitOutcome.Accepted>().ShouldHaveSingleItem();
        outcomes.OfType<SubmitOutcome.Repeated>().Select(repeated => repeated.Job.Id).ShouldBe(Enumerable.Repeat(accepted.Job.Id, 19));
        (await Jobs.ListAsync(owner, new JobQuery(), new PageRequest(), default)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_day_a_key_is_free_again()
    {
        var owner = TestJobs.Someone();
        var first = await AcceptAsync(TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("k") });
        await Stores.AdvanceAsync(IdempotencyKey.Lifetime);

        (await Jobs.FindByKeyAsync(owner, "POST", TestJobs.Key("k").Route, "k", default)).ShouldBeNull();
        var second = await AcceptAsync(TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("k", "f2") });

        second.Id.ShouldNotBe(first.Id);
        var (found, fingerprint) = (await Jobs.FindByKeyAsync(owner, "POST", TestJobs.Key("k").Route, "k", default)).ShouldNotBeNull();
        (found.Id, fingerprint).ShouldBe((second.Id, "f2"));
    }

    [Fact]
    public async Task Forgetting_keys_removes_those_older_than_a_day_and_no_jobs()
    {
        var owner = TestJobs.Someone();
        var old = await AcceptAsync(TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("old") });
        await Stores.AdvanceAsync(IdempotencyKey.Lifetime / 2);
        await AcceptAsync(TestJobs.Resize(owner) with { Idempotency = TestJobs.Key("new") });
        (await Jobs.ForgetKeysAsync(default)).ShouldBe(0);
        await Stores.AdvanceAsync(IdempotencyKey.Lifetime / 2);

        (await Jobs.ForgetKeysAsync(default)).ShouldBe(1);

        (await Jobs.FindAsync(owner, old.Id, default)).ShouldNotBeNull();
        (await Jobs.FindByKeyAsync(owner, "POST", TestJobs.Key("new").Route, "new", default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_submission_that_names_anothers_upload_is_refused_whole()
    {
        var owner = TestJobs.Someone();
        var submission = TestJobs.Resize(owner) with { Uploads = [TestJobs.Upload(TestJobs.Someone())] };

        await Should.ThrowAsync<ArgumentException>(() => Jobs.SubmitAsync(submission, default));

        (await Jobs.FindAsync(submission.Id, default)).ShouldBeNull();
    }

    private static void Same(Job actual, Job expected)
    {
        actual.Inputs.ShouldBe(expected.Inputs);
        (actual with { Inputs = expected.Inputs }).ShouldBe(expected);
    }

    private async Task<Job> AcceptAsync(JobSubmission submission, StudioStores? stores = null) =>
        (await (stores ?? Stores).Jobs.SubmitAsync(submission, default)).ShouldBeOfType<SubmitOutcome.Accepted>().Job;

    private Task<Job> AcceptAsync(Owner owner) => AcceptAsync(TestJobs.Resize(owner));

    private Task<Job> AcceptAsync() => AcceptAsync(TestJobs.Someone());

    private async Task<Job> ClaimAsync(Job job) => (await Jobs.TryClaimAsync(job.Id, "worker", Lease, default)).ShouldNotBeNull();
}
