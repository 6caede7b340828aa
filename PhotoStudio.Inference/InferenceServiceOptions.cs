using Microsoft.Extensions.Options;

namespace PhotoStudio.Inference;

/// <summary>The settings under <c>Studio:Inference:Service</c>, for inference that is reached over HTTP.</summary>
public sealed class InferenceServiceOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:Inference:Service";

    /// <summary>The most bytes of one request, its pictures included; 1 KiB to 2 GiB.</summary>
    public long MaxRequestBytes { get; set; } = 200 << 20;

    /// <summary>The most pictures of one request, 1–256.</summary>
    public int MaxPictures { get; set; } = 16;

    /// <summary>How often a run that has nothing new to say says so; 10 ms to 10 min. Shorter than callers wait for a sign of life.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Checks the settings when the process starts.</summary>
    internal sealed class Validator : IValidateOptions<InferenceServiceOptions>
    {
        /// <inheritdoc/>
        public ValidateOptionsResult Validate(string? name, InferenceServiceOptions options)
        {
            var faults = new List<string>();
            if (options.MaxRequestBytes is < 1024 or > int.MaxValue)
                Fault(nameof(options.MaxRequestBytes), options.MaxRequestBytes, "a number from 1,024 to 2,147,483,647");
            if (options.MaxPictures is < 1 or > 256) Fault(nameof(options.MaxPictures), options.MaxPictures, "a number from 1 to 256");
            if (options.KeepAlive < TimeSpan.FromMilliseconds(10) || options.KeepAlive > TimeSpan.FromMinutes(10))
                Fault(nameof(options.KeepAlive), options.KeepAlive, "a time from 00:00:00.010 to 00:10:00");
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

            void Fault(string setting, object value, string accepted) => faults.Add($"{Section}:{setting} is '{value}'; it must be {accepted}.");
        }
    }
}
