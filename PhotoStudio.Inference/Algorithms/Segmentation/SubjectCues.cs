namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// How likely each superpixel of a reduced photograph belongs to its subject, from cues that need no training:
/// boundary connectivity and background-weighted contrast (Zhu 2014), minimum barrier distance from the frame
/// (Zhang 2015), a colour model of the frame, likeness to the frame on the same height, focus, where subjects
/// usually are, and the colours of nature's backgrounds. The cues are added as log odds.
/// </summary>
/// <remarks>
/// The bottom of the frame, and its sides further down, count less as background: people and animals are mostly
/// cropped there.
/// </remarks>
internal sealed class SubjectCues
{
    private const float PositionSigma = 0.4f;
    private readonly ColorPlanes lab;
    private readonly SlicSuperpixels regions;
    private readonly int count;
    private readonly float[][] colors;
    private readonly float[] areas;
    private readonly float[] xs;
    private readonly float[] ys;
    private readonly float[] frame;
    private readonly float[] plainFrame;
    private readonly float[] trust;

    private SubjectCues(ColorPlanes lab, SlicSuperpixels regions, bool freeFrame)
    {
        (this.lab, this.regions, count) = (lab, regions, regions.Count);
        float[] l = regions.Mean(lab.C0), a = regions.Mean(lab.C1), b = regions.Mean(lab.C2);
        colors = [.. Enumerable.Range(0, count).Select(i => new[] { l[i], a[i], b[i] })];
        areas = new float[count];
        xs = new float[count];
        ys = new float[count];
        frame = new float[count];
        plainFrame = new float[count];
        int width = lab.Width, height = lab.Height;
        for (int y = 0, i = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, i++)
            {
                var k = regions.Labels[i];
                areas[k]++;
                xs[k] += x + 0.5f;
                ys[k] += y + 0.5f;
                var weight = FrameWeight(x, y, width, height);
                frame[k] += weight;
                if (weight > 0) plainFrame[k]++;
            }
        }

        // Positions from −1 (left, top) to 1 (right, bottom).
        for (var k = 0; k < count; k++)
        {
            xs[k] = (2 * xs[k] / (areas[k] * width)) - 1;
            ys[k] = (2 * ys[k] / (areas[k] * height)) - 1;
        }

        trust = [.. Enumerable.Range(0, count).Select(k => freeFrame && plainFrame[k] > 0 ? 1 - LikenessToCenter(k) : 1)];

