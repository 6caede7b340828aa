using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;

namespace PhotoStudio.Imaging;

/// <summary>Registers what this project offers.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Registers the picture codec, one for the process. libvips is loaded when the codec is first asked for; where it is missing
    /// that fails with a <see cref="VipsLibraryException"/> that says how to get it.
    /// </summary>
    public static IServiceCollection AddPictureCodec(this IServiceCollection services, VipsOptions? options = null)
    {
        services.TryAddSingleton<IPictureCodec>(_ => new VipsPictureCodec(options));
        services.TryAddSingleton<IMetadataReader>(_ => new VipsMetadataReader(options));
        return services;
    }
}
