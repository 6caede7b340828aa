using System.Numerics.Tensors;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Networks.Detection;

/// <summary>
/// YOLOX (Ge et al., "YOLOX: Exceeding YOLO Series in 2021") as Megvii publishes it: a letterbox at the top left, and grids of the strides
/// 8, 16 and 32 that are decoded outside the graph.
/// </summary>
public sealed class YoloxNetwork : IObjectNetwork
{
    private static readonly int[] Strides = [8, 16, 32];

    /// <inheritdoc/>
    public string Family => "yolox";

    /// <inheritdoc/>
    public IReadOnlyList<ScoredBox> Find(
        OnnxSession session, ModelProcessing processing, Picture picture, float minScore, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(processing);
        ArgumentNullException.ThrowIfNull(picture);
        var (width, height) = processing.Inputs[0].Size();
        var place = Letterbox.TopLeft(picture.Width, picture.Height, width, height, enlarge: true);
        var input = processing.Inputs[0].Prepare(picture, place, cancellationToken);
        using var outputs = session.Run([(processing.InputName(0), input)], [processing.OutputName(0)], cancellationToken);
        var found = Decode(outputs.Values(processing.OutputName(0)), width, height, place, minScore);
        return NonMaximumSuppression.Keep(found, (float)processing.Threshold("iou"), byClass: false, pixel: 1);
    }

    private static List<ScoredBox> Decode(ReadOnlySpan<float> values, int width, int height, Letterbox place, float minScore)
    {
        List<ScoredBox> found = [];
        var size = 5 + CocoLabels.All.Count;
        var at = 0;
        foreach (var stride in Strides)
        {
            for (var row = 0; row < height / stride; row++)
            {
                for (var column = 0; column < width / stride; column++, at += size)
                {
                    var cell = values.Slice(at, size);
                    var best = TensorPrimitives.IndexOfMax(cell[5..]);
                    var score = cell[4] * cell[5 + best];
                    if (!(score >= minScore)) continue;

                    float x = (cell[0] + column) * stride, y = (cell[1] + row) * stride;
                    float across = MathF.Exp(cell[2]) * stride, down = MathF.Exp(cell[3]) * stride;
                    var (left, top) = place.ToPicture(x - (across / 2), y - (down / 2));
                    found.Add(new(best, score, left, top, (float)(across / place.ScaleX), (float)(down / place.ScaleY)));
                }
            }
        }

        return found;
    }
}
