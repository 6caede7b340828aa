using System.Numerics;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Faces;
using PhotoStudio.Inference.Faces.Portraits;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.FaceEnhance;

/// <summary>
/// Retouches faces: even skin is smoothed by a guided filter, which keeps edges (He, Sun, Tang, "Guided Image Filtering", PAMI 2013); eyes,
/// brows, lips and every other edge of the face are sharpened, without what is only noise. Pixels outside the faces stay as they are.
/// </summary>
internal static class FaceRetouch
{
    private const float SmoothingReach = 0.09f;
    private const float SharpeningReach = 0.022f;
    private const float Sharpest = 1.1f;

    /// <summary>Retouches a picture's faces.</summary>
    /// <param name="picture">The picture; any format.</param>
    /// <param name="faces">Its faces.</param>
    /// <param name="strength">0 (nothing) to 1.</param>
    /// <param name="progress">Told the share done, 0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Picture Run(
        Picture picture, IReadOnlyList<FoundFace> faces, float strength, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var result = new Picture(picture.Width, picture.Height, picture.Format, [.. picture.Samples]);
        if (strength <= 0) return result;
        foreach (var (index, face) in faces.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (FaceRegion.Of(face, picture.Width, picture.Height, FaceOval.Whole(face.Landmarks), 0.22f, cancellationToken) is { } region)
                Retouch(result, face, region, strength, cancellationToken);
            progress?.Report((index + 1.0) / faces.Count);
        }

