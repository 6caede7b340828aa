using PhotoStudio.AppHost.Backings;
using PhotoStudio.AppHost.Cloud;

namespace PhotoStudio.AppHost.Services;

/// <summary>The part that people's programs speak to; the only one that is reached from outside.</summary>
internal static class ApiService
{
    /// <summary>Adds it, with links to its page and to the documentation.</summary>
    public static IResourceBuilder<ProjectResource> AddApi(
        this IDistributedApplicationBuilder builder,
        StudioBackings backings,
        IResourceBuilder<ProjectResource> inference,
        IResourceBuilder<ProjectResource> worker,
        IResourceBuilder<ProjectResource>? migration,
        StudioSecrets secrets)
    {
        var api = builder.AddProject<Projects.PhotoStudio_Api>("api")
            .WithHttpEndpoint(name: "http")
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/health")
            .WithBackings(backings)
            .WithReference(inference)
            .WaitFor(inference)
            .After(migration)
            .WithRelationship(worker.Resource, "Queues for")
            .WithSecrets(secrets)
            .WithIconName("Image")
            .WithUrlForEndpoint("http", url => url.DisplayText = "The studio")
            .WithUrlForEndpoint("http", endpoint => new ResourceUrlAnnotation { Url = $"{endpoint.Url}/swagger/", DisplayText = "API docs" })
            .WithUrlForEndpoint("http", endpoint => new ResourceUrlAnnotation { Url = $"{endpoint.Url}/redoc/", DisplayText = "API reference" });
        api.WithEnvironment("Studio__PublicUrl", api.GetEndpoint("http"));
        return builder.ExecutionContext.IsPublishMode
            ? api.PublishScaledByRequests()
            : api.WithLocalEnvironment().WithEnvironment("Studio__Data", builder.InRepository(".studio/aspire/data"));
    }
}
