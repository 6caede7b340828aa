using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Vips;

namespace PhotoStudio.Tests.Support;

/// <summary>What libvips itself makes of a picture.</summary>
internal static class VipsReference
{
    /// <summary>Applies one operation of libvips.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="nickname">The operation's nickname, such as "rot".</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">The name of its first argument.</param>
    public static unsafe Picture Apply(Picture picture, string nickname, Action<VipsOperation> arguments, string input = "in")
    {
        fixed (byte* samples = picture.Samples)
        {
            using var image = VipsImage.FromPinned(samples, picture).Then(nickname, arguments, input);
            return ToPicture(image);
        }
    }

    /// <summary>
    /// Turns a picture about its centre onto a canvas of a size with libvips' bicubic interpolator in double precision; colour is weighted
    /// by alpha.
    /// </summary>
    public static unsafe Picture Rotate(Picture picture, double degrees, int width, int height)
    {
        var (sine, cosine) = Math.SinCos(double.DegreesToRadians(degrees));

        // The centre of the picture comes to the centre of the canvas; libvips counts from the centre of the first pixel.
        double x = (picture.Width - 1) / 2.0, y = (picture.Height - 1) / 2.0;
        fixed (byte* samples = picture.Samples)
        {
            var image = VipsImage.FromPinned(samples, picture);
            if (picture.HasAlpha) image = image.Then("premultiply");
            image = image.Then("cast", cast => cast.Choose("format", "double")).Then("affine", affine =>
            {
                affine.Set("matrix", [cosine, -sine, sine, cosine]).Choose("interpolate", "bicubic").Choose("oarea", $"0 0 {width} {height}");
                affine.Set("odx", ((width - 1) / 2.0) - (cosine * x) + (sine * y)).Set("ody", ((height - 1) / 2.0) - (sine * x) - (cosine * y));
            });
            if (picture.HasAlpha) image = image.Then("unpremultiply");
            using var result = image.Then("round", round => round.Choose("round", "rint")).Then("cast", cast => cast.Choose("format", "uchar"));
            return ToPicture(result);
        }
    }

    private static Picture ToPicture(VipsImage image) =>
        new(image.Width, image.Height, (PixelFormat)image.Bands, image.ToBytes(CancellationToken.None));
}
