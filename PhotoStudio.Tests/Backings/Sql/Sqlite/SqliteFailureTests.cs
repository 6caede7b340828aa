using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Documents;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Sql.Sqlite;

/// <summary>What becomes of jobs when the database cannot be written.</summary>
public sealed class SqliteFailureTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private readonly Owner _owner = TestJobs.Someone();
    private SqliteStores _stores = null!;

    public async Task InitializeAsync() => _stores = await SqliteStores.CreateAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    [Fact]
    public async Task On_a_full_disk_a_submission_is_refused_whole_and_everything_accepted_before_is_kept()
    {
        await using var full = await FillingUpAsync();
        var accepted = new List<Guid>();
        var refused = default(JobSubmission);
        while (refused is null)
        {
            accepted.Count.ShouldBeLessThan(1000);
            var submission = Large() with { Idempotency = TestJobs.Key($"k{accepted.Count}") };
            try
            {
                (await full.Jobs.SubmitAsync(submission, default)).ShouldBeOfType<SubmitOutcome.Accepted>();
                accepted.Add(submission.Id);
            }
            catch (StorageException exception)
            {
                exception.Message.ShouldContain("disk is full");
                refused = submission;
            }
        }

        (await _stores.Jobs.FindAsync(refused.Id, default)).ShouldBeNull();
        (await _stores.Images.FindAsync(_owner, refused.Uploads[0].Id, default)).ShouldBeNull();
        foreach (var id in accepted) (await _stores.Jobs.FindAsync(_owner, id, default)).ShouldNotBeNull().State.ShouldBe(JobState.Pending);
        (await _stores.Jobs.SubmitAsync(refused, default)).ShouldBeOfType<SubmitOutcome.Accepted>();
    }

    [Fact]
    public async Task A_job_that_cannot_be_completed_on_a_full_disk_stays_with_its_worker_and_is_completed_when_there_is_room()
    {
        var job = await ClaimAsync();
        await using var full = await FillingUpAsync();
        var completion = TestJobs.Completion(job, results: 100);

        await Should.ThrowAsync<StorageException>(() => full.Jobs.CompleteAsync(job.Id, 1, completion, default));

        (await _stores.Jobs.FindAsync(job.Id, default)).ShouldNotBeNull().State.ShouldBe(JobState.Processing);
        (await _stores.Images.ResultsOfAsync(_owner, job.Id, default)).ShouldBeEmpty();
        (await _stores.Jobs.CompleteAsync(job.Id, 1, completion, default)).ShouldNotBeNull();
        (await _stores.Images.ResultsOfAsync(_owner, job.Id, default)).Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_read_only_database_answers_what_it_has_and_refuses_every_change_with_a_clear_error()
    {
        var job = await ClaimAsync();
        await _stores.Jobs.SubmitAsync(TestJobs.Resize(_owner), default);
        await using var readOnly = _stores.Reopen("Mode=ReadOnly");

        var changes = new Func<Task>[]
        {
            () => readOnly.Jobs.SubmitAsync(TestJobs.Resize(_owner), default),
            () => readOnly.Jobs.RenewAsync(job.Id, 1, Lease, 0.5, null, default),
            () => readOnly.Jobs.CompleteAsync(job.Id, 1, TestJobs.Completion(job), default),
            () => readOnly.Jobs.CancelAsync(_owner, job.Id, default),
            () => readOnly.Jobs.TakeDueAsync(10, TimeSpan.Zero, default),
            () => readOnly.Jobs.ForgetKeysAsync(default),
            () => readOnly.Images.CountDownloadAsync(_owner, job.Inputs[0].ImageId, default),
            () => readOnly.Documents.PutAsync(new StudioDocument("messages", "d", _owner, 1, "{}"), default),
        };
        foreach (var change in changes) (await Should.ThrowAsync<StorageException>(change)).Message.ShouldContain("read-only");

        (await readOnly.Jobs.FindAsync(_owner, job.Id, default)).ShouldNotBeNull().State.ShouldBe(JobState.Processing);
        (await _stores.Jobs.CompleteAsync(job.Id, 1, TestJobs.Completion(job), default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_database_file_that_vanishes_is_an_error_and_not_a_new_empty_database()
    {
        var folder = Path.GetDirectoryName(DatabaseFile)!;
        Directory.Move(folder, folder + "-gone");
        await using var gone = _stores.Reopen("Pooling=False");

        var reading = await Should.ThrowAsync<StorageException>(() => gone.Jobs.FindAsync(Guid.NewGuid(), default));
        var writing = await Should.ThrowAsync<StorageException>(() => gone.Jobs.SubmitAsync(TestJobs.Resize(_owner), default));
        foreach (var error in new[] { reading, writing })
        {
            error.Message.ShouldContain("cannot be opened");
            error.Message.ShouldNotContain(folder);
        }

        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_lock_that_another_program_holds_is_waited_for_and_then_reported()
    {
        await using var other = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        await other.OpenAsync();
        await ExecuteAsync(other, "BEGIN IMMEDIATE");
        var submission = TestJobs.Resize(_owner);

        var error = await Should.ThrowAsync<StorageException>(() => Task.Run(() => _stores.Jobs.SubmitAsync(submission, default)));
        error.Message.ShouldContain("locked");

        var waiting = Task.Run(() => _stores.Jobs.SubmitAsync(submission, default));
        await ExecuteAsync(other, "ROLLBACK");
        (await waiting.SoonAsync()).ShouldBeOfType<SubmitOutcome.Accepted>();
    }

    [Fact]
    public async Task A_cancelled_call_waits_no_longer_and_changes_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var submission = TestJobs.Resize(_owner);

        await Should.ThrowAsync<OperationCanceledException>(() => _stores.Jobs.SubmitAsync(submission, cancellation.Token));

        (await _stores.Jobs.FindAsync(submission.Id, default)).ShouldBeNull();
        (await _stores.Jobs.SubmitAsync(submission, default)).ShouldBeOfType<SubmitOutcome.Accepted>();
    }

    private string DatabaseFile
    {
        get
        {
            using var db = _stores.Contexts.CreateDbContext();
            return db.Database.GetDbConnection().DataSource;
        }
    }

    private JobSubmission Large() => TestJobs.Resize(_owner) with
    {
        Uploads = [.. Enumerable.Range(0, 20).Select(_ => TestJobs.Upload(_owner))],
    };

    private async Task<Job> ClaimAsync()
    {
        var submission = TestJobs.Resize(_owner);
        await _stores.Jobs.SubmitAsync(submission, default);
        return (await _stores.Jobs.TryClaimAsync(submission.Id, "worker", Lease, default)).ShouldNotBeNull();
    }

    /// <summary>The same database with room for sixteen more pages.</summary>
    private async Task<SqliteStores> FillingUpAsync()
    {
        await using var db = await _stores.Contexts.CreateDbContextAsync();
        var pages = await db.Database.SqlQueryRaw<long>("SELECT page_count AS Value FROM pragma_page_count").SingleAsync();
        return _stores.Reopen("Pooling=False", options => options.AddInterceptors(new SizeLimit(pages + 16)));
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class SizeLimit(long pages) : DbConnectionInterceptor
    {
        public override async Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default) =>
            await ExecuteAsync((SqliteConnection)connection, $"PRAGMA max_page_count = {pages}");
    }
}
