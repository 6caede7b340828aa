using Microsoft.Extensions.Options;

namespace PhotoStudio.Worker;

/// <summary>Checks the settings when the process starts and names every one that makes no sense.</summary>
internal sealed class WorkerOptionsValidator : IValidateOptions<WorkerOptions>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var faults = new List<string>();
        if (options.Name is { } called && (called.Length > 64 || !called.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')))
            Fault(nameof(options.Name), called, "up to 64 letters, digits, '-', '_' and '.'");
        if (options.Conversations is < 1 or > 1024) Fault(nameof(options.Conversations), options.Conversations, "a number from 1 to 1024");
        if (options.Slots is < 1 or > 1024) Fault(nameof(options.Slots), options.Slots, "a number from 1 to 1024");
        Within(nameof(options.Lease), options.Lease, TimeSpan.FromSeconds(1), Hour);
        Within(nameof(options.Heartbeat), options.Heartbeat, TimeSpan.FromMilliseconds(10), options.Lease / 2);
        Within(nameof(options.PollInterval), options.PollInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5));
        Within(nameof(options.SweepInterval), options.SweepInterval, TimeSpan.FromMilliseconds(100), Hour);
        Within(nameof(options.RingAgain), options.RingAgain, TimeSpan.FromSeconds(1), Hour);
        Within(nameof(options.TidyAfter), options.TidyAfter, options.Lease, TimeSpan.FromDays(7));
        Within(nameof(options.ProgressInterval), options.ProgressInterval, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Within(nameof(options.BusyPatience), options.BusyPatience, TimeSpan.Zero, Hour);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Within(string setting, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most) Fault(setting, value, $"a time from {least} to {most}");
        }

        void Fault(string setting, object value, string accepted) =>
            faults.Add($"{WorkerOptions.Section}:{setting} is '{value}'; it must be {accepted}.");
    }
}
