using System.Numerics;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Faces.Portraits;

/// <summary>
/// Finds clear faces from the front without a trained model: a drawn template of a face's light and dark is compared at every place,
/// size and tilt; around the best matches eyes, mouth and nose are looked for, and geometry, symmetry, skin colour and smoothness decide
/// (after Hsu, Abdel-Mottaleb, Jain, "Face Detection in Color Images", PAMI 2002). Faces tilted by up to about 25 degrees whose eyes
/// are at least 7 % of the longer side apart.
/// </summary>
public sealed class PortraitFaceFinder : IFaceFinder
{
    private const float TemplateUnit = 12;
    private const float SmallestUnit = 16;
    private const float SmallestShare = 0.06f;
    private const float StepOfUnit = 1.13f;
    private const float LeastFit = 0.18f;
    private const int MostCandidates = 90;
    private const double LeastScore = 0.78;

    // After moving to the eyes, as a part of the longer side.
    private const float LeastUnit = 0.0705f;

    private const float LeastSkin = 0.4f;

    // Cheeks, nose, upper lip, chin, temples.
    private static readonly Vector2[] SkinPoints =
    [
        new(-0.6f, 0.45f), new(0.6f, 0.45f), new(-0.45f, 0.7f), new(0.45f, 0.7f), new(0, 0.3f), new(0, 0.5f), new(-0.5f, 1.2f), new(0.5f, 1.2f),
        new(0, 1.45f), new(0, -0.15f), new(-0.55f, 0.3f), new(0.55f, 0.3f),
    ];

    // Radians.
    private static readonly FaceTemplate[] Templates =
        [.. new[] { 0f, -0.24f, 0.24f }.Select(angle => new FaceTemplate(TemplateUnit, angle))];

    /// <inheritdoc/>
    public string Name => "portrait-geometry";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public long MemoryBytes => 40_000_000;

    /// <inheritdoc/>
    public IReadOnlyList<FoundFace> Find(Picture picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var ready = FacePicture.From(picture, cancellationToken);
        List<FoundFace> found = [];
        foreach (var candidate in Candidates(ready, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Examine(ready, candidate.Frame) is var (frame, evidence) && frame.Unit >= LeastUnit * Math.Max(ready.Lightness.Width, ready.Lightness.Height) && evidence.IsPossible(ready.IsGray) && evidence.Score >= LeastScore)
                found.Add(Measure(picture, ready, frame, evidence.Score));
        }

        List<FoundFace> faces = [];
        foreach (var face in found.OrderByDescending(face => face.Score * MathF.Sqrt(face.Landmarks.EyeDistance)).ThenBy(face => face.Box.X))
            if (faces.TrueForAll(other => !Collide(face, other))) faces.Add(face);
        return faces;
    }

    /// <summary>Places where the template fits, the best first.</summary>
    internal static List<(float Fit, FaceFrame Frame)> Candidates(FacePicture ready, CancellationToken cancellationToken)
    {
        List<(float Fit, FaceFrame Frame)> all = [];
        int width = ready.Lightness.Width, height = ready.Lightness.Height;
        for (var unit = Math.Max(SmallestUnit, SmallestShare * Math.Max(width, height)); unit * 2.15f < Math.Min(width, height); unit *= StepOfUnit)
        {
            var level = LocalContrast.Of(ready.Scaled(unit, TemplateUnit, cancellationToken), TemplateUnit, cancellationToken);
            foreach (var template in Templates)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var fits = template.Correlate(level, cancellationToken);
                for (var y = 1; y < fits.Height - 1; y++)
                {
                    for (var x = 1; x < fits.Width - 1; x++)
                    {
                        var fit = fits[x, y];
                        if (fit < LeastFit || fit < fits[x - 1, y] || fit < fits[x + 1, y] || fit < fits[x, y - 1] || fit < fits[x, y + 1]) continue;
                        var scale = new Vector2(width / (float)level.Width, height / (float)level.Height);
                        var frame = new FaceFrame(new Vector2(x + 0.5f, y + 0.5f) * scale, template.Across * unit);
                        if (!ready.IsGray) fit *= SkinAround(ready.Skin, frame);
                        if (fit >= LeastFit * LeastSkin) all.Add((fit, frame));
                    }
                }
            }
        }

