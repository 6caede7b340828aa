using Microsoft.Extensions.Options;
using PhotoStudio.Core.Quotas;
using PhotoStudio.Core.Scheduling;

namespace PhotoStudio.Worker.Scheduled;

/// <summary>Forgets what was taken from quotas of days long past.</summary>
internal sealed class ForgetQuotaCharges(IQuotas quotas, IOptions<RetentionOptions> options) : IScheduledTask
{
    public string Name => "forget-quota-charges";

    public string Description => "Forgets what was taken from daily quotas longer ago than Studio:Retention:QuotaDays says.";

    public TimeSpan Interval => TimeSpan.FromHours(6);

    public async Task<string> RunAsync(CancellationToken cancellationToken) =>
        $"{await quotas.ForgetAsync(options.Value.QuotaDays, cancellationToken)} charges forgotten.";
}
