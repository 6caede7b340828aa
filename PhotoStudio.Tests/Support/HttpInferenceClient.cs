using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Inference;

namespace PhotoStudio.Tests.Support;

/// <summary>Makes callers of inference over HTTP.</summary>
internal static class HttpInferenceClient
{
    /// <summary>A caller of one address.</summary>
    public static HttpInference Of(Uri address, HttpInferenceOptions? options = null, TimeProvider? time = null) =>
        Of([address.ToString()], options, time);

    /// <summary>A caller of several addresses.</summary>
    public static HttpInference Of(IEnumerable<string> addresses, HttpInferenceOptions? options = null, TimeProvider? time = null)
    {
        var settings = addresses.Select((address, index) => KeyValuePair.Create($"services:inference:http:{index}", (string?)address));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new(
            InferenceAddresses.From(configuration)!,
            Options.Create(options ?? new HttpInferenceOptions()),
            time ?? TimeProvider.System,
            NullLogger<HttpInference>.Instance);
    }
}
