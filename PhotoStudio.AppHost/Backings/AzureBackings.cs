using Aspire.Hosting.Azure;
using Azure.Provisioning.PostgreSql;
using Azure.Provisioning.RedisEnterprise;

namespace PhotoStudio.AppHost.Backings;

/// <summary>
/// The backings as Azure's services. The storage account is reached with the services' identities; the connection strings of PostgreSQL and
/// Redis are in Key Vaults, which are.
/// </summary>
internal static class AzureBackings
{
    /// <summary>Adds them. JSON documents are in Azure Cosmos DB for MongoDB.</summary>
    public static StudioBackings AddAzureBackings(this IDistributedApplicationBuilder builder)
    {
        var database = builder.AddAzurePostgresFlexibleServer("postgres")
            .WithPasswordAuthentication()
            .ConfigureInfrastructure(UseGeneralPurposeServer)
            .AddDatabase("studio");
        var redis = builder.AddAzureManagedRedis("redis")
            .WithAccessKeyAuthentication()
            .ConfigureInfrastructure(KeepEveryEntry);
        var blobs = builder.AddAzureStorage("storage").AddBlobs("blobs");
        return new StudioBackings(database, redis, blobs, builder.AddConversations(), []);
    }

    private static IResourceBuilder<IResourceWithConnectionString> AddConversations(this IDistributedApplicationBuilder builder)
    {
        var password = builder.AddParameter(
            "mongo-password", new GenerateParameterDefault { MinLength = 24, Special = false, MinLower = 1, MinUpper = 1, MinNumeric = 1 }, secret: true);
        var cluster = builder.AddBicepTemplate("mongo", "Cloud/mongo.bicep").WithParameter("administratorPassword", password);
        return builder.AddConnectionString(
            "conversations",
            ReferenceExpression.Create(
                $"mongodb+srv://studio:{password.Resource}@{cluster.GetOutput("host")}/conversations?tls=true&authMechanism=SCRAM-SHA-256&retrywrites=false&maxIdleTimeMS=120000"));
    }

    /// <summary>The smallest server by default takes 35 connections; an API and a worker that are busy keep more.</summary>
    private static void UseGeneralPurposeServer(AzureResourceInfrastructure infrastructure)
    {
        var server = infrastructure.GetProvisionableResources().OfType<PostgreSqlFlexibleServer>().Single();
        server.Sku = new PostgreSqlFlexibleServerSku { Name = "Standard_D2ds_v5", Tier = PostgreSqlFlexibleServerSkuTier.GeneralPurpose };
        server.StorageSizeInGB = 128;
    }

    /// <summary>Streams are no cache: what Redis throws away when its memory is full makes jobs start late.</summary>
    private static void KeepEveryEntry(AzureResourceInfrastructure infrastructure) =>
        infrastructure.GetProvisionableResources().OfType<RedisEnterpriseDatabase>().Single().EvictionPolicy = RedisEnterpriseEvictionPolicy.NoEviction;
}
