using System.Buffers;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Adjust;

/// <summary>Unsharp masking of the luma: the three colours move together, so that edges get no coloured rims.</summary>
internal static class Sharpening
{
    private const float Sigma = 1;
    private const float Strongest = 1.5f;

    /// <summary>The picture with stronger fine detail; alpha and size stay.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="strength">0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Picture Apply(Picture picture, float strength, CancellationToken cancellationToken)
    {
        var samples = GC.AllocateUninitializedArray<byte>(picture.Samples.Length);
        var result = new Picture(picture.Width, picture.Height, picture.Format, samples, picture.ColorSpace);
        RowBands.Run(
            picture.Height,
            (first, end) =>
            {
                using var blur = new BlurredLuma(picture);
                var width = picture.Width;
                float[] luma = ArrayPool<float>.Shared.Rent(width), blurred = ArrayPool<float>.Shared.Rent(width);
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Luma(picture, y, luma.AsSpan(0, width));
                    blur.Read(y, luma, blurred.AsSpan(0, width));
                    Sharpen(picture.Row(y), result.Row(y), picture, luma, blurred, Strongest * strength);
                }

                ArrayPool<float>.Shared.Return(luma);
                ArrayPool<float>.Shared.Return(blurred);
            },
            cancellationToken);
        return result;
    }

    private static void Sharpen(ReadOnlySpan<byte> source, Span<byte> target, Picture picture, float[] luma, float[] blurred, float strength)
    {
        int channels = picture.Channels, colors = picture.HasAlpha ? channels - 1 : channels;
        for (int x = 0, at = 0; x < picture.Width; x++, at += channels)
        {
            var detail = strength * (luma[x] - blurred[x]);
            for (var c = at; c < at + colors; c++) target[c] = (byte)(Math.Clamp(source[c] + detail, 0, 255) + 0.5f);
            if (colors < channels) target[at + colors] = source[at + colors];
        }
    }

    /// <summary>A row's brightness as <see cref="Picture.As"/> has it, 0–255.</summary>
    private static void Luma(Picture picture, int y, Span<float> luma)
    {
        var row = picture.Row(y);
        var channels = picture.Channels;
        for (int x = 0, at = 0; x < luma.Length; x++, at += channels)
            luma[x] = channels <= 2 ? row[at] : ((299 * row[at]) + (587 * row[at + 1]) + (114 * row[at + 2]) + 500) / 1000;
    }

    /// <summary>The luma blurred, row by row; with alpha, transparent pixels do not count.</summary>
    private sealed class BlurredLuma : IDisposable
    {
        private readonly Picture _picture;
        private readonly GaussianRows _luma;
        private readonly GaussianRows? _weight;
        private readonly float[]? _weights;

        public BlurredLuma(Picture picture)
        {
            _picture = picture;
            _luma = new(picture.Width, picture.Height, Sigma, ReadLuma);
            if (!picture.HasAlpha) return;

            _weight = new(picture.Width, picture.Height, Sigma, ReadWeight);
            _weights = ArrayPool<float>.Shared.Rent(picture.Width);
        }

        public void Read(int y, float[] luma, Span<float> blurred)
        {
            _luma.Blur(y, blurred);
            if (_weight is null) return;

            var weights = _weights.AsSpan(0, blurred.Length);
            _weight.Blur(y, weights);
            for (var x = 0; x < blurred.Length; x++) blurred[x] = weights[x] < 1e-3f ? luma[x] : blurred[x] / weights[x];
        }

        public void Dispose()
        {
            _luma.Dispose();
            _weight?.Dispose();
            if (_weights is not null) ArrayPool<float>.Shared.Return(_weights);
        }

        private void ReadLuma(int y, Span<float> luma)
        {
            Luma(_picture, y, luma);
            if (!_picture.HasAlpha) return;

            var row = _picture.Row(y);
            for (var x = 0; x < luma.Length; x++) luma[x] *= row[((x + 1) * _picture.Channels) - 1] / 255f;
        }

        private void ReadWeight(int y, Span<float> weight)
        {
            var row = _picture.Row(y);
            for (var x = 0; x < weight.Length; x++) weight[x] = row[((x + 1) * _picture.Channels) - 1] / 255f;
        }
    }
}