        List<(float Fit, FaceFrame Frame)> chosen = [];
        foreach (var candidate in all.OrderByDescending(candidate => candidate.Fit))
        {
            if (chosen.Count == MostCandidates) break;
            if (chosen.TrueForAll(other => !Near(candidate.Frame, other.Frame))) chosen.Add(candidate);
        }

        return chosen;

        static bool Near(FaceFrame one, FaceFrame other) =>
            Vector2.Distance(one.Origin, other.Origin) < 0.25f * other.Unit && one.Unit / other.Unit is > 0.8f and < 1.25f;
    }

    // The share of skin on cheeks, nose and chin.
    private static float SkinAround(Plane skin, FaceFrame frame)
    {
        float sum = 0;
        foreach (var point in SkinPoints)
        {
            var at = frame.ToPicture(point);
            sum += skin[Math.Clamp((int)at.X, 0, skin.Width - 1), Math.Clamp((int)at.Y, 0, skin.Height - 1)];
        }

        return sum / SkinPoints.Length;
    }

    /// <summary>Moves the frame to the eyes and weighs what is there; keeps the better of before and after.</summary>
    internal static (FaceFrame Frame, FaceEvidence Evidence) Examine(FacePicture ready, FaceFrame frame)
    {
        var patch = ready.Sample(frame);
        var evidence = FaceEvidence.Of(patch, ready.IsGray);
        for (var round = 0; round < 3; round++)
        {
            var (left, right) = FaceFeatures.Eyes(patch);
            var moved = FaceFrame.Of(frame.ToPicture(left), frame.ToPicture(right));
            if (moved.Unit < 0.5f * frame.Unit) break;
            patch = ready.Sample(moved);
            var next = FaceEvidence.Of(patch, ready.IsGray);
            if (next.Score < evidence.Score) break;
            (frame, evidence) = (moved, next);
        }

        return (frame, evidence);
    }

    private static FoundFace Measure(Picture picture, FacePicture ready, FaceFrame frame, double score)
    {
        var (nose, mouthLeft, mouthRight) = FaceFeatures.NoseAndMouth(ready.Sample(frame));
        float scaleX = picture.Width / (float)ready.Lightness.Width, scaleY = picture.Height / (float)ready.Lightness.Height;
        var landmarks = new FaceLandmarks(At(new(-0.5f, 0)), At(new(0.5f, 0)), At(nose), At(mouthLeft), At(mouthRight));
        return new(BoxOf(landmarks, picture), score, landmarks);

        Vector2 At(Vector2 point) => frame.ToPicture(point) * new Vector2(scaleX, scaleY);
    }

    private static FaceBox BoxOf(FaceLandmarks landmarks, Picture picture)
    {
        // Upright around the tilted oval of the face, from the middle of the forehead to the chin.
        var frame = landmarks.Frame;
        var mouth = frame.ToFace(landmarks.MouthMiddle).Y;
        var chin = mouth + 0.72f;
        Vector2 middle = frame.ToPicture(new(0, (chin - 0.85f) / 2)), across = 1.02f * frame.Across, down = ((chin + 0.85f) / 2) * frame.Down;
        var half = new Vector2(
            MathF.Sqrt((across.X * across.X) + (down.X * down.X)), MathF.Sqrt((across.Y * across.Y) + (down.Y * down.Y)));
        var from = Vector2.Max(Vector2.Zero, middle - half);
        var to = Vector2.Min(new(picture.Width, picture.Height), middle + half);
        return new(from.X, from.Y, to.X - from.X, to.Y - from.Y);
    }

    private static bool Collide(FoundFace one, FoundFace other)
    {
        if (one.Box.OverlapWith(other.Box) > 0.2f) return true;

        // A part of a face or of its hair is no face of its own.
        var inside = other.Landmarks.Frame.ToFace(one.Landmarks.EyesMiddle);
        return Math.Abs(inside.X) < 1.2f && inside.Y is > -1.6f and < 2.2f;
    }
}
