using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Moderation;
using PhotoStudio.Core.Prompts;
using PhotoStudio.ServiceDefaults.Health;
using PhotoStudio.Worker.Claiming;
using PhotoStudio.Worker.Conversations;
using PhotoStudio.Worker.Dispatching;
using PhotoStudio.Worker.Health;
using PhotoStudio.Worker.Running;
using PhotoStudio.Worker.Scheduled;
using PhotoStudio.Worker.Sweeping;
using PhotoStudio.Worker.Telemetry;

namespace PhotoStudio.Worker;

/// <summary>Registers the worker in this process.</summary>
public static class WorkerServices
{
    /// <summary>
    /// Adds a worker that claims jobs and runs them, configured under <c>Studio:Worker</c>. It needs the backings' ports and
    /// <see cref="Core.Inference.IInference"/>. A setting that makes no sense stops the start with an error that names it.
    /// </summary>
    public static IHostApplicationBuilder AddStudioWorker(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidator>());
        services.AddOptions<EraserOptions>()
            .BindConfiguration(EraserOptions.Section)
            .Validate(
                options => options.ExpireAfter == TimeSpan.Zero || options.ExpireAfter >= TimeSpan.FromHours(1),
                $"{EraserOptions.Section}:ExpireAfter must be at least 01:00:00, or zero to keep guests.")
            .Validate(
                options => options.SweepInterval >= TimeSpan.FromSeconds(1) && options.SweepInterval <= TimeSpan.FromDays(1),
                $"{EraserOptions.Section}:SweepInterval must be a time from 00:00:01 to 1.00:00:00.")
            .ValidateOnStart();

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<WorkerIdentity>();
        services.TryAddSingleton<WorkerTelemetry>();
        services.TryAddSingleton<DispatchSignal>();
        services.TryAddSingleton<Announcer>();
        services.TryAddSingleton<InputReader>();
        services.TryAddSingleton<ResultWriter>();
        services.TryAddSingleton<JobRunner>();
        services.TryAddSingleton<LitterCollector>();
        services.TryAddSingleton<OwnerEraser>();
        services.AddScheduledTasks();
        services.TryAddSingleton<IPromptModeration, LexiconModeration>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPromptRefiner, RuleBasedPromptRefiner>());
        services.TryAddSingleton<PromptRefiners>();
        services.TryAddSingleton<ConversationHistory>();
        services.TryAddSingleton<ConversationNews>();
        services.TryAddSingleton<MessageJobs>();
        services.TryAddSingleton<MessageRunner>();
        services.AddOptions<ModerationOptions>().BindConfiguration(ModerationOptions.Section);

        // In this order: what a dead worker held is pending again before the first look at what is due.
        services.AddHostedService<Sweeper>();
        services.AddHostedService<Dispatcher>();
        services.AddHostedService<JobPump>();
        services.AddHostedService<ConversationPump>();
        services.AddStudioPart<WorkerHealth>("worker");
        return builder;
    }
}
