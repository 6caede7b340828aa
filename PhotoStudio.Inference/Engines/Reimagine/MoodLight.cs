using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;
using PhotoStudio.Inference.Engines.StyleTransfer;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.Reimagine;

/// <summary>
/// Puts a picture into a mood's light: exposure and colour of the light in linear sRGB, a source that glows from one side, tones that
/// lean to the mood's colours, and its sky.
/// </summary>
internal static class MoodLight
{
    /// <summary>The colours in the recipe's light.</summary>
    public static ColorPlanes Apply(StyleCanvas canvas, Recipe recipe, Plane? sky)
    {
        var (mood, amount) = (recipe.Mood, recipe.MoodAmount);
        var gains = Vector3.Lerp(Vector3.One, mood.Gains, amount) * float.Exp2(mood.Stops * amount);
        var clouds = sky is null ? null : canvas.Blurred(canvas.Luma, 3);
        var skyLuma = sky is null ? 0 : Mean(canvas.Luma, sky);
        var stars = canvas.GrainSeed("stars");
        var starSize = Math.Max(1, (int)canvas.Units(9));
        var aspect = canvas.Width / (float)canvas.Height;
        var (turnSin, turnCos) = MathF.SinCos(recipe.HueTurn * amount);
        return canvas.Paint((x, y, i) =>
        {
            float u = x / (float)canvas.Width, v = y / (float)canvas.Height;
            float du = (u - recipe.LightX) * aspect, dv = v - recipe.LightY, away = (du * du) + (dv * dv);
            var reach = MathF.Exp(-away * 1.4f);
            var color = canvas.Colors.At(i);
            var light = gains * (1 + (amount * (0.25f + (0.6f * mood.Glow)) * (reach - 0.4f)));
            color = Develop(new Vector3(SrgbTables.ToLinear(color.X), SrgbTables.ToLinear(color.Y), SrgbTables.ToLinear(color.Z)) * light);

            var luma = Math.Clamp(Tints.Luma(color), 0, 1);
            var contrast = amount * mood.Contrast;
            color += (color - new Vector3(luma)) * ((mood.Saturation - 1) * amount);
            color += new Vector3(contrast * 1.6f * luma * (1 - luma) * (luma - 0.45f));
            var tone = Vector3.Lerp(mood.Shadow, mood.Highlight, Tints.Smooth(0, 0.9f, luma));
            var tinted = Vector3.Lerp(tone, Tints.WithLuma(tone, luma), 0.65f);
            color = Vector3.Lerp(color, tinted, mood.Tint * amount);
            if (recipe.HueTurn != 0) color = Turn(color, turnSin, turnCos);

            if (sky is not null)
            {
                var share = sky.Data[i] * mood.Sky * amount;
                var over = Vector3.Lerp(mood.SkyTop, mood.SkyFoot, Tints.Smooth(0, 0.75f, v));
                over *= Math.Clamp(1 + (1.3f * (clouds!.Data[i] - skyLuma)), 0.55f, 1.5f);
                if (mood.Stars) over += Star(x, y, starSize, stars) * (1 - Tints.Smooth(0.35f, 0.7f, v));
                color = Vector3.Lerp(color, over, share);
            }

            // The source itself, strongest in the sky.
            var glow = amount * mood.Glow * ((0.55f * reach * reach) + (0.5f * MathF.Exp(-away * 22))) * (0.4f + (0.6f * (sky?.Data[i] ?? 0.3f)));
            return Vector3.One - ((Vector3.One - Tints.Clamp(color)) * (Vector3.One - (mood.Sun * Math.Min(glow, 0.95f))));
        });
    }

    // sRGB of linear light, with a soft shoulder in place of clipping.
    private static Vector3 Develop(Vector3 linear)
    {
        return new(Tone(linear.X), Tone(linear.Y), Tone(linear.Z));

        static float Tone(float value)
        {
            const float Knee = 0.7f;
            var soft = value <= Knee ? value : Knee + ((1 - Knee) * (1 - MathF.Exp(-(value - Knee) / (1 - Knee))));
            return SrgbTables.FromLinear(soft);
        }
    }

    // Turns the hue in the plane of equal luma, approximately: rotation about gray.
    private static Vector3 Turn(Vector3 color, float sin, float cos)
    {
        var gray = (color.X + color.Y + color.Z) / 3;
        var d = color - new Vector3(gray);
        var cross = new Vector3(d.Z - d.Y, d.X - d.Z, d.Y - d.X) * 0.57735027f;
        return new Vector3(gray) + (d * cos) + (cross * sin);
    }

    private static Vector3 Star(int x, int y, int size, uint seed)
    {
        int column = x / size, row = y / size;
        if (Grain.Uniform(column, row, seed) > 0.05f) return Vector3.Zero;
        float sx = (column + Grain.Uniform(column, row, seed + 1)) * size, sy = (row + Grain.Uniform(column, row, seed + 2)) * size;
        float distance = ((x - sx) * (x - sx)) + ((y - sy) * (y - sy)), radius = 0.6f + (0.06f * size);
        return new Vector3((0.4f + (0.6f * Grain.Uniform(column, row, seed + 3))) * MathF.Exp(-distance / (radius * radius)));
    }

    private static float Mean(Plane plane, Plane weight)
    {
        double sum = 0, total = 0;
        for (var i = 0; i < plane.Data.Length; i++)
        {
            sum += plane.Data[i] * weight.Data[i];
            total += weight.Data[i];
        }

        return (float)(sum / Math.Max(total, 1e-6));
    }
}
