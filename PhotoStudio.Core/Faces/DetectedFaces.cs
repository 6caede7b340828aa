using System.Text.Json.Serialization;

namespace PhotoStudio.Core.Faces;

/// <summary>What <c>detect-faces</c> delivers. Positions are pixels of the picture after its EXIF orientation.</summary>
/// <param name="Faces">The faces, the surest first; none is an answer too.</param>
/// <param name="Width">The picture's width in pixels.</param>
/// <param name="Height">The picture's height in pixels.</param>
public sealed record DetectedFaces(IReadOnlyList<DetectedFace> Faces, int Width, int Height);

/// <summary>A face.</summary>
/// <param name="Box">From the forehead to the chin, inside the picture.</param>
/// <param name="Score">How sure it is that this is a face, 0–1.</param>
/// <param name="Landmarks">Where its features are.</param>
public sealed record DetectedFace(DetectedBox Box, double Score, DetectedLandmarks Landmarks)
{
    /// <summary>Whether the landmarks are only where faces usually have them, because the finder tells boxes alone; left out when not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LandmarksEstimated { get; init; }
}

/// <summary>A box in pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
public sealed record DetectedBox(double X, double Y, double Width, double Height);

/// <summary>The five landmarks; left and right are the picture's.</summary>
/// <param name="LeftEye">The middle of the eye further left.</param>
/// <param name="RightEye">The middle of the eye further right.</param>
/// <param name="Nose">The tip of the nose.</param>
/// <param name="MouthLeft">The corner of the mouth further left.</param>
/// <param name="MouthRight">The corner of the mouth further right.</param>
public sealed record DetectedLandmarks(
    DetectedPoint LeftEye, DetectedPoint RightEye, DetectedPoint Nose, DetectedPoint MouthLeft, DetectedPoint MouthRight);

/// <summary>A point in pixels.</summary>
/// <param name="X">From the left edge.</param>
/// <param name="Y">From the upper edge.</param>
public sealed record DetectedPoint(double X, double Y);

/// <summary>The JSON of detected faces, snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DetectedFaces))]
public sealed partial class DetectedFacesJson : JsonSerializerContext;
