using PhotoStudio.AppHost.Backings;

namespace PhotoStudio.AppHost.Services;

/// <summary>Brings the database up to date before anything uses it.</summary>
internal static class MigrationStep
{
    private const string MigrateSetting = "Studio__Database__Migrate";

    /// <summary>
    /// Adds the step; null when the topology is published, for in the cloud nothing would run it again after an update: there the services
    /// bring the database up to date themselves, one of them at a time.
    /// </summary>
    public static IResourceBuilder<ProjectResource>? AddMigrationStep(this IDistributedApplicationBuilder builder, StudioBackings backings)
    {
        if (builder.ExecutionContext.IsPublishMode) return null;
        var migration = builder.AddProject<Projects.PhotoStudio_Api>("migration")
            .WithArgs("--migrate")
            .WithReference(backings.Database)
            .WithIconName("DatabaseArrowUp")
            .WithParentRelationship(backings.Database);
        foreach (var server in backings.Ready) migration.WaitFor(server);
        return migration;
    }

    /// <summary>Has a service wait for the step, and leave the tables to it.</summary>
    public static IResourceBuilder<ProjectResource> After(
        this IResourceBuilder<ProjectResource> service, IResourceBuilder<ProjectResource>? migration) =>
        migration is null ? service : service.WaitForCompletion(migration).WithEnvironment(MigrateSetting, "false");
}
