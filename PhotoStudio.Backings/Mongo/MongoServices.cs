using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MongoDB.Driver;
using PhotoStudio.Backings.Data;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Documents;

namespace PhotoStudio.Backings.Mongo;

/// <summary>Registers documents in MongoDB.</summary>
internal static class MongoServices
{
    /// <summary>Keeps documents in the <see cref="IMongoDatabase"/> that is registered, in place of the relational database. The host makes its
    /// indexes before it starts anything else.</summary>
    public static void AddMongoDocuments(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MongoDocuments>();
        services.Replace(ServiceDescriptor.Singleton<IDocumentStore, MongoDocumentStore>());
        services.AddSingleton<IOwnedThings, MongoOwnedThings>();
        services.AddHostedService<MongoStart>();
        services.AddHealthChecks().AddCheck<MongoHealth>("conversations");
    }

    private sealed class MongoStart(MongoDocuments documents) : BeforeStart
    {
        public override Task StartingAsync(CancellationToken cancellationToken) => documents.PrepareAsync(cancellationToken);
    }

    /// <summary>Whether MongoDB answers; without it pictures are still worked on.</summary>
    private sealed class MongoHealth(MongoDocuments documents) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await documents.AskAsync(all => all.EstimatedDocumentCountAsync(cancellationToken: cancellationToken));
                return HealthCheckResult.Healthy();
            }
            catch (StorageException exception)
            {
                return HealthCheckResult.Degraded(exception.Message);
            }
        }
    }
}
