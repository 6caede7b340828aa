using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// Relighting: whether the side that the light comes from becomes brighter beside the other, and the picture brighter with more light;
/// how much detail is left; and how much is cut off to white that was not.
/// </summary>
public static class RelightQuality
{
    private static readonly string[] Directions = ["left", "right", "top", "bottom"];
    private static readonly string[] Intensities = ["0.5", "1", "1.5", "2"];

    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("relight");
        using var studio = StudioInProcess.Start(context.CancellationToken);
        List<double> contrasts = [], details = [], cutOff = [];
        int lit = 0, brighter = 0, all = 0;
        foreach (var (name, picture) in CleanPictures.Of(studio.Codec, context, 512, 384))
        {
            foreach (var direction in Directions)
            {
                var before = 0.0;
                foreach (var intensity in Intensities)
                {
                    context.CancellationToken.ThrowIfCancellationRequested();
                    var result = Relit(studio, context, picture, direction, intensity, name);
                    var contrast = Contrast(picture, result, direction);
                    all++;
                    if (contrast > 0) lit++;
                    var mean = result.Samples.Average(sample => (double)sample);
                    if (mean > before) brighter++;
                    before = mean;
                    if (intensity == "1") contrasts.Add(contrast);
                    details.Add(Detail(picture, result));
                    cutOff.Add(Share(result) - Share(picture));
                }
            }
        }

        table.AtLeast("share of runs in which the lit half gains over the other", 1, lit / (double)all);
        table.AtLeast("share of runs in which more light is brighter", 1, brighter / (double)all);
        table.AtLeast("least gain of the lit half over the other's, intensity 1", 1.1, Math.Exp(contrasts.Min()));
        table.AtLeast("correlation of fine detail with the original's, least", 0.9, details.Min());
        table.AtMost("newly cut off to white, most", 0.5, cutOff.Max() * 100, "%");
        return table;
    }

    private static Picture Relit(
        StudioInProcess studio, BenchmarkContext context, Picture picture, string direction, string intensity, string name)
    {
        var file = studio.Codec.Encode(picture, new EncodeOptions(PictureFormat.Png), context.CancellationToken);
        var parameters = $$"""{"direction":"{{direction}}","intensity":{{intensity}}}""";
        var result = studio.Run("relight", parameters, [new("image", file)], context.CancellationToken).Outputs[0].File;
        if (context.OutputFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"relight-{name}-{direction}-{intensity}.png"), result.ToArray());
        }

        return studio.Codec.Decode(result, PictureLimits.Default, context.CancellationToken);
    }

    /// <summary>Logarithm of the lit half's gain over the other half's.</summary>
    private static double Contrast(Picture before, Picture after, string direction)
    {
        double[] old = new double[2], now = new double[2];
        for (var i = 0; i < before.Samples.Length; i++)
        {
            int x = i / 3 % before.Width, y = i / 3 / before.Width;
            var lit = direction switch
            {
                "left" => x < before.Width / 2,
                "right" => x >= before.Width / 2,
                "top" => y < before.Height / 2,
                _ => y >= before.Height / 2,
            };
            old[lit ? 1 : 0] += before.Samples[i];
            now[lit ? 1 : 0] += after.Samples[i];
        }

        return Math.Log(now[1] / old[1] * old[0] / now[0]);
    }

    /// <summary>Correlation of the differences between neighbouring pixels.</summary>
    private static double Detail(Picture before, Picture after)
    {
        double both = 0, old = 0, now = 0;
        for (var y = 0; y < before.Height; y++)
        {
            for (var i = 0; i < before.Stride - 3; i++)
            {
                double a = before.Row(y)[i + 3] - before.Row(y)[i], b = after.Row(y)[i + 3] - after.Row(y)[i];
                (both, old, now) = (both + (a * b), old + (a * a), now + (b * b));
            }
        }

        return both / Math.Sqrt(old * now);
    }

    private static double Share(Picture picture) => picture.Samples.Count(sample => sample == 255) / (double)picture.Samples.Length;
}
