using System.Numerics;
using System.Text.Json;
using PhotoStudio.Core.Faces;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Faces;
using PhotoStudio.Inference.Faces.Portraits;
using DetectFacesOperation = PhotoStudio.Core.Operations.DetectFaces;

namespace PhotoStudio.Inference.Engines.DetectFaces;

/// <summary>Finds clear faces from the front without a model, see <see cref="PortraitFaceFinder"/>.</summary>
public sealed class DetectFacesEngine : IEngine
{
    // The decoder's buffers and the decoded picture.
    private const int BytesPerPixel = 6;

    private readonly PortraitFaceFinder _finder = new();

    /// <inheritdoc/>
    public string Operation => "detect-faces";

    /// <inheritdoc/>
    public string Name => _finder.Name;

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => _finder.MemoryBytes + (run.Input().Header.Pixels * BytesPerPixel);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        run.Progress.Report(new(0.2, "looking for faces"));
        var faces = _finder.Find(picture, cancellationToken)
            .Where(face => face.Score >= run.Parameters.Get(DetectFacesOperation.MinScore))
            .Take(run.Parameters.Get(DetectFacesOperation.MaxFaces));
        var found = new DetectedFaces([.. faces.Select(Describe)], picture.Width, picture.Height);
        return Task.FromResult(new EngineOutput { Data = JsonSerializer.Serialize(found, DetectedFacesJson.Default.DetectedFaces) });
    }

    private static DetectedFace Describe(FoundFace face) => new(
        new(Rounded(face.Box.X), Rounded(face.Box.Y), Rounded(face.Box.Width), Rounded(face.Box.Height)),
        Math.Round(face.Score, 4),
        new(
            Point(face.Landmarks.LeftEye),
            Point(face.Landmarks.RightEye),
            Point(face.Landmarks.Nose),
            Point(face.Landmarks.MouthLeft),
            Point(face.Landmarks.MouthRight)));

    private static DetectedPoint Point(Vector2 position) => new(Rounded(position.X), Rounded(position.Y));

    private static double Rounded(float pixels) => Math.Round(pixels, 1);
}
