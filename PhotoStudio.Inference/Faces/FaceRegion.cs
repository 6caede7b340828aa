using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Faces;

/// <summary>The part of a picture that a face covers: a box, and for each of its pixels how much it belongs to the face.</summary>
/// <param name="Left">Left edge of the box in the picture.</param>
/// <param name="Top">Upper edge of the box in the picture.</param>
/// <param name="Weight">0 outside the face, 1 inside, soft in between; its size is the box's.</param>
public sealed record FaceRegion(int Left, int Top, Plane Weight)
{
    /// <summary>Width of the box in pixels.</summary>
    public int Width => Weight.Width;

    /// <summary>Height of the box in pixels.</summary>
    public int Height => Weight.Height;

    /// <summary>The oval of a face.</summary>
    /// <param name="face">The face.</param>
    /// <param name="width">The picture's width.</param>
    /// <param name="height">The picture's height.</param>
    /// <param name="oval">Upper and lower end and half the width of the oval.</param>
    /// <param name="softness">The width of the edge inwards, as a part of the oval's radius, above 0 to 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The region; null when nothing of it lies in the picture.</returns>
    public static FaceRegion? Of(
        FoundFace face, int width, int height, FaceOval oval, float softness, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(face);
        ArgumentNullException.ThrowIfNull(oval);
        var frame = face.Landmarks.Frame;
        var middle = frame.ToPicture(new(0, (oval.Top + oval.Bottom) / 2));
        float wide = oval.HalfWidth, high = (oval.Bottom - oval.Top) / 2;
        Vector2 across = wide * frame.Across, down = high * frame.Down;
        float reachX = MathF.Sqrt((across.X * across.X) + (down.X * down.X)), reachY = MathF.Sqrt((across.Y * across.Y) + (down.Y * down.Y));
        int left = Math.Max(0, (int)(middle.X - reachX)), right = Math.Min(width, (int)MathF.Ceiling(middle.X + reachX) + 1);
        int top = Math.Max(0, (int)(middle.Y - reachY)), bottom = Math.Min(height, (int)MathF.Ceiling(middle.Y + reachY) + 1);
        if (right - left < 2 || bottom - top < 2) return null;

        var weight = new Plane(right - left, bottom - top);
        var center = new Vector2(0, (oval.Top + oval.Bottom) / 2);
        RowBands.Run(weight.Height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                for (var x = 0; x < weight.Width; x++)
                {
                    var at = (frame.ToFace(new(left + x + 0.5f, top + y + 0.5f)) - center) / new Vector2(wide, high);
                    var share = Math.Clamp((1 - at.Length()) / softness, 0, 1);
                    weight[x, y] = share * share * (3 - (2 * share));
                }
            }
        }, cancellationToken);
        return new(left, top, weight);
    }
}

/// <summary>An upright oval in a face's own coordinates (<see cref="FaceFrame"/>).</summary>
/// <param name="Top">Its upper end; negative is above the eyes.</param>
/// <param name="Bottom">Its lower end.</param>
/// <param name="HalfWidth">Half its width.</param>
public sealed record FaceOval(float Top, float Bottom, float HalfWidth)
{
    /// <summary>The whole face with forehead and chin.</summary>
    public static FaceOval Whole(FaceLandmarks landmarks) => new(-1.05f, Mouth(landmarks) + 0.78f, 1.12f);

    /// <summary>The features: from the brows to below the lips, without hair and outline.</summary>
    public static FaceOval Features(FaceLandmarks landmarks) => new(-0.62f, Mouth(landmarks) + 0.52f, 0.90f);

    private static float Mouth(FaceLandmarks landmarks) => landmarks.Frame.ToFace(landmarks.MouthMiddle).Y;
}
