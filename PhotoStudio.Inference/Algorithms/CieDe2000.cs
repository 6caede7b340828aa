namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// The colour difference CIEDE2000 (CIE 142-2001) with all weights 1, after G. Sharma, W. Wu, E. Dalal, "The CIEDE2000 Color-Difference
/// Formula: Implementation Notes, Supplementary Test Data, and Mathematical Observations", 2005. About 1 is just noticeable.
/// </summary>
public static class CieDe2000
{
    /// <summary>The difference of two colours in CIE L*a*b*.</summary>
    public static double Between((double L, double A, double B) one, (double L, double A, double B) other)
    {
        var meanChroma7 = Math.Pow((Math.Sqrt((one.A * one.A) + (one.B * one.B)) + Math.Sqrt((other.A * other.A) + (other.B * other.B))) / 2, 7);
        var stretch = 1.5 - (0.5 * Math.Sqrt(meanChroma7 / (meanChroma7 + Math.Pow(25, 7))));
        double a1 = one.A * stretch, a2 = other.A * stretch;
        double chroma1 = Math.Sqrt((a1 * a1) + (one.B * one.B)), chroma2 = Math.Sqrt((a2 * a2) + (other.B * other.B));
        double hue1 = Hue(a1, one.B), hue2 = Hue(a2, other.B);
        var gray = chroma1 * chroma2 == 0;

        var turn = hue2 - hue1;
        if (gray) turn = 0;
        else if (turn > 180) turn -= 360;
        else if (turn < -180) turn += 360;
        double lightness = other.L - one.L, chroma = chroma2 - chroma1, hue = 2 * Math.Sqrt(chroma1 * chroma2) * Sin(turn / 2);

        double meanL = (one.L + other.L) / 2, meanC = (chroma1 + chroma2) / 2, sum = hue1 + hue2;
        var meanH = gray ? sum : Math.Abs(hue1 - hue2) <= 180 ? sum / 2 : sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
        var t = 1 - (0.17 * Cos(meanH - 30)) + (0.24 * Cos(2 * meanH)) + (0.32 * Cos((3 * meanH) + 6)) - (0.2 * Cos((4 * meanH) - 63));
        var fromMiddle = (meanL - 50) * (meanL - 50);
        lightness /= 1 + (0.015 * fromMiddle / Math.Sqrt(20 + fromMiddle));
        chroma /= 1 + (0.045 * meanC);
        hue /= 1 + (0.015 * meanC * t);
        var c7 = Math.Pow(meanC, 7);
        var rotation = -2 * Math.Sqrt(c7 / (c7 + Math.Pow(25, 7))) * Sin(60 * Math.Exp(-(meanH - 275) * (meanH - 275) / 625));
        return Math.Sqrt(Math.Max(0, (lightness * lightness) + (chroma * chroma) + (hue * hue) + (rotation * chroma * hue)));
    }

    private static double Hue(double a, double b) => a == 0 && b == 0 ? 0 : (Math.Atan2(b, a) * 180 / Math.PI) + (b < 0 ? 360 : 0);

    private static double Sin(double degrees) => Math.Sin(degrees * Math.PI / 180);

    private static double Cos(double degrees) => Math.Cos(degrees * Math.PI / 180);
}
