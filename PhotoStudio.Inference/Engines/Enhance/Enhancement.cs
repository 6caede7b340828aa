using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Enhance;

/// <summary>Applies a <see cref="Diagnosis"/> to a picture in one pass over its pixels.</summary>
internal static class Enhancement
{
    // Local contrast works on luma of this longest side; windows are a share of it.
    private const int Longest = 640, Radius = 10;
    private const float FlatVariance = 0.006f;

    /// <summary>The corrected picture: same size, same format, same alpha.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="switches">What may be corrected.</param>
    /// <param name="strength">How far, 0–1; 0 gives back the samples as they are.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Picture Apply(Picture picture, EnhanceSwitches switches, float strength, CancellationToken cancellationToken)
    {
        var diagnosis = Diagnosis.Of(picture, switches, cancellationToken);
        return strength == 0 || diagnosis == new Diagnosis() ? picture : Apply(picture, diagnosis, strength, cancellationToken);
    }

    /// <summary>The picture corrected by a given diagnosis.</summary>
    public static Picture Apply(Picture picture, Diagnosis diagnosis, float strength, CancellationToken cancellationToken)
    {
        var curves = new EnhanceCurves(diagnosis);
        var smooth = diagnosis.Detail > 1 ? Smooth(picture, curves, cancellationToken) : null;
        float detail = (float)(diagnosis.Detail - 1), saturation = (float)diagnosis.Saturation;
        var result = new Picture(picture.Width, picture.Height, picture.Format);
        var gray = picture.Channels <= 2;
        RowBands.Run(
            picture.Height,
            (first, end) =>
            {
                var reader = smooth?.At(picture.Width, picture.Height);
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    reader?.Read(y);
                    if (gray) GrayRow(y, reader);
                    else ColorRow(y, reader);
                }
            },
            cancellationToken);
        return result;

        void GrayRow(int y, SelfGuidedFilter.RowReader? reader)
        {
            ReadOnlySpan<byte> from = picture.Row(y);
            Span<byte> to = result.Row(y);
            var table = curves.Channels[1];
            for (int x = 0, at = 0; at < from.Length; x++, at += picture.Channels)
            {
                var value = table[from[at]];
                to[at] = Blend(from[at], value * Factor(reader, x, value));
                if (picture.HasAlpha) to[at + 1] = from[at + 1];
            }
        }

        void ColorRow(int y, SelfGuidedFilter.RowReader? reader)
        {
            ReadOnlySpan<byte> from = picture.Row(y);
            Span<byte> to = result.Row(y);
            float[] reds = curves.Channels[0], greens = curves.Channels[1], blues = curves.Channels[2];
            for (int x = 0, at = 0; at < from.Length; x++, at += picture.Channels)
            {
                float r = reds[from[at]], g = greens[from[at + 1]], b = blues[from[at + 2]];
                var luma = Luma(r, g, b);
                var factor = Factor(reader, x, luma);
                to[at] = Blend(from[at], (luma + (saturation * (r - luma))) * factor);
                to[at + 1] = Blend(from[at + 1], (luma + (saturation * (g - luma))) * factor);
                to[at + 2] = Blend(from[at + 2], (luma + (saturation * (b - luma))) * factor);
                if (picture.HasAlpha) to[at + 3] = from[at + 3];
            }
        }

        float Factor(SelfGuidedFilter.RowReader? reader, int x, float luma)
        {
            var factor = curves.Scale(luma);
            if (reader is null || luma < 1e-3f) return factor;

            // Detail fades out towards black, where it is noise, and towards white, where it would be cut off.
            var tone = luma * factor;
            var room = Math.Clamp(8 * tone, 0, 1) * Math.Clamp(6 * (1 - tone), 0, 1);
            var difference = Math.Clamp(luma - ((reader.Slope[x] * luma) + reader.Offset[x]), -0.2f, 0.2f);
            return factor * Math.Max(0.5f, 1 + (detail * room * difference / luma));
        }

        byte Blend(byte before, float after) =>
            (byte)(before + (strength * ((Math.Clamp(after, 0, 1) * 255) - before)) + 0.5f);
    }

    /// <summary>The corrected luma without its detail, as coefficients found on a small copy.</summary>
    private static SelfGuidedFilter Smooth(Picture picture, EnhanceCurves curves, CancellationToken cancellationToken)
    {
        var (width, height) = AreaResize.Fit(picture.Width, picture.Height, Longest);
        var rgb = ColorPlanes.From(picture, width, height, cancellationToken);
        var luma = new Plane(width, height);
        for (var i = 0; i < luma.Data.Length; i++)
            luma.Data[i] = Luma(curves.Read(0, rgb.C0.Data[i]), curves.Read(1, rgb.C1.Data[i]), curves.Read(2, rgb.C2.Data[i]));
        return SelfGuidedFilter.Fit(luma, Radius, FlatVariance, cancellationToken);
    }

    private static float Luma(float red, float green, float blue) =>
        (EnhanceCurves.Red * red) + (EnhanceCurves.Green * green) + (EnhanceCurves.Blue * blue);
}
