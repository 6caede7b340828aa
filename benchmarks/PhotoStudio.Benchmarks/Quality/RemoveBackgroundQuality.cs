using System.Diagnostics;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;
using PhotoStudio.Inference.Algorithms.Segmentation;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// Background removal on composites with known alpha: intersection over union of the mattes cut at one half, mean
/// error of alpha where it is soft, error of the freed colours, how well the confidence ranks the results, and the
/// time at one megapixel. A photograph named <c>x.jpg</c> or <c>x.png</c> with a matte beside it named
/// <c>x.matte.png</c> is scored too.
/// </summary>
public static class RemoveBackgroundQuality
{
    private const int Size = 640;
    private const double LeastIou = 0.75;

    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("remove-background");
        var codec = new VipsPictureCodec();
        var files = context.Photos(".jpg", ".jpeg", ".png", ".webp").Where(file => !file.Contains(".matte.", StringComparison.Ordinal)).ToList();
        var photos = files.Select(file => Background(codec, File.ReadAllBytes(file))).ToList();
        var scores = new List<Score>();
        for (var seed = 0; seed < (context.Quick ? 10 : 40); seed++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var photo = photos.Count > 0 && seed % 2 == 1 ? photos[seed / 2 % photos.Count] : null;
            var scene = CompositeScenes.Make(Size, seed, photo);
            var result = SubjectCutout.Make(scene.Picture, null, context.CancellationToken);
            var score = Measure(scene, result);
            scores.Add(score);
            Keep(context, codec, scene, result, score);
        }

        table.AtLeast("composites: mean IoU", 0.85, scores.Average(s => s.Iou));
        table.Note("composites: 10th percentile of IoU", Percentile(scores.Select(s => s.Iou), 0.1));
        table.AtMost("composites: error of alpha at soft edges", 0.06, scores.Where(s => s.Iou > 0.5).Average(s => s.EdgeError));
        table.AtMost("composites: error of alpha at soft edges, failures included", 0.06, scores.Average(s => s.EdgeError));
        table.Note("composites: error of freed colours at the edge", scores.Average(s => s.ColorError));
        table.Note("composites: error of colours left as observed", scores.Average(s => s.ObservedError));
        table.Note("composites: confidence ranks IoU (Spearman)", Spearman(scores.Select(s => (s.Confidence, s.Iou)).ToList()));
        PredictedFailures(context, table, scores);

        Photographs(context, codec, table, files);