        // A frame that looks like the middle nearly everywhere says nothing about which part of it is background.
        if (Enumerable.Range(0, count).Sum(k => trust[k] >= 0.5f ? frame[k] : 0) < 0.2f * frame.Sum()) Array.Fill(trust, 1);
        for (var k = 0; k < count; k++)
        {
            frame[k] *= trust[k];
            plainFrame[k] *= trust[k];
        }
    }

    // 0–1: how much of the middle of the picture has about the colour of a region.
    private float LikenessToCenter(int k)
    {
        float similar = 0, all = 0;
        for (var j = 0; j < count; j++)
        {
            if (Math.Abs(xs[j]) > 0.5f || Math.Abs(ys[j]) > 0.5f) continue;
            var d = ColorDistance(k, j);
            all += areas[j];
            similar += areas[j] * MathF.Exp(-d * d / (2 * 14 * 14));
        }

        return all == 0 ? 0 : Math.Clamp(similar / all * 4, 0, 0.95f);
    }

    /// <summary>Log odds, natural, that each superpixel belongs to the subject.</summary>
    /// <param name="lab">The reduced photograph in CIE Lab.</param>
    /// <param name="regions">Its superpixels.</param>
    /// <param name="sharpness">Ratio of fine to coarse detail at the same size, from <see cref="SharpnessMap"/>.</param>
    /// <param name="hueWeight">How much the colours of nature's backgrounds count, 0–1.</param>
    /// <param name="freeFrame">Whether parts of the frame that look like the middle of the picture are left out of the background.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static float[] LogOdds(
        ColorPlanes lab, SlicSuperpixels regions, Plane sharpness, float hueWeight, bool freeFrame, CancellationToken cancellationToken)
    {
        var (odds, hue) = Find(lab, regions, sharpness, freeFrame, cancellationToken);
        for (var i = 0; i < odds.Length; i++) odds[i] += hueWeight * hue[i];
        return odds;
    }

    /// <summary>The log odds without the colours of nature's backgrounds, and what those add to them.</summary>
    /// <inheritdoc cref="LogOdds" path="/param"/>
    public static (float[] Odds, float[] Hue) Find(
        ColorPlanes lab, SlicSuperpixels regions, Plane sharpness, bool freeFrame, CancellationToken cancellationToken)
    {
        var cues = new SubjectCues(lab, regions, freeFrame);
        var neighbors = regions.Neighbors();
        var step = neighbors.Select((adjacent, i) => adjacent.Length == 0 ? 0 : adjacent.Min(j => cues.ColorDistance(i, j))).Average();
        var geodesic = BoundaryConnectivity.GeodesicDistances(cues.colors, neighbors, step, cancellationToken);
        var connectivity = BoundaryConnectivity.Compute(geodesic, cues.areas, cues.frame, 10);
        var plainConnectivity = BoundaryConnectivity.Compute(geodesic, cues.areas, cues.plainFrame, 10);
        var contrast = Stretch(cues.BackgroundContrast(plainConnectivity));
        var barrier = Stretch(cues.BarrierDistance(cancellationToken));
        var unlikeFrame = cues.FrameSurprise();
        var focus = cues.Focus(sharpness);
        float[] odds = new float[cues.count], hue = new float[cues.count];
        RowBands.Run(cues.count, (first, end) =>
        {
            for (var i = first; i < end; i++)
            {
                float x2 = cues.xs[i] * cues.xs[i], y2 = cues.ys[i] * cues.ys[i];
                odds[i] = -5.5f
                    - (0.2f * MathF.Log(Math.Min(connectivity[i], 6) + 0.2f))
                    + (1.1f * barrier[i])
                    + (0.1f * unlikeFrame[i])
                    + (0.5f * contrast[i])
                    + (0.75f * focus[i])
                    + (1.5f * SkinTone.Likeness(cues.colors[i][0], cues.colors[i][1], cues.colors[i][2]))
                    + (1.75f * cues.UnlikeBothSides(i))
                    - (2f * cues.ShareOfRow(i))
                    - (2f * x2) - (0.4f * y2) + (1.6f * x2 * cues.ys[i]);
                hue[i] = NatureHue(cues.colors[i]);
            }
        }, cancellationToken);
        return (odds, hue);
    }

    /// <summary>The share of the frame, 0–1, whose colours are common in the middle of the picture.</summary>
    /// <param name="lab">The reduced photograph in CIE Lab.</param>
    /// <param name="regions">Its superpixels.</param>
    public static float FrameLikeMiddle(ColorPlanes lab, SlicSuperpixels regions)
    {
        var cues = new SubjectCues(lab, regions, freeFrame: false);
        float alike = 0, all = 0;
        for (var k = 0; k < cues.count; k++)
        {
            all += cues.plainFrame[k];
            if (cues.plainFrame[k] > 0 && cues.LikenessToCenter(k) > 0.5f) alike += cues.plainFrame[k];
        }

        return alike / all;
    }

    /// <summary>How much a pixel on the frame counts as background, 0–1; 0 for pixels inside.</summary>
    private static float FrameWeight(int x, int y, int width, int height)
    {
        if (y == 0) return 1;
        if (x == 0 || x == width - 1) return 1 - (0.5f * y / Math.Max(1, height - 1));
        return y == height - 1 ? 0.35f : 0;
    }

    // Sky, leaves, grass and water are green or blue; subjects are more often neutral or warm. 0 for red, down to −2.5.
    private static float NatureHue(float[] color) =>
        Math.Max(-2.5f, -0.065f * (MathF.Sqrt((color[1] * color[1]) + (color[2] * color[2])) - color[1]));

    private float ColorDistance(int i, int j) => BoundaryConnectivity.Distance(colors[i], colors[j]);

    private float[] BackgroundContrast(float[] connectivity)
    {
        var result = new float[count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                float dx = (xs[i] - xs[j]) / 2, dy = (ys[i] - ys[j]) / 2;
                var near = MathF.Exp(-((dx * dx) + (dy * dy)) / (2 * PositionSigma * PositionSigma));
                result[i] += ColorDistance(i, j) * near * BoundaryConnectivity.BackgroundProbability(connectivity[j]) * areas[j];
            }
        }

        return result;
    }

    private float[] BarrierDistance(CancellationToken cancellationToken)
    {
        int width = lab.Width, height = lab.Height;
        var seeds = new bool[width * height];
        for (var x = 0; x < width; x++) Seed(x);
        for (var y = 0; y < 0.85f * height; y++)
        {
            Seed(y * width);
            Seed((y * width) + width - 1);
        }

        if (!seeds.Contains(true)) Array.Fill(seeds, true, 0, width);

        void Seed(int i) => seeds[i] = trust[regions.Labels[i]] >= 0.5f;
        var sum = new Plane(width, height);
        var distances = new Plane[3];
        RowBands.ForEach(3, channel => distances[channel] = MinimumBarrierDistance.Transform(
            channel switch { 0 => lab.C0, 1 => lab.C1, _ => lab.C2 }, seeds, 3, cancellationToken), cancellationToken);
        foreach (var distance in distances)
            for (var i = 0; i < sum.Data.Length; i++) sum.Data[i] += distance.Data[i];
        return regions.Mean(sum);
    }

    // −log density under a mixture fitted to a strip along the frame, about −1 (typical) to 1.7.
    private float[] FrameSurprise()
    {
        int width = lab.Width, height = lab.Height;
        var strip = Math.Max(1, (int)(0.06f * Math.Min(width, height)));
        var samples = new List<float>();
        var weights = new List<float>();
        for (int y = 0, i = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, i++)
            {
                var weight = y < strip ? 1 : x < strip || x >= width - strip ? 1 - (0.5f * y / height) : y >= height - strip ? 0.15f : 0;
                weight *= trust[regions.Labels[i]];
                if (weight == 0) continue;
                samples.AddRange([lab.C0.Data[i], lab.C1.Data[i], lab.C2.Data[i]]);
                weights.Add(weight);
            }
        }

        var mixture = GaussianMixture.Fit(samples.ToArray(), weights.ToArray(), 5, 10);
        var surprise = new Plane(width, height);
        RowBands.Run(height, (first, end) =>
        {
            for (var i = first * width; i < end * width; i++)
                surprise.Data[i] = Math.Min(25, -mixture.LogDensity(lab.C0.Data[i], lab.C1.Data[i], lab.C2.Data[i]));
        });
        return regions.Mean(surprise);
    }

    // Log of the sharpness over that of the frame.
    private float[] Focus(Plane sharpness)
    {
        var sharp = regions.Mean(sharpness);
        double sum = 0, total = 0;
        for (var k = 0; k < count; k++)
        {
            sum += sharp[k] * frame[k];
            total += frame[k];
        }

        var reference = (float)Math.Max(sum / total, 1e-3);
        return [.. sharp.Select(s => MathF.Log(Math.Max(s, 1e-3f) / reference))];
    }

    // How unlike the most similar colours on the left and on the right of the frame; those at another height count as less similar.
    private float UnlikeBothSides(int i) => (Nearest(i, -1) + Nearest(i, 1)) / 2;

    private float Nearest(int i, int side)
    {
        float first = 100, second = 100;
        for (var j = 0; j < count; j++)
        {
            if (plainFrame[j] <= 2 || trust[j] < 0.5f || (xs[j] * side <= 0.8f && ys[j] >= -0.9f)) continue;
            var distance = ColorDistance(i, j) + (30 * Math.Abs(ys[i] - ys[j]));
            if (distance < first) (first, second) = (distance, first);
            else if (distance < second) second = distance;
        }

        return MathF.Log(3 + ((first + second) / 2));
    }

    // The share of the image at about the same height that has about the same colour: high for sky, sea, tree lines and ground.
    private float ShareOfRow(int i)
    {
        float similar = 0, all = 0;
        for (var j = 0; j < count; j++)
        {
            float dy = ys[i] - ys[j], d = ColorDistance(i, j);
            var weight = areas[j] * MathF.Exp(-dy * dy / (2 * 0.12f * 0.12f));
            all += weight;
            similar += weight * MathF.Exp(-d * d / (2 * 12 * 12));
        }

        return similar / all;
    }

    // Maps the 5th to 95th percentile to 0–1.
    private static float[] Stretch(float[] values)
    {
        var sorted = values.Order().ToArray();
        float low = sorted[(int)(sorted.Length * 0.05)], high = sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * 0.95))];
        return [.. values.Select(v => Math.Clamp((v - low) / Math.Max(high - low, 1e-6f), 0f, 1f))];
    }
}
