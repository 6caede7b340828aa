namespace PhotoStudio.AppHost.Backings;

/// <summary>The backings in containers. Their data outlive a restart in volumes.</summary>
internal static class ContainerBackings
{
    private const int BlobPort = 10100;

    /// <summary>Adds PostgreSQL, Redis, MongoDB and the emulator of Azure Storage.</summary>
    public static StudioBackings AddContainerBackings(this IDistributedApplicationBuilder builder)
    {
        var database = builder.AddPostgres("postgres")
            .WithDataVolume()
            .WithIconName("DatabaseMultiple")
            .AddDatabase("studio");
        var redis = builder.AddRedis("redis")
            .WithDataVolume()
            .WithPersistence()
            .WithIconName("Alert");
        var conversations = builder.AddMongoDB("mongo")
            .WithDataVolume()
            .WithIconName("Chat")
            .AddDatabase("conversations");
        var blobs = builder.AddAzureStorage("storage")
            .RunAsEmulator(emulator => emulator.WithBlobPort(BlobPort).WithDataVolume())
            .AddBlobs("blobs");
        return new StudioBackings(database, redis, blobs, conversations, [database, redis, blobs, conversations]);
    }
}
