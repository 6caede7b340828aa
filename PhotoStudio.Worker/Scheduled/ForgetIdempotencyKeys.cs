using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Scheduling;

namespace PhotoStudio.Worker.Scheduled;

/// <summary>Forgets idempotency keys whose time is over.</summary>
internal sealed class ForgetIdempotencyKeys(IJobStore jobs) : IScheduledTask
{
    public string Name => "forget-idempotency-keys";

    public string Description => "Forgets idempotency keys that are older than a day.";

    public TimeSpan Interval => TimeSpan.FromHours(1);

    public async Task<string> RunAsync(CancellationToken cancellationToken) => $"{await jobs.ForgetKeysAsync(cancellationToken)} keys forgotten.";
}
