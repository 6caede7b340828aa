using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// Denoising of pictures with white Gaussian noise: PSNR over OpenCV's fastNlMeansDenoisingColored at its best setting, with the noise
/// level told and estimated, and what a picture with the noise of rounding loses.
/// </summary>
public static class DenoiseQuality
{
    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("denoise");
        using var studio = StudioInProcess.Start(context.CancellationToken);
        using var peer = OpenCvPeer.TryStart();
        var pictures = CleanPictures.Of(studio.Codec, context, 384, 288);
        var folder = Directory.CreateTempSubdirectory("denoise-");
        try
        {
            foreach (var sigma in (int[])[15, 25, 50])
            {
                List<double> told = [], estimated = [], others = [];
                foreach (var (name, clean) in pictures)
                {
                    context.CancellationToken.ThrowIfCancellationRequested();
                    var noisy = Noisy(clean, sigma);
                    told.Add(Statistics.Psnr(clean, Denoised(studio, context, noisy, $$"""{"noise_level":{{sigma}}}""", $"{name}-{sigma}")));
                    estimated.Add(Statistics.Psnr(clean, Denoised(studio, context, noisy, "{}", null)));
                    if (peer is null) continue;
                    string[] files = [Path.Combine(folder.FullName, $"{name}.png"), Path.Combine(folder.FullName, $"{name}-{sigma}.png")];
                    File.WriteAllBytes(files[0], Png(studio, clean, context));
                    File.WriteAllBytes(files[1], Png(studio, noisy, context));
                    others.Add(peer.Best(files[0], files[1], sigma));
                }

                table.Note($"σ = {sigma}: mean PSNR", told.Average(), "dB");
                if (others.Count > 0) table.AtLeast($"σ = {sigma}: over OpenCV's NLM at its best", 0.5, told.Average() - others.Average(), "dB");
                table.AtMost($"σ = {sigma}: lost by estimating the noise", 0.5, told.Average() - estimated.Average(), "dB");
            }

            var lost = pictures.Select(each =>
            {
                var rounded = Noisy(each.Picture, 1);
                return Statistics.Psnr(each.Picture, rounded) - Statistics.Psnr(each.Picture, Denoised(studio, context, rounded, "{}", null));
            }).ToList();
            table.AtMost("clean, with noise of one level: most that a picture loses", 0.3, lost.Max(), "dB");
            return table;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Picture Noisy(Picture picture, double sigma)
    {
        var random = new Random(1);
        var result = new Picture(picture.Width, picture.Height, picture.Format);
        for (var i = 0; i < result.Samples.Length; i++)
        {
            // Box and Muller 1958.
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            result.Samples[i] = (byte)Math.Clamp(Math.Round(picture.Samples[i] + (sigma * normal)), 0, 255);
        }

        return result;
    }

    private static Picture Denoised(StudioInProcess studio, BenchmarkContext context, Picture noisy, string parameters, string? keep)
    {
        var file = Png(studio, noisy, context);
        var result = studio.Run("denoise", parameters, [new("image", file)], context.CancellationToken).Outputs[0].File;
        if (keep is not null && context.OutputFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"denoise-{keep}-before.png"), file);
            File.WriteAllBytes(Path.Combine(folder, $"denoise-{keep}-after.png"), result.ToArray());
        }

        return studio.Codec.Decode(result, PictureLimits.Default, context.CancellationToken);
    }

    private static byte[] Png(StudioInProcess studio, Picture picture, BenchmarkContext context) =>
        studio.Codec.Encode(picture, new EncodeOptions(PictureFormat.Png), context.CancellationToken);
}
