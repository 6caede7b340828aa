using Microsoft.Extensions.Configuration;
using PhotoStudio.AppHost.Backings;
using PhotoStudio.AppHost.Cloud;

namespace PhotoStudio.AppHost.Services;

/// <summary>The part that claims jobs.</summary>
internal static class WorkerService
{
    private const int Instances = 2;

    /// <summary>Adds its instances: two, or as many as <c>Studio:Workers</c> says.</summary>
    public static IResourceBuilder<ProjectResource> AddWorker(
        this IDistributedApplicationBuilder builder,
        StudioBackings backings,
        IResourceBuilder<ProjectResource> inference,
        IResourceBuilder<ProjectResource>? migration,
        StudioSecrets secrets)
    {
        var worker = builder.AddProject<Projects.PhotoStudio_Worker>("worker")
            .WithHttpEndpoint(name: "http")
            .WithHttpHealthCheck("/health")
            .WithReplicas(builder.Configuration.GetValue("Studio:Workers", Instances))
            .WithBackings(backings)
            .WithReference(inference)
            .WaitFor(inference)
            .After(migration)
            .WithLinkKey(secrets)
            .WithIconName("WrenchScrewdriver");
        return builder.ExecutionContext.IsPublishMode
            ? worker.PublishScaledByStream(backings)
            : worker.WithLocalEnvironment().WithEnvironment("Studio__Data", builder.InRepository(".studio/aspire/data"));
    }
}
