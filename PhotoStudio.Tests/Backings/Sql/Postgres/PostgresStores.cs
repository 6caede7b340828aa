using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhotoStudio.Backings.Sql;
using PhotoStudio.Backings.Sql.Jobs;
using PhotoStudio.Backings.Sql.Postgres;
using PhotoStudio.Core.Documents;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Quotas;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;

namespace PhotoStudio.Tests.Backings.Sql.Postgres;

/// <summary>
/// The stores as the studio registers them, on a database that no other test uses at the time. Databases are emptied and lent again:
/// that takes a few milliseconds, and making one a hundred.
/// </summary>
internal sealed class PostgresStores : StudioStores
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);
    private static readonly ConcurrentBag<string> Idle = [];

    private readonly bool _lent;
    private readonly ServiceProvider _services;

    private PostgresStores(PostgresServer server, string database, bool lent, ServiceProvider services) =>
        (Server, Database, _lent, _services) = (server, database, lent, services);

    public PostgresServer Server { get; }

    public string Database { get; }

    public override IJobStore Jobs => _services.GetRequiredService<IJobStore>();

    public override IFlowStore Flows => _services.GetRequiredService<IFlowStore>();

    public override IImageStore Images => _services.GetRequiredService<IImageStore>();

    public override IImageLibrary Library => _services.GetRequiredService<IImageLibrary>();

    public override ISimilarImages Similar => _services.GetRequiredService<ISimilarImages>();

    public override IDoomedBlobs Doomed => _services.GetRequiredService<IDoomedBlobs>();

    public override IUploadSessions Uploads => _services.GetRequiredService<IUploadSessions>();

    public override IDocumentStore Documents => _services.GetRequiredService<IDocumentStore>();

    public override TPort Store<TPort>() => _services.GetRequiredService<TPort>();

    public StudioDatabase Studio => _services.GetRequiredService<StudioDatabase>();

    public IDbContextFactory<PostgresStudioDbContext> Contexts =>
        _services.GetRequiredService<IDbContextFactory<PostgresStudioDbContext>>();

    public static async Task<PostgresStores> CreateAsync(int maxUnfinished = 200, int maxRunning = 64)
    {
        var server = await PostgresServer.SharedAsync();
        if (!Idle.TryTake(out var database)) database = await server.CreateDatabaseAsync(await Template.Value);
        return new PostgresStores(server, database, lent: true, Build(server.ConnectionString(database), maxUnfinished, maxRunning: maxRunning));
    }

    /// <summary>Another studio on the same database.</summary>
    public PostgresStores Reopen(string options = "", Action<DbContextOptionsBuilder>? configure = null) =>
        new(Server, Database, lent: false, Build(Server.ConnectionString(Database, options), 200, configure));

    /// <summary>The services of a studio on a database.</summary>
    public static ServiceProvider Build(string connectionString, int maxUnfinished = 200, Action<DbContextOptionsBuilder>? configure = null, int maxRunning = 64)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPostgresStores(connectionString, configure);
        services.Configure<JobStoreOptions>(options => (options.MaxUnfinishedPerOwner, options.MaxRunningPerOwner, options.Retry) = (maxUnfinished, maxRunning, Retry));
        services.Configure<QuotaOptions>(options => options.Guest = QuotaPlan.Unlimited);
        return services.BuildServiceProvider();
    }

    public override async Task AdvanceAsync(TimeSpan by)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        foreach (var table in db.Model.GetEntityTypes())
        {
            var times = table.GetProperties().Where(property => property.ClrType == typeof(DateTimeOffset) || property.ClrType == typeof(DateTimeOffset?));
            var changes = string.Join(", ", times.Select(time => $"{time.GetColumnName()} = {time.GetColumnName()} - $1"));
            if (changes.Length > 0) await ExecuteAsync($"UPDATE {table.GetTableName()} SET {changes}", by);
        }

        if (by.Days > 0) await ExecuteAsync($"UPDATE quota_charges SET day = day - {by.Days}");
    }

    /// <summary>A point in time ahead of the server's clock.</summary>
    public async Task<DateTimeOffset> InAsync(TimeSpan ahead)
    {
        var now = await Studio.ReadAsync((_, now, _) => Task.FromResult(now), default);
        return now + ahead;
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_lent)
        {
            await _services.DisposeAsync();
            return;
        }

        await using (var db = await Contexts.CreateDbContextAsync())
        {
            // As a replica applies changes: no reference is checked, so the order of the tables does not matter.
            // Roles stay: they came with the database.
            var tables = db.Model.GetEntityTypes().Where(table => table.ClrType != typeof(IdentityRole<Guid>)).Select(table => table.GetTableName()).Distinct();
            await ExecuteAsync("SET session_replication_role = replica;" + string.Concat(tables.Select(table => $"DELETE FROM {table};")));
        }

        await _services.DisposeAsync();
        Idle.Add(Database);
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await using var services = Build(server.ConnectionString(database));
        await services.GetRequiredService<PostgresMigrator>().MigrateAsync(default);
        return database;
    }

    private async Task ExecuteAsync(string sql, params TimeSpan[] parameters)
    {
        await using var command = _services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = parameter });
        await command.ExecuteNonQueryAsync();
    }
}
