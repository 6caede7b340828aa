using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Jobs;

public sealed class JobLifecycleTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly JobFailure Busy = new("busy", "Busy.", Transient: true);

    [Fact]
    public void A_job_is_not_claimed_before_it_is_due()
    {
        var job = Pending() with { NotBefore = Now.AddSeconds(1) };

        JobLifecycle.Claim(job, "w", Lease, Now).ShouldBeNull();
        JobLifecycle.Claim(job, "w", Lease, Now.AddSeconds(1)).ShouldNotBeNull();
    }

    [Fact]
    public void A_transient_failure_waits_twice_as_long_each_time_and_then_becomes_a_dead_letter()
    {
        var policy = new RetryPolicy(3, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));
        var job = JobLifecycle.Fail(Claimed(Pending()), 1, Busy, policy, Now).ShouldNotBeNull();
        (job.State, job.NotBefore - Now).ShouldBe((JobState.Pending, TimeSpan.FromSeconds(2)));

        job = JobLifecycle.Fail(Claimed(job with { NotBefore = Now }), 2, Busy, policy, Now).ShouldNotBeNull();
        (job.State, job.NotBefore - Now).ShouldBe((JobState.Pending, TimeSpan.FromSeconds(4)));

        job = JobLifecycle.Fail(Claimed(job with { NotBefore = Now }), 3, Busy, policy, Now).ShouldNotBeNull();
        (job.State, job.DeadLetter, job.Failure).ShouldBe((JobState.Failed, true, Busy));
    }

    [Fact]
    public void A_failure_that_will_happen_again_is_final_at_once_and_no_dead_letter()
    {
        var job = JobLifecycle.Fail(Claimed(Pending()), 1, new JobFailure("undecodable_picture", "No picture."), RetryPolicy.Default, Now);

        job.ShouldNotBeNull();
        (job.State, job.DeadLetter).ShouldBe((JobState.Failed, false));
    }

    [Fact]
    public void A_released_job_is_due_at_once_and_counts_no_failure()
    {
        var job = JobLifecycle.Release(Claimed(Pending()), 1, Now).ShouldNotBeNull();

        (job.State, job.Failures, job.NotBefore).ShouldBe((JobState.Pending, 0, Now));
    }

    [Fact]
    public void Cancelling_a_running_job_takes_the_fence_from_its_worker()
    {
        var cancelled = JobLifecycle.Cancel(Claimed(Pending()), Now).ShouldNotBeNull();

        JobLifecycle.Holds(cancelled, 1).ShouldBeFalse();
        JobLifecycle.Renew(cancelled, 1, Lease, 0.5, null, Now).ShouldBeNull();
    }

    [Fact]
    public void A_lease_is_not_expired_before_its_time()
    {
        var job = Claimed(Pending());

        JobLifecycle.Expire(job, RetryPolicy.Default, Now + Lease - TimeSpan.FromTicks(1)).ShouldBeNull();
        JobLifecycle.Expire(job, RetryPolicy.Default, Now + Lease).ShouldNotBeNull().Failure.ShouldBe(JobFailure.LeaseExpired);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(7, 128)]
    [InlineData(20, 300)]
    [InlineData(1000, 300)]
    public void Pauses_double_up_to_the_longest(int failures, int seconds) =>
        new RetryPolicy(int.MaxValue, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5)).DelayAfter(failures).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("0.0", 0, 0)]
    [InlineData("3.17", 3, 17)]
    public void An_event_cursor_is_written_as_attempt_and_sequence(string text, int attempt, long sequence)
    {
        EventCursor.TryParse(text, out var cursor).ShouldBeTrue();

        cursor.ShouldBe(new EventCursor(attempt, sequence));
        cursor.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("3.")]
    [InlineData("-1.2")]
    [InlineData("1.2.3")]
    [InlineData("1.99999999999999999999")]
    public void Anything_else_is_no_event_cursor(string? text) => EventCursor.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Events_of_a_later_attempt_come_later() =>
        (new EventCursor(2, 1) > new EventCursor(1, 900)).ShouldBeTrue();

    private static Job Claimed(Job job) => JobLifecycle.Claim(job, "worker", Lease, Now).ShouldNotBeNull();

    private static Job Pending() => new()
    {
        Id = Guid.CreateVersion7(),
        Owner = Owner.Guest("tester"),
        Operation = "resize",
        Parameters = "{}",
        Inputs = [],
        CreatedAt = Now,
        NotBefore = Now,
    };
}
