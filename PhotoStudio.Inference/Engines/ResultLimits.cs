using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Inference.Engines;

/// <summary>What a result may be at most.</summary>
internal static class ResultLimits
{
    private const int MaxSide = 16_384;
    private const long MaxPixels = 50_000_000;

    /// <summary>Refuses a result of more than 16,384 pixels a side, 50 million in all, or the studio's own limits when they are lower.</summary>
    /// <exception cref="InferenceException">The result would be too large; the message says how large.</exception>
    public static void Check(int width, int height, PictureLimits limits)
    {
        var (side, pixels) = (Math.Min(MaxSide, limits.MaxSide), Math.Min(MaxPixels, limits.MaxPixels));
        if (width <= side && height <= side && (long)width * height <= pixels) return;

        throw new InferenceException(
            InferenceFault.InvalidInput,
            "result_too_large",
            $"The result would have {width:N0}×{height:N0} pixels; at most {side:N0} a side and {pixels:N0} in all are possible.");
    }
}
