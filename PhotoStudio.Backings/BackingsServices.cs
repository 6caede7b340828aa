using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Blobs;
using PhotoStudio.Backings.Blobs.Azure;
using PhotoStudio.Backings.Blobs.Files;
using PhotoStudio.Backings.Data;
using PhotoStudio.Backings.Events.InProcess;
using PhotoStudio.Backings.Inference;
using PhotoStudio.Backings.LanguageModels;
using PhotoStudio.Backings.Mail;
using PhotoStudio.Backings.Queue.InProcess;
using PhotoStudio.Backings.Redis;
using PhotoStudio.Backings.Scheduling;
using PhotoStudio.Backings.Sql;
using PhotoStudio.Backings.Sql.Jobs;
using PhotoStudio.Backings.Sql.Postgres;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Backings;

/// <summary>Wires the ports of the core to what is behind them.</summary>
public static partial class BackingsServices
{
    /// <summary>
    /// Adds every store, the bell and the events, as the configuration says: PostgreSQL when <c>ConnectionStrings:studio</c> names one
    /// (<c>Studio:Database</c>), otherwise SQLite in the folder <c>Studio:Data</c>; blobs in Azure Storage when
    /// <c>ConnectionStrings:blobs</c> names it, otherwise files in that folder; the bell (<c>Studio:Queue</c>)
    /// and the events (<c>Studio:Events</c>) over Redis when <c>ConnectionStrings:redis</c> names it, otherwise inside the process; limits and retries of jobs under <c>Studio:Jobs</c>; inference over HTTP
    /// when <see cref="InferenceAddresses"/> finds an address. A setting that makes no sense stops the start with an error that names it.
    /// </summary>
    /// <exception cref="InvalidOperationException">A setting asks for a backing that this build does not have.</exception>
    public static IHostApplicationBuilder AddStudioBackings(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var folder = StudioFolder.From(builder.Configuration);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(folder);
        builder.Services.AddDatabase(builder.Configuration, folder);
        if (builder.Configuration.GetConnectionString("blobs") is { Length: > 0 } blobs) builder.Services.AddAzureBlobs(blobs);
        else builder.Services.AddFileBlobs();
        builder.Services.AddBlobUrls();
        builder.Services.AddQuotaPlans(builder.Environment);
        builder.Services.AddHostedService<Scheduler>();
        if (builder.Configuration.GetConnectionString("redis") is { Length: > 0 } redis)
        {
            builder.Services.AddRedis(redis, SlotsOf(builder.Configuration));
        }
        else
        {
            builder.Services.AddBell();
            builder.Services.AddEvents();
        }

        builder.Services.AddMail();
        builder.Services.AddAssistant(builder.Configuration);
        if (InferenceAddresses.From(builder.Configuration) is { } addresses) builder.Services.AddHttpInference(addresses);
        AddEditionClients(builder);
        return builder;
    }

