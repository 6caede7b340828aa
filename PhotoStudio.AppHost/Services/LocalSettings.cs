namespace PhotoStudio.AppHost.Services;

/// <summary>What services have in common when they run on this machine.</summary>
internal static class LocalSettings
{
    /// <summary>Gives a service the topology's own environment, Development unless it was started otherwise.</summary>
    public static IResourceBuilder<ProjectResource> WithLocalEnvironment(this IResourceBuilder<ProjectResource> service) =>
        service.WithEnvironment("ASPNETCORE_ENVIRONMENT", service.ApplicationBuilder.Environment.EnvironmentName);

    /// <summary>A folder of the repository.</summary>
    public static string InRepository(this IDistributedApplicationBuilder builder, string folder) =>
        Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", folder));
}
