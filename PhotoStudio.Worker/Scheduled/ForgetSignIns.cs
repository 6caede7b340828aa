using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Scheduling;

namespace PhotoStudio.Worker.Scheduled;

/// <summary>Forgets sign-ins that ended long ago.</summary>
internal sealed class ForgetSignIns(ISessionStore sessions) : IScheduledTask
{
    public string Name => "forget-sign-ins";

    public string Description => "Forgets sign-ins, reset letters and wrong passwords that are over.";

    public TimeSpan Interval => TimeSpan.FromMinutes(10);

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        await sessions.ForgetAsync(cancellationToken);
        return "Done.";
    }
}
