namespace PhotoStudio.Imaging.Vips;

/// <summary>Size and orientation of images. Every method disposes the image it is given.</summary>
internal static class VipsGeometry
{
    /// <summary>
    /// Resamples to exactly this size: Lanczos-3 when shrinking, bicubic when enlarging. Colour is weighted by alpha, so that the
    /// colour of transparent pixels does not bleed into the edge.
    /// </summary>
    internal static VipsImage Resize(VipsImage image, int width, int height)
    {
        if (image.Width == width && image.Height == height) return image;

        var format = image.Format;
        var hasAlpha = image.HasAlpha;
        double scaleX = (double)width / image.Width, scaleY = (double)height / image.Height;
        if (hasAlpha) image = image.Then("premultiply");
        image = image.Then("resize", resize => resize.Set("scale", scaleX).Set("vscale", scaleY));
        if (hasAlpha)
        {
            // A cast alone would cut the fraction off and darken the picture by half a level.
            image = image.Then("unpremultiply").Then("round", round => round.Choose("round", "rint"))
                .Then("cast", cast => cast.Choose("format", format == VipsBandFormat.UShort ? "ushort" : "uchar"));
        }

        return image;
    }

    /// <summary>Turns and flips the image as its EXIF orientation says (CIPA DC-008, 4.6.4).</summary>
    internal static VipsImage Upright(VipsImage image, int orientation, CancellationToken cancellationToken)
    {
        if (orientation == 1) return image;

        // Turning reads rows out of order, which a decoder cannot deliver.
        using (image)
        {
            return image.ToMemory(cancellationToken).Then("autorot");
        }
    }

    /// <summary>Cuts this size out of the middle; an odd remainder goes to the right and the bottom.</summary>
    internal static VipsImage CropCentre(VipsImage image, int width, int height)
    {
        int left = (image.Width - width) / 2, top = (image.Height - height) / 2;
        return image.Width == width && image.Height == height
            ? image
            : image.Then("crop", crop => crop.Set("left", left).Set("top", top).Set("width", width).Set("height", height), input: "input");
    }
}
