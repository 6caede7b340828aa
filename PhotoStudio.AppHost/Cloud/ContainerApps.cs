using Aspire.Hosting.Azure;
using Azure.Provisioning.AppContainers;
using PhotoStudio.AppHost.Backings;

namespace PhotoStudio.AppHost.Cloud;

/// <summary>The services as Azure Container Apps: where they run and how they scale. <c>docs/deploy.md</c> has the reasons and the costs.</summary>
internal static class ContainerApps
{
    private const string GpuProfile = "gpu";

    /// <summary>Where inference keeps models, on a share.</summary>
    private const string ModelsFolder = "/models";

    private const int HttpInstances = 20;
    private const int WorkerInstances = 20;
    private const int GpuInstances = 4;

    /// <summary>Jobs that wait for each instance of the worker before there is another.</summary>
    private const string WaitingPerWorker = "4";

    /// <summary>The streams of the bell, one for each kind of job.</summary>
    private static readonly string[] Lanes = ["interactive", "batch"];

    /// <summary>Adds the environment when the topology is published; its GPU profile is <c>Studio:Gpu</c>, which may be <c>none</c>.</summary>
    public static void AddCloudEnvironment(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsPublishMode) return;
        var environment = builder.AddAzureContainerAppEnvironment("cloud").WithAzdResourceNaming();
        if (GpuOf(builder) is { } gpu)
        {
            environment.ConfigureInfrastructure(infrastructure => infrastructure.GetProvisionableResources()
                .OfType<ContainerAppManagedEnvironment>().Single()
                .WorkloadProfiles.Add(new ContainerAppWorkloadProfile { Name = GpuProfile, WorkloadProfileType = gpu }));
        }
    }

    /// <summary>Inference on a GPU, or on processors when there is none; no instance when nobody needs one.</summary>
    public static IResourceBuilder<ProjectResource> PublishWithGpu(this IResourceBuilder<ProjectResource> inference)
    {
        var hasGpu = GpuOf(inference.ApplicationBuilder) is not null;
        return inference
            .WithAnnotation(new ContainerMountAnnotation("models", ModelsFolder, ContainerMountType.Volume, isReadOnly: false))
            .WithEnvironment("Studio__Models__Path", ModelsFolder)
            .WithProbes()
            .PublishAsAzureContainerApp((_, app) =>
            {
                if (hasGpu) app.WorkloadProfileName = GpuProfile;
                app.Template.Containers[0].Value!.Resources = hasGpu ? Size(8, "56Gi") : Size(4, "8Gi");
                app.Template.Scale = Http(least: 0, most: GpuInstances, concurrent: "2");
            });
    }

    /// <summary>The worker by the length of the streams; one instance always, for it also finds what nobody rang for.</summary>
    public static IResourceBuilder<ProjectResource> PublishScaledByStream(this IResourceBuilder<ProjectResource> worker, StudioBackings backings)
    {
        var redis = (AzureManagedRedisResource)backings.Redis.Resource;

        // An environment name, and by the rule of the publisher a secret of the app in lower case with hyphens, which the rules below name.
        return worker
            .WithEnvironment("REDIS_PASSWORD", redis.Password!)
            .WithProbes()
            .PublishAsAzureContainerApp((infrastructure, app) =>
            {
                app.Template.Containers[0].Value!.Resources = Size(1, "2Gi");
                app.Template.Scale = new ContainerAppScale { MinReplicas = 1, MaxReplicas = WorkerInstances };
                foreach (var lane in Lanes)
                {
                    app.Template.Scale.Rules.Add(new ContainerAppScaleRule
                    {
                        Name = $"bell-{lane}",
                        Custom = new ContainerAppCustomScaleRule
                        {
                            CustomScaleRuleType = "redis-streams",
                            Metadata =
                            {
                                { "host", redis.HostName.AsProvisioningParameter(infrastructure, "redisHost") },
                                { "port", "10000" },
                                { "enableTLS", "true" },
                                { "stream", $"{{studio}}:bell:{lane}" },
                                { "streamLength", WaitingPerWorker },
                            },
                            Auth = { new ContainerAppScaleRuleAuth { TriggerParameter = "password", SecretRef = "redis-password" } },
                        },
                    });
                }
            });
    }

    /// <summary>The API by requests that are answered at the same time; two instances, so that one may go.</summary>
    public static IResourceBuilder<ProjectResource> PublishScaledByRequests(this IResourceBuilder<ProjectResource> api) => api
        .WithProbes()
        .PublishAsAzureContainerApp((_, app) =>
        {
            app.Template.Containers[0].Value!.Resources = Size(1, "2Gi");
            app.Template.Scale = Http(least: 2, most: HttpInstances, concurrent: "60");
        });

    private static string? GpuOf(IDistributedApplicationBuilder builder) => builder.Configuration["Studio:Gpu"] switch
    {
        null or "" => "Consumption-GPU-NC8as-T4",
        "none" => null,
        var profile => profile,
    };

    private static AppContainerResources Size(double processors, string memory) => new() { Cpu = processors, Memory = memory };

    private static ContainerAppScale Http(int least, int most, string concurrent) => new()
    {
        MinReplicas = least,
        MaxReplicas = most,
        Rules =
        [
            new ContainerAppScaleRule { Name = "requests", Http = new ContainerAppHttpScaleRule { Metadata = { { "concurrentRequests", concurrent } } } },
        ],
    };

#pragma warning disable ASPIREPROBES001 // Probes are still marked as experimental.
    /// <summary>Only whether the process lives: who asks after readiness asks inference too, which would never come to rest.</summary>
    private static IResourceBuilder<ProjectResource> WithProbes(this IResourceBuilder<ProjectResource> service) => service
        .WithHttpProbe(ProbeType.Startup, "/alive", periodSeconds: 5, failureThreshold: 60)
        .WithHttpProbe(ProbeType.Readiness, "/alive", periodSeconds: 10)
        .WithHttpProbe(ProbeType.Liveness, "/alive", periodSeconds: 30, failureThreshold: 3);
#pragma warning restore ASPIREPROBES001
}