        return result;
    }

    private static void Retouch(Picture picture, FoundFace face, FaceRegion region, float strength, CancellationToken cancellationToken)
    {
        var unit = face.Landmarks.EyeDistance;
        var channels = Read(picture, region);
        cancellationToken.ThrowIfCancellationRequested();
        var luma = Luma(channels);
        var noise = Noise(luma, region.Weight);
        cancellationToken.ThrowIfCancellationRequested();
        var features = Features(face.Landmarks, region);
        var edges = Edges(luma, unit, noise, cancellationToken);
        var skin = new Plane(region.Width, region.Height);
        for (var i = 0; i < skin.Data.Length; i++)
            skin.Data[i] = region.Weight.Data[i] * (1 - features.Data[i]) * (1 - (0.85f * edges.Data[i])) * Skin(channels, i);

        var radius = Math.Max(1, (int)MathF.Round(SmoothingReach * unit));
        var even = MathF.Max(0.022f, 2.5f * noise);
        var smoothed = new Plane[channels.Length];
        for (var c = 0; c < channels.Length; c++)
            smoothed[c] = SelfGuidedFilter.Fit(channels[c], radius, even * even, cancellationToken).Apply(channels[c]);

        // What is sharpened has had its finest grain taken off first.
        var sigma = MathF.Max(0.7f, SharpeningReach * unit);
        var calm = SelfGuidedFilter.Fit(luma, Math.Max(1, radius / 3), MathF.Max(1e-5f, 3 * noise * noise), cancellationToken).Apply(luma);
        var blurred = GaussianFilter.Blur(calm, sigma, cancellationToken);
        int count = picture.Channels, colors = picture.HasAlpha ? count - 1 : count;
        RowBands.Run(region.Height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                var row = picture.Row(region.Top + y);
                for (var x = 0; x < region.Width; x++)
                {
                    var i = (y * region.Width) + x;
                    if (region.Weight.Data[i] <= 0) continue;
                    var smooth = 0.95f * strength * skin.Data[i];
                    var sharp = Sharpest * strength * region.Weight.Data[i] * Math.Max(features.Data[i], 0.4f * edges.Data[i]);
                    var detail = Math.Clamp(sharp * (calm.Data[i] - blurred.Data[i]), -0.12f, 0.12f);
                    for (var c = 0; c < colors; c++)
                    {
                        var before = channels[c].Data[i];
                        var value = before + (smooth * (smoothed[c].Data[i] - before)) + detail;
                        row[((region.Left + x) * count) + c] = (byte)Math.Clamp(MathF.Round(255 * value), 0, 255);
                    }
                }
            }
        }, cancellationToken);
    }

    private static Plane[] Read(Picture picture, FaceRegion region)
    {
        var colors = picture.HasAlpha ? picture.Channels - 1 : picture.Channels;
        Plane[] planes = [.. Enumerable.Range(0, colors).Select(_ => new Plane(region.Width, region.Height))];
        for (var y = 0; y < region.Height; y++)
        {
            var row = picture.Row(region.Top + y);
            for (var x = 0; x < region.Width; x++)
                for (var c = 0; c < colors; c++) planes[c][x, y] = row[((region.Left + x) * picture.Channels) + c] / 255f;
        }

        return planes;
    }

    private static Plane Luma(Plane[] channels)
    {
        if (channels.Length == 1) return channels[0];
        var luma = new Plane(channels[0].Width, channels[0].Height);
        for (var i = 0; i < luma.Data.Length; i++)
            luma.Data[i] = (0.299f * channels[0].Data[i]) + (0.587f * channels[1].Data[i]) + (0.114f * channels[2].Data[i]);
        return luma;
    }

    private static float Skin(Plane[] channels, int i)
    {
        if (channels.Length == 1) return 1;
        var (l, a, b) = CieLab.FromSrgb(channels[0].Data[i], channels[1].Data[i], channels[2].Data[i]);
        return FaceColor.Likeness(l, a, b);
    }

    // The median of the second differences of flat places tells the noise (Immerkær, "Fast Noise Variance Estimation", CVIU 1996).
    private static float Noise(Plane luma, Plane weight)
    {
        List<float> differences = [];
        for (var y = 1; y < luma.Height - 1; y += 2)
        {
            for (var x = 1; x < luma.Width - 1; x += 2)
            {
                if (weight[x, y] < 0.5f) continue;
                differences.Add(MathF.Abs(
                    luma[x - 1, y - 1] + luma[x + 1, y - 1] + luma[x - 1, y + 1] + luma[x + 1, y + 1]
                    - (2 * (luma[x, y - 1] + luma[x, y + 1] + luma[x - 1, y] + luma[x + 1, y])) + (4 * luma[x, y])));
            }
        }

        if (differences.Count == 0) return 0;
        differences.Sort();
        return differences[differences.Count / 2] / (0.6745f * 6);
    }

    // 1 on the eyes with their brows, the nostrils and the lips.
    private static Plane Features(FaceLandmarks landmarks, FaceRegion region)
    {
        var frame = landmarks.Frame;
        Vector2 nose = frame.ToFace(landmarks.Nose), mouth = frame.ToFace(landmarks.MouthMiddle);
        var halfMouth = MathF.Max(0.25f, MathF.Abs(frame.ToFace(landmarks.MouthRight).X - mouth.X));
        (Vector2 At, Vector2 Radii)[] ovals =
        [
            (new(-0.5f, -0.02f), new(0.33f, 0.20f)), (new(0.5f, -0.02f), new(0.33f, 0.20f)),
            (new(-0.52f, -0.31f), new(0.34f, 0.13f)), (new(0.52f, -0.31f), new(0.34f, 0.13f)),
            (nose + new Vector2(0, 0.06f), new(0.26f, 0.11f)), (mouth, new(halfMouth + 0.10f, 0.22f)),
        ];
        var result = new Plane(region.Width, region.Height);
        RowBands.Run(region.Height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                for (var x = 0; x < region.Width; x++)
                {
                    var at = frame.ToFace(new(region.Left + x + 0.5f, region.Top + y + 0.5f));
                    var nearest = ovals.Min(oval => ((at - oval.At) / oval.Radii).Length());
                    result[x, y] = Math.Clamp((1.25f - nearest) / 0.45f, 0, 1);
                }
            }
        });
        return result;
    }

    // 1 where the lightness changes by more than noise and pores do, 0 on even skin.
    private static Plane Edges(Plane luma, float unit, float noise, CancellationToken cancellationToken)
    {
        var blurred = GaussianFilter.Blur(luma, MathF.Max(1, 0.03f * unit), cancellationToken);
        var result = new Plane(luma.Width, luma.Height);
        float from = (0.35f * noise) + (0.9f / unit), to = 2.2f * from;
        for (var y = 1; y < luma.Height - 1; y++)
        {
            for (var x = 1; x < luma.Width - 1; x++)
            {
                float across = blurred[x + 1, y] - blurred[x - 1, y], down = blurred[x, y + 1] - blurred[x, y - 1];
                result[x, y] = Math.Clamp((MathF.Sqrt((across * across) + (down * down)) - from) / (to - from), 0, 1);
            }
        }

        return GaussianFilter.Blur(result, MathF.Max(0.8f, 0.015f * unit), cancellationToken);
    }
}
