using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Backings.Sql;
using PhotoStudio.Backings.Sql.Jobs;
using PhotoStudio.Backings.Sql.Sqlite;
using PhotoStudio.Core.Documents;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Quotas;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;

namespace PhotoStudio.Tests.Backings.Sql.Sqlite;

/// <summary>The stores as the studio registers them, on a SQLite file.</summary>
public sealed class SqliteStores : StudioStores
{
    private readonly TemporaryFolder? _folder;
    private readonly ServiceProvider _services;
    private readonly string _file;

    private SqliteStores(TemporaryFolder? folder, ServiceProvider services, ManualTimeProvider time, string file) =>
        (_folder, _services, Time, _file) = (folder, services, time, file);

    public ManualTimeProvider Time { get; }

    public override IJobStore Jobs => _services.GetRequiredService<IJobStore>();

    public override IFlowStore Flows => _services.GetRequiredService<IFlowStore>();

    public override IImageStore Images => _services.GetRequiredService<IImageStore>();

    public override IImageLibrary Library => _services.GetRequiredService<IImageLibrary>();

    public override ISimilarImages Similar => _services.GetRequiredService<ISimilarImages>();

    public override IDoomedBlobs Doomed => _services.GetRequiredService<IDoomedBlobs>();

    public override IUploadSessions Uploads => _services.GetRequiredService<IUploadSessions>();

    public override IDocumentStore Documents => _services.GetRequiredService<IDocumentStore>();

    public override TPort Store<TPort>() => _services.GetRequiredService<TPort>();

    public IDbContextFactory<SqliteStudioDbContext> Contexts => _services.GetRequiredService<IDbContextFactory<SqliteStudioDbContext>>();

    public static async Task<SqliteStores> CreateAsync(int maxUnfinished = 200, int maxRunning = 64)
    {
        var folder = new TemporaryFolder();
        var file = folder.In("data", "studio.db");
        var time = new ManualTimeProvider();
        await SqliteTemplate.CopyToAsync(file);
        return new SqliteStores(folder, Build($"Data Source={file}", time, maxUnfinished, maxRunning, null), time, file);
    }

    /// <summary>Another studio on the same file, such as one that may only read it.</summary>
    public SqliteStores Reopen(string options = "", Action<DbContextOptionsBuilder>? configure = null) =>
        new(null, Build($"Data Source={_file};{options}", Time, 200, 64, configure), Time, _file);

    public override Task AdvanceAsync(TimeSpan by)
    {
        Time.Advance(by);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_folder is null) return;

        // Idle connections are pooled per connection string and keep the file open.
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static ServiceProvider Build(
        string connectionString,
        TimeProvider time,
        int maxUnfinished,
        int maxRunning,
        Action<DbContextOptionsBuilder>? configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time);
        services.AddSqliteStores(connectionString, configure);
        services.Configure<JobStoreOptions>(options => (options.MaxUnfinishedPerOwner, options.MaxRunningPerOwner, options.Retry) = (maxUnfinished, maxRunning, Retry));
        services.Configure<QuotaOptions>(options => options.Guest = QuotaPlan.Unlimited);
        return services.BuildServiceProvider();
    }
}
