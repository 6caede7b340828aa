namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// Turns a small mask into a soft matte: the mask is freed of background that its colours betray and snapped to the
/// photograph's edges by a guided filter, the pixels near its outline (more of them where hair, fur or gaps make colour
/// and mask disagree) become unknown, and closed-form matting finds their alpha.
/// </summary>
internal static class MatteRefiner
{
    private const float GuessWeight = 0.05f;

    // Widths of the unknown zones around the outline, in pixels of the small mask.
    private const float Near = 3;
    private const float Far = 8;
    private const sbyte Background = -1, Unknown = 0, Foreground = 1;

    /// <summary>Finds the alpha of every pixel.</summary>
    /// <param name="rgb">The photograph at the size to work at, sRGB 0–1.</param>
    /// <param name="segmentation">The mask at the small size.</param>
    /// <param name="small">The photograph at the mask's size.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Alpha, 0–1, of the size of <paramref name="rgb"/>.</returns>
    public static Plane Refine(ColorPlanes rgb, SubjectRegion segmentation, ColorPlanes small, CancellationToken cancellationToken)
    {
        segmentation = ColorRecut.Apply(segmentation, small, cancellationToken);
        int width = rgb.Width, height = rgb.Height;
        var scale = (float)width / small.Width;
        var coarse = new Plane(small.Width, small.Height, [.. segmentation.Mask.Select(m => m ? 1f : 0f)]);
        var soft = Snap(rgb, small, coarse, cancellationToken);
        var trimap = Trimap(rgb, segmentation, soft, scale, cancellationToken);
        var alpha = new Plane(width, height);
        var free = new bool[alpha.Data.Length];
        for (var i = 0; i < free.Length; i++)
        {
            free[i] = trimap[i] == Unknown;
            alpha.Data[i] = trimap[i] == Unknown ? soft.Data[i] : trimap[i] == Foreground ? 1 : 0;
        }

        var (guess, weight) = ColorGuess(rgb, trimap, scale, cancellationToken);
        ClosedFormMatting.Solve(rgb, alpha, free, guess, weight, 1e-5f, 50, cancellationToken);

        // Values within a few percent of the ends are noise of the solver.
        for (var i = 0; i < free.Length; i++)
            if (free[i]) alpha.Data[i] = Math.Clamp((alpha.Data[i] - 0.03f) / 0.94f, 0f, 1f);
        return alpha;
    }

    // The filter is fitted at the mask's size and applied at the larger one.
    private static Plane Snap(ColorPlanes rgb, ColorPlanes small, Plane coarse, CancellationToken cancellationToken)
    {
        var filter = GuidedFilter.Fit(small, coarse, 3, 1e-4f, null, cancellationToken);
        var result = new Plane(rgb.Width, rgb.Height);
        RowBands.Run(rgb.Height, (first, end) =>
        {
            var reader = filter.At(rgb.Width, rgb.Height);
            for (var y = first; y < end; y++)
            {
                reader.Read(y);
                ReadOnlySpan<float> r = rgb.C0.Row(y), g = rgb.C1.Row(y), b = rgb.C2.Row(y);
                var target = result.Row(y);
                for (var x = 0; x < target.Length; x++)
                    target[x] = Math.Clamp((reader.A0[x] * r[x]) + (reader.A1[x] * g[x]) + (reader.A2[x] * b[x]) + reader.B[x], 0f, 1f);
            }
        }, cancellationToken);
        return result;
    }

