using System.Numerics;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Faces;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Networks.Detection;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Networks.Faces;

/// <summary>
/// YuNet (Wu, Peng, Yu, "YuNet: A Tiny Millisecond-level Face Detector", 2023) as OpenCV's zoo publishes it with an input of one size: the
/// picture at the top left, shrunk to fit and never enlarged. Per cell of the strides 8, 16 and 32 a class and an objectness score, a box
/// and five landmarks; decoded as OpenCV's <c>FaceDetectorYN</c> does.
/// </summary>
public static class YunetNetwork
{
    /// <summary>The family in the catalogue.</summary>
    public const string Family = "yunet";

    private static readonly int[] Strides = [8, 16, 32];

    /// <summary>Finds faces, the surest first.</summary>
    /// <param name="session">The loaded network.</param>
    /// <param name="processing">What goes in and out of it.</param>
    /// <param name="picture">Any size; faces of about 10 to 300 pixels once the picture is shrunk to the input are found.</param>
    /// <param name="minScore">How sure a find must be, 0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static IReadOnlyList<FoundFace> Find(
        OnnxSession session, ModelProcessing processing, Picture picture, float minScore, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(processing);
        ArgumentNullException.ThrowIfNull(picture);
        var (width, height) = processing.Inputs[0].Size();
        var place = Letterbox.TopLeft(picture.Width, picture.Height, width, height, enlarge: false);
        var input = processing.Inputs[0].Prepare(picture, place, cancellationToken);
        string[] names = [.. Enumerable.Range(0, processing.Outputs.Count).Select(processing.OutputName)];
        using var outputs = session.Run([(processing.InputName(0), input)], names, cancellationToken);
        List<(ScoredBox Box, FaceLandmarks Landmarks)> found = [];
        foreach (var stride in Strides) Decode(outputs, stride, width / stride, place, minScore, found);

        // The index goes along as the class, so that the landmarks are found again.
        var kept = NonMaximumSuppression.Keep(
            found.Select((face, index) => face.Box with { Class = index }),
            (float)processing.Threshold("iou"),
            byClass: false,
            most: (int)processing.Threshold("candidates"));
        return
        [
            .. kept.Select(face => (Box: face.Within(picture.Width, picture.Height), found[face.Class].Landmarks))
                .Where(face => face.Box is { Width: > 0, Height: > 0 })
                .Select(face => new FoundFace(new(face.Box.X, face.Box.Y, face.Box.Width, face.Box.Height), face.Box.Score, face.Landmarks)),
        ];
    }

    private static void Decode(
        OnnxOutputs outputs, int stride, int columns, Letterbox place, float minScore, List<(ScoredBox Box, FaceLandmarks Landmarks)> found)
    {
        ReadOnlySpan<float> classes = outputs.Values($"cls_{stride}"), objects = outputs.Values($"obj_{stride}");
        ReadOnlySpan<float> boxes = outputs.Values($"bbox_{stride}"), points = outputs.Values($"kps_{stride}");
        for (var i = 0; i < classes.Length; i++)
        {
            var score = MathF.Sqrt(Math.Clamp(classes[i], 0, 1) * Math.Clamp(objects[i], 0, 1));
            if (!(score >= minScore)) continue;

            int column = i % columns, row = i / columns;
            var at = boxes.Slice(4 * i, 4);
            float x = (column + at[0]) * stride, y = (row + at[1]) * stride, width = MathF.Exp(at[2]) * stride, height = MathF.Exp(at[3]) * stride;
            var (left, top) = place.ToPicture(x - (width / 2), y - (height / 2));
            var marks = points.Slice(10 * i, 10);
            found.Add((
                new(0, score, left, top, (float)(width / place.ScaleX), (float)(height / place.ScaleY)),

                // The subject's right eye and right corner of the mouth come first, which are the picture's left ones.
                new(Point(marks, 0), Point(marks, 1), Point(marks, 2), Point(marks, 3), Point(marks, 4))));

            Vector2 Point(ReadOnlySpan<float> values, int index)
            {
                var (px, py) = place.ToPicture((values[2 * index] + column) * stride, (values[(2 * index) + 1] + row) * stride);
                return new(px, py);
            }
        }
    }
}
