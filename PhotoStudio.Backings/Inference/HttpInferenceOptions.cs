using Microsoft.Extensions.Options;

namespace PhotoStudio.Backings.Inference;

/// <summary>The settings under <c>Studio:Inference:Http</c>, for callers of inference over HTTP.</summary>
public sealed class HttpInferenceOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:Inference:Http";

    /// <summary>How long a connection may take; 10 ms to 5 min.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the service may be silent before it counts as hung; 10 ms to 1 h. Several times as long as its
    /// <c>Studio:Inference:Service:KeepAlive</c>.
    /// </summary>
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a run may take in all; 1 s to 7 days.</summary>
    public TimeSpan RunTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The most bytes that the outputs of a run may have together; 1 KiB to 2 GiB.</summary>
    public long MaxResultBytes { get; set; } = 256 << 20;

    /// <summary>The most progress reports of a run, 1 to 10,000,000; a service that sends more is out of its mind.</summary>
    public int MaxProgressReports { get; set; } = 100_000;

    /// <summary>Checks the settings when the process starts.</summary>
    internal sealed class Validator : IValidateOptions<HttpInferenceOptions>
    {
        /// <inheritdoc/>
        public ValidateOptionsResult Validate(string? name, HttpInferenceOptions options)
        {
            List<string> faults = [];
            var moment = TimeSpan.FromMilliseconds(10);
            Time(nameof(options.ConnectTimeout), options.ConnectTimeout, moment, TimeSpan.FromMinutes(5));
            Time(nameof(options.SilenceTimeout), options.SilenceTimeout, moment, TimeSpan.FromHours(1));
            Time(nameof(options.RunTimeout), options.RunTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));
            if (options.MaxResultBytes is < 1024 or > int.MaxValue)
                Fault(nameof(options.MaxResultBytes), options.MaxResultBytes, "a number from 1,024 to 2,147,483,647");
            if (options.MaxProgressReports is < 1 or > 10_000_000)
                Fault(nameof(options.MaxProgressReports), options.MaxProgressReports, "a number from 1 to 10,000,000");
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

            void Time(string setting, TimeSpan value, TimeSpan least, TimeSpan most)
            {
                if (value < least || value > most) Fault(setting, value, $"a time from {least:c} to {most:c}");
            }

            void Fault(string setting, object value, string accepted) => faults.Add($"{Section}:{setting} is '{value}'; it must be {accepted}.");
        }
    }
}
