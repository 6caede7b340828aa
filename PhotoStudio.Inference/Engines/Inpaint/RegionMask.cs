using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Inpaint;

/// <summary>The region a caller means, from mask, boxes and polygon together (<see cref="RegionParameters"/>).</summary>
internal static class RegionMask
{
    /// <summary>The region, grown as asked for.</summary>
    /// <exception cref="InferenceException">It is empty, or it is the whole picture; the message says which.</exception>
    public static PixelMask Read(EngineRun run, int width, int height, CancellationToken cancellationToken)
    {
        var region = new PixelMask(width, height);
        if (run.FindInput(RegionParameters.Mask.Name) is { } mask)
            AddMask(region, mask.Decode(cancellationToken), run.Parameters.Get(RegionParameters.MaskMarks));
        if (run.Parameters.TryGet(RegionParameters.Boxes, out var boxes))
        {
            foreach (var box in boxes) AddBox(region, box);
        }

        if (run.Parameters.TryGet(RegionParameters.Polygon, out var polygon))
            PolygonFill.AddTo(region, [.. polygon.Select(point => (point.X, point.Y))]);

        if (!region.Data.Contains(true))
            throw Invalid("region_empty", "The region holds no pixel of the picture: the mask has nothing marked, or box and polygon are too thin.");

        var grown = region.Grown(run.Parameters.Get(RegionParameters.Dilate), cancellationToken);
        if (!grown.Data.Contains(false))
            throw Invalid("region_full", "The region covers the whole picture, so that nothing is left to continue from.");
        return grown;
    }

    /// <summary>Takes the old content back along the region's border, fading inwards over so many pixels.</summary>
    public static void Feather(Picture before, Picture after, PixelMask region, int feather, CancellationToken cancellationToken)
    {
        if (feather == 0) return;
        var depth = region.Depth(cancellationToken);
        var channels = before.Channels;
        for (var i = 0; i < depth.Data.Length; i++)
        {
            if (!region.Data[i] || depth.Data[i] > feather) continue;
            var share = depth.Data[i] / (feather + 1);
            for (var c = i * channels; c < (i + 1) * channels; c++)
                after.Samples[c] = (byte)(before.Samples[c] + (share * (after.Samples[c] - before.Samples[c])) + 0.5f);
        }
    }

    private static void AddMask(PixelMask region, Picture mask, MaskMark mark)
    {
        // The sizes were compared by the headers already; this only guards against a file that does not keep its word.
        if ((mask.Width, mask.Height) != (region.Width, region.Height))
            throw Invalid("invalid_parameters", $"The mask has {mask.Width}×{mask.Height} pixels, not the picture's {region.Width}×{region.Height}.");
        if (mark == MaskMark.Transparent && !mask.HasAlpha)
            throw Invalid("region_empty", "The mask has no transparency to mark the region with.");

        var read = mask.As(PixelFormat.GrayAlpha);
        for (var i = 0; i < region.Data.Length; i++)
        {
            int luma = read.Samples[2 * i], alpha = read.Samples[(2 * i) + 1];
            region.Data[i] |= mark == MaskMark.Transparent ? alpha < 128 : luma * alpha >= 128 * 255;
        }
    }

    private static void AddBox(PixelMask region, PixelBox box)
    {
        int left = (int)Math.Clamp(Math.Floor(box.X), 0, region.Width), right = (int)Math.Clamp(Math.Ceiling(box.X + box.Width), 0, region.Width);
        int top = (int)Math.Clamp(Math.Floor(box.Y), 0, region.Height), bottom = (int)Math.Clamp(Math.Ceiling(box.Y + box.Height), 0, region.Height);
        for (var y = top; y < bottom; y++)
            if (right > left) region.Data.AsSpan((y * region.Width) + left, right - left).Fill(true);
    }

    private static InferenceException Invalid(string code, string message) => new(InferenceFault.InvalidInput, code, message);
}
