using FsCheck;
using FsCheck.Fluent;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace PhotoStudio.Tests.Backings.Sql.Sqlite;

/// <summary>
/// Random histories of several jobs, played on the store and on <see cref="JobLifecycle"/> and <see cref="FlowLifecycle"/> in
/// memory at once: after every step both say the same.
/// </summary>
public sealed class SqliteJobStoreProperties(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Histories = 60;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly JobFailure Hiccup = new("broken", "The engine broke.", Transient: true);
    private static readonly JobFailure Hopeless = new("undecodable_picture", "The picture cannot be read.");
    private SqliteStores _stores = null!;

    public enum Move
    {
        Submit,
        SubmitFlow,
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

    /// <summary>One thing that happens to one of the jobs there are.</summary>
    public sealed record Step(Move Move, int Job, int TokensBehind, int Minutes);

    private static readonly Arbitrary<Step[]> Steps = Arb.From(Gen.ArrayOf(
        from move in Gen.Frequency(
            (2, Gen.Constant(Move.Submit)),
            (2, Gen.Constant(Move.SubmitFlow)),
            (6, Gen.Constant(Move.Claim)),
            (3, Gen.Constant(Move.Complete)),
            (6, Gen.Elements(Enum.GetValues<Move>())))
        from job in Gen.Choose(0, 5)
        from behind in Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Choose(1, 2)))
        from minutes in Gen.Choose(0, 12)
        select new Step(move, job, behind, minutes)));

    public async Task InitializeAsync() => _stores = await SqliteStores.CreateAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    [Fact]
    public void The_store_does_what_the_lifecycle_says_whatever_happens()
    {
        var seed = (ulong)Random.Shared.NextInt64();
        output.WriteLine($"seed {seed}");
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(Histories)
            .WithReplay(new Replay(new Rnd(seed, 1), Microsoft.FSharp.Core.FSharpOption<int>.None));
        Prop.ForAll(Steps, steps =>
        {
            new Play(_stores).RunAsync(steps).GetAwaiter().GetResult();
            return true;
        }).Check(config);
    }

    private sealed class Play(SqliteStores stores)
    {
        private readonly Owner _owner = TestJobs.Someone();
        private readonly List<Job> _jobs = [];
        private readonly Dictionary<Guid, Flow> _flows = [];

        private DateTimeOffset Now => stores.Time.GetUtcNow();

        public async Task RunAsync(Step[] steps)
        {
            foreach (var step in steps)
            {
                await stores.AdvanceAsync(TimeSpan.FromMinutes(step.Minutes));
                await TakeAsync(step);
            }

            foreach (var job in _jobs) Same(await stores.Jobs.FindAsync(_owner, job.Id, default), job);
            foreach (var flow in _flows.Values)
            {
                var stored = (await stores.Flows.FindAsync(_owner, flow.Id, default)).ShouldNotBeNull();
                stored.Steps.ShouldBe(flow.Steps);
                (stored with { Steps = flow.Steps }).ShouldBe(flow);
            }

            (await stores.Jobs.ListAsync(_owner, new JobQuery(), new(), default)).Total.ShouldBe(_jobs.Count);
        }

        private async Task TakeAsync(Step step)
        {
            if (step.Move is Move.Submit or Move.SubmitFlow) await SubmitAsync(step.Move == Move.Submit ? 1 : 3);
            else if (step.Move == Move.Expire) await ExpireAsync();
            else if (step.Move != Move.Wait && _jobs.Count > 0) await MoveAsync(step, _jobs[step.Job % _jobs.Count]);
        }

        private async Task SubmitAsync(int steps)
        {
            var submission = TestJobs.Pipeline(_owner, steps);
            var job = (await stores.Jobs.SubmitAsync(submission, default)).ShouldBeOfType<SubmitOutcome.Accepted>().Job;
            (job.CreatedAt, job.State, job.FlowId.HasValue).ShouldBe((Now, JobState.Pending, steps > 1));
            _jobs.Add(job);
            if (job.FlowId is { } flow)
            {
                IReadOnlyList<FlowStep> all = [new FlowStep(job.Operation, job.Parameters), .. submission.Flow!.FollowingSteps];
                _flows[flow] = new Flow(flow, _owner, all, 0, JobState.Pending, Now);
            }
        }

        private async Task MoveAsync(Step step, Job job)
        {
            var token = job.Attempt - step.TokensBehind;
            var completion = TestJobs.Completion(job, results: 2);
            var finished = default(Finished);
            var (actual, expected) = step.Move switch
            {
                Move.Claim => (await stores.Jobs.TryClaimAsync(job.Id, "worker", Lease, default),
                    JobLifecycle.Claim(job, "worker", Lease, Now)),
                Move.Renew => (await stores.Jobs.RenewAsync(job.Id, token, Lease, step.Minutes / 10.0, "working", default),
                    JobLifecycle.Renew(job, token, Lease, step.Minutes / 10.0, "working", Now)),
                Move.Complete => ((finished = await stores.Jobs.CompleteAsync(job.Id, token, completion, default))?.Job,
                    JobLifecycle.Complete(job, token, completion, Now)),
                Move.FailForNow => (await stores.Jobs.FailAsync(job.Id, token, Hiccup, default),
                    JobLifecycle.Fail(job, token, Hiccup, StudioStores.Retry, Now)),
                Move.FailForGood => (await stores.Jobs.FailAsync(job.Id, token, Hopeless, default),
                    JobLifecycle.Fail(job, token, Hopeless, StudioStores.Retry, Now)),
                Move.Release => (await stores.Jobs.ReleaseAsync(job.Id, token, default), JobLifecycle.Release(job, token, Now)),
                Move.Cancel => (await stores.Jobs.CancelAsync(_owner, job.Id, default), JobLifecycle.Cancel(job, Now) ?? job),
                _ => throw new ArgumentOutOfRangeException(nameof(step), step.Move, null),
            };

            Same(actual, expected);
            if (expected is not null) Follow(expected, expected.State == JobState.Completed ? completion.Results : [], finished?.Next);
        }

        private async Task ExpireAsync()
        {
            // Jobs that earlier histories left behind expire as well.
            var all = await stores.Jobs.ExpireLeasesAsync(1000, default);
            var expired = all.Where(job => job.Owner == _owner).ToDictionary(job => job.Id);
            foreach (var job in _jobs.ToList())
            {
                var expected = JobLifecycle.Expire(job, StudioStores.Retry, Now);
                Same(expired.GetValueOrDefault(job.Id), expected);
                if (expected is not null) Follow(expected, [], null);
            }
        }

        private void Follow(Job job, IReadOnlyList<StudioImage> results, Job? actualNext)
        {
            _jobs[_jobs.FindIndex(known => known.Id == job.Id)] = job;
            var next = default(Job);
            if (job.FlowId is { } flow)
                (_flows[flow], next) = FlowLifecycle.Follow(_flows[flow], job, results, actualNext?.Id ?? Guid.Empty, Now);
            Same(actualNext, next);
            if (next is not null) _jobs.Add(next);
        }

        private static void Same(Job? actual, Job? expected)
        {
            if (expected is null)
            {
                actual.ShouldBeNull();
                return;
            }

            actual.ShouldNotBeNull().Inputs.ShouldBe(expected.Inputs);
            (actual with { Inputs = expected.Inputs }).ShouldBe(expected);
        }
    }
}
