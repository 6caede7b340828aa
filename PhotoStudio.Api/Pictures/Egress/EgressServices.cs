using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace PhotoStudio.Api.Pictures.Egress;

/// <summary>Wires how pictures are fetched.</summary>
internal static class EgressServices
{
    public static void AddEgress(this IHostApplicationBuilder builder)
    {
        var isProduction = builder.Environment.IsProduction();
        builder.Services.AddOptions<EgressOptions>()
            .Bind(builder.Configuration.GetSection("Studio:Egress"))
            .Validate(
                options => !isProduction || options.AllowedNetworks.Count == 0,
                "Studio:Egress:AllowedNetworks opens networks that are not public and must be empty in Production.")
            .Validate(
                options => options.AllowedNetworks.All(network => IPNetwork.TryParse(network, out _)),
                "Studio:Egress:AllowedNetworks must hold networks such as 127.0.0.0/8.")
            .Validate(
                options => options.AllowedPorts.All(port => port is > 0 and <= 65_535),
                "Studio:Egress:AllowedPorts must be from 1 to 65535.")
            .Validate(
                options => options.Timeout > TimeSpan.Zero && options.Timeout <= TimeSpan.FromMinutes(1),
                "Studio:Egress:Timeout must be longer than zero and at most a minute.")
            .Validate(options => options.MaxRedirects is >= 0 and <= 10, "Studio:Egress:MaxRedirects must be from 0 to 10.")
            .ValidateOnStart();

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IHostResolver, SystemHostResolver>();
        builder.Services.AddSingleton<EgressGate>();
        builder.Services.AddSingleton<PictureFetcher>();
    }
}
