using System.Data;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace PhotoStudio.Backings.Sql.Postgres;

/// <summary>
/// PostgreSQL's isolation follows <see cref="WriteMode"/>: repeatable read for a snapshot, where the server ends whoever changes a row
/// that another has changed; read committed otherwise; an advisory lock for a turn. Every write knows the server's number of its
/// transaction, so that after a connection broke in the middle of a commit the server can be asked what became of it.
/// </summary>
internal sealed class PostgresDatabase(IDbContextFactory<PostgresStudioDbContext> contexts, PostgresClock clock) : StudioDatabase(clock)
{
    private static readonly TimeSpan StatusPoll = TimeSpan.FromMilliseconds(100);

    protected override async ValueTask<StudioDbContext> OpenAsync(CancellationToken cancellationToken) =>
        await contexts.CreateDbContextAsync(cancellationToken);

    protected override Task<IDbContextTransaction> BeginAsync(StudioDbContext db, WriteMode mode, CancellationToken cancellationToken) =>
        db.Database.BeginTransactionAsync(mode.SeesLatest ? IsolationLevel.ReadCommitted : IsolationLevel.RepeatableRead, cancellationToken);

    protected override async ValueTask<TransactionStart> StartAsync(StudioDbContext db, WriteMode mode, CancellationToken cancellationToken)
    {
        // One statement, since every one more is a way to the server and back.
        await using var command = (NpgsqlCommand)db.Database.GetDbConnection().CreateCommand();
        command.Transaction = (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = "SELECT clock_timestamp(), pg_current_xact_id()";
        if (mode.Turn is not null)
        {
            command.CommandText = "SELECT clock_timestamp(), pg_current_xact_id() FROM pg_advisory_xact_lock(hashtextextended($1, 0))";
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = mode.Turn });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new TransactionStart(
            await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken),
            (await reader.GetFieldValueAsync<ulong>(1, cancellationToken)).ToString(CultureInfo.InvariantCulture));
    }

    protected override async Task<bool> WasCommittedAsync(string transaction, CancellationToken cancellationToken)
    {
        while (true)
        {
            var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using (db)
            {
                var status = await db.Database
                    .SqlQuery<string?>($"SELECT pg_xact_status({transaction}::xid8) AS \"Value\"")
                    .SingleAsync(cancellationToken);
                if (status != "in progress") return status == "committed";
            }

            await Task.Delay(StatusPoll, cancellationToken);
        }
    }

    protected override string? Explain(Exception exception) => PostgresErrors.Explain(exception);

    protected override bool IsUniqueViolation(Exception exception) => PostgresErrors.IsUniqueViolation(exception);

    protected override bool IsConflict(Exception exception) => PostgresErrors.IsConflict(exception);

    protected override bool IsInterruption(Exception exception) => PostgresErrors.IsInterruption(exception);
}
