using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Scheduling;

namespace PhotoStudio.Worker.Scheduled;

/// <summary>Registers the scheduled work that workers do.</summary>
internal static class ScheduledServices
{
    public static void AddScheduledTasks(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>()
            .BindConfiguration(RetentionOptions.Section)
            .Validate(
                options => options.Jobs >= TimeSpan.FromDays(2) && options.WebhookMessages >= TimeSpan.FromDays(2) && options.QuotaDays >= 2,
                $"{RetentionOptions.Section}: Jobs and WebhookMessages must be at least 2.00:00:00, and QuotaDays at least 2.")
            .Validate(options => options.OrphanedBlobs >= TimeSpan.FromHours(1), $"{RetentionOptions.Section}:OrphanedBlobs must be at least 01:00:00.")
            .ValidateOnStart();
        services.AddSingleton<IScheduledTask, EraseDeletedAccounts>();
        services.AddSingleton<IScheduledTask, EraseIdleGuests>();
        services.AddSingleton<IScheduledTask, ForgetSignIns>();
        services.AddSingleton<IScheduledTask, ForgetIdempotencyKeys>();
        services.AddSingleton<IScheduledTask, RemoveOldJobs>();
        services.AddSingleton<IScheduledTask, RemoveOrphanedBlobs>();
        services.AddSingleton<IScheduledTask, RefreshStatistics>();
        services.AddSingleton<IScheduledTask, ForgetQuotaCharges>();
        services.AddSingleton<IScheduledTask, ForgetWebhookMessages>();
    }
}
