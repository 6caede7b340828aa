using System.Numerics;
using System.Text.Json;
using PhotoStudio.Core.Faces;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Faces;
using DetectFacesOperation = PhotoStudio.Core.Operations.DetectFaces;

namespace PhotoStudio.Inference.Engines.DetectFaces;

/// <summary>What the engines of detect-faces have in common: they run a finder and list what it found.</summary>
internal static class FaceListing
{
    // The decoder's buffers, the decoded picture, and a smaller copy of it.
    private const int BytesPerPixel = 6 + 4;

    /// <summary>Memory for a run, in bytes.</summary>
    public static long MemoryFor(EngineRun run, IFaceFinder finder) => finder.MemoryBytes + (run.Input().Header.Pixels * BytesPerPixel);

    /// <summary>Decodes the run's picture and lists its faces.</summary>
    public static EngineOutput Run(EngineRun run, IFaceFinder finder, CancellationToken cancellationToken, string? model = null)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        run.Progress.Report(new(0.2, "looking for faces"));
        var faces = finder.Find(picture, cancellationToken)
            .Where(face => face.Score >= run.Parameters.Get(DetectFacesOperation.MinScore))
            .Take(run.Parameters.Get(DetectFacesOperation.MaxFaces));
        var found = new DetectedFaces([.. faces.Select(Describe)], picture.Width, picture.Height);
        return new() { Data = JsonSerializer.Serialize(found, DetectedFacesJson.Default.DetectedFaces), Model = model };
    }

    private static DetectedFace Describe(FoundFace face) => new(
        new(Rounded(face.Box.X), Rounded(face.Box.Y), Rounded(face.Box.Width), Rounded(face.Box.Height)),
        Math.Round(face.Score, 4),
        new(
            Point(face.Landmarks.LeftEye),
            Point(face.Landmarks.RightEye),
            Point(face.Landmarks.Nose),
            Point(face.Landmarks.MouthLeft),
            Point(face.Landmarks.MouthRight)))
    {
        LandmarksEstimated = face.HasUsualLandmarks,
    };

    private static DetectedPoint Point(Vector2 position) => new(Rounded(position.X), Rounded(position.Y));

    private static double Rounded(float pixels) => Math.Round(pixels, 1);
}
