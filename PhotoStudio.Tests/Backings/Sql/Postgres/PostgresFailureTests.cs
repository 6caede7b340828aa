using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhotoStudio.Backings.Sql;
using PhotoStudio.Backings.Sql.Postgres;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Sql.Postgres;

/// <summary>What becomes of reads and writes when the server, or the way to it, fails.</summary>
public sealed class PostgresFailureTests : IAsyncLifetime
{
    private readonly Owner _owner = TestJobs.Someone();
    private PostgresStores _stores = null!;

    public async Task InitializeAsync() => _stores = await PostgresStores.CreateAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    [Fact]
    public async Task A_write_whose_connection_is_ended_in_the_middle_is_made_again_and_is_there_once()
    {
        var tries = 0;

        await _stores.Studio.WriteAsync(
            async (db, _, token) =>
            {
                db.Flows.Add(Flow());
                await db.SaveChangesAsync(token);
                if (++tries == 1) await db.Database.ExecuteSqlAsync($"SELECT pg_terminate_backend(pg_backend_pid())", token);
                return tries;
            },
            default);

        tries.ShouldBe(2);
        (await CountFlowsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_commit_that_was_made_and_whose_answer_was_lost_is_found_and_not_made_again()
    {
        var lost = new LostAnswer(committed: true);
        await using var stores = _stores.Reopen(configure: options => options.AddInterceptors(lost));
        var submission = TestJobs.Resize(_owner);

        (await stores.Jobs.SubmitAsync(submission, default)).ShouldBeOfType<SubmitOutcome.Accepted>();

        lost.Commits.ShouldBe(1);
        (await _stores.Jobs.ListAsync(_owner, new JobQuery(), new(), default)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_commit_that_never_arrived_is_made_again()
    {
        var lost = new LostAnswer(committed: false);
        await using var stores = _stores.Reopen(configure: options => options.AddInterceptors(lost));
        var submission = TestJobs.Resize(_owner);

        (await stores.Jobs.SubmitAsync(submission, default)).ShouldBeOfType<SubmitOutcome.Accepted>();

        lost.Commits.ShouldBe(2);
        (await _stores.Jobs.ListAsync(_owner, new JobQuery(), new(), default)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Connections_that_died_while_they_were_idle_disturb_no_read_and_no_write()
    {
        var submission = TestJobs.Resize(_owner);
        await _stores.Jobs.SubmitAsync(submission, default);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _stores.Jobs.FindAsync(submission.Id, default)));
        await EndConnectionsAsync();

        (await _stores.Jobs.FindAsync(submission.Id, default)).ShouldNotBeNull();
        await EndConnectionsAsync();
        (await _stores.Jobs.TryClaimAsync(submission.Id, "worker", TimeSpan.FromMinutes(1), default)).ShouldNotBeNull().Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task Two_writers_that_wait_for_each_other_both_get_through()
    {
        var (first, second) = (Flow(), Flow());
        await _stores.Studio.WriteAsync(
            async (db, _, token) =>
            {
                db.Flows.AddRange(first, second);
                return await db.SaveChangesAsync(token);
            },
            default);
        var both = new Barrier(2);

        await Task.WhenAll(Task.Run(() => ChangeAsync(first.Id, second.Id)), Task.Run(() => ChangeAsync(second.Id, first.Id))).SoonAsync();

        (await _stores.Studio.ReadAsync((db, token) => db.Flows.Select(flow => flow.CurrentStep).ToListAsync(token), default)).ShouldBe([2, 2]);

        Task<int> ChangeAsync(Guid one, Guid other)
        {
            var met = false;
            return _stores.Studio.WriteAsync(
                async (db, _, token) =>
                {
                    var changed = await AddStepAsync(db, one, token);
                    if (!met) both.SignalAndWait(TimeSpan.FromSeconds(30), token);
                    met = true;
                    return changed + await AddStepAsync(db, other, token);
                },
                default);
        }

        static Task<int> AddStepAsync(StudioDbContext db, Guid id, CancellationToken token) =>
            db.Flows.Where(flow => flow.Id == id).ExecuteUpdateAsync(set => set.SetProperty(flow => flow.CurrentStep, flow => flow.CurrentStep + 1), token);
    }

    [Fact]
    public async Task A_server_that_may_only_read_answers_what_it_has_and_refuses_every_change_with_a_clear_error()
    {
        var submission = TestJobs.Resize(_owner);
        await _stores.Jobs.SubmitAsync(submission, default);
        await using var standby = _stores.Reopen("Options=-c default_transaction_read_only=on");

        (await standby.Jobs.FindAsync(submission.Id, default)).ShouldNotBeNull();
        var error = await Should.ThrowAsync<StorageException>(() => standby.Jobs.CancelAsync(_owner, submission.Id, default));

        error.Message.ShouldContain("read-only");
        (await _stores.Jobs.FindAsync(submission.Id, default)).ShouldNotBeNull().State.ShouldBe(JobState.Pending);
    }

    [Fact]
    public async Task A_cancelled_call_waits_no_longer_and_changes_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var submission = TestJobs.Resize(_owner);

        await Should.ThrowAsync<OperationCanceledException>(() => _stores.Jobs.SubmitAsync(submission, cancellation.Token));

        (await _stores.Jobs.FindAsync(submission.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task While_a_server_restarts_reads_and_writes_wait_and_then_go_on()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateDatabaseAsync();
        await using var services = PostgresStores.Build(server.ConnectionString(database));
        await services.GetRequiredService<PostgresMigrator>().MigrateAsync(default);
        var jobs = services.GetRequiredService<IJobStore>();
        var before = TestJobs.Resize(_owner);
        await jobs.SubmitAsync(before, default);

        await server.StopAsync("QUIT");
        var writing = jobs.SubmitAsync(TestJobs.Resize(_owner), default);
        var reading = jobs.FindAsync(before.Id, default);
        await server.StartAgainAsync();

        (await writing.SoonAsync()).ShouldBeOfType<SubmitOutcome.Accepted>();
        (await reading.SoonAsync()).ShouldNotBeNull();
        (await jobs.ListAsync(_owner, new JobQuery(), new(), default)).Total.ShouldBe(2);
    }

    private static FlowRow Flow() => new() { Id = Guid.CreateVersion7(), Owner = "guest:x", Steps = "[]" };

    private Task<int> CountFlowsAsync() => _stores.Studio.ReadAsync((db, token) => db.Flows.CountAsync(token), default);

    private Task EndConnectionsAsync() =>
        _stores.Server.ExecuteAsync("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_stores.Database}'");

    /// <summary>The network breaks once at a commit: after the server has made it, or on the way there.</summary>
    private sealed class LostAnswer(bool committed) : DbTransactionInterceptor
    {
        public int Commits { get; private set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            if (!committed) Break(transaction);
            return new(result);
        }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (committed) Break(transaction);
            return Task.CompletedTask;
        }

        private void Break(DbTransaction transaction)
        {
            if (++Commits > 1) return;
            transaction.Dispose();
            throw new NpgsqlException("Exception while reading from stream", new IOException("Connection reset by peer"));
        }
    }
}
