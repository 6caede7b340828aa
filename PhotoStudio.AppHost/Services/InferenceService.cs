using PhotoStudio.AppHost.Cloud;

namespace PhotoStudio.AppHost.Services;

/// <summary>The part that works on pictures. It takes a GPU by itself where it finds one.</summary>
internal static class InferenceService
{
    /// <summary>Adds it. Here it has the models of <c>./studio models</c>; in the cloud a share that all of its instances see.</summary>
    public static IResourceBuilder<ProjectResource> AddInference(this IDistributedApplicationBuilder builder)
    {
        var inference = builder.AddProject<Projects.PhotoStudio_Inference>("inference")
            .WithHttpEndpoint(name: "http")
            .WithHttpHealthCheck("/health")
            .WithIconName("BrainCircuit")
            .WithUrlForEndpoint("http", endpoint => new ResourceUrlAnnotation { Url = $"{endpoint.Url}/models", DisplayText = "Models" })
            .WithUrlForEndpoint("http", endpoint => new ResourceUrlAnnotation { Url = $"{endpoint.Url}/engines", DisplayText = "Engines" })
            .WithHttpCommand(
                "/models/warm",
                "Warm models",
                commandOptions: new HttpCommandOptions
                {
                    Description = "Load the installed models and run each once, as far as the memory for models goes.",
                    IconName = "Fire",
                    IsHighlighted = true,
                });
        return builder.ExecutionContext.IsPublishMode
            ? inference.PublishWithGpu()
            : inference.WithLocalEnvironment().WithEnvironment("Studio__Data", builder.InRepository("data"));
    }
}
