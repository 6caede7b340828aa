using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Enhance;

/// <summary>
/// What a photograph lacks, found on a small copy. Every measure has a range in which a photograph counts as good and nothing is done;
/// a fault has to show in two independent signs (brightest and median tone, white patch and gray edges, cut-off and median tone) before it
/// is corrected, and then the smaller of the two counts. So night scenes stay dark, snow stays white and sunsets stay red.
/// </summary>
internal sealed record Diagnosis
{
    private const int Longest = 256;

    // Values of sRGB: where the brightest tones, the median and the darkest tones of a good photograph are.
    private const double White = 0.97, FlatWhite = 0.88, Median = 0.47, BrightMedian = 0.51, OverMedian = 0.44, DarkMedian = 0.22, Black = 0.05;
    private const double MostGain = 3, MostStretch = 2.15;

    /// <summary>The cast to take out; neutral when there is none.</summary>
    public LightColor Cast { get; init; }

    /// <summary>What becomes black: a value of sRGB, 0–1, after the cast is out.</summary>
    public double BlackPoint { get; init; }

    /// <summary>The factor of sRGB values after the black point is out, at least 1.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>The factor of dark and middle tones of an over-exposed picture, at most 1.</summary>
    public double Recovery { get; init; } = 1;

    /// <summary>The exponent of sRGB values that lifts a dark picture with bright spots, at most 1.</summary>
    public double Lift { get; init; } = 1;

    /// <summary>The factor of detail.</summary>
    public double Detail { get; init; } = 1;

    /// <summary>The factor of the difference between a colour and its gray.</summary>
    public double Saturation { get; init; } = 1;

    /// <summary>Looks at a picture; transparent pixels do not count.</summary>
    public static Diagnosis Of(Picture picture, EnhanceSwitches switches, CancellationToken cancellationToken)
    {
        var (width, height) = AreaResize.Fit(picture.Width, picture.Height, Longest);
        var rgb = ColorPlanes.From(picture, width, height, cancellationToken);
        var counts = Opaque(picture, width, height, cancellationToken);
        if (counts is not null) FillTransparent(rgb, counts);
        var cutOff = CutOff(rgb, counts);
        var gray = picture.Channels <= 2;
        var (cast, certainty) = gray || !switches.WhiteBalance ? (default, 0) : FindCast(rgb, counts, cancellationToken);
        var found = new Diagnosis { Cast = cast };
        var tones = Tones.Of(Balance(rgb, cast), counts);
        if (tones is null) return found;

        if (switches.Exposure) found = Expose(found, tones, cutOff, certainty);
        if (switches.LocalContrast) found = found with { Detail = 1 + (0.12 * (1 - Ramp(0.04, 0.09, tones.Detail * found.Gain))) + 0.04 };
        if (switches.Color && !gray) found = found with { Saturation = Vivid(tones.Chroma * found.Gain / (1 - found.BlackPoint)) };
        return found;
    }

    /// <summary>0 up to <paramref name="low"/>, 1 from <paramref name="high"/> on, smooth in between.</summary>
    private static double Ramp(double low, double high, double value)
    {
        var t = Math.Clamp((value - low) / (high - low), 0, 1);
        return t * t * (3 - (2 * t));
    }

    private static bool[]? Opaque(Picture picture, int width, int height, CancellationToken cancellationToken) =>
        picture.HasAlpha
            ? Array.ConvertAll(AreaResize.FromPicture(picture, picture.Channels - 1, width, height, cancellationToken).Data, alpha => alpha > 0.5f)
            : null;

    /// <summary>Gives what is transparent the mean colour of the rest, so that its own makes no edges.</summary>
    private static void FillTransparent(ColorPlanes rgb, bool[] counts)
    {
        foreach (var data in (float[][])[rgb.C0.Data, rgb.C1.Data, rgb.C2.Data])
        {
            var mean = data.Where((_, i) => counts[i]).DefaultIfEmpty(0.5f).Average();
            for (var i = 0; i < data.Length; i++)
                if (!counts[i]) data[i] = mean;
        }
    }

    /// <summary>The share of pixels with one or two channels cut off: a white ground has all three, an over-exposed colour has not.</summary>
    private static double CutOff(ColorPlanes rgb, bool[]? counts)
    {
        int some = 0, all = 0;
        for (var i = 0; i < rgb.C0.Data.Length; i++)
        {
            if (counts?[i] == false) continue;
            all++;
            float r = rgb.C0.Data[i], g = rgb.C1.Data[i], b = rgb.C2.Data[i];
            if (Math.Max(r, Math.Max(g, b)) > 0.985f && Math.Min(r, Math.Min(g, b)) <= 0.985f) some++;
        }

        return some / (double)Math.Max(all, 1);
    }

