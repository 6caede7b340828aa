using PhotoStudio.ServiceDefaults.Health;

namespace PhotoStudio.Api.Health;

/// <summary>The parts of the studio that the API can see. A service that runs others, such as the worker, adds theirs.</summary>
internal static class HealthParts
{
    public static void AddHealthParts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddStudioPart<DatabaseHealth>("database");
        builder.Services.AddStudioPart<BlobsHealth>("blobs");
        builder.Services.AddOptions<BlobsHealthOptions>()
            .Bind(builder.Configuration.GetSection(BlobsHealthOptions.Section))
            .Validate(options => options.MinFreeBytes >= 0, "Studio:Health:MinFreeBytes must not be negative.")
            .ValidateOnStart();
    }
}
