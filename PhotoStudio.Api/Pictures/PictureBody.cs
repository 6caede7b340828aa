using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace PhotoStudio.Api.Pictures;

/// <summary>Marks endpoints whose body may carry pictures and sets how large that body may be.</summary>
public static class PictureBody
{
    /// <summary>The endpoint takes up to so many pictures in its body.</summary>
    public static TBuilder AcceptsPictures<TBuilder>(this TBuilder endpoint, int pictures = 1)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Finally(builder =>
        {
            var limits = builder.ApplicationServices.GetRequiredService<IOptions<UploadOptions>>().Value;
            builder.Metadata.Add(new PictureBodyMetadata(pictures, limits.MaxBodyBytes(pictures)));
        });
        return endpoint;
    }

    /// <summary>
    /// The endpoint takes as many pictures in its body as its own options say, each for itself: one with too many bytes comes to it as a
    /// <see cref="SentPicture"/> with a problem and stops no other.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="limits">The most pictures, and the largest body in bytes.</param>
    internal static TBuilder AcceptsManyPictures<TBuilder>(this TBuilder endpoint, Func<IServiceProvider, (int Pictures, long MaxBytes)> limits)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Finally(builder =>
        {
            var (pictures, bytes) = limits(builder.ApplicationServices);
            builder.Metadata.Add(new PictureBodyMetadata(pictures, bytes, EachForItself: true));
        });
        return endpoint;
    }
}

/// <summary>How many pictures an endpoint's body may carry, and the body's size limit that follows.</summary>
/// <param name="Pictures">Pictures.</param>
/// <param name="MaxRequestBodySize">Bytes; the server refuses longer bodies by itself.</param>
/// <param name="EachForItself">Whether a picture that is too large is told of with the others instead of refusing the request.</param>
internal sealed record PictureBodyMetadata(int Pictures, long? MaxRequestBodySize, bool EachForItself = false) : IRequestSizeLimitMetadata;
