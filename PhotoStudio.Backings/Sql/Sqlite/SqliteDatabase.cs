using Microsoft.EntityFrameworkCore;

namespace PhotoStudio.Backings.Sql.Sqlite;

/// <summary>
/// SQLite has one writer at a time. Writers of this process take turns here, in the order they came and without blocking
/// a thread; only another process's lock is waited for in SQLite itself.
/// </summary>
internal sealed class SqliteDatabase(IDbContextFactory<SqliteStudioDbContext> contexts, SqliteClock clock)
    : StudioDatabase(clock), IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);

    public void Dispose() => _writer.Dispose();

    protected override async ValueTask<StudioDbContext> OpenAsync(CancellationToken cancellationToken) =>
        await contexts.CreateDbContextAsync(cancellationToken);

    protected override async ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        return new Turn(_writer);
    }

    protected override string? Explain(Exception exception) => SqliteErrors.Explain(exception);

    protected override bool IsUniqueViolation(Exception exception) => SqliteErrors.IsUniqueViolation(exception);

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
