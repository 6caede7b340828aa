using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using PhotoStudio.Backings.Sql.Accounts;
using PhotoStudio.Backings.Sql.Audit;
using PhotoStudio.Backings.Sql.Chat;
using PhotoStudio.Backings.Sql.Documents;
using PhotoStudio.Backings.Sql.Flows;
using PhotoStudio.Backings.Sql.Images;
using PhotoStudio.Backings.Sql.Jobs;
using PhotoStudio.Backings.Sql.Postgres;
using PhotoStudio.Backings.Sql.Quotas;
using PhotoStudio.Backings.Sql.Scheduling;
using PhotoStudio.Backings.Sql.Sqlite;
using PhotoStudio.Backings.Sql.Statistics;
using PhotoStudio.Backings.Sql.Styles;
using PhotoStudio.Backings.Sql.Templates;
using PhotoStudio.Backings.Sql.Webhooks;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Audit;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Documents;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Quotas;
using PhotoStudio.Core.Scheduling;
using PhotoStudio.Core.Statistics;
using PhotoStudio.Core.Styles;
using PhotoStudio.Core.Templates;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Backings.Sql;

/// <summary>Registers the relational stores.</summary>
public static class SqlServices
{
    /// <summary>
    /// Keeps jobs, flows, pictures' records and documents in a SQLite file. The host makes it ready before it starts anything else
    /// (<see cref="SqliteMigrator"/>). Limits are configured through <see cref="JobStoreOptions"/>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="connectionString">
    /// Such as <c>Data Source=data/studio.db</c>; a relative path is relative to the working directory.
    /// </param>
    /// <param name="configure">More configuration of the context, such as interceptors.</param>
    public static IServiceCollection AddSqliteStores(
        this IServiceCollection services,
        string connectionString,
        Action<DbContextOptionsBuilder>? configure = null)
    {
        SqliteNative.Initialize();
        var location = Complete(connectionString);
        services.TryAddSingleton(TimeProvider.System);
        services.AddPooledDbContextFactory<SqliteStudioDbContext>(options =>
        {
            options.UseSqlite(location).AddInterceptors(new SqlitePragmas());

            // A pending model change is found by a test; at run time the check only costs time.
            options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
            configure?.Invoke(options);
        });
        services.AddSingleton<SqliteClock>();
        services.AddSingleton<StudioDatabase, SqliteDatabase>();
        services.AddSingleton<SqliteMigrator>();
        services.AddHostedService(provider => provider.GetRequiredService<SqliteMigrator>());
        return services.AddSqlStores();
    }

    /// <summary>
    /// Keeps jobs, flows, pictures' records and documents on a PostgreSQL server. The host brings the database up to date before it
    /// starts anything else (<see cref="PostgresMigrator"/>), as <see cref="PostgresOptions"/> says. Limits are configured through
    /// <see cref="JobStoreOptions"/>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="connectionString">Such as <c>Host=localhost;Database=studio;Username=studio;Password=…</c>.</param>
    /// <param name="configure">More configuration of the context, such as interceptors.</param>
    /// <exception cref="InvalidOperationException">The connection string is none.</exception>
    public static IServiceCollection AddPostgresStores(
        this IServiceCollection services,
        string connectionString,
        Action<DbContextOptionsBuilder>? configure = null)
    {
        var location = PostgresConnection.Parse(connectionString).ConnectionString;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            // The name stands in traces and metrics where the driver would otherwise put the connection string.
            var builder = new NpgsqlDataSourceBuilder(location) { Name = "studio" };
            return builder.UseLoggerFactory(provider.GetService<ILoggerFactory>()).Build();
        });
        services.AddPooledDbContextFactory<PostgresStudioDbContext>((provider, options) =>
        {
            options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>());
            options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
            configure?.Invoke(options);
        });
        services.AddOptions<PostgresOptions>();
        services.AddSingleton<PostgresClock>();
        services.AddSingleton<StudioDatabase, PostgresDatabase>();
        services.AddSingleton<PostgresMigrator>();
        services.AddHostedService(provider => provider.GetRequiredService<PostgresMigrator>());
        return services.AddSqlStores();
    }

    private static IServiceCollection AddSqlStores(this IServiceCollection services)
    {
        services.AddOptions<JobStoreOptions>()
            .Validate(options => options.MaxUnfinishedPerOwner >= 1, "MaxUnfinishedPerOwner is at least 1.")
            .Validate(options => options.Retry.MaxFailures >= 1, "MaxFailures is at least 1.");
        services.AddOptions<QuotaOptions>();
        services.AddSingleton<IQuotas, SqlQuotas>();
        services.AddSingleton<IJobStore, SqlJobStore>();
        services.AddSingleton<IJobAdministration, SqlJobAdministration>();
        services.AddSingleton<IJobStatistics, SqlJobStatistics>();
        services.AddSingleton<IFlowStore, SqlFlowStore>();
        services.AddSingleton<IImageStore, SqlImageStore>();
        services.AddSingleton<IImageLibrary, SqlImageLibrary>();
        services.AddSingleton<ISimilarImages, SqlSimilarImages>();
        services.AddSingleton<IDoomedBlobs, SqlDoomedBlobs>();
        services.AddSingleton<IUploadSessions, SqlUploadSessions>();
        services.AddSingleton<IDocumentStore, SqlDocumentStore>();
        services.AddSingleton<IAccountStore, SqlAccountStore>();
        services.AddSingleton<IAccountDirectory, SqlAccountDirectory>();
        services.AddSingleton<ISchedule, SqlSchedule>();
        services.AddSingleton<IUsageStatistics, SqlUsageStatistics>();
        services.AddSingleton<IWebhooks, SqlWebhooks>();
        services.AddSingleton<IAuditLog, SqlAuditLog>();
        services.AddSingleton<ISessionStore, SqlSessionStore>();
        services.AddSingleton<IApiKeyStore, SqlApiKeyStore>();
        services.AddSingleton<ISignInThrottle, SqlSignInThrottle>();
        services.AddSingleton<IOwnedThings, SqlOwnedThings>();
        services.AddSingleton<IChatStore, SqlChatStore>();
        services.AddSingleton<IStyleStore, SqlStyleStore>();
        services.AddSingleton<IStyleOpinions, SqlStyleOpinions>();
        services.AddSingleton<ITemplateStore, SqlTemplateStore>();
        return services;
    }

    private static string Complete(string connectionString)
    {
        var location = new SqliteConnectionStringBuilder(connectionString);
        if (string.IsNullOrEmpty(location.DataSource) || location.DataSource == ":memory:" || location.Mode == SqliteOpenMode.Memory)
            throw new ArgumentException("The stores need a database file: 'Data Source=<path>'.", nameof(connectionString));

        location.DataSource = Path.GetFullPath(location.DataSource);
        if (location.Mode == SqliteOpenMode.ReadWriteCreate) location.Mode = SqliteOpenMode.ReadWrite;
        location.DefaultTimeout = SqlitePragmas.BusySeconds;
        return location.ConnectionString;
    }
}
