using Microsoft.ML.OnnxRuntime;
using PhotoStudio.Imaging;

namespace PhotoStudio.Tests.Inference.Networks;

/// <summary>
/// Detection as the publishers' own programs state it, in plain scalar code of the tests' own: OpenCV's resizing, the tensor, a bare call of
/// ONNX Runtime, the decoding, and the suppression of what overlaps. Nothing of the studio's code but pictures is used.
/// </summary>
internal static class PlainReference
{
    /// <summary>A find: corners in pixels, the score, the class, and points where there are any.</summary>
    public sealed record Found(float Left, float Top, float Right, float Bottom, float Score, int Class, (float X, float Y)[] Points);

    /// <summary>YuNet 2023mar by OpenCV's face_detect.cpp, on its fixed input of 640×640.</summary>
    public static List<Found> Yunet(string model, Picture picture)
    {
        const int Side = 640;
        var ratio = Math.Min(1.0, Math.Min((double)Side / picture.Width, (double)Side / picture.Height));
        int width = (int)(picture.Width * ratio), height = (int)(picture.Height * ratio);
        var input = new float[3 * Side * Side];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var c = 0; c < 3; c++)
                    input[(((c * Side) + y) * Side) + x] = Linear(picture, x, y, width, height, 2 - c);
            }
        }

        var outputs = Run(model, "input", input, [1, 3, Side, Side]);
        List<Found> found = [];
        foreach (var stride in (int[])[8, 16, 32])
        {
            float[] cls = outputs[$"cls_{stride}"], obj = outputs[$"obj_{stride}"], box = outputs[$"bbox_{stride}"], kps = outputs[$"kps_{stride}"];
            var columns = Side / stride;
            for (var row = 0; row < columns; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    var i = (row * columns) + column;
                    var score = MathF.Sqrt(Math.Clamp(cls[i], 0, 1) * Math.Clamp(obj[i], 0, 1));
                    if (score < 0.6f) continue;
                    float cx = (column + box[4 * i]) * stride, cy = (row + box[(4 * i) + 1]) * stride;
                    float w = MathF.Exp(box[(4 * i) + 2]) * stride, h = MathF.Exp(box[(4 * i) + 3]) * stride;
                    var points = Enumerable.Range(0, 5).Select(n => (
                        (float)((kps[(10 * i) + (2 * n)] + column) * stride / ratio),
                        (float)((kps[(10 * i) + (2 * n) + 1] + row) * stride / ratio))).ToArray();
                    found.Add(new(
                        (float)((cx - (w / 2)) / ratio), (float)((cy - (h / 2)) / ratio), (float)((cx + (w / 2)) / ratio), (float)((cy + (h / 2)) / ratio),
                        score, 0, points));
                }
            }
        }

        return Suppress(found, 0.3f, 0);
    }

    /// <summary>UltraFace RFB-320 by the publisher's run_video_face_detect_onnx.py and box_utils_numpy.py.</summary>
    public static List<Found> UltraFace(string model, Picture picture)
    {
        const int Width = 320, Height = 240;
        var input = new float[3 * Width * Height];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                for (var c = 0; c < 3; c++) input[(((c * Height) + y) * Width) + x] = (Linear(picture, x, y, Width, Height, c) - 127) / 128;
            }
        }

        var outputs = Run(model, "input", input, [1, 3, Height, Width]);
        float[] scores = outputs["scores"], boxes = outputs["boxes"];
        List<Found> found = [];
        for (var i = 0; i < scores.Length / 2; i++)
        {
            if (scores[(2 * i) + 1] <= 0.7f) continue;
            found.Add(new(
                boxes[4 * i] * picture.Width, boxes[(4 * i) + 1] * picture.Height, boxes[(4 * i) + 2] * picture.Width,
                boxes[(4 * i) + 3] * picture.Height, scores[(2 * i) + 1], 0, []));
        }

        return Suppress([.. found.OrderByDescending(face => face.Score).Take(200)], 0.3f, 0);
    }

    /// <summary>FastestDet by the publisher's example/onnx-runtime.</summary>
    public static List<Found> FastestDet(string model, Picture picture, float threshold)
    {
        const int Side = 352, Grid = 22;
        var input = new float[3 * Side * Side];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                for (var c = 0; c < 3; c++) input[(((c * Side) + y) * Side) + x] = Area(picture, x, y, Side, Side, 2 - c) / 255f;
            }
        }

        var output = Run(model, "input.1", input, [1, 3, Side, Side])["758"];
        List<Found> found = [];
        for (var h = 0; h < Grid; h++)
        {
            for (var w = 0; w < Grid; w++)
            {
                float At(int channel) => output[(channel * Grid * Grid) + (h * Grid) + w];
                var best = Enumerable.Range(0, 80).MaxBy(c => At(5 + c));
                var score = MathF.Pow(At(0), 0.6f) * MathF.Pow(At(5 + best), 0.4f);
                if (score <= threshold) continue;
                float cx = (w + Tanh(At(1))) / Grid, cy = (h + Tanh(At(2))) / Grid, bw = Sigmoid(At(3)), bh = Sigmoid(At(4));
                found.Add(new(
                    (cx - (bw / 2)) * picture.Width, (cy - (bh / 2)) * picture.Height, (cx + (bw / 2)) * picture.Width, (cy + (bh / 2)) * picture.Height,
                    score, best, []));
            }
        }

        return Suppress(found, 0.45f, 1);

        static float Tanh(float x) => (2 / (1 + MathF.Exp(-2 * x))) - 1;

        static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
    }

    /// <summary>Intersection over union of two boxes by their corners.</summary>
    public static float Overlap(Found a, Found b, float pixel = 0)
    {
        var width = Math.Max(0, Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left) + pixel);
        var height = Math.Max(0, Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top) + pixel);
        float Size(Found f) => (f.Right - f.Left + pixel) * (f.Bottom - f.Top + pixel);
        return width * height / (Size(a) + Size(b) - (width * height));
    }

    /// <summary>The part of a box inside the picture, as the studio delivers it.</summary>
    public static Found Inside(Found found, Picture picture) => found with
    {
        Left = Math.Clamp(found.Left, 0, picture.Width),
        Top = Math.Clamp(found.Top, 0, picture.Height),
        Right = Math.Clamp(found.Right, 0, picture.Width),
        Bottom = Math.Clamp(found.Bottom, 0, picture.Height),
    };

    private static List<Found> Suppress(List<Found> found, float overlap, float pixel)
    {
        List<Found> kept = [];
        foreach (var each in found.OrderByDescending(each => each.Score))
            if (kept.All(other => Overlap(each, other, pixel) <= overlap)) kept.Add(each);
        return kept;
    }

    // cv2.resize with INTER_LINEAR, rounded to a whole level.
    private static float Linear(Picture picture, int x, int y, int width, int height, int channel)
    {
        if ((width, height) == (picture.Width, picture.Height)) return picture.Row(y)[(3 * x) + channel];
        var (x0, x1, u) = Pair(x, width, picture.Width);
        var (y0, y1, v) = Pair(y, height, picture.Height);
        double At(int column, int row) => picture.Row(row)[(3 * column) + channel];
        var above = At(x0, y0) + (u * (At(x1, y0) - At(x0, y0)));
        var below = At(x0, y1) + (u * (At(x1, y1) - At(x0, y1)));
        return (float)Math.Floor(above + (v * (below - above)) + 0.5);

        static (int, int, double) Pair(int position, int target, int source)
        {
            var at = ((position + 0.5) * source / target) - 0.5;
            var low = (int)Math.Floor(at);
            var share = at - low;
            if (low < 0) (low, share) = (0, 0);
            if (low >= source - 1) (low, share) = (source - 1, 0);
            return (low, Math.Min(low + 1, source - 1), share);
        }
    }

    // cv2.resize with INTER_AREA where both sides shrink, rounded to a whole level.
    private static float Area(Picture picture, int x, int y, int width, int height, int channel)
    {
        double sum = 0, left = (double)x * picture.Width / width, right = (double)(x + 1) * picture.Width / width;
        double top = (double)y * picture.Height / height, bottom = (double)(y + 1) * picture.Height / height;
        for (var row = (int)top; row < Math.Min(picture.Height, Math.Ceiling(bottom)); row++)
        {
            var high = Math.Min(bottom, row + 1) - Math.Max(top, row);
            for (var column = (int)left; column < Math.Min(picture.Width, Math.Ceiling(right)); column++)
                sum += high * (Math.Min(right, column + 1) - Math.Max(left, column)) * picture.Row(row)[(3 * column) + channel];
        }

        return (float)Math.Floor((sum / ((right - left) * (bottom - top))) + 0.5);
    }

    private static Dictionary<string, float[]> Run(string model, string name, float[] input, long[] shape)
    {
        using var session = new InferenceSession(model);
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var options = new RunOptions();
        using var results = session.Run(options, [name], [value], session.OutputNames);
        return session.OutputNames.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray(), StringComparer.Ordinal);
    }
}