    /// <summary>
    /// Refuses to go on without what a service needs that is one of several: a database server that they share, and inference at an address.
    /// </summary>
    /// <exception cref="InvalidOperationException">One is missing; the message names its setting.</exception>
    public static IHostApplicationBuilder RequireSharedBackings(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        const string otherwise = "The studio in one process, which needs neither, is PhotoStudio.Standalone.";
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString("studio")))
        {
            throw new InvalidOperationException(
                $"{PostgresConnection.Setting} is not set; it names the PostgreSQL server that the studio's services share. {otherwise}");
        }

        if (InferenceAddresses.From(builder.Configuration) is null)
        {
            throw new InvalidOperationException(
                $"{InferenceAddresses.UrlSetting} is not set, and service discovery does not know 'inference' (services__inference__http__0). {otherwise}");
        }

        return builder;
    }

    /// <summary>
    /// Adds the database server alone, to be brought up to date when the host starts, whatever <c>Studio:Database:Migrate</c> says: the step
    /// before services that may not change tables.
    /// </summary>
    /// <exception cref="InvalidOperationException"><c>ConnectionStrings:studio</c> names no server.</exception>
    public static IHostApplicationBuilder AddDatabaseStep(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString("studio")))
        {
            throw new InvalidOperationException(
                $"{PostgresConnection.Setting} is not set; it names the PostgreSQL server to bring up to date. "
                + "SQLite is brought up to date whenever the studio starts.");
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddDatabase(builder.Configuration, StudioFolder.From(builder.Configuration));
        builder.Services.PostConfigure<PostgresOptions>(options => options.Migrate = true);
        return builder;
    }

    /// <summary>Registers the clients of an edition that has some of its own; absent otherwise.</summary>
    static partial void AddEditionClients(IHostApplicationBuilder builder);

    private static void AddDatabase(this IServiceCollection services, IConfiguration configuration, StudioFolder folder)
    {
        if (configuration.GetConnectionString("studio") is { Length: > 0 } connectionString)
        {
            services.AddPostgresStores(connectionString);
            services.AddOptions<PostgresOptions>()
                .BindConfiguration(PostgresOptions.Section)
                .Validate(
                    options => options.Patience >= TimeSpan.Zero && options.Patience <= TimeSpan.FromDays(1),
                    $"{PostgresOptions.Section}:{nameof(PostgresOptions.Patience)} must be a time from 00:00:00 to 1.00:00:00.")
                .ValidateOnStart();
        }
        else
        {
            services.AddEmbeddedDatabase(folder);
        }

        services.AddJobLimits();
    }

    private static void AddEmbeddedDatabase(this IServiceCollection services, StudioFolder folder)
    {
        // The order counts, for each is done before the next begins: the folder is ours alone, the database is ready, and
        // what a dead process held is free.
        services.AddHostedService<StudioFolderGuard>();
        services.AddSqliteStores(new SqliteConnectionStringBuilder { DataSource = folder.Database }.ConnectionString);
        services.AddHostedService<LeaseRecovery>();
    }

    private static void AddQuotaPlans(this IServiceCollection services, IHostEnvironment environment) =>
        services.AddOptions<QuotaOptions>()
            .Configure<IConfiguration>((options, configuration) =>
            {
                if (environment.IsDevelopment()) options.Guest = QuotaPlan.Unlimited;
                configuration.GetSection(QuotaOptions.Section).Bind(options);
            })
            .Validate(
                options => ((QuotaPlan[])[options.Free, options.Premium, options.Service, options.Guest]).All(plan => plan.IsValid),
                $"Every limit under {QuotaOptions.Section} must be {QuotaPlan.NoLimit} (no limit), 0 or more.")
            .ValidateOnStart();

    private static void AddJobLimits(this IServiceCollection services)
    {
        const string section = "Studio:Jobs";
        services.AddOptions<JobStoreOptions>()
            .Configure<IConfiguration>((options, configuration) =>
            {
                var jobs = configuration.GetSection(section);
                options.MaxUnfinishedPerOwner = jobs.GetValue(nameof(options.MaxUnfinishedPerOwner), options.MaxUnfinishedPerOwner);
                options.MaxRunningPerOwner = jobs.GetValue(nameof(options.MaxRunningPerOwner), options.MaxRunningPerOwner);
                options.Retry = new RetryPolicy(
                    jobs.GetValue(nameof(RetryPolicy.MaxFailures), options.Retry.MaxFailures),
                    jobs.GetValue(nameof(RetryPolicy.FirstDelay), options.Retry.FirstDelay),
                    jobs.GetValue(nameof(RetryPolicy.MaxDelay), options.Retry.MaxDelay));
            })
            .Validate(options => options.MaxUnfinishedPerOwner >= 1, $"{section}:{nameof(JobStoreOptions.MaxUnfinishedPerOwner)} must be at least 1.")
            .Validate(options => options.MaxRunningPerOwner >= 1, $"{section}:{nameof(JobStoreOptions.MaxRunningPerOwner)} must be at least 1.")
            .Validate(options => options.Retry.MaxFailures >= 1, $"{section}:{nameof(RetryPolicy.MaxFailures)} must be at least 1.")
            .Validate(
                options => options.Retry.FirstDelay >= TimeSpan.Zero && options.Retry.MaxDelay >= options.Retry.FirstDelay,
                $"{section}:{nameof(RetryPolicy.FirstDelay)} must not be negative, nor longer than {section}:{nameof(RetryPolicy.MaxDelay)}.")
            .ValidateOnStart();
    }

    private static void AddFileBlobs(this IServiceCollection services) => services.AddSingleton<IBlobStore>(provider =>
        new ObservedBlobStore(
            new FileBlobStore(provider.GetRequiredService<StudioFolder>().Blobs, provider.GetRequiredService<TimeProvider>()), "files"));

    private static void AddBlobUrls(this IServiceCollection services)
    {
        services.AddOptions<BlobUrlOptions>()
            .Configure<IConfiguration>((options, configuration) =>
            {
                options.PublicUrl = configuration[BlobUrlOptions.PublicUrlSetting];
                options.SigningKey = configuration[BlobUrlOptions.SigningKeySetting];
            })
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<BlobUrlOptions>, BlobUrlOptions.Validator>();
        services.AddSingleton<IBlobUrls>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<BlobUrlOptions>>().Value;
            var address = string.IsNullOrEmpty(options.PublicUrl) ? null : new Uri(options.PublicUrl);
            return new SignedBlobUrls(KeyOf(provider), address, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IUrlSigner>(provider => new HmacUrlSigner(KeyOf(provider), provider.GetRequiredService<TimeProvider>()));
    }

    private static byte[] KeyOf(IServiceProvider provider)
    {
        var configured = provider.GetRequiredService<IOptions<BlobUrlOptions>>().Value.SigningKey;
        return string.IsNullOrEmpty(configured)
            ? SigningKey.FromFile(provider.GetRequiredService<StudioFolder>().SigningKey)
            : SigningKey.FromText(configured);
    }

    private static int SlotsOf(IConfiguration configuration) =>
        Math.Max(1, configuration.GetValue("Studio:Worker:Slots", Environment.ProcessorCount));

    private static void AddBell(this IServiceCollection services)
    {
        services.AddOptions<InProcessBellOptions>()
            .Configure<IConfiguration>((options, configuration) =>
                options.Capacity = 2 * SlotsOf(configuration))
            .BindConfiguration(InProcessBellOptions.Section)
            .Validate(options => options.Capacity is >= 1 and <= 1_000_000, $"{InProcessBellOptions.Section}:Capacity must be a number from 1 to 1,000,000.")
            .Validate(
                options => options.RedeliverAfter >= TimeSpan.FromSeconds(1) && options.RedeliverAfter <= TimeSpan.FromDays(1),
                $"{InProcessBellOptions.Section}:RedeliverAfter must be a time from 00:00:01 to 1.00:00:00.")
            .ValidateOnStart();
        services.AddSingleton<IJobBell, InProcessJobBell>();
    }

    private static void AddEvents(this IServiceCollection services)
    {
        services.AddOptions<InProcessEventsOptions>()
            .BindConfiguration(InProcessEventsOptions.Section)
            .Validate(options => options.EventsPerJob is >= 1 and <= 10_000, $"{InProcessEventsOptions.Section}:EventsPerJob must be a number from 1 to 10,000.")
            .Validate(options => options.Jobs is >= 1 and <= 1_000_000, $"{InProcessEventsOptions.Section}:Jobs must be a number from 1 to 1,000,000.")
            .Validate(
                options => options.RememberFor >= TimeSpan.FromSeconds(1) && options.RememberFor <= TimeSpan.FromDays(1),
                $"{InProcessEventsOptions.Section}:RememberFor must be a time from 00:00:01 to 1.00:00:00.")
            .Validate(options => options.EventsPerWatcher is >= 2 and <= 10_000, $"{InProcessEventsOptions.Section}:EventsPerWatcher must be a number from 2 to 10,000.")
            .ValidateOnStart();
        services.AddSingleton<IJobEvents, InProcessJobEvents>();
    }
}
