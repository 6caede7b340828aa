using System.Numerics;

namespace PhotoStudio.Inference.Faces;

/// <summary>A face in a picture.</summary>
/// <param name="Box">The face from the middle of the forehead to the chin, inside the picture.</param>
/// <param name="Score">How sure it is that this is a face, 0–1.</param>
/// <param name="Landmarks">Where its features are.</param>
public sealed record FoundFace(FaceBox Box, double Score, FaceLandmarks Landmarks)
{
    /// <summary>Whether the landmarks are where faces have them usually, because the finder tells boxes alone.</summary>
    public bool HasUsualLandmarks { get; init; }
}

/// <summary>A box in pixels of the picture; left and top may lie between pixels.</summary>
public readonly record struct FaceBox(float X, float Y, float Width, float Height)
{
    /// <summary>The area that two boxes share, as a part of the area that they cover together, 0–1.</summary>
    public float OverlapWith(FaceBox other)
    {
        var width = Math.Min(X + Width, other.X + other.Width) - Math.Max(X, other.X);
        var height = Math.Min(Y + Height, other.Y + other.Height) - Math.Max(Y, other.Y);
        if (width <= 0 || height <= 0) return 0;
        var shared = width * height;
        return shared / ((Width * Height) + (other.Width * other.Height) - shared);
    }
}

/// <summary>
/// The five landmarks of face detection, in pixels; the middle of the first pixel is (0.5, 0.5). Left and right are the picture's.
/// </summary>
/// <param name="LeftEye">The middle of the iris of the eye further left.</param>
/// <param name="RightEye">The middle of the iris of the eye further right.</param>
/// <param name="Nose">The tip of the nose.</param>
/// <param name="MouthLeft">The corner of the mouth further left.</param>
/// <param name="MouthRight">The corner of the mouth further right.</param>
public sealed record FaceLandmarks(Vector2 LeftEye, Vector2 RightEye, Vector2 Nose, Vector2 MouthLeft, Vector2 MouthRight)
{
    /// <summary>The point between the eyes.</summary>
    public Vector2 EyesMiddle => (LeftEye + RightEye) / 2;

    /// <summary>The point between the corners of the mouth.</summary>
    public Vector2 MouthMiddle => (MouthLeft + MouthRight) / 2;

    /// <summary>The distance between the eyes, in pixels.</summary>
    public float EyeDistance => Vector2.Distance(LeftEye, RightEye);

    /// <summary>The frame in which the face stands upright.</summary>
    public FaceFrame Frame => FaceFrame.Of(LeftEye, RightEye);
}

/// <summary>
/// The coordinates of a face: the origin is between the eyes, the first axis goes through the right eye, the unit is the distance between
/// the eyes. The left eye is at (−½, 0), the right eye at (½, 0), the mouth at about (0, 1.1).
/// </summary>
/// <param name="Origin">The origin in pixels.</param>
/// <param name="Across">The first axis in pixels; its length is the unit.</param>
public readonly record struct FaceFrame(Vector2 Origin, Vector2 Across)
{
    /// <summary>The second axis in pixels, down the face.</summary>
    public Vector2 Down => new(-Across.Y, Across.X);

    /// <summary>The unit in pixels.</summary>
    public float Unit => Across.Length();

    /// <summary>The frame of a face with these eyes.</summary>
    public static FaceFrame Of(Vector2 leftEye, Vector2 rightEye) => new((leftEye + rightEye) / 2, rightEye - leftEye);

    /// <summary>The pixel position of a point of the face.</summary>
    public Vector2 ToPicture(Vector2 point) => Origin + (point.X * Across) + (point.Y * Down);

    /// <summary>The point of the face at a pixel position.</summary>
    public Vector2 ToFace(Vector2 position)
    {
        var offset = (position - Origin) / Across.LengthSquared();
        return new(Vector2.Dot(offset, Across), Vector2.Dot(offset, Down));
    }
}
