using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using PhotoStudio.Backings.Mongo;
using PhotoStudio.Backings.Sql.Postgres;

namespace PhotoStudio.Backings;

/// <content>
/// Aspire's client integrations in place of the studio's own registrations of clients. What they would add to telemetry the service defaults
/// have already; what they would add to health the studio's own parts say better.
/// </content>
public static partial class BackingsServices
{
    static partial void AddEditionClients(IHostApplicationBuilder builder)
    {
        if (IsSet(builder, "studio"))
        {
            // The stores begin transactions themselves and try again as a whole, which a retrying strategy refuses.
            builder.EnrichNpgsqlDbContext<PostgresStudioDbContext>(settings =>
                (settings.DisableRetry, settings.DisableHealthChecks, settings.DisableTracing, settings.DisableMetrics) = (true, true, true, true));
        }

        if (IsSet(builder, "redis"))
            builder.AddRedisClient("redis", settings => (settings.DisableHealthChecks, settings.DisableTracing) = (true, true), Redis.RedisLink.Prepare);

        // A bare address of an account is reached with the identity of the process; with a signature or a key the studio's own client serves.
        if (Uri.TryCreate(builder.Configuration.GetConnectionString("blobs"), UriKind.Absolute, out var account) && account is { Scheme: "https", Query: "" })
        {
            builder.AddAzureBlobServiceClient(
                "blobs", settings => (settings.DisableHealthChecks, settings.DisableTracing) = (true, true));
        }

        if (IsSet(builder, "conversations"))
        {
            builder.AddMongoDBClient("conversations", settings => (settings.DisableHealthChecks, settings.DisableTracing) = (true, true));
            builder.Services.AddMongoDocuments();
        }
    }

    private static bool IsSet(IHostApplicationBuilder builder, string connection) =>
        !string.IsNullOrEmpty(builder.Configuration.GetConnectionString(connection));
}
