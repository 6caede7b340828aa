using PhotoStudio.Imaging;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Networks.Detection;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Networks.Faces;

/// <summary>
/// The "Ultra-Light-Fast-Generic-Face-Detector-1MB" by Linzaer: boxes are decoded inside the graph to corners as parts of the picture's
/// sides. It gives no landmarks.
/// </summary>
/// <remarks>
/// Files whose boxes are not decoded (<c>*_without_postprocessing</c>, <c>*_simplified</c>) have the same inputs and outputs: the catalogue
/// tells them apart by their hashes.
/// </remarks>
public static class UltraFaceNetwork
{
    /// <summary>The family in the catalogue.</summary>
    public const string Family = "ultraface";

    /// <summary>Finds faces, the surest first.</summary>
    /// <param name="session">The loaded network.</param>
    /// <param name="processing">What goes in and out of it.</param>
    /// <param name="picture">Any size.</param>
    /// <param name="minScore">How sure a find must be, 0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static IReadOnlyList<ScoredBox> Find(
        OnnxSession session, ModelProcessing processing, Picture picture, float minScore, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(processing);
        ArgumentNullException.ThrowIfNull(picture);
        string[] names = [processing.OutputName(0), processing.OutputName(1)];
        var input = processing.Inputs[0].Prepare(picture, cancellationToken);
        using var outputs = session.Run([(processing.InputName(0), input)], names, cancellationToken);
        ReadOnlySpan<float> scores = outputs.Values(names[0]), corners = outputs.Values(names[1]);
        List<ScoredBox> found = [];
        for (var i = 0; i < scores.Length / 2; i++)
        {
            // Of each pair the first score is the background's, the second the face's.
            var score = scores[(2 * i) + 1];
            if (!(score >= minScore)) continue;
            float left = corners[4 * i] * picture.Width, top = corners[(4 * i) + 1] * picture.Height;
            found.Add(new(0, score, left, top, (corners[(4 * i) + 2] * picture.Width) - left, (corners[(4 * i) + 3] * picture.Height) - top));
        }

        var kept = NonMaximumSuppression.Keep(
            found, (float)processing.Threshold("iou"), byClass: false, most: (int)processing.Threshold("candidates"));
        return [.. kept.Select(face => face.Within(picture.Width, picture.Height)).Where(face => face is { Width: > 0, Height: > 0 })];
    }
}
