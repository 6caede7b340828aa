using System.Numerics.Tensors;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Networks.Detection;

/// <summary>
/// NanoDet-Plus (RangiLyu) as OpenCV's zoo publishes it: a centred letterbox; for each of four strides class scores and the distances of the
/// box's sides as distributions over eight bins (Li et al., "Generalized Focal Loss", 2020).
/// </summary>
public sealed class NanoDetNetwork : IObjectNetwork
{
    private const int Side = 416, Bins = 8;

    private static readonly int[] Strides = [8, 16, 32, 64];

    /// <inheritdoc/>
    public string Family => "nanodet";

    /// <inheritdoc/>
    public IReadOnlyList<ScoredBox> Find(
        OnnxSession session, ModelProcessing processing, Picture picture, float minScore, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(processing);
        ArgumentNullException.ThrowIfNull(picture);
        var place = Letterbox.Centered(picture.Width, picture.Height, Side);
        var input = processing.Inputs[0].Prepare(picture, place, cancellationToken);
        string[] names = [.. Enumerable.Range(0, 2 * Strides.Length).Select(processing.OutputName)];
        using var outputs = session.Run([(processing.InputName(0), input)], names, cancellationToken);
        List<ScoredBox> found = [];
        for (var level = 0; level < Strides.Length; level++)
        {
            ReadOnlySpan<float> scores = outputs.Values(names[2 * level]), sides = outputs.Values(names[(2 * level) + 1]);
            var cells = Cells(Strides[level]);
            if (scores.Length != cells * CocoLabels.All.Count || sides.Length != cells * 4 * Bins)
                throw session.Unexpected($"its outputs for the stride {Strides[level]} have {scores.Length} and {sides.Length} values");

            var decoded = Decode(scores, sides, Strides[level], place, minScore);
            found.AddRange(decoded.OrderByDescending(find => find.Score).Take((int)processing.Threshold("candidates")));
        }

        return NonMaximumSuppression.Keep(found, (float)processing.Threshold("iou"), byClass: true);
    }

    private static int Cells(int stride)
    {
        // An odd remainder has a cell of its own: 416 / 64 gives seven.
        var across = (Side + stride - 1) / stride;
        return across * across;
    }

    private static List<ScoredBox> Decode(
        ReadOnlySpan<float> scores, ReadOnlySpan<float> distances, int stride, Letterbox place, float minScore)
    {
        List<ScoredBox> found = [];
        int classes = CocoLabels.All.Count, across = (Side + stride - 1) / stride;
        for (var cell = 0; cell < Cells(stride); cell++)
        {
            var best = TensorPrimitives.IndexOfMax(scores.Slice(cell * classes, classes));
            var score = scores[(cell * classes) + best];
            if (!(score >= minScore)) continue;

            float x = (cell % across * stride) + (0.5f * (stride - 1)), y = (cell / across * stride) + (0.5f * (stride - 1));
            var sides = distances.Slice(cell * 4 * Bins, 4 * Bins);
            float left = x - (Expectation(sides[..Bins]) * stride), top = y - (Expectation(sides[Bins..(2 * Bins)]) * stride);
            float right = x + (Expectation(sides[(2 * Bins)..(3 * Bins)]) * stride), bottom = y + (Expectation(sides[(3 * Bins)..]) * stride);

            // The zoo keeps boxes inside the input.
            (left, top) = place.ToPicture(Math.Clamp(left, 0, Side), Math.Clamp(top, 0, Side));
            (right, bottom) = place.ToPicture(Math.Clamp(right, 0, Side), Math.Clamp(bottom, 0, Side));
            found.Add(new(best, score, left, top, right - left, bottom - top));
        }

        return found;
    }

    // The mean of the softmax over the bins 0 to 7.
    private static float Expectation(ReadOnlySpan<float> logits)
    {
        float most = TensorPrimitives.Max(logits), sum = 0, mean = 0;
        for (var bin = 0; bin < Bins; bin++)
        {
            var weight = MathF.Exp(logits[bin] - most);
            sum += weight;
            mean += bin * weight;
        }

        return mean / sum;
    }
}
