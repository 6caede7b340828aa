namespace PhotoStudio.Imaging.Vips;

/// <summary>Colours and sample types of images. Every method disposes the image it is given.</summary>
internal static class VipsColor
{
    /// <summary>
    /// Brings images that need no colour management (no usable profile, not CMYK) to 8-bit sRGB or gray, so that resampling works
    /// on bytes; leaves the others to <see cref="ToSrgb"/>, which is cheaper after shrinking.
    /// </summary>
    internal static VipsImage ToPlain(VipsImage image)
        => image.Interpretation == VipsInterpretation.Cmyk || image.HasUsableProfile ? image : WithoutProfile(image);

    /// <summary>
    /// Brings an image to 8-bit sRGB or gray, alpha kept: by its embedded profile with perceptual intent, by a generic CMYK profile
    /// when there is none for CMYK samples, else by what the samples are declared to be. A profile that does not fit is ignored.
    /// </summary>
    internal static VipsImage ToSrgb(VipsImage image)
    {
        var cmyk = image.Interpretation == VipsInterpretation.Cmyk;
        if (!cmyk && !image.HasUsableProfile) return WithoutProfile(image);

        // The upper byte of 16 bits is all that the result can show, and older versions of libvips scale 16-bit alpha wrongly here.
        if (image.Format == VipsBandFormat.UShort) image = image.Then("msb");

        var gray = image.Bands <= 2;
        VipsImage converted;
        try
        {
            converted = image.Apply("icc_transform", transform =>
            {
                transform.Set("output_profile", "srgb").Set("embedded", true).Choose("intent", "perceptual").Set("depth", 8);
                if (cmyk) transform.Set("input_profile", "cmyk");
            });
        }
        catch (VipsException) when (!cmyk)
        {
            return WithoutProfile(image);
        }
        catch
        {
            image.Dispose();
            throw;
        }

        image.Dispose();
        return gray ? LastColorAndAlpha(converted) : AtMostFourBands(converted);
    }

    private static VipsImage WithoutProfile(VipsImage image)
    {
        var gray = image.Bands <= 2;
        return AtMostFourBands(image.Then("colourspace", convert => convert.Choose("space", gray ? "b-w" : "srgb")));
    }

    /// <summary>A gray profile leads to three equal colour samples; the last of them and the alpha, which follows it, say it all.</summary>
    private static VipsImage LastColorAndAlpha(VipsImage image)
        => image.Bands <= 2 ? image : image.Then("extract_band", extract => extract.Set("band", 2).Set("n", image.Bands - 2));

    private static VipsImage AtMostFourBands(VipsImage image)
    {
        if (image.Bands > 4) image = image.Then("extract_band", extract => extract.Set("band", 0).Set("n", 4));
        return image.Format == VipsBandFormat.Byte ? image : image.Then("cast", cast => cast.Choose("format", "uchar"));
    }
}
