using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace PhotoStudio.Api.Pictures.Egress;

/// <summary>
/// Opens connections to public addresses only. A name is resolved once and the connection goes to an address out of that very
/// answer, so that a name which changes its mind (DNS rebinding) gains nothing.
/// </summary>
public sealed class EgressGate(IOptions<EgressOptions> options, IHostResolver resolver)
{
    private static readonly int[] DefaultPorts = [80, 443];
    private readonly IReadOnlyList<IPNetwork> _networks = options.Value.Networks();

    /// <summary>Whether the port may be connected to.</summary>
    public bool AllowsPort(int port) => DefaultPorts.Contains(port) || options.Value.AllowedPorts.Contains(port);

    /// <summary>Whether the address may be connected to.</summary>
    public bool Allows(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = PublicAddresses.Plain(address);
        return PublicAddresses.Contain(plain) || _networks.Any(network => network.Contains(plain));
    }

    /// <summary>Connects to one of a host's allowed addresses, trying them in the resolver's order.</summary>
    /// <exception cref="EgressForbiddenException">The host has no address that is allowed.</exception>
    /// <exception cref="SocketException">None of the allowed addresses answered.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        if (!AllowsPort(endPoint.Port)) throw new EgressForbiddenException();

        var addresses = await resolver.ResolveAsync(endPoint.Host, cancellationToken);
        var allowed = addresses.Where(Allows).ToArray();
        if (addresses.Count > 0 && allowed.Length == 0) throw new EgressForbiddenException();

        SocketException failure = new((int)SocketError.HostNotFound);
        foreach (var address in allowed)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, endPoint.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                failure = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure;
    }
}

/// <summary>A connection was refused by rule.</summary>
public sealed class EgressForbiddenException() : Exception("Only public addresses are fetched from.");
