using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Backings.Sql.Sqlite;
using PhotoStudio.Core;
using PhotoStudio.Tests.Backings.Sql.Sqlite;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Sql;

/// <summary>How a write deals with other writers, on a database that lets several begin at once.</summary>
public sealed class StudioDatabaseTests : IAsyncLifetime
{
    private SqliteStores _stores = null!;
    private Database _database = null!;

    public async Task InitializeAsync()
    {
        _stores = await SqliteStores.CreateAsync();
        _database = new Database(_stores);
    }

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    [Fact]
    public async Task A_write_that_loses_a_race_is_made_again_from_the_start_and_only_once_in_the_end()
    {
        var tries = 0;

        await _database.WriteAsync(
            async (db, _, token) =>
            {
                db.Flows.Add(Flow());
                await db.SaveChangesAsync(token);
                return ++tries < 3 ? throw new DbUpdateConcurrencyException("Another writer was faster.") : tries;
            },
            default);

        tries.ShouldBe(3);
        (await CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_write_that_always_loses_gives_up_and_leaves_nothing()
    {
        var tries = 0;

        var error = await Should.ThrowAsync<StorageException>(() => _database.WriteAsync<int>(
            async (db, _, token) =>
            {
                tries++;
                db.Flows.Add(Flow());
                await db.SaveChangesAsync(token);
                throw new DbUpdateConcurrencyException("Another writer was faster.");
            },
            default));

        error.Message.ShouldContain("too busy");
        tries.ShouldBeInRange(2, 100);
        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_row_that_changed_since_it_was_read_is_not_overwritten()
    {
        var submission = TestJobs.Resize(TestJobs.Someone());
        await _stores.Jobs.SubmitAsync(submission, default);
        await using var late = await _stores.Contexts.CreateDbContextAsync();
        var row = await late.Jobs.SingleAsync();
        await _stores.Jobs.TryClaimAsync(submission.Id, "worker", TimeSpan.FromMinutes(1), default);

        row.Worker = "late";
        row.Version++;

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => late.SaveChangesAsync());
        (await _stores.Jobs.FindAsync(submission.Id, default)).ShouldNotBeNull().Worker.ShouldBe("worker");
    }

    private static FlowRow Flow() => new() { Id = Guid.CreateVersion7(), Owner = "guest:x", Steps = "[]" };

    private Task<int> CountAsync() => _database.ReadAsync((db, token) => db.Flows.CountAsync(token), default);

    private sealed class Database(SqliteStores stores) : StudioDatabase(new SqliteClock(stores.Time))
    {
        protected override async ValueTask<StudioDbContext> OpenAsync(CancellationToken cancellationToken) =>
            await stores.Contexts.CreateDbContextAsync(cancellationToken);

        protected override string? Explain(Exception exception) => null;

        protected override bool IsUniqueViolation(Exception exception) => false;
    }
}
