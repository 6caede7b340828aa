using System.Numerics;
using PhotoStudio.Imaging;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>A portrait drawn by program, shaded and with soft edges, whose landmarks are known: lengths are pixels.</summary>
public sealed record DrawnPortrait
{
    /// <summary>The distance between the eyes.</summary>
    public float EyeDistance { get; init; } = 80;

    /// <summary>The point between the eyes.</summary>
    public Vector2 EyesMiddle { get; init; } = new(200, 170);

    /// <summary>How far the head is turned clockwise in the picture, in radians.</summary>
    public float Tilt { get; init; }

    /// <summary>The skin's colour, sRGB 0–1.</summary>
    public Vector3 Skin { get; init; } = new(0.85f, 0.64f, 0.53f);

    /// <summary>The hair's colour, sRGB 0–1.</summary>
    public Vector3 Hair { get; init; } = new(0.20f, 0.13f, 0.09f);

    /// <summary>The iris' colour, sRGB 0–1.</summary>
    public Vector3 Iris { get; init; } = new(0.28f, 0.20f, 0.14f);

    /// <summary>What is behind the head, sRGB 0–1.</summary>
    public Vector3 Background { get; init; } = new(0.45f, 0.52f, 0.58f);

    /// <summary>How far below the eyes the mouth is, in distances between the eyes.</summary>
    public float MouthAt { get; init; } = 1.08f;

    /// <summary>Standard deviation of the skin's noise, in levels.</summary>
    public float Noise { get; init; }

    /// <summary>The middle of the eye further left.</summary>
    public Vector2 LeftEye => At(new(-0.5f, 0));

    /// <summary>The middle of the eye further right.</summary>
    public Vector2 RightEye => At(new(0.5f, 0));

    /// <summary>The tip of the nose.</summary>
    public Vector2 Nose => At(new(0, 0.58f * MouthAt));

    /// <summary>The corner of the mouth further left.</summary>
    public Vector2 MouthLeft => At(new(-0.4f, MouthAt));

    /// <summary>The corner of the mouth further right.</summary>
    public Vector2 MouthRight => At(new(0.4f, MouthAt));

    /// <summary>The pixel position of a point of the face, given in distances between the eyes from the point between them.</summary>
    public Vector2 At(Vector2 point) => EyesMiddle + (EyeDistance * Vector2.Transform(point, Matrix3x2.CreateRotation(Tilt)));

    /// <summary>Draws it.</summary>
    public Picture Paint(int width, int height)
    {
        var picture = new Picture(width, height, PixelFormat.Rgb);
        var back = Matrix3x2.CreateRotation(-Tilt);
        Parallel.For(0, height, y =>
        {
            var random = new Random(unchecked(y * 0x2545F491));
            var row = picture.Row(y);
            for (var x = 0; x < width; x++)
            {
                var point = Vector2.Transform((new Vector2(x + 0.5f, y + 0.5f) - EyesMiddle) / EyeDistance, back);
                var color = Color(point);
                for (var c = 0; c < 3; c++)
                {
                    // Box and Muller 1958.
                    var noise = Noise == 0
                        ? 0
                        : Noise * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                    row[(3 * x) + c] = (byte)Math.Clamp(Math.Round((255 * color[c]) + noise), 0, 255);
                }
            }
        });
        return picture;
    }

    private Vector3 Color(Vector2 p)
    {
        var color = Background * (1.05f - (0.08f * p.Y));
        var mirrored = new Vector2(Math.Abs(p.X), p.Y);
        color = Over(color, new Vector3(0.22f, 0.26f, 0.42f), Inside(p, new(0, 4.4f), new(2.6f, 2.1f), 0.06f));
        color = Over(color, Hair, Inside(p, new(0, 0.05f), new(1.32f, 1.55f), 0.05f));
        color = Over(color, Skin * 0.82f, Inside(p, new(0, 2.0f), new(0.62f, 0.8f), 0.05f));

        // The face, lighter where it bulges, darker towards its sides.
        var shade = 1.04f - (0.17f * p.X * p.X) - (0.05f * (p.Y - 0.3f) * (p.Y - 0.3f)) + (0.03f * p.X);
        var face = Skin * (shade + (0.06f * Bump(mirrored, new(0.52f, 0.52f), new(0.28f, 0.22f))) + (0.07f * Bump(p, new(0, 0.36f), new(0.09f, 0.3f))));
        face *= 1 - (0.16f * Bump(mirrored, new(0.5f, -0.06f), new(0.26f, 0.14f))) - (0.14f * Bump(mirrored, new(0.17f, 0.2f), new(0.07f, 0.25f)));
        face *= 1 - (0.35f * Bump(mirrored, new(0.12f, 0.63f * MouthAt), new(0.055f, 0.035f))) - (0.1f * Bump(p, new(0, 0.66f * MouthAt), new(0.2f, 0.05f)));
        face *= 1 - (0.14f * Bump(p, new(0, MouthAt + 0.27f), new(0.2f, 0.06f)));
        color = Over(color, face, Inside(p, new(0, 0.42f), new(0.98f, 1.34f), 0.03f));

        var smile = 0.05f * ((mirrored.X * mirrored.X / 0.16f) - 0.5f);
        color = Over(color, new Vector3(0.72f, 0.36f, 0.34f) * (Skin.X + 0.15f), Inside(p with { Y = p.Y + smile }, new(0, MouthAt + 0.01f), new(0.42f, 0.12f), 0.03f));
        color = Over(color, new Vector3(0.32f, 0.12f, 0.12f), Inside(p with { Y = p.Y + smile }, new(0, MouthAt), new(0.41f, 0.022f), 0.02f));
        color = Over(color, Hair * 0.9f, 0.85f * Inside(mirrored with { Y = mirrored.Y + (0.25f * (mirrored.X - 0.5f) * (mirrored.X - 0.5f)) }, new(0.53f, -0.32f), new(0.27f, 0.055f), 0.03f));
        color = Over(color, Vector3.Lerp(Skin, new(0.9f), 0.55f), Inside(mirrored, new(0.5f, 0), new(0.205f, 0.088f), 0.02f));
        var open = Inside(mirrored, new(0.5f, 0), new(0.205f, 0.095f), 0.02f);
        color = Over(color, Iris, open * Inside(mirrored, new(0.5f, 0), new(0.096f, 0.096f), 0.02f));
        color = Over(color, new Vector3(0.04f), open * Inside(mirrored, new(0.5f, 0), new(0.042f, 0.042f), 0.015f));
        color = Over(color, Hair * 0.6f, Inside(mirrored, new(0.5f, -0.02f), new(0.22f, 0.11f), 0.02f) - Inside(mirrored, new(0.5f, 0.015f), new(0.215f, 0.1f), 0.02f));
        return color;
    }

    // 1 inside an ellipse, 0 outside, soft over about so wide an edge.
    private static float Inside(Vector2 p, Vector2 middle, Vector2 radii, float edge)
    {
        var distance = (((p - middle) / radii).Length() - 1) * Math.Min(radii.X, radii.Y);
        return Math.Clamp(0.5f - (distance / edge), 0, 1);
    }

    private static float Bump(Vector2 p, Vector2 middle, Vector2 spread) => MathF.Exp(-0.5f * ((p - middle) / spread).LengthSquared());

    private static Vector3 Over(Vector3 below, Vector3 above, float share) => Vector3.Lerp(below, above, Math.Clamp(share, 0, 1));
}