    private static sbyte[] Trimap(
        ColorPlanes rgb, SubjectRegion segmentation, Plane soft, float scale, CancellationToken cancellationToken)
    {
        int width = rgb.Width, height = rgb.Height;
        var inside = new bool[width * height];
        for (var i = 0; i < inside.Length; i++) inside[i] = soft.Data[i] >= 0.5f;
        var outside = Array.ConvertAll(inside, value => !value);
        Plane toInside = DistanceTransform.Euclidean(inside, width, height, cancellationToken);
        Plane toOutside = DistanceTransform.Euclidean(outside, width, height, cancellationToken);
        float near = (Near * scale) + 1, far = Far * scale;
        var trimap = new sbyte[inside.Length];
        var strands = new bool[inside.Length];
        RowBands.Run(height, (first, end) =>
        {
            for (var i = first * width; i < end * width; i++)
            {
                trimap[i] = inside[i] ? Foreground : Background;
                var distance = inside[i] ? toOutside.Data[i] : toInside.Data[i];
                if (distance <= near)
                {
                    trimap[i] = Unknown;
                }
                else if (distance <= far)
                {
                    // Colour that contradicts the mask close to its outline: a strand outside, a gap inside.
                    var odds = segmentation.ColorOdds(rgb.C0.Data[i], rgb.C1.Data[i], rgb.C2.Data[i]);
                    strands[i] = inside[i] ? odds < -2 : odds > 2;
                }
            }
        }, cancellationToken);

        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var i = (y * width) + x;
                if (!strands[i]) continue;
                for (var dy = -width; dy <= width; dy += width)
                    trimap[i + dy - 1] = trimap[i + dy] = trimap[i + dy + 1] = Unknown;
            }
        }

        return trimap;
    }

    // Alpha from the mean colours of the known pixels around: the observed colour's place on the line between them.
    private static (Plane Guess, Plane Weight) ColorGuess(
        ColorPlanes rgb, sbyte[] trimap, float scale, CancellationToken cancellationToken)
    {
        int width = rgb.Width, height = rgb.Height;
        var radius = Math.Max(2, (int)(7 * scale));
        Plane isFront = new(width, height), isBack = new(width, height);
        for (var i = 0; i < trimap.Length; i++)
        {
            isFront.Data[i] = trimap[i] == Foreground ? 1 : 0;
            isBack.Data[i] = trimap[i] == Background ? 1 : 0;
        }

        var front = Means(isFront);
        var back = Means(isBack);
        Plane guess = new(width, height), weight = new(width, height);
        RowBands.Run(height, (first, end) =>
        {
            for (var i = first * width; i < end * width; i++)
            {
                if (trimap[i] != Unknown) continue;
                float fr = front.C0.Data[i] - back.C0.Data[i], fg = front.C1.Data[i] - back.C1.Data[i];
                var fb = front.C2.Data[i] - back.C2.Data[i];
                float r = rgb.C0.Data[i] - back.C0.Data[i], g = rgb.C1.Data[i] - back.C1.Data[i], b = rgb.C2.Data[i] - back.C2.Data[i];
                var length = (fr * fr) + (fg * fg) + (fb * fb);
                var place = ((r * fr) + (g * fg) + (b * fb)) / Math.Max(length, 1e-4f);
                guess.Data[i] = Math.Clamp(place, 0f, 1f);

                // Trust falls with the distance from the line and with the similarity of the two colours.
                float er = r - (place * fr), eg = g - (place * fg), eb = b - (place * fb);
                var off = (er * er) + (eg * eg) + (eb * eb);
                weight.Data[i] = GuessWeight * length / (length + 0.02f) * MathF.Exp(-off / 0.01f);
            }
        }, cancellationToken);
        return (guess, weight);

        ColorPlanes Means(Plane where)
        {
            var total = BoxFilter.Mean(where, radius, cancellationToken);
            return new(Channel(rgb.C0), Channel(rgb.C1), Channel(rgb.C2));

            Plane Channel(Plane plane)
            {
                var masked = new Plane(width, height);
                for (var i = 0; i < masked.Data.Length; i++) masked.Data[i] = plane.Data[i] * where.Data[i];
                var mean = BoxFilter.Mean(masked, radius, cancellationToken);
                for (var i = 0; i < mean.Data.Length; i++) mean.Data[i] /= Math.Max(total.Data[i], 1e-5f);
                return mean;
            }
        }
    }
}
