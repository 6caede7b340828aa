using System.Diagnostics;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Moderation;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// Moderation: precision and recall on curated prompts by language and on a list that the lexicon was not made with, the time of a prompt,
/// and the time and the false alarms of the heuristic for pictures.
/// </summary>
public static class ModerationQuality
{
    private const int Side = 1024;

    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("moderate");
        var moderation = new LexiconModeration();
        moderation.Judge("warm-up");
        foreach (var list in (string[])["en", "es", "vi", "unseen"])
        {
            int hit = 0, missed = 0, alarm = 0;
            var prompts = LabelledPrompts.Moderation(list);
            var began = Stopwatch.GetTimestamp();
            foreach (var (refused, prompt) in prompts)
            {
                var isRefused = moderation.Judge(prompt).Score >= PromptJudgement.BlockThreshold;
                if (refused && isRefused) hit++;
                else if (refused) missed++;
                else if (isRefused) alarm++;
            }

            var elapsed = Stopwatch.GetElapsedTime(began);
            table.AtLeast($"prompts, {list}: precision", 0.95, (double)hit / (hit + alarm));
            table.AtLeast($"prompts, {list}: recall", 0.9, (double)hit / (hit + missed));
            table.Note($"prompts, {list}: mean time", elapsed.TotalMicroseconds / prompts.Count, "µs");
        }

        Pictures(table, context);
        return table;
    }

    private static void Pictures(BenchmarkTable table, BenchmarkContext context)
    {
        using var studio = StudioInProcess.Start(context.CancellationToken);
        var jpeg = new EncodeOptions(PictureFormat.Jpeg, 92);
        List<byte[]> files = [studio.Codec.Encode(SyntheticPhoto.Paint(Side, Side, seed: 1), jpeg)];
        foreach (var photo in context.Photos(".jpg", ".jpeg", ".png", ".webp").Where(file => !file.Contains(".matte.", StringComparison.Ordinal)))
        {
            var square = studio.Codec.DecodeScaled(
                File.ReadAllBytes(photo), new(Side, Side, FitMode.Fill), PictureLimits.Default, context.CancellationToken);
            files.Add(studio.Codec.Encode(square, jpeg, context.CancellationToken));
        }

        var flagged = 0;
        List<double> times = [];
        foreach (var file in files)
        {
            var result = Judge(file);
            if (result.Data!.Contains("\"flagged\":true", StringComparison.Ordinal)) flagged++;
            times.Add(Statistics.Median([.. Enumerable.Range(0, context.Quick ? 3 : 9).Select(_ =>
            {
                var began = Stopwatch.GetTimestamp();
                Judge(file);
                return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            })]));
        }

        table.AtMost("picture, 1 MP JPEG: median time on the slowest", 50, times.Max(), "ms");
        table.Note($"pictures without bare bodies flagged, of {files.Count}", flagged);

        InferenceResult Judge(byte[] file) => studio.Run("moderate", "{}", [new("image", file)], context.CancellationToken);
    }
}
