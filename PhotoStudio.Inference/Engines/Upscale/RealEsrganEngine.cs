using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;
using UpscaleOperation = PhotoStudio.Core.Operations.Upscale;

namespace PhotoStudio.Inference.Engines.Upscale;

/// <summary>
/// Enlarges and restores by a network of Real-ESRGAN (Wang et al., "Real-ESRGAN: Training Real-World Blind Super-Resolution with Pure Synthetic
/// Data", 2021): four times, in tiles; other scales are resampled from that. Alpha is interpolated.
/// </summary>
public sealed class RealEsrganEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device)
    : ModelEngine("upscale", "realesrgan", models, sessions, device)
{
    // Features of 64 channels at the tile's size, a few layers of them.
    private const long FeatureBytes = 8 * 64 * 4;

    // The decoder's buffers and the decoded picture; the network's picture; the result, and as much again for writing it.
    private const int SourceBytesPerPixel = 6 + 4, NetworkBytesPerPixel = 3, ResultBytesPerPixel = 4 + 4;

    /// <inheritdoc/>
    public override int Rank => 1;

    /// <inheritdoc/>
    public override long MemoryFor(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var input = run.Input();
        var (width, height) = Upscaling.Size(input.Header.Width, input.Header.Height, run.Parameters.Get(UpscaleOperation.Scale));
        ResultLimits.Check(width, height, input.Limits);
        var processing = Models.RequireFamily(Name).Entry.Processing;
        return TiledNetwork.MemoryFor(processing, input.Header.Width, FeatureBytes)
            + (input.Header.Pixels * (SourceBytesPerPixel + (NetworkBytesPerPixel * processing.Factor * processing.Factor)))
            + ((long)width * height * ResultBytesPerPixel);
    }

    /// <inheritdoc/>
    public override long ResultPixels(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Upscaling.ResultPixels(run);
    }

    /// <inheritdoc/>
    public override async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var (width, height) = Upscaling.Size(picture.Width, picture.Height, run.Parameters.Get(UpscaleOperation.Scale));
        var (model, session) = await OpenAsync(cancellationToken);
        using (session)
        {
            var network = new TiledNetwork(session, model.Entry.Processing);
            var large = network.Run(picture, new StageProgress(run.Progress, 0.05, 0.9, "upscaling"), cancellationToken);
            var result = run.Codec.Resize(large, new ScaledSize(width, height, FitMode.Fill), cancellationToken);
            return new() { Pictures = [WithAlphaOf(picture, result, run.Codec, cancellationToken)], Model = model.Entry.Id };
        }
    }

    // The colours of the network's picture in the format of the source.
    private static Picture WithAlphaOf(Picture source, Picture result, IPictureCodec codec, CancellationToken cancellationToken)
    {
        if (!source.HasAlpha) return result.As(source.Format);
        var opacity = new Picture(source.Width, source.Height, PixelFormat.Gray);
        for (int i = 0, s = source.Channels - 1; i < opacity.Samples.Length; i++, s += source.Channels) opacity.Samples[i] = source.Samples[s];
        opacity = codec.Resize(opacity, new ScaledSize(result.Width, result.Height, FitMode.Fill), cancellationToken);
        var whole = result.As(source.Format);
        for (int i = 0, t = whole.Channels - 1; i < opacity.Samples.Length; i++, t += whole.Channels) whole.Samples[t] = opacity.Samples[i];
        return whole;
    }
}
