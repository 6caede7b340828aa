using Microsoft.Extensions.Configuration;

namespace PhotoStudio.AppHost.Backings;

/// <summary>What the services keep their things in. Each resource has the name of the connection string that a service reads.</summary>
/// <param name="Database"><c>studio</c>: PostgreSQL, which has the truth.</param>
/// <param name="Redis"><c>redis</c>: the bell and the events.</param>
/// <param name="Blobs"><c>blobs</c>: the pictures.</param>
/// <param name="Conversations"><c>conversations</c>: MongoDB, for JSON documents; null where they stay in the database.</param>
/// <param name="Ready">What has to be ready before a service starts.</param>
internal sealed record StudioBackings(
    IResourceBuilder<IResourceWithConnectionString> Database,
    IResourceBuilder<IResourceWithConnectionString> Redis,
    IResourceBuilder<IResourceWithConnectionString> Blobs,
    IResourceBuilder<IResourceWithConnectionString>? Conversations,
    IReadOnlyList<IResourceBuilder<IResource>> Ready);

/// <summary>Chooses where the backings come from, and hands them to services.</summary>
internal static class StudioBackingsExtensions
{
    /// <summary>
    /// Adds them: Azure's services when the topology is published; otherwise containers, or the same servers as programs of this machine
    /// when no container runtime answers or <c>Studio:Containers</c> is <c>never</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException"><c>Studio:Containers</c> is neither <c>auto</c>, <c>always</c> nor <c>never</c>.</exception>
    public static StudioBackings AddStudioBackings(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode) return builder.AddAzureBackings();
        var containers = builder.Configuration.GetValue("Studio:Containers", "auto") switch
        {
            "always" => true,
            "never" => false,
            "auto" => ContainerRuntime.Answers(),
            var other => throw new InvalidOperationException($"Studio:Containers is '{other}'; it can be auto, always or never."),
        };
        return containers ? builder.AddContainerBackings() : builder.AddExecutableBackings();
    }

    /// <summary>Gives a service the connection strings, and has it wait until what they lead to is ready.</summary>
    public static IResourceBuilder<ProjectResource> WithBackings(this IResourceBuilder<ProjectResource> service, StudioBackings backings)
    {
        service.WithReference(backings.Database).WithReference(backings.Redis).WithReference(backings.Blobs);
        if (backings.Conversations is { } conversations) service.WithReference(conversations);
        foreach (var server in backings.Ready) service.WaitFor(server);
        return service;
    }
}
