using FsCheck;
using FsCheck.Fluent;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace PhotoStudio.Tests.Core.Jobs;

/// <summary>Random histories of one job, by workers that hold, lose and forget their leases.</summary>
public sealed class JobLifecycleProperties(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly RetryPolicy Policy = new(3, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));
    private static readonly JobCompletion Done = new(new EngineReport("test", EngineTier.Builtin, "1", "cpu", 1), []);

    /// <summary>What can happen; the token is what the caller believes to be its attempt.</summary>
    public enum Move
    {
        Claim,
        Renew,
        Complete,
        FailForNow,
        FailForGood,
        Release,
        Cancel,
        Expire,
        Wait,
    }

    /// <summary>One thing that happens.</summary>
    public sealed record Step(Move Move, int TokensBehind, int Seconds);

    private static readonly Arbitrary<Step[]> Histories = Arb.From(
        from moves in Gen.ArrayOf(
            from move in Gen.Elements(Enum.GetValues<Move>())
            from behind in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
            from seconds in Gen.Choose(0, 45)
            select new Step(move, behind, seconds))
        select moves);

    [Fact]
    public void A_terminal_state_is_never_left() => Check(history =>
    {
        Job? terminal = null;
        foreach (var job in Play(history))
        {
            if (terminal is not null) job.ShouldBe(terminal);
            else if (job.State.IsTerminal()) terminal = job;
        }
    });

    [Fact]
    public void The_fencing_token_only_grows_and_by_one_at_a_claim() => Check(history =>
    {
        var before = NewJob();
        foreach (var job in Play(history))
        {
            job.Attempt.ShouldBeInRange(before.Attempt, before.Attempt + 1);
            if (job.Attempt != before.Attempt) (before.State, job.State).ShouldBe((JobState.Pending, JobState.Processing));
            before = job;
        }
    });

    [Fact]
    public void A_lease_is_held_exactly_while_processing() => Check(history =>
    {
        foreach (var job in Play(history))
        {
            var processing = job.State == JobState.Processing;
            job.LeaseUntil.HasValue.ShouldBe(processing);
            (job.Worker is not null).ShouldBe(processing);
            job.FinishedAt.HasValue.ShouldBe(job.State.IsTerminal());
        }
    });

    [Fact]
    public void Failures_never_exceed_the_policy_and_a_dead_letter_has_used_them_up() => Check(history =>
    {
        foreach (var job in Play(history))
        {
            job.Failures.ShouldBeLessThanOrEqualTo(Policy.MaxFailures);
            if (job.State != JobState.Failed) job.Failures.ShouldBeLessThan(Policy.MaxFailures);
            if (job.DeadLetter) (job.State, job.Failures).ShouldBe((JobState.Failed, Policy.MaxFailures));
        }
    });

    [Fact]
    public void A_token_that_is_behind_changes_nothing() => Check(history =>
    {
        var now = Start;
        foreach (var job in Play(history))
        {
            now += TimeSpan.FromHours(1);
            for (var stale = 0; stale < job.Attempt; stale++)
            {
                JobLifecycle.Renew(job, stale, Lease, 1, null, now).ShouldBeNull();
                JobLifecycle.Complete(job, stale, Done, now).ShouldBeNull();
                JobLifecycle.Fail(job, stale, new JobFailure("x", "x"), Policy, now).ShouldBeNull();
                JobLifecycle.Release(job, stale, now).ShouldBeNull();
            }
        }
    });

    [Fact]
    public void Whatever_happened_a_job_can_still_be_brought_to_an_end() => Check(history =>
    {
        var job = Play(history).LastOrDefault() ?? NewJob();
        var now = Start + TimeSpan.FromDays(1);
        if (job.State.IsTerminal()) return;

        if (job.State == JobState.Processing) job = JobLifecycle.Expire(job, Policy, now).ShouldNotBeNull();
        now += TimeSpan.FromDays(1);
        if (job.State.IsTerminal()) return;

        job = JobLifecycle.Claim(job, "last", Lease, now).ShouldNotBeNull();
        JobLifecycle.Complete(job, job.Attempt, Done, now).ShouldNotBeNull().State.ShouldBe(JobState.Completed);
    });

    [Fact]
    public void Progress_within_an_attempt_never_goes_back_and_stays_between_zero_and_one() => Check(history =>
    {
        var before = NewJob();
        foreach (var job in Play(history))
        {
            job.Progress.ShouldBeInRange(0, 1);
            if (job.State == JobState.Processing && before.Attempt == job.Attempt) job.Progress.ShouldBeGreaterThanOrEqualTo(before.Progress);
            before = job;
        }
    });

    private void Check(Action<Step[]> property)
    {
        // FsCheck's own message carries the seed and the shrunk history; the seed is printed for green runs too.
        var seed = (ulong)Random.Shared.NextInt64();
        output.WriteLine($"seed {seed}");
        var config = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(new Replay(new Rnd(seed, 1), FSharpOption.None<int>()));
        Prop.ForAll(Histories, history =>
        {
            property(history);
            return true;
        }).Check(config);
    }

    private static IEnumerable<Job> Play(Step[] history)
    {
        var job = NewJob();
        var now = Start;
        foreach (var step in history)
        {
            now += TimeSpan.FromSeconds(step.Seconds);
            var token = job.Attempt - step.TokensBehind;
            var next = step.Move switch
            {
                Move.Claim => JobLifecycle.Claim(job, "worker", Lease, now),
                Move.Renew => JobLifecycle.Renew(job, token, Lease, step.Seconds / 30.0, "working", now),
                Move.Complete => JobLifecycle.Complete(job, token, Done, now),
                Move.FailForNow => JobLifecycle.Fail(job, token, new JobFailure("busy", "Busy.", Transient: true), Policy, now),
                Move.FailForGood => JobLifecycle.Fail(job, token, new JobFailure("broken", "Broken."), Policy, now),
                Move.Release => JobLifecycle.Release(job, token, now),
                Move.Cancel => JobLifecycle.Cancel(job, now),
                Move.Expire => JobLifecycle.Expire(job, Policy, now),
                _ => null,
            };
            job = next ?? job;
            yield return job;
        }
    }

    private static Job NewJob() => new()
    {
        Id = Guid.Parse("0193a5e0-0000-7000-8000-000000000001"),
        Owner = Owner.Guest("tester"),
        Operation = "resize",
        Parameters = """{"width":10}""",
        Inputs = [],
        CreatedAt = Start,
        NotBefore = Start,
    };

    private static class FSharpOption
    {
        public static Microsoft.FSharp.Core.FSharpOption<T> None<T>() => Microsoft.FSharp.Core.FSharpOption<T>.None;
    }
}
