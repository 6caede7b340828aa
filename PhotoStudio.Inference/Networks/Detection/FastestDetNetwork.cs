using PhotoStudio.Imaging;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Networks.Detection;

/// <summary>
/// FastestDet as dog-qiuqiu publishes it: one box for each cell of a 22×22 grid, whose regression is outside the graph.
/// </summary>
public sealed class FastestDetNetwork : IObjectNetwork
{
    private const int Grid = 22;

    /// <inheritdoc/>
    public string Family => "fastestdet";

    /// <inheritdoc/>
    public IReadOnlyList<ScoredBox> Find(
        OnnxSession session, ModelProcessing processing, Picture picture, float minScore, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(processing);
        ArgumentNullException.ThrowIfNull(picture);
        var input = processing.Inputs[0].Prepare(picture, cancellationToken);
        using var outputs = session.Run([(processing.InputName(0), input)], [processing.OutputName(0)], cancellationToken);
        var found = Decode(outputs.Values(processing.OutputName(0)), picture.Width, picture.Height, minScore);
        return NonMaximumSuppression.Keep(found, (float)processing.Threshold("iou"), byClass: false, pixel: 1);
    }

    // The channels of a cell lie a whole grid apart: objectness, four numbers of the box, then the classes.
    private static List<ScoredBox> Decode(ReadOnlySpan<float> values, int width, int height, float minScore)
    {
        const int Cells = Grid * Grid;
        List<ScoredBox> found = [];
        for (var cell = 0; cell < Cells; cell++)
        {
            var best = 0;
            for (var c = 1; c < CocoLabels.All.Count; c++)
                if (values[((5 + c) * Cells) + cell] > values[((5 + best) * Cells) + cell]) best = c;

            var score = MathF.Pow(values[cell], 0.6f) * MathF.Pow(values[((5 + best) * Cells) + cell], 0.4f);
            if (!(score >= minScore)) continue;

            var x = ((cell % Grid) + MathF.Tanh(values[Cells + cell])) / Grid * width;
            var y = ((cell / Grid) + MathF.Tanh(values[(2 * Cells) + cell])) / Grid * height;
            float across = Sigmoid(values[(3 * Cells) + cell]) * width, down = Sigmoid(values[(4 * Cells) + cell]) * height;
            found.Add(new(best, score, x - (across / 2), y - (down / 2), across, down));
        }

        return found;
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
