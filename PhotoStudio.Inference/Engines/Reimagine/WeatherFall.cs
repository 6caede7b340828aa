using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.StyleTransfer;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.Reimagine;

/// <summary>Rain, snow and fog, in front of and behind the subject.</summary>
internal static class WeatherFall
{
    /// <summary>The colours in the recipe's weather.</summary>
    public static ColorPlanes Apply(StyleCanvas canvas, Recipe recipe, Plane? subject) => recipe.Weather switch
    {
        Weather.Clear => canvas.Colors,
        Weather.Rain => Rain(canvas, recipe, subject),
        Weather.Snow => Snow(canvas, recipe, subject),
        Weather.Fog => Fog(canvas, recipe, subject, 0.75f),
        _ => throw new ArgumentOutOfRangeException(nameof(recipe), recipe.Weather, "No such weather."),
    };

    // Thin above, thick over the ground far away, uneven; the subject stands before most of it.
    private static ColorPlanes Fog(StyleCanvas canvas, Recipe recipe, Plane? subject, float most)
    {
        var noise = canvas.Noise("fog");
        float wide = 1 / canvas.Units(420), flat = 1 / canvas.Units(150);
        var color = Vector3.Lerp(recipe.Mood.SkyFoot, new Vector3(0.8f), 0.35f);
        return canvas.Paint((x, y, i) =>
        {
            var v = y / (float)canvas.Height;
            var depth = 1 - Math.Abs(v - 0.5f);
            var bank = 0.75f + (0.5f * noise.Fractal(x * wide, y * flat, 4));
            var density = recipe.Amount * most * Math.Clamp(depth * bank, 0, 0.95f) * (1 - (0.72f * (subject?.Data[i] ?? 0.2f)));
            return Vector3.Lerp(canvas.Colors.At(i), color, density);
        });
    }

    private static ColorPlanes Rain(StyleCanvas canvas, Recipe recipe, Plane? subject)
    {
        var veiled = Fog(canvas, recipe, subject, 0.32f);
        var slant = 80 + (12 * (recipe.LightX < 0.5f ? 1 : -1));
        Hatching near = new(canvas.Random("near"), canvas.Units(1.7f), canvas.Units(130, 6), slant);
        Hatching far = new(canvas.Random("far"), canvas.Units(0.9f), canvas.Units(60, 4), slant);
        return canvas.Paint((x, y, i) =>
        {
            var color = Tints.Saturate(veiled.At(i), 1 - (0.25f * recipe.Amount)) * (1 - (0.1f * recipe.Amount));
            var drops = (0.5f * Tints.Smooth(0.86f, 1.05f, near.At(x, y))) + (0.3f * Tints.Smooth(0.84f, 1.05f, far.At(x, y)));
            return color + (new Vector3(0.72f, 0.78f, 0.86f) * (drops * recipe.Amount));
        });
    }

    private static ColorPlanes Snow(StyleCanvas canvas, Recipe recipe, Plane? subject)
    {
        var veiled = Fog(canvas, recipe, subject, 0.25f);
        var flakes = new Plane(canvas.Width, canvas.Height);
        var random = canvas.Random("flakes");
        Fall(canvas, flakes, random, 1.3f, 22, 0.65f);
        Fall(canvas, flakes, random, 2.4f, 42, 0.8f);
        Fall(canvas, flakes, random, 5, 110, 0.6f);
        var wind = canvas.Random("wind").Range(-0.5f, 0.5f);
        var noise = canvas.Noise("dust");
        var size = 1 / canvas.Units(26);
        return canvas.Paint((x, y, i) =>
        {
            var color = veiled.At(i);

            // Snow lies where light from above falls: brighter than what is just below.
            var below = Math.Min(canvas.Height - 1, y + Math.Max(2, (int)canvas.Units(5)));
            var lit = canvas.Luma.Data[i] - canvas.Luma[x, below] + (0.12f * wind * noise.At(x * size, y * size));
            var dust = 0.75f * recipe.Amount * Tints.Smooth(0.03f, 0.16f, lit) * Tints.Smooth(0.12f, 0.4f, canvas.Luma.Data[i]);
            dust = Math.Max(dust, 0.22f * recipe.Amount * Tints.Smooth(0.3f, 0.75f, canvas.Luma.Data[i]) * (1 - (subject?.Data[i] ?? 0)));
            color = Vector3.Lerp(color, new(0.93f, 0.95f, 0.99f), dust);
            return Vector3.Lerp(color, Vector3.One, flakes.Data[i] * Math.Min(1, 0.3f + recipe.Amount));
        });
    }

    private static void Fall(StyleCanvas canvas, Plane flakes, SeededRandom random, float radius, float spacing, float opacity)
    {
        float size = canvas.Units(radius, 0.7f), step = canvas.Units(spacing, 3);
        var count = (int)(canvas.Width / step * (canvas.Height / step)) + 1;
        for (var k = 0; k < count; k++)
        {
            float x = random.Unit() * canvas.Width, y = random.Unit() * canvas.Height, own = size * random.Range(0.6f, 1.3f);
            int left = (int)Math.Max(0, x - own), right = (int)Math.Min(canvas.Width - 1, x + own);
            for (var row = (int)Math.Max(0, y - own); row <= (int)Math.Min(canvas.Height - 1, y + own); row++)
            {
                for (var column = left; column <= right; column++)
                {
                    var distance = MathF.Sqrt(((column - x) * (column - x)) + ((row - y) * (row - y)));
                    ref var flake = ref flakes[column, row];
                    flake = Math.Max(flake, opacity * Tints.Smooth(own, own * 0.35f, distance));
                }
            }
        }
    }
}
