namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// How good a mask probably is, told from the mask and its evidence alone: decided cues, colours that separate, a
/// plausible area and little contact with the frame speak for it. The weights are a linear fit of the intersection
/// over union that such masks reach.
/// </summary>
internal static class MaskQuality
{
    /// <summary>The expected intersection over union with the true subject, 0–1; 0 for an empty or a full mask.</summary>
    /// <param name="mask">True where the subject is.</param>
    /// <param name="score">Log odds of subject by the cues.</param>
    /// <param name="odds">Log odds of subject by colour, within ±6.</param>
    /// <param name="lab">The photograph in CIE Lab.</param>
    public static float Estimate(bool[] mask, Plane score, Plane odds, ColorPlanes lab)
    {
        double area = 0, inside = 0, outside = 0, colorsInside = 0, colorsOutside = 0, certain = 0, agree = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            var p = Sigmoid(score.Data[i]);
            certain += Math.Abs((2 * p) - 1);
            if (mask[i] == p > 0.5f) agree++;
            if (mask[i])
            {
                area++;
                inside += p;
                colorsInside += odds.Data[i];
            }
            else
            {
                outside += p;
                colorsOutside += odds.Data[i];
            }
        }

        double all = mask.Length, rest = all - area;
        if (area == 0 || rest == 0) return 0;
        var (frame, outline, contrast) = Outline(mask, lab);
        var share = area / all;
        var quality = 0.47
            + (0.18 * inside / area) - (0.07 * outside / rest) + (0.16 * agree / all) + (0.41 * certain / all)
            + (0.11 * colorsInside / area) + (0.056 * colorsOutside / rest)
            - (0.2 * share) - (0.57 * share * share) + (0.246 * Math.Log(share + 0.01))
            - (0.13 * frame) - (0.47 * Math.Sqrt(frame))
            - (0.0017 * contrast) - (0.0055 * outline / Math.Sqrt(area));
        return (float)Math.Clamp(quality, 0.02, 0.98);
    }

    /// <summary>Probability from log odds.</summary>
    public static float Sigmoid(float logOdds) => 1 / (1 + MathF.Exp(-logOdds));

    // The share of the frame (without its bottom) in the mask, the outline's length in pixels, and the mean colour difference across it.
    private static (double Frame, double Length, double Contrast) Outline(bool[] mask, ColorPlanes lab)
    {
        int width = lab.Width, height = lab.Height;
        double touching = 0, frame = 0, length = 0, contrast = 0;
        for (int y = 0, i = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, i++)
            {
                if (y == 0 || x == 0 || x == width - 1)
                {
                    frame++;
                    if (mask[i]) touching++;
                }

                if (x < 3 || y < 3 || x >= width - 3 || y >= height - 3) continue;
                if (mask[i] != mask[i + 1]) Cross(i - 2, i + 3);
                if (mask[i] != mask[i + width]) Cross(i - (2 * width), i + (3 * width));
            }
        }

        return (touching / frame, length, contrast / Math.Max(1, length));

        void Cross(int a, int b)
        {
            length++;
            float l = lab.C0.Data[a] - lab.C0.Data[b], u = lab.C1.Data[a] - lab.C1.Data[b], v = lab.C2.Data[a] - lab.C2.Data[b];
            contrast += Math.Min(60, MathF.Sqrt((l * l) + (u * u) + (v * v)));
        }
    }
}
