using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Engines.StyleTransfer;

namespace PhotoStudio.Inference.Running;

/// <summary>
/// What <see cref="FinishParameters"/> ask for, done to an engine's pictures: the subject is cut out, the picture painted, white put behind
/// it, and its size changed, in this order, so that paint does not hide the subject from whoever looks for it.
/// </summary>
internal static class ResultFinisher
{
    private const double Doubtful = 0.4;
    private const string SeedName = "seed";

    /// <summary>What finishing takes besides the result, in bytes; 0 where there is nothing to do.</summary>
    public static long MemoryFor(OperationParameters parameters, long pixels)
    {
        var paints = FinishParameters.Find(parameters, FinishParameters.PaintStyle) is not null ? StylePainter.MemoryFor(pixels) + (pixels * 8) : 0;
        var cuts = FinishParameters.IsTransparent(parameters) ? SubjectCutout.FixedBytes + (pixels * (SubjectCutout.BytesPerPixel + 4)) : 0;
        return Math.Max(paints, cuts);
    }

    /// <summary>The pixels of the largest picture that is written.</summary>
    public static long PixelsAfter(OperationParameters parameters, long pixels) =>
        FinishParameters.Find(parameters, FinishParameters.Size) is { IsAuto: false } frame ? Math.Max(pixels, (long)frame.Width * frame.Height) : pixels;

    /// <summary>Finishes what an engine made.</summary>
    public static EngineOutput Finish(IEngine engine, EngineRun run, EngineOutput output, CancellationToken cancellationToken)
    {
        var parameters = run.Parameters;
        var background = FinishParameters.Find(parameters, FinishParameters.Background) ?? ResultBackground.Auto;
        var style = engine.Tier == EngineTier.Builtin ? FinishParameters.Find(parameters, FinishParameters.PaintStyle) : null;
        var frame = FinishParameters.Find(parameters, FinishParameters.Size) ?? default;
        if ((background == ResultBackground.Auto && style is null && frame.IsAuto) || output.Pictures.Count == 0) return output;

        using var limit = RowBands.LimitTo(run.Cores);
        var pictures = new List<Picture>(output.Pictures.Count);
        var notes = new List<string>(output.Notes ?? []);
        foreach (var made in output.Pictures)
        {
            var picture = made;
            if (background == ResultBackground.Transparent) picture = CutOut(picture, notes, cancellationToken);
            if (style is { } painted) picture = Paint(picture, painted, output, run, cancellationToken);
            if (background == ResultBackground.Opaque) picture = Opaque(picture, cancellationToken);
            if (!frame.IsAuto) picture = run.Codec.Resize(picture, new ScaledSize(frame.Width, frame.Height), cancellationToken);
            pictures.Add(picture);
        }

        return output with { Pictures = pictures, Notes = notes.Count == 0 ? null : notes, Parts = Parts(output, style is not null) };
    }

    /// <summary>The picture without its background, unless it is transparent somewhere already.</summary>
    public static Picture CutOut(Picture picture, ICollection<string> notes, CancellationToken cancellationToken)
    {
        if (IsTransparent(picture)) return picture;
        var cutout = SubjectCutout.Make(picture, progress: null, cancellationToken);
        if (cutout.Confidence < Doubtful) notes.Add("Where the subject ends was hard to tell; have a look at the edges of the cut-out.");
        return cutout.Subject;
    }

    private static Picture Paint(Picture picture, PictureStyle style, EngineOutput output, EngineRun run, CancellationToken cancellationToken)
    {
        var strength = FinishParameters.Find(run.Parameters, FinishParameters.PaintStrength) ?? 1;
        var seed = output.Seed ?? (run.Parameters.Operation.FindParameter(SeedName) is IntegerParameter named ? run.Parameters.Find(named) ?? 0 : 0);
        return StylePainter.Paint(picture, style, strength, seed, run.Parameters, progress: null, cancellationToken);
    }

    private static bool IsTransparent(Picture picture)
    {
        if (!picture.HasAlpha) return false;
        for (var at = picture.Channels - 1; at < picture.Samples.Length; at += picture.Channels)
        {
            if (picture.Samples[at] < byte.MaxValue) return true;
        }

        return false;
    }

    private static Picture Opaque(Picture picture, CancellationToken cancellationToken)
    {
        if (!picture.HasAlpha) return picture;
        int channels = picture.Channels, colors = channels - 1;
        var result = new Picture(picture.Width, picture.Height, colors == 1 ? PixelFormat.Gray : PixelFormat.Rgb);
        for (var y = 0; y < picture.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var from = picture.Row(y);
            var to = result.Row(y);
            for (var x = 0; x < picture.Width; x++)
            {
                int alpha = from[(x * channels) + colors];
                for (var c = 0; c < colors; c++) to[(x * colors) + c] = (byte)(((from[(x * channels) + c] * alpha) + (255 * (255 - alpha)) + 127) / 255);
            }
        }

        return result;
    }

    // Where an engine names its parts, painting is one more; otherwise the operation's own declaration covers it.
    private static IReadOnlyList<EnginePart>? Parts(EngineOutput output, bool painted) =>
        output.Parts is { } parts && painted ? [.. parts, new EnginePart(SourceKind.Enhanced, EngineTier.Builtin)] : output.Parts;
}
