using Microsoft.Extensions.Configuration;

namespace PhotoStudio.Backings.Inference;

/// <summary>
/// Where inference is, when it is a service of its own: <c>Studio:Inference:Url</c>, or else every address that service discovery
/// gives the name <c>inference</c> (<c>services:inference:https:0</c>, <c>services:inference:http:0</c>, …).
/// </summary>
public sealed class InferenceAddresses
{
    /// <summary>The setting of a single address.</summary>
    public const string UrlSetting = "Studio:Inference:Url";

    private const string ServiceSection = "services:inference";

    private readonly Uri[] _all;
    private uint _turn;

    private InferenceAddresses(Uri[] all) => _all = all;

    /// <summary>The number of addresses, at least one.</summary>
    public int Count => _all.Length;

    /// <summary>The addresses that the configuration gives; null when it gives none and inference runs in this process.</summary>
    /// <exception cref="InvalidOperationException">One is no absolute http or https URL; the message names the setting.</exception>
    public static InferenceAddresses? From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var url = configuration.GetSection(UrlSetting);
        var settings = string.IsNullOrWhiteSpace(url.Value)
            ? Discovered(configuration.GetSection($"{ServiceSection}:https")) is { Length: > 0 } secure
                ? secure
                : Discovered(configuration.GetSection($"{ServiceSection}:http"))
            : [url];
        return settings.Length == 0 ? null : new([.. settings.Select(Parse)]);
    }

    /// <summary>Every address once, beginning with another one each time.</summary>
    internal IEnumerable<Uri> InTurn()
    {
        var first = Interlocked.Increment(ref _turn) - 1;
        for (uint i = 0; i < _all.Length; i++) yield return _all[(first + i) % _all.Length];
    }

    private static IConfigurationSection[] Discovered(IConfigurationSection section) =>
        [.. section.GetChildren().Where(child => !string.IsNullOrWhiteSpace(child.Value))];

    private static Uri Parse(IConfigurationSection setting)
    {
        if (!Uri.TryCreate(setting.Value, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new InvalidOperationException(
                $"{setting.Path} is '{setting.Value}'; it must be an http or https URL, such as http://localhost:8010.");
        }

        // What is relative to it then begins below its path.
        return address.AbsolutePath.EndsWith('/') ? address : new UriBuilder(address) { Path = address.AbsolutePath + "/" }.Uri;
    }
}
