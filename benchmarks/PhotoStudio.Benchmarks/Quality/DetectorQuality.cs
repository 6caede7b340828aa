using System.Text.Json;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// The onnx tier of detect-faces and detect-objects with the models of a folder: how far it agrees with OpenCV's dnn module and the publishers'
/// decoding, and how long a picture of 640 pixels takes in the engine, decoding included. Empty where the folder or OpenCV is not there.
/// </summary>
public static class DetectorQuality
{
    private const int LongestSide = 640, Rounds = 9;

    private static readonly Detector[] Detectors =
    [
        new("detect-faces", "yunet", "face_detection_yunet_2023mar.onnx", 60),
        new("detect-faces", "ultraface", "ultraface_version-RFB-320.onnx", 60),
        new("detect-objects", "fastestdet", "fastestdet.onnx", 60),
    ];

    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("detectors");
        if (context.ModelsFolder is not { } models) return table;
        foreach (var detector in Detectors)
        {
            var file = Path.GetFullPath(Path.Combine(models, detector.File));
            if (File.Exists(file)) Measure(table, context, detector, file);
        }

        return table;
    }

    private static void Measure(BenchmarkTable table, BenchmarkContext context, Detector detector, string model)
    {
        using var studio = StudioInProcess.Start(
            context.CancellationToken, ($"Engines:{detector.Operation}", detector.Engine), ("Models:Path", Path.GetDirectoryName(model)!));
        using var peer = OpenCvPeer.TryStart("detect.py");
        var folder = Directory.CreateTempSubdirectory("studio-detect-");
        try
        {
            List<double> overlaps = [], landmarks = [], times = [];
            int missed = 0, more = 0, wrong = 0;
            foreach (var (name, picture) in Pictures(studio.Codec, context))
            {
                var file = studio.Codec.Encode(picture, new EncodeOptions(PictureFormat.Png), context.CancellationToken);
                var found = Detect(studio, context, detector, file, times);
                if (context.OutputFolder is { } output) Draw(studio.Codec, picture, found, Path.Combine(output, $"{detector.Engine}-{name}.png"));
                if (peer is null) continue;
                var path = Path.Combine(folder.FullName, $"{name}.png");
                File.WriteAllBytes(path, file);
                var expected = JsonSerializer.Deserialize<double[][]>(peer.Ask($"{detector.Engine}\t{model}\t{path}"))!;
                Compare(found, expected, picture, overlaps, landmarks, ref missed, ref wrong);
                more += Math.Max(0, found.Count - expected.Length);
            }

            var title = $"{detector.Operation}, {detector.Engine}";
            if (peer is not null)
            {
                table.AtMost($"{title}: finds of the reference that are missing", 0, missed);
                table.AtMost($"{title}: finds that the reference has not", 0, more);
                if (detector.Operation == "detect-objects") table.AtMost($"{title}: other labels than the reference's", 0, wrong);
                if (overlaps.Count > 0) table.AtLeast($"{title}: least overlap with the reference's boxes, {overlaps.Count} of them", 0.9, overlaps.Min());
                if (landmarks.Count > 0) table.AtMost($"{title}: farthest landmark from the reference's", 2, landmarks.Max(), "px");
            }

            table.AtMost($"{title}: time at 640 px, median", detector.Milliseconds, Statistics.Quantile(times, 0.5), "ms");
            table.Note($"{title}: time at 640 px, 90th percentile", Statistics.Quantile(times, 0.9), "ms");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<(string Name, Picture Picture)> Pictures(IPictureCodec codec, BenchmarkContext context)
    {
        List<(string Name, Picture Picture)> pictures = [];
        foreach (var photo in context.Photos(".jpg", ".jpeg", ".png", ".webp"))
        {
            var scaled = codec.DecodeScaled(
                File.ReadAllBytes(photo), new ScaledSize(LongestSide, LongestSide, FitMode.Fit), PictureLimits.Default, context.CancellationToken);
            pictures.Add((Path.GetFileNameWithoutExtension(photo), scaled.As(PixelFormat.Rgb)));
        }

        if (pictures.Count == 0) pictures.AddRange(Enumerable.Range(1, 4).Select(seed => ($"painted-{seed}", SyntheticPhoto.Paint(640, 480, seed))));
        return pictures;
    }

    private static List<Find> Detect(StudioInProcess studio, BenchmarkContext context, Detector detector, byte[] file, List<double> times)
    {
        string? data = null;
        for (var round = 0; round <= (context.Quick ? 2 : Rounds); round++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var result = studio.Run(detector.Operation, "{}", [new("image", file)], context.CancellationToken);
            if (result.Engine.Engine != detector.Engine) throw new InvalidOperationException($"{result.Engine.Engine} ran in place of {detector.Engine}.");
            data = result.Data;

            // The first one loads the model.
            if (round > 0) times.Add(result.Engine.Milliseconds);
        }

        using var document = JsonDocument.Parse(data!);
        var list = document.RootElement.GetProperty(detector.Operation == "detect-faces" ? "faces" : "objects");
        return [.. list.EnumerateArray().Select(Read)];
    }

    private static Find Read(JsonElement found)
    {
        var box = found.GetProperty("box");
        double Number(string name) => box.GetProperty(name).GetDouble();
        List<double> points = [];
        if (found.TryGetProperty("landmarks", out var landmarks) && !found.TryGetProperty("landmarks_estimated", out _))
        {
            foreach (var name in (string[])["left_eye", "right_eye", "nose", "mouth_left", "mouth_right"])
            {
                var point = landmarks.GetProperty(name);
                points.AddRange([point.GetProperty("x").GetDouble(), point.GetProperty("y").GetDouble()]);
            }
        }

        return new(
            Number("x"), Number("y"), Number("x") + Number("width"), Number("y") + Number("height"),
            found.TryGetProperty("label", out var label) ? label.GetString()! : "", [.. points]);
    }

    private static void Compare(
        List<Find> found, double[][] expected, Picture picture, List<double> overlaps, List<double> landmarks, ref int missed, ref int wrong)
    {
        foreach (var reference in expected)
        {
            var box = new Find(
                Math.Clamp(reference[0], 0, picture.Width), Math.Clamp(reference[1], 0, picture.Height),
                Math.Clamp(reference[2], 0, picture.Width), Math.Clamp(reference[3], 0, picture.Height), "", []);
            var label = Inference.Networks.Detection.CocoLabels.All[(int)reference[5]];
            var nearest = found.OrderByDescending(find => find.Overlap(box)).FirstOrDefault();
            if (nearest is null || nearest.Overlap(box) < 0.5)
            {
                missed++;
                continue;
            }

            overlaps.Add(nearest.Overlap(box));
            if (nearest.Label.Length > 0 && nearest.Label != label) wrong++;
            for (var i = 0; i + 1 < nearest.Points.Length && i + 7 < reference.Length; i += 2)
                landmarks.Add(Math.Sqrt(Math.Pow(nearest.Points[i] - reference[6 + i], 2) + Math.Pow(nearest.Points[i + 1] - reference[7 + i], 2)));
        }
    }

    // Boxes in yellow, landmarks in green.
    private static void Draw(IPictureCodec codec, Picture picture, List<Find> found, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var drawn = new Picture(picture.Width, picture.Height, PixelFormat.Rgb, [.. picture.Samples]);
        foreach (var find in found)
        {
            for (var x = find.Left; x <= find.Right; x++)
            {
                Dot(x, find.Top, 1, 255, 220, 0);
                Dot(x, find.Bottom, 1, 255, 220, 0);
            }

            for (var y = find.Top; y <= find.Bottom; y++)
            {
                Dot(find.Left, y, 1, 255, 220, 0);
                Dot(find.Right, y, 1, 255, 220, 0);
            }

            for (var i = 0; i + 1 < find.Points.Length; i += 2) Dot(find.Points[i], find.Points[i + 1], 2, 0, 255, 60);
        }

        File.WriteAllBytes(path, codec.Encode(drawn, new EncodeOptions(PictureFormat.Png)));

        void Dot(double x, double y, int reach, byte red, byte green, byte blue)
        {
            for (var v = (int)y - reach + 1; v <= (int)y + reach - 1; v++)
            {
                for (var u = (int)x - reach + 1; u <= (int)x + reach - 1; u++)
                {
                    if (u < 0 || v < 0 || u >= drawn.Width || v >= drawn.Height) continue;
                    var pixel = drawn.Row(v).Slice(3 * u, 3);
                    (pixel[0], pixel[1], pixel[2]) = (red, green, blue);
                }
            }
        }
    }

    private sealed record Detector(string Operation, string Engine, string File, double Milliseconds);

    private sealed record Find(double Left, double Top, double Right, double Bottom, string Label, double[] Points)
    {
        public double Overlap(Find other)
        {
            double width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left), height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
            if (width <= 0 || height <= 0) return 0;
            var shared = width * height;
            return shared / (((Right - Left) * (Bottom - Top)) + ((other.Right - other.Left) * (other.Bottom - other.Top)) - shared);
        }
    }
}
