using System.Net;

namespace PhotoStudio.Api.Pictures.Egress;

/// <summary>Finds the addresses of a host. Asked once for each connection; the connection goes to what it answered.</summary>
public interface IHostResolver
{
    /// <summary>The addresses of a host name or of an address in text form.</summary>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>Asks the system.</summary>
internal sealed class SystemHostResolver : IHostResolver
{
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(host, cancellationToken);
}