        var large = CompositeScenes.Make(1024, 3);
        SubjectCutout.Make(large.Picture, null, context.CancellationToken);
        var times = Enumerable.Range(0, 3).Select(_ =>
        {
            var watch = Stopwatch.StartNew();
            SubjectCutout.Make(large.Picture, null, context.CancellationToken);
            return watch.Elapsed.TotalSeconds;
        }).ToList();
        table.AtMost("time at 1024×1024", 1.5, times.Min(), "s");
        return table;
    }

    // Composites that succeed leave little to rank; with subjects that look more and more like what is behind them, some fail.
    private static void PredictedFailures(BenchmarkContext context, BenchmarkTable table, List<Score> scores)
    {
        List<Score> all = [.. scores];
        for (var seed = 0; seed < (context.Quick ? 10 : 40); seed++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var scene = CompositeScenes.Make(Size, 200 + seed, camouflage: 0.5f + (0.01f * seed));
            all.Add(Measure(scene, SubjectCutout.Make(scene.Picture, null, context.CancellationToken)));
        }

        List<Score> failed = [.. all.Where(score => score.Iou < LeastIou)], good = [.. all.Where(score => score.Iou >= LeastIou)];
        table.Note("composites and camouflaged ones: failures", failed.Count / (double)all.Count);
        table.AtLeast("composites and camouflaged ones: confidence ranks IoU (Spearman)", 0.3, Spearman(all.Select(s => (s.Confidence, s.Iou)).ToList()));
        if (failed.Count > 0 && good.Count > 0)
        {
            table.AtLeast(
                "composites and camouflaged ones: a failure has the lower confidence (AUC)",
                0.75,
                failed.Average(bad => good.Average(fine => bad.Confidence < fine.Confidence ? 1 : bad.Confidence == fine.Confidence ? 0.5 : 0)));
        }
    }

    // The shorter side gets the scenes' size; the scene crops the rest.
    private static Picture Background(VipsPictureCodec codec, byte[] file)
    {
        var header = codec.Probe(file);
        return codec.DecodeScaled(file, header.Width > header.Height ? new(null, Size) : new(Size, null), PictureLimits.Default);
    }

    private static void Photographs(BenchmarkContext context, VipsPictureCodec codec, BenchmarkTable table, List<string> files)
    {
        var scores = new List<(double Confidence, double Iou)>();
        foreach (var file in files)
        {
            var picture = codec.Decode(File.ReadAllBytes(file), PictureLimits.Default, context.CancellationToken);
            var result = SubjectCutout.Make(picture, null, context.CancellationToken);
            if (context.OutputFolder is { } folder) Write(codec, Path.Combine(folder, Path.GetFileNameWithoutExtension(file) + ".cutout.png"), result.Subject);
            var truth = Path.ChangeExtension(file, ".matte.png");
            if (!File.Exists(truth)) continue;
            var matte = codec.Decode(File.ReadAllBytes(truth), PictureLimits.Default, context.CancellationToken).As(PixelFormat.Gray);
            if (matte.Width != picture.Width || matte.Height != picture.Height) continue;
            scores.Add((result.Confidence, Iou(result.Matte.Samples, [.. matte.Samples.Select(s => s / 255f)])));
        }

        if (scores.Count == 0) return;
        table.AtLeast("photographs: mean IoU", 0.75, scores.Average(s => s.Iou));
        table.AtLeast("photographs: 10th percentile of IoU", 0.5, Percentile(scores.Select(s => s.Iou), 0.1));
        table.AtLeast("photographs: confidence ranks IoU (Spearman)", 0.3, Spearman(scores));
    }

    private static Score Measure(CompositeScene scene, SubjectCutout result)
    {
        var soft = SoftZone(scene);
        double error = 0, color = 0, observed = 0;
        int count = 0, colored = 0;
        for (var i = 0; i < scene.Alpha.Length; i++)
        {
            if (soft[i])
            {
                error += Math.Abs(scene.Alpha[i] - (result.Matte.Samples[i] / 255.0));
                count++;
            }

            if (scene.Alpha[i] is < 0.1f or > 0.9f || result.Matte.Samples[i] < 25) continue;
            for (var c = 0; c < 3; c++)
            {
                color += Math.Abs((result.Subject.Samples[(i * 4) + c] / 255.0) - scene.Subject[(i * 3) + c]);
                observed += Math.Abs((scene.Picture.Samples[(i * 3) + c] / 255.0) - scene.Subject[(i * 3) + c]);
            }

            colored += 3;
        }

        return new(Iou(result.Matte.Samples, scene.Alpha), error / Math.Max(1, count), color / Math.Max(1, colored), observed / Math.Max(1, colored), result.Confidence);
    }

    // Where the true alpha is between 0.02 and 0.98, grown by two pixels.
    private static bool[] SoftZone(CompositeScene scene)
    {
        int width = scene.Picture.Width, height = scene.Picture.Height;
        var zone = new bool[scene.Alpha.Length];
        for (var i = 0; i < zone.Length; i++)
        {
            if (scene.Alpha[i] is <= 0.02f or >= 0.98f) continue;
            for (var y = Math.Max(0, (i / width) - 2); y <= Math.Min(height - 1, (i / width) + 2); y++)
                for (var x = Math.Max(0, (i % width) - 2); x <= Math.Min(width - 1, (i % width) + 2); x++) zone[(y * width) + x] = true;
        }

        return zone;
    }

    private static double Iou(byte[] matte, float[] truth)
    {
        int both = 0, any = 0;
        for (var i = 0; i < matte.Length; i++)
        {
            bool found = matte[i] > 127, real = truth[i] > 0.5f;
            if (found && real) both++;
            if (found || real) any++;
        }

        return any == 0 ? 1 : both / (double)any;
    }

    private static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        var position = share * (sorted.Length - 1);
        var low = (int)position;
        return sorted[low] + ((position - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]));
    }

    private static double Spearman(List<(double Confidence, double Iou)> pairs)
    {
        double[] a = Ranks([.. pairs.Select(p => p.Confidence)]), b = Ranks([.. pairs.Select(p => p.Iou)]);
        double meanA = a.Average(), meanB = b.Average();
        double top = a.Zip(b).Sum(p => (p.First - meanA) * (p.Second - meanB));
        return top / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(x => (x - meanB) * (x - meanB)));
    }

    private static double[] Ranks(double[] values) =>
        [.. values.Select(v => values.Count(other => other < v) + ((values.Count(other => other == v) - 1) / 2.0))];

    private static void Keep(BenchmarkContext context, VipsPictureCodec codec, CompositeScene scene, SubjectCutout result, Score score)
    {
        if (context.OutputFolder is not { } folder) return;
        Directory.CreateDirectory(folder);
        var name = $"{score.Iou:0.00} {scene.Name}".Replace(' ', '-').Replace("#", "", StringComparison.Ordinal);
        Write(codec, Path.Combine(folder, name + ".jpg"), scene.Picture);
        Write(codec, Path.Combine(folder, name + ".matte.png"), result.Matte);
    }

    private static void Write(VipsPictureCodec codec, string path, Picture picture)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var format = Path.GetExtension(path) == ".png" ? PictureFormat.Png : PictureFormat.Jpeg;
        File.WriteAllBytes(path, codec.Encode(picture, new EncodeOptions(format)));
    }

    private sealed record Score(double Iou, double EdgeError, double ColorError, double ObservedError, double Confidence);
}
