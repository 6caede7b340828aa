using System.Net;

namespace PhotoStudio.Api.Pictures.Egress;

/// <summary>Where the studio fetches pictures from. Section <c>Studio:Egress</c>.</summary>
public sealed class EgressOptions
{
    /// <summary>
    /// Networks (CIDR, such as <c>127.0.0.0/8</c>) that are fetched from although they are not public. For tests and closed
    /// networks; refused in Production.
    /// </summary>
    public IList<string> AllowedNetworks { get; init; } = [];

    /// <summary>Ports besides 80 and 443.</summary>
    public IList<int> AllowedPorts { get; init; } = [];

    /// <summary>The time one fetch may take, redirects included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The most redirects that are followed.</summary>
    public int MaxRedirects { get; set; } = 3;

    /// <summary>The networks as addresses.</summary>
    internal IReadOnlyList<IPNetwork> Networks() => [.. AllowedNetworks.Select(IPNetwork.Parse)];
}