    /// <summary>
    /// A cast that the white patch and the gray edges both see. Of the two the cooler one counts, axis by axis: skin, wood and soil make
    /// most scenes warmer than their light, and warm light is more often meant.
    /// </summary>
    private static (LightColor Cast, double Certainty) FindCast(ColorPlanes rgb, bool[]? counts, CancellationToken cancellationToken)
    {
        if (ColorConstancy.WhitePatch(rgb, counts) is not { } patch) return default;
        if (ColorConstancy.GrayEdge(rgb, counts, cancellationToken) is not { } edges) return default;
        var cast = new LightColor(Math.Min(patch.Red, edges.Red), Math.Max(patch.Blue, edges.Blue));
        var least = cast is { Red: > 0, Blue: < 0 } ? 0.26 : 0.15;
        var certainty = Ramp(least, least + 0.16, cast.Strength)
            * Ramp(0.06, 0.16, Math.Min(patch.Strength, edges.Strength))
            * Ramp(-0.1, 0.3, patch.Agreement(edges));
        return (new(cast.Red * certainty, cast.Blue * certainty), certainty);
    }

    private static ColorPlanes Balance(ColorPlanes rgb, LightColor cast)
    {
        if (cast == default) return rgb;
        var (red, green, blue) = EnhanceCurves.Gains(cast);
        return new(Scale(rgb.C0, red), Scale(rgb.C1, green), Scale(rgb.C2, blue));

        static Plane Scale(Plane plane, double gain) => plane.Map(value => SrgbTables.FromLinear((float)(SrgbTables.ToLinear(value) * gain)));
    }

    private static Diagnosis Expose(Diagnosis found, Tones tones, double cutOff, double castCertainty)
    {
        var black = (tones.Black - Black) * Ramp(0.1, 0.2, tones.Black);
        double rest = 1 - black, white = Math.Max((tones.White - black) / rest, 1e-3), median = Math.Max((tones.Median - black) / rest, 1e-3);
        var flat = Ramp(0.12, 0.24, tones.Black);
        var deficit = Math.Max(Math.Min(Math.Log(White / white), Math.Log(Median / median)), flat * Math.Log(FlatWhite / white));
        deficit = Math.Max(0, deficit);
        deficit *= 1.04 * Ramp(0.11, 0.28, deficit);
        var gain = Math.Min(Math.Exp(deficit), MostGain);
        if (flat > 0) gain = Math.Min(gain, Math.Max(1, MostStretch * rest));
        found = found with { BlackPoint = black, Gain = gain };
        if (deficit > 0) return found;

        // A cast that cuts off one channel looks like too much light.
        var overColored = cutOff * (1 - castCertainty);
        var over = Ramp(0.01, 0.08, cutOff);
        var excess = Math.Max(
            Math.Max(0, Math.Log(median / (BrightMedian + (over * (OverMedian - BrightMedian))))) * (0.4 + (0.6 * over)),
            ((0.26 * Ramp(0.03, 0.2, overColored)) + (0.18 * Ramp(0.2, 0.5, overColored))) * Ramp(0.3, 0.45, median));
        var lift = Math.Min(0.4, 0.5 * Math.Max(0, Math.Log(DarkMedian / Math.Max(median, 0.02))));
        return found with { Recovery = Math.Exp(-excess), Lift = Math.Exp(-lift) };
    }

    // Colours that are nearly gray are left gray: there is nothing in them but noise.
    private static double Vivid(double chroma) => 1 + (0.2 * Ramp(0.015, 0.04, chroma) * (1 - Ramp(0.06, 0.13, chroma)));

    /// <summary>Measures of a small copy's tones.</summary>
    /// <param name="Black">Luma below which 0.5 % of the pixels are.</param>
    /// <param name="Median">The median of the luma.</param>
    /// <param name="White">The brightest channel above which 0.5 % of the pixels are.</param>
    /// <param name="Chroma">Mean difference between the largest and the smallest channel.</param>
    /// <param name="Detail">Mean difference between neighbouring pixels' luma.</param>
    private sealed record Tones(double Black, double Median, double White, double Chroma, double Detail)
    {
        public static Tones? Of(ColorPlanes rgb, bool[]? counts)
        {
            List<float> lumas = new(rgb.C0.Data.Length), brightest = new(rgb.C0.Data.Length);
            double chroma = 0, detail = 0;
            var before = -1f;
            for (var i = 0; i < rgb.C0.Data.Length; i++)
            {
                if (counts?[i] == false) continue;
                float r = rgb.C0.Data[i], g = rgb.C1.Data[i], b = rgb.C2.Data[i];
                var luma = (EnhanceCurves.Red * r) + (EnhanceCurves.Green * g) + (EnhanceCurves.Blue * b);
                lumas.Add(luma);
                brightest.Add(Math.Max(r, Math.Max(g, b)));
                chroma += brightest[^1] - Math.Min(r, Math.Min(g, b));
                if (before >= 0) detail += Math.Abs(luma - before);
                before = luma;
            }

            if (lumas.Count == 0) return null;
            lumas.Sort();
            brightest.Sort();
            return new(At(lumas, 0.005), At(lumas, 0.5), At(brightest, 0.995), chroma / lumas.Count, detail / lumas.Count);

            static double At(List<float> sorted, double share) => sorted[(int)Math.Round(share * (sorted.Count - 1))];
        }
    }
}

/// <summary>Which parts of a photograph are looked at and corrected.</summary>
internal readonly record struct EnhanceSwitches(bool WhiteBalance, bool Exposure, bool LocalContrast, bool Color);
