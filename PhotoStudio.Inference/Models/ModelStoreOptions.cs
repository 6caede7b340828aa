using Microsoft.Extensions.Options;

namespace PhotoStudio.Inference.Models;

/// <summary>The settings under <c>Studio:Models</c>. Where the models are is <see cref="ModelFolders"/>'.</summary>
public sealed class ModelStoreOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:Models";

    /// <summary>Ids of models whose restricted licences the operator accepts.</summary>
    public IList<string> AcceptedLicences { get; } = [];

    /// <summary>In <see cref="Warm"/>: the model of every family that runs.</summary>
    public const string WarmAll = "all";

    /// <summary>In <see cref="Warm"/>: no model.</summary>
    public const string WarmNone = "none";

    /// <summary>
    /// Ids of models that are put into memory and run once when the process starts, so that the first run does not wait for them;
    /// <see cref="WarmAll"/> for all that run, <see cref="WarmNone"/> for none. Empty warms up all on a GPU and none on the processor.
    /// </summary>
    public IList<string> Warm { get; } = [];

    /// <summary>Ids or file names of models that come before the others of their families when several are installed.</summary>
    public IList<string> Preferred { get; } = [];

    /// <summary>
    /// Addresses of folders that hold models under the names of their files, tried before the catalogue's own addresses, in this order:
    /// a copy in the house, for machines that reach nothing else.
    /// </summary>
    public IList<string> Mirrors { get; } = [];

    /// <summary>Whether only <see cref="Mirrors"/> are asked.</summary>
    public bool MirrorsOnly { get; set; }

    /// <summary>A file in the form of <c>catalogue.json</c> with models of the operator's own; null for none.</summary>
    public string? Catalogue { get; set; }

    /// <summary>The longest silence of a server while a model is fetched; 1 s to 10 min.</summary>
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often an address is tried again in a row without a single byte more, 0–100.</summary>
    public int Retries { get; set; } = 4;

    /// <summary>The pause before an address is tried again, at first; it doubles up to 30 s. 0 to 30 s.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most bytes of a model whose size the catalogue does not give.</summary>
    public long MaxBytes { get; set; } = 8L << 30;

    /// <summary>Checks the settings when the process starts.</summary>
    internal sealed class Validator : IValidateOptions<ModelStoreOptions>
    {
        /// <inheritdoc/>
        public ValidateOptionsResult Validate(string? name, ModelStoreOptions options)
        {
            var faults = new List<string>();
            foreach (var mirror in options.Mirrors)
            {
                if (!Uri.TryCreate(mirror, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                    Fault(nameof(options.Mirrors), mirror, "an http or https URL");
            }

            if (options.MirrorsOnly && options.Mirrors.Count == 0) Fault(nameof(options.MirrorsOnly), true, "false while there are no Mirrors");
            if (options.SilenceTimeout < TimeSpan.FromSeconds(1) || options.SilenceTimeout > TimeSpan.FromMinutes(10))
                Fault(nameof(options.SilenceTimeout), options.SilenceTimeout, "a time from 00:00:01 to 00:10:00");
            if (options.Retries is < 0 or > 100) Fault(nameof(options.Retries), options.Retries, "a number from 0 to 100");
            if (options.RetryPause < TimeSpan.Zero || options.RetryPause > TimeSpan.FromSeconds(30))
                Fault(nameof(options.RetryPause), options.RetryPause, "a time from 00:00:00 to 00:00:30");
            if (options.MaxBytes < 1) Fault(nameof(options.MaxBytes), options.MaxBytes, "at least 1");
            if (options.Catalogue is { Length: > 0 } catalogue && !File.Exists(catalogue))
                Fault(nameof(options.Catalogue), catalogue, "the path of a file that is there");
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

            void Fault(string setting, object value, string accepted) => faults.Add($"{Section}:{setting} is '{value}'; it must be {accepted}.");
        }
    }
}
