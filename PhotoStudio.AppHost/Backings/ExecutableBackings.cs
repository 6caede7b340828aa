using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PhotoStudio.AppHost.Backings;

/// <summary>
/// The backings as programs of this machine, for machines without a container runtime: <c>serve.sh</c> finds the programs and starts them on
/// 127.0.0.1, with their data under <c>.studio/aspire</c>. There is no MongoDB: JSON documents stay in PostgreSQL.
/// </summary>
internal static class ExecutableBackings
{
    private const int PostgresPort = 15432;
    private const int RedisPort = 16379;
    private const int BlobPort = 10100;

    // The account and key that every Azurite has, from its documentation.
    private const string Account = "devstoreaccount1";
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Adds PostgreSQL, Redis and Azurite.</summary>
    public static StudioBackings AddExecutableBackings(this IDistributedApplicationBuilder builder)
    {
        var password = builder.AddParameter(
            "server-password", new GenerateParameterDefault { MinLength = 24, Special = false }, secret: true, persist: true);
        var postgres = builder.AddServer("postgres", PostgresPort, password).WithIconName("DatabaseMultiple");
        var redis = builder.AddServer("redis-server", RedisPort, password).WithIconName("Alert");
        var azurite = builder.AddServer("azurite", BlobPort, password).WithIconName("Storage");

        var database = builder.AddConnectionString(
            "studio",
            ReferenceExpression.Create(
                $"Host={Host(postgres)};Port={Port(postgres)};Database=studio;Username=studio;Password={password.Resource}"));
        var bell = builder.AddConnectionString("redis", ReferenceExpression.Create($"{Host(redis)}:{Port(redis)},password={password.Resource}"));
        var blobs = builder.AddConnectionString(
            "blobs",
            ReferenceExpression.Create(
                $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};BlobEndpoint=http://{Host(azurite)}:{Port(azurite)}/{Account};"));
        return new StudioBackings(
            database.WithParentRelationship(postgres),
            bell.WithParentRelationship(redis),
            blobs.WithParentRelationship(azurite),
            Conversations: null,
            [postgres, redis, azurite]);
    }

    private static IResourceBuilder<ExecutableResource> AddServer(
        this IDistributedApplicationBuilder builder, string name, int port, IResourceBuilder<ParameterResource> password)
    {
        var check = $"{name}-port";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(check, _ => new PortHealth(port), failureStatus: null, tags: null));
        var script = Path.Combine(builder.AppHostDirectory, "Backings", "serve.sh");
        var data = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", ".studio", "aspire", name));
        return builder.AddExecutable(name, "bash", builder.AppHostDirectory, script, name, $"{port}", data)
            .WithEnvironment("STUDIO_SERVER_PASSWORD", password)
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithHealthCheck(check);
    }

    private static EndpointReferenceExpression Host(IResourceBuilder<ExecutableResource> server) => server.GetEndpoint("tcp").Property(EndpointProperty.Host);

    private static EndpointReferenceExpression Port(IResourceBuilder<ExecutableResource> server) => server.GetEndpoint("tcp").Property(EndpointProperty.Port);
}
