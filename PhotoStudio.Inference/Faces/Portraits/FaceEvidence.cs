using System.Numerics;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Faces.Portraits;

/// <summary>What speaks for a face in a patch; each figure by itself is weak.</summary>
/// <param name="Fit">Correlation with <see cref="FaceTemplate"/>, −1 to 1.</param>
/// <param name="Symmetry">Correlation of the patch with its mirror image, −1 to 1.</param>
/// <param name="Eyes">How much darker both eyes are than cheeks and the ridge of the nose, in spreads of the face's lightness.</param>
/// <param name="Mouth">How much darker the mouth is than what is above and below it, in the same unit.</param>
/// <param name="Skin">The share of cheeks, forehead, nose and chin that has the colour of skin, 0–1.</param>
/// <param name="Roughness">Mean gradient on cheeks and forehead as a part of the mean gradient on eyes and mouth.</param>
/// <param name="Contrast">Spread of the lightness, 0–1.</param>
/// <param name="EyesAlike">Correlation of one eye with the mirror image of the other, −1 to 1.</param>
/// <param name="Tint">Spread of redness over the parts that should be skin, in CIE a*.</param>
internal readonly record struct FaceEvidence(float Fit, float Symmetry, float Eyes, float Mouth, float Skin, float Roughness, float Contrast,
    float EyesAlike, float Tint)
{
    private static readonly (int X, int Y, Vector2 At)[] Inside = [.. AllPixels().Where(pixel => FaceTemplate.Covers(pixel.At))];
    private static readonly float[] Template =
        FaceTemplate.Normalized([.. Drawn()], [.. Inside.Select(pixel => pixel.At)]);

    private static readonly Zone LeftCheek = new(-0.75f, 0.40f, -0.35f, 0.80f), RightCheek = new(0.35f, 0.40f, 0.75f, 0.80f);
    private static readonly Zone LeftEye = new(-0.61f, -0.09f, -0.39f, 0.10f), RightEye = new(0.39f, -0.09f, 0.61f, 0.10f);
    private static readonly Zone Forehead = new(-0.40f, -0.62f, 0.40f, -0.40f), Ridge = new(-0.10f, 0.05f, 0.10f, 0.50f);
    private static readonly Zone Chin = new(-0.28f, 1.35f, 0.28f, 1.60f), UpperLip = new(-0.28f, 0.76f, 0.28f, 0.90f);
    private static readonly Zone Lips = new(-0.28f, 0.98f, 0.28f, 1.16f);

    /// <summary>How sure this is a face, 0–1.</summary>
    public double Score => 1 / (1 + Math.Exp(-Logit));

    private double Logit =>
        -7.5 + (7 * Fit) + (2 * Symmetry) + (1.2 * Math.Min(Eyes, 2.5f)) + (0.6 * Math.Clamp(Mouth, -1, 1.5f)) + (3.5 * (Skin - 0.4))
        + (2 * EyesAlike) - (5 * Math.Max(0, Roughness - 0.35)) - (0.2 * Tint);

    /// <summary>Whether every sign by itself allows a face; without colour the others have to be clearer.</summary>
    public bool IsPossible(bool isGray) => Contrast > 0.04f && Tint < 5 && Roughness < 0.66f && (isGray
        ? Fit > 0.48f && Symmetry > 0.6f && Eyes > 1.6f && EyesAlike > 0.6f && Mouth > 0.1f && Roughness < 0.5f
        : Fit > 0.36f && Symmetry > 0.52f && Eyes > 1.35f && EyesAlike > 0.5f && Mouth > 0.1f && Skin > 0.78f);

    /// <summary>Weighs a patch.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="isGray">Whether there is no colour; skin then counts as undecided.</param>
    public static FaceEvidence Of(FacePatch patch, bool isGray)
    {
        var light = patch.Lightness;
        var contrast = LocalContrast.Of(light, FacePatch.PixelsPerUnit);
        var values = new float[Inside.Length];
        double mean = 0, square = 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = contrast[Inside[i].X, Inside[i].Y];
            var value = light[Inside[i].X, Inside[i].Y];
            mean += value;
            square += value * value;
        }

        mean /= values.Length;
        var spread = (float)Math.Sqrt(Math.Max(1e-8, (square / values.Length) - (mean * mean)));
        var even = FaceTemplate.Normalized(values, [.. Inside.Select(pixel => pixel.At)]);
        var flat = new Plane(FacePatch.Width, FacePatch.Height);
        for (var i = 0; i < even.Length; i++) flat[Inside[i].X, Inside[i].Y] = even[i];
        float fit = 0, symmetry = 0;
        for (var i = 0; i < even.Length; i++)
        {
            fit += even[i] * Template[i];
            symmetry += even[i] * flat[FacePatch.Width - 1 - Inside[i].X, Inside[i].Y];
        }

        var cheeks = (LeftCheek.Mean(light) + RightCheek.Mean(light)) / 2;
        var bright = (cheeks + Ridge.Mean(light)) / 2;
        var eyes = (bright - Math.Max(LeftEye.Mean(light), RightEye.Mean(light))) / spread;
        var lips = Enumerable.Range(-4, 9).Select(step => Lips.Moved(step * 0.05f).Mean(light)).Min();
        var mouth = (((UpperLip.Mean(light) + Chin.Mean(light)) / 2) - lips) / spread;
        var skin = isGray
            ? 0.4f
            : (LeftCheek.Mean(patch.Skin) + RightCheek.Mean(patch.Skin) + Forehead.Mean(patch.Skin) + Ridge.Mean(patch.Skin) + Chin.Mean(patch.Skin)) / 5;
        var gradient = Gradient(light);
        var rough = (LeftCheek.Mean(gradient) + RightCheek.Mean(gradient) + Chin.Mean(gradient)) / 3;
        var structure = (LeftEye.Mean(gradient) + RightEye.Mean(gradient) + Lips.Mean(gradient)) / 3;
        return new(fit, symmetry, eyes, mouth, skin, rough / Math.Max(1e-4f, structure), spread, EyesLikeness(light), TintSpread(patch.Red));
    }

    private static float EyesLikeness(Plane light)
    {
        List<float> one = [], other = [];
        List<Vector2> at = [];
        for (var y = -5; y <= 5; y++)
        {
            for (var x = -7; x <= 7; x++)
            {
                one.Add(light[20 + x, 26 + y]);
                other.Add(light[44 - x, 26 + y]);
                at.Add(new(x, y));
            }
        }

        float[] first = FaceTemplate.Normalized([.. one], [.. at]), second = FaceTemplate.Normalized([.. other], [.. at]);
        float sum = 0;
        for (var i = 0; i < first.Length; i++) sum += first[i] * second[i];
        return sum;
    }

    private static float TintSpread(Plane red)
    {
        float[] means = [LeftCheek.Mean(red), RightCheek.Mean(red), Forehead.Mean(red), Ridge.Mean(red), Chin.Mean(red), UpperLip.Mean(red)];
        var mean = means.Average();
        return MathF.Sqrt(means.Average(value => (value - mean) * (value - mean)));
    }

    private static IEnumerable<float> Drawn()
    {
        const int Reach = 60;
        var even = FaceTemplate.Even(new(Vector2.Zero, new(FacePatch.PixelsPerUnit, 0)), Reach);
        return Inside.Select(pixel => (FacePatch.PixelsPerUnit * pixel.At) + new Vector2(Reach)).Select(at => even[(int)at.X, (int)at.Y]);
    }

    private static Plane Gradient(Plane plane)
    {
        var result = new Plane(plane.Width, plane.Height);
        for (var y = 1; y < plane.Height - 1; y++)
        {
            for (var x = 1; x < plane.Width - 1; x++)
            {
                float across = plane[x + 1, y] - plane[x - 1, y], down = plane[x, y + 1] - plane[x, y - 1];
                result[x, y] = MathF.Sqrt((across * across) + (down * down));
            }
        }

        return result;
    }

    private static IEnumerable<(int X, int Y, Vector2 At)> AllPixels()
    {
        for (var y = 0; y < FacePatch.Height; y++)
            for (var x = 0; x < FacePatch.Width; x++) yield return (x, y, FacePatch.At(x, y));
    }

    /// <summary>A part of the face, in its own coordinates.</summary>
    private readonly record struct Zone(float Left, float Top, float Right, float Bottom)
    {
        public Zone Moved(float down) => this with { Top = Top + down, Bottom = Bottom + down };

        public float Mean(Plane plane)
        {
            Vector2 from = FacePatch.Pixel(new(Left, Top)), to = FacePatch.Pixel(new(Right, Bottom));
            float sum = 0;
            var count = 0;
            for (var y = (int)MathF.Round(from.Y); y <= (int)MathF.Round(to.Y); y++)
            {
                for (var x = (int)MathF.Round(from.X); x <= (int)MathF.Round(to.X); x++)
                {
                    sum += plane[x, y];
                    count++;
                }
            }

            return sum / count;
        }
    }
}
