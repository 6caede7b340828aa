using System.Numerics;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Faces.Portraits;

/// <summary>
/// Finds clear faces from the front without a network: <see cref="FaceWindow"/> is tried at every place, size and tilt; around the best
/// places the eyes are looked for, and in a colour picture the colour of the skin has its say (after Hsu, Abdel-Mottaleb, Jain, "Face
/// Detection in Color Images", PAMI 2002). Faces tilted by up to about 20 degrees whose eyes are at least 4 % of the longer side apart.
/// </summary>
public sealed class PortraitFaceFinder : IFaceFinder
{
    // The logarithm of the odds at which a gray picture's face is as likely as not; in colour, the share of skin that changes nothing and
    // what all of it adds.
    private const float EvenOdds = 0.7f;
    private const float EvenSkin = 0.55f, SkinWeight = 4;

    // There are ever more places for ever smaller faces: below this part of the longer side, half the size has to look so much surer.
    private const float CommonShare = 0.08f, SmallnessWeight = 2.5f;

    // How far the eyes may lie from where the window has them: from the middle, and as a ratio of their distances.
    private const float MostMove = 0.3f, MostStretch = 1.3f;

    // How much worse the window at the found eyes may look than the one before.
    private const float MostLoss = 2.5f;

    // Cheeks, nose, upper lip, chin, temples.
    private static readonly Vector2[] SkinPoints =
    [
        new(-0.6f, 0.45f), new(0.6f, 0.45f), new(-0.45f, 0.7f), new(0.45f, 0.7f), new(0, 0.3f), new(0, 0.5f), new(-0.5f, 1.2f), new(0.5f, 1.2f),
        new(0, 1.45f), new(0, -0.15f), new(-0.55f, 0.3f), new(0.55f, 0.3f),
    ];

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
        foreach (var (score, frame) in FaceSearch.Run(ready, FaceWindow.Shipped, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (moved, looks) = MovedToEyes(ready, frame, score);
            var share = moved.Unit / Math.Max(ready.Lightness.Width, ready.Lightness.Height);
            var odds = looks - EvenOdds - (SmallnessWeight * MathF.Log2(Math.Max(1, CommonShare / share)));
            if (!ready.IsGray) odds += SkinWeight * (SkinAround(ready.Skin, moved) - EvenSkin);
            if (odds >= 0) found.Add(Measure(picture, ready, moved, 1 / (1 + Math.Exp(-odds))));
        }

        List<FoundFace> faces = [];
        foreach (var face in found.OrderByDescending(face => face.Score).ThenBy(face => face.Box.X))
            if (faces.TrueForAll(other => !Collide(face, other))) faces.Add(face);
        return faces;
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

    // Moves the frame to the eyes where they are found near; tells how much the window there looks like a face.
    private static (FaceFrame Frame, float Score) MovedToEyes(FacePicture ready, FaceFrame frame, float score)
    {
        var moved = frame;
        for (var round = 0; round < 3; round++)
        {
            var (left, right) = FaceFeatures.Eyes(ready.Sample(moved));
            var next = FaceFrame.Of(moved.ToPicture(left), moved.ToPicture(right));
            if (Vector2.Distance(next.Origin, frame.Origin) > MostMove * frame.Unit || next.Unit / frame.Unit is < 1 / MostStretch or > MostStretch) break;
            moved = next;
        }

        var looks = FaceSearch.ScoreAt(ready, FaceWindow.Shipped, moved);
        return looks > score - MostLoss ? (moved, Math.Max(looks, score)) : (frame, score);
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
