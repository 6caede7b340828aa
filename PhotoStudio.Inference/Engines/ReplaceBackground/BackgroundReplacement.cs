using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using ReplaceOperation = PhotoStudio.Core.Operations.ReplaceBackground;

namespace PhotoStudio.Inference.Engines.ReplaceBackground;

/// <summary>Puts a subject that was cut out before another background, lit as the new scene.</summary>
internal static class BackgroundReplacement
{
    // The decoders' buffers, the picture and the background; the blur's planes; the result and once more for writing it.
    private const int BytesPerPixel = 6 + 4 + 3 + 24 + 12 + 6;

    // A colour or gradient stands for a studio's backdrop: it lights the subject a little.
    private const double PlainShare = 0.35;
    private const double UsualBlur = 50;

    private const string NothingFound =
        "No subject stood out from its background, so that the picture stayed as it is. Cut it out first and send it with its transparency.";

    /// <summary>Memory for a run besides what finds the subject, in bytes.</summary>
    public static long MemoryFor(EngineRun run)
    {
        // A background much larger than the picture is decoded at a reduced size, through buffers of its own.
        var background = run.FindInput(ReplaceOperation.BackgroundImage.Name)?.Header.Pixels ?? 0;
        return SubjectCutout.FixedBytes + (run.Input().Header.Pixels * (BytesPerPixel + SubjectCutout.BytesPerPixel)) + (background * 6);
    }

    /// <summary>Decodes the run's picture, has its subject cut out, and composes the result.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cut">Cuts the subject out and says how far it is, 0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static EngineOutput Run(EngineRun run, Func<Picture, IProgress<double>, SubjectCutout> cut, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var cutout = cut(picture, new Stage(run.Progress));
        var kind = ReplaceOperation.KindOf(run.Parameters, run.FindInput(ReplaceOperation.BackgroundImage.Name) is not null);
        run.Progress.Report(new(0.75, "background"));
        var backdrop = Make(kind, run, picture, cutout.Matte, cancellationToken);
        run.Progress.Report(new(0.9, "compositing"));
        var result = Composite(cutout, backdrop, Match(kind, run, picture, cutout.Matte, backdrop, cancellationToken), cancellationToken);
        return new()
        {
            Pictures = [picture.Channels <= 2 && IsGray(backdrop) ? result.As(PixelFormat.Gray) : result],
            Confidence = cutout.Confidence,
            Notes = cutout.Confidence == 0 && !cutout.Matte.Samples.Contains(byte.MinValue) ? [NothingFound] : null,
        };
    }

    private static Picture Make(BackgroundKind kind, EngineRun run, Picture picture, Picture matte, CancellationToken cancellationToken)
    {
        int width = picture.Width, height = picture.Height;
        var parameters = run.Parameters;
        return kind switch
        {
            BackgroundKind.Color => Backdrop.Color(width, height, parameters.Get(ReplaceOperation.Color)),
            BackgroundKind.Gradient => Backdrop.Gradient(
                width,
                height,
                parameters.Get(ReplaceOperation.Color),
                parameters.Get(ReplaceOperation.ColorTo),
                parameters.Find(ReplaceOperation.Angle) ?? 90),
            BackgroundKind.Blur => Backdrop.Blurred(picture, matte, (parameters.Find(ReplaceOperation.Blur) ?? UsualBlur) / 100, cancellationToken),
            BackgroundKind.Picture => Flat(run.Input(ReplaceOperation.BackgroundImage.Name)
                .DecodeScaled(new ScaledSize(width, height, FitMode.Fill), cancellationToken)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such background."),
        };
    }

    // A background with transparency lies on white, as files without alpha do.
    private static Picture Flat(Picture picture)
    {
        if (!picture.HasAlpha) return picture.As(PixelFormat.Rgb);
        var (rgba, flat) = (picture.As(PixelFormat.Rgba), new Picture(picture.Width, picture.Height, PixelFormat.Rgb));
        for (int s = 0, t = 0; s < rgba.Samples.Length; s += 4, t += 3)
        {
            int alpha = rgba.Samples[s + 3];
            for (var c = 0; c < 3; c++) flat.Samples[t + c] = (byte)(((rgba.Samples[s + c] * alpha) + (255 * (255 - alpha)) + 127) / 255);
        }

        return flat;
    }

    private static LightMatch? Match(
        BackgroundKind kind, EngineRun run, Picture picture, Picture matte, Picture backdrop, CancellationToken cancellationToken)
    {
        var strength = run.Parameters.Get(ReplaceOperation.Match) * (kind == BackgroundKind.Picture ? 1 : PlainShare);
        if (strength == 0 || kind == BackgroundKind.Blur) return null;

        // What lit the subject is told by all of the picture; where it came cut out, by the subject alone.
        var (width, height) = AreaResize.FitPixels(picture.Width, picture.Height, 40_000);
        var seen = picture.HasAlpha ? AreaResize.FromPicture(matte, 0, width, height, cancellationToken) : null;
        return LightMatch.Between(
            SceneLight.Of(picture, seen, cancellationToken), SceneLight.Of(backdrop, null, cancellationToken), strength);
    }

    private static Picture Composite(SubjectCutout cutout, Picture backdrop, LightMatch? light, CancellationToken cancellationToken)
    {
        var result = new Picture(backdrop.Width, backdrop.Height, PixelFormat.Rgb);
        RowBands.Run(result.Height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                ReadOnlySpan<byte> subject = cutout.Subject.Row(y), behind = backdrop.Row(y);
                var target = result.Row(y);
                for (int x = 0, s = 0, t = 0; x < result.Width; x++, s += 4, t += 3)
                {
                    int alpha = subject[s + 3];
                    for (var c = 0; c < 3; c++)
                    {
                        var own = light?.Apply(c, subject[s + c]) ?? subject[s + c];
                        target[t + c] = (byte)(((own * alpha) + (behind[t + c] * (255 - alpha)) + 127) / 255);
                    }
                }
            }
        }, cancellationToken);
        return result;
    }

    private static bool IsGray(Picture rgb)
    {
        for (var i = 0; i < rgb.Samples.Length; i += 3)
            if (rgb.Samples[i] != rgb.Samples[i + 1] || rgb.Samples[i] != rgb.Samples[i + 2]) return false;
        return true;
    }

    // Decoding is counted as the first twentieth, cutting out as most of the rest.
    private sealed class Stage(IProgress<InferenceProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(0.05 + (0.7 * value), "matting"));
    }
}
