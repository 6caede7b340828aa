using PhotoStudio.Api.Pictures.Egress;
using PhotoStudio.Imaging;

namespace PhotoStudio.Api.Pictures;

/// <summary>Wires how pictures come in.</summary>
internal static class PictureServices
{
    public static void AddPictureInput(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<UploadOptions>()
            .Bind(builder.Configuration.GetSection("Studio:Uploads"))
            .Validate(
                options => options.MaxBytes is >= 1024 and <= 512 * 1024 * 1024,
                "Studio:Uploads:MaxBytes must be from 1,024 to 536,870,912.")
            .Validate(
                options => options.PremiumMaxBytes is >= 1024 and <= 512 * 1024 * 1024,
                "Studio:Uploads:PremiumMaxBytes must be from 1,024 to 536,870,912.")
            .Validate(
                options => options.MaxPixels >= 1 && options.MaxSide >= 1 && options.MaxFrames >= 1,
                "Studio:Uploads: MaxPixels, MaxSide and MaxFrames must be at least 1.")
            .Validate(
                options => options.UnknownExtensions().Count == 0,
                "Studio:Uploads:AllowedExtensions must hold picture formats such as jpg, png and webp.")
            .ValidateOnStart();

        services.AddPictureCodec();
        services.AddSingleton<RequestContentReader>();
        services.AddScoped<PictureInput>();
        builder.AddEgress();
    }
}
