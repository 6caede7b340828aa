using System.Numerics;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Painting;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.Generate.Finish;

/// <summary>Turns light into a picture: a halo around what is very bright, a shoulder instead of clipping, corners a little darker, fine grain.</summary>
internal static class Development
{
    /// <summary>Adds the light that a lens spreads around bright things.</summary>
    public static void Halo(SceneView view, float strength, CancellationToken cancellationToken)
    {
        int width = Math.Max(1, view.Width / 4), height = Math.Max(1, view.Height / 4);
        var planes = new Plane[3];
        for (var c = 0; c < 3; c++)
        {
            var plane = new Plane(width, height);
            var channel = c;
            RowBands.Run(
                height,
                (first, end) =>
                {
                    for (var y = first; y < end; y++)
                    {
                        for (var x = 0; x < width; x++)
                        {
                            var sum = 0f;
                            for (var v = 0; v < 4; v++)
                            {
                                for (var u = 0; u < 4; u++)
                                {
                                    var sy = Math.Min((y * 4) + v, view.Height - 1);
                                    sum += Math.Clamp(view.Color[(sy * view.Width) + Math.Min((x * 4) + u, view.Width - 1)][channel] - 0.75f, 0, 4);
                                }
                            }

                            plane[x, y] = sum / 16;
                        }
                    }
                },
                cancellationToken);
            var narrow = GaussianFilter.Blur(plane, Math.Max(1, view.Height / 300f), cancellationToken);
            var wide = BoxFilter.Mean(BoxFilter.Mean(plane, Math.Max(1, view.Height / 60), cancellationToken), Math.Max(1, view.Height / 60), cancellationToken);
            for (var i = 0; i < plane.Data.Length; i++) plane.Data[i] = (narrow.Data[i] * 0.35f) + (wide.Data[i] * 0.5f);
            planes[c] = AreaResize.Bilinear(plane, view.Width, view.Height, cancellationToken);
        }

        RowBands.Run(
            view.Height,
            (first, end) =>
            {
                for (var i = first * view.Width; i < end * view.Width; i++)
                    view.Color[i] += new Vector3(planes[0].Data[i], planes[1].Data[i], planes[2].Data[i]) * strength;
            },
            cancellationToken);
    }

    /// <summary>The picture of the light.</summary>
    public static Picture Develop(SceneView view, float contrast, float vignette, float grain, CancellationToken cancellationToken)
    {
        var picture = new Picture(view.Width, view.Height, PixelFormat.Rgb);
        RowBands.Run(
            view.Height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    var row = picture.Row(y);
                    for (var x = 0; x < view.Width; x++)
                    {
                        float u = ((x + 0.5f) / view.Width * 2) - 1, v = ((y + 0.5f) / view.Height * 2) - 1;
                        var color = view.Color[(y * view.Width) + x] * (1 - (vignette * 0.5f * ((u * u) + (v * v))));
                        color = Shoulder(color);
                        var noise = Grain(x, y) * grain;
                        for (var c = 0; c < 3; c++)
                        {
                            var value = (float)Encode(color[c]);
                            value += contrast * value * (1 - value) * ((2 * value) - 1) * 1.2f;
                            row[(x * 3) + c] = (byte)Math.Clamp((value * 255) + 0.5f + noise, 0, 255);
                        }
                    }
                }
            },
            cancellationToken);
        return picture;
    }

    /// <summary>Leaves dark and middle tones as they are and bends bright ones towards white, all channels together to keep the hue.</summary>
    private static Vector3 Shoulder(Vector3 color)
    {
        color = Vector3.Max(color, Vector3.Zero);
        var peak = Math.Max(color.X, Math.Max(color.Y, color.Z));
        if (peak <= 0.7f) return color;
        var over = peak - 0.7f;
        var bent = 0.7f + (0.3f * over / (over + 0.42f) * 1.12f);
        var scaled = color * (Math.Min(bent, 1) / peak);

        // Very strong light turns white.
        return Vector3.Lerp(scaled, new(Math.Min(bent, 1)), Tone.Step(1.1f, 5, peak) * 0.8f);
    }

    private static double Encode(float linear) => Curve[(int)(Math.Clamp(linear, 0, 1) * (Curve.Length - 1))];

    private static readonly float[] Curve = [.. Enumerable.Range(0, 16_385).Select(i => (float)SrgbCurve.FromLinear(i / 16_384.0))];

    // Triangular noise from a hash of the place (Jarzynski and Olano, "Hash functions for GPU rendering", 2020); it also hides banding.
    private static float Grain(int x, int y)
    {
        var h = unchecked(((uint)x * 1664525u) + ((uint)y * 1013904223u));
        h = unchecked((h ^ (h >> 16)) * 0x85ebca6bu);
        h = unchecked((h ^ (h >> 13)) * 0xc2b2ae35u);
        h ^= h >> 16;
        return ((h & 0xffff) / 65_536f) + ((h >> 16) / 65_536f) - 1;
    }
}
