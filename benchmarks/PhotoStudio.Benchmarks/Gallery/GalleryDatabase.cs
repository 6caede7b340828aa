using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Backings.Sql;
using PhotoStudio.Backings.Sql.Postgres;
using PhotoStudio.Backings.Sql.Sqlite;
using PhotoStudio.Tests.Support;

namespace PhotoStudio.Benchmarks.Gallery;

/// <summary>A database of the benchmark's own, with the stores as the studio registers them.</summary>
internal sealed class GalleryDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Func<StudioDbContext> _open;
    private readonly Func<ValueTask> _remove;

    private GalleryDatabase(ServiceProvider services, Func<StudioDbContext> open, string statistics, Func<ValueTask> remove) =>
        (_services, _open, Statistics, _remove) = (services, open, statistics, remove);

    /// <summary>What the database is told after so much was inserted; in operation it does that by itself, or has no need of it.</summary>
    public string Statistics { get; }

    /// <summary>A store.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A context, the caller's to dispose.</summary>
    public StudioDbContext Open() => _open();

    /// <summary>A SQLite file in a folder for temporary files.</summary>
    public static async Task<GalleryDatabase> SqliteAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("studio-gallery-");
        var services = new ServiceCollection().AddLogging()
            .AddSqliteStores($"Data Source={Path.Combine(folder.FullName, "studio.db")}")
            .BuildServiceProvider();
        await services.GetRequiredService<SqliteMigrator>().MigrateAsync(cancellationToken);
        return new GalleryDatabase(
            services,
            () => services.GetRequiredService<IDbContextFactory<SqliteStudioDbContext>>().CreateDbContext(),
            "PRAGMA wal_checkpoint(TRUNCATE);",
            () =>
            {
                // Idle connections keep the file open; it is gone all the same once they are.
                folder.Delete(recursive: true);
                return ValueTask.CompletedTask;
            });
    }

    /// <summary>A database in a PostgreSQL server that is started for it.</summary>
    public static async Task<GalleryDatabase> PostgresAsync(CancellationToken cancellationToken)
    {
        var server = await PostgresServer.StartAsync();
        try
        {
            var services = new ServiceCollection().AddLogging()
                .AddPostgresStores(server.ConnectionString(await server.CreateDatabaseAsync()))
                .BuildServiceProvider();
            await services.GetRequiredService<PostgresMigrator>().MigrateAsync(cancellationToken);
            return new GalleryDatabase(
                services,
                () => services.GetRequiredService<IDbContextFactory<PostgresStudioDbContext>>().CreateDbContext(),
                "VACUUM ANALYZE",
                server.DisposeAsync);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _remove();
    }
}
