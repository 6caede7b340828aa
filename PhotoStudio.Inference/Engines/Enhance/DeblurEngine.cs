using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;
using EnhanceOperation = PhotoStudio.Core.Operations.Enhance;

namespace PhotoStudio.Inference.Engines.Enhance;

/// <summary>
/// Takes motion blur away by NAFNet (Chen et al., "Simple Baselines for Image Restoration", ECCV 2022), in tiles, and then corrects light and
/// colour as <see cref="EnhanceEngine"/> does. Only for those who ask for it: a sharp picture gains nothing.
/// </summary>
public sealed class DeblurEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device)
    : ModelEngine("enhance", "nafnet", models, sessions, device)
{
    // Features of 32 channels at full size and more at smaller ones; the network's own number of halvings asks for multiples of 16.
    private const long FeatureBytes = 2_000;
    private const int Multiple = 16;

    private static readonly ModelTile Tile = new(512, 64);

    /// <inheritdoc/>
    public override bool Handles(OperationParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Get(EnhanceOperation.Deblur);
    }

    /// <inheritdoc/>
    public override long MemoryFor(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var processing = Adapted(Models.RequireFamily(Name).Entry.Processing);
        return EnhanceEngine.RequiredMemory(run) + TiledNetwork.MemoryFor(processing, run.Input().Header.Width, FeatureBytes)
            + (run.Input().Header.Pixels * 8);
    }

    /// <inheritdoc/>
    public override async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var (model, session) = await OpenAsync(cancellationToken);
        using (session)
        {
            var network = new TiledNetwork(session, Adapted(model.Entry.Processing));
            var sharp = network.Run(picture, new StageProgress(run.Progress, 0.1, 0.8, "deblurring"), cancellationToken);
            run.Progress.Report(new(0.9, "enhancing"));
            return new()
            {
                Pictures = [EnhanceEngine.Correct(Mixed(picture, sharp, run), run, cancellationToken)],
                Model = model.Entry.Id,
            };
        }
    }

    private static ModelProcessing Adapted(ModelProcessing processing) => processing with
    {
        Tile = processing.Tile ?? Tile,
        Inputs = [processing.Inputs[0] with { Multiple = Math.Max(Multiple, processing.Inputs[0].Multiple) }],
    };

    // As much of it as the strength says; format and alpha of the picture.
    private static Picture Mixed(Picture picture, Picture sharp, EngineRun run)
    {
        var strength = (float)run.Parameters.Get(EnhanceOperation.Strength);
        int channels = picture.Channels, colors = picture.HasAlpha ? channels - 1 : channels;
        var source = sharp.As(colors == 1 ? PixelFormat.Gray : PixelFormat.Rgb);
        var result = new Picture(picture.Width, picture.Height, picture.Format, [.. picture.Samples]);
        for (int i = 0, s = 0; i < result.Samples.Length; i += channels, s += colors)
        {
            for (var c = 0; c < colors; c++)
                result.Samples[i + c] = (byte)(picture.Samples[i + c] + (strength * (source.Samples[s + c] - picture.Samples[i + c])) + 0.5f);
        }

        return result;
    }
}
