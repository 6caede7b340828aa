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
        return new(
            Addresses(addresses),
            Options.Create(options ?? new HttpInferenceOptions()),
            time ?? TimeProvider.System,
            NullLogger<HttpInference>.Instance);
    }

    /// <summary>Administration of the models of several addresses.</summary>
    public static HttpModelAdministration ModelsOf(IEnumerable<string> addresses) =>
        new(Addresses(addresses), Options.Create(new HttpInferenceOptions()), TimeProvider.System);

    private static InferenceAddresses Addresses(IEnumerable<string> addresses)
    {
        var settings = addresses.Select((address, index) => KeyValuePair.Create($"services:inference:http:{index}", (string?)address));
        return InferenceAddresses.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())!;
    }
}
