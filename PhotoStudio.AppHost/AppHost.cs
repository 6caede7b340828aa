var builder = DistributedApplication.CreateBuilder(args);

builder.AddProject<Projects.PhotoStudio_Standalone>("studio")
    .WithHttpEndpoint(name: "http")
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url =>
    {
        url.DisplayText = "API docs";
        url.Url = "/swagger";
    })
    .WithExternalHttpEndpoints();

await builder.Build().RunAsync().ConfigureAwait(false);
