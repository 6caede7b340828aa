using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.Inference.Running;
using StyleTransferOperation = PhotoStudio.Core.Operations.StyleTransfer;

namespace PhotoStudio.Inference.Engines.StyleTransfer;

/// <summary>
/// Paints by a network that was trained on one style (Johnson, Alahi, Fei-Fei, "Perceptual Losses for Real-Time Style Transfer and
/// Super-Resolution", ECCV 2016). Candy, rain princess and udnie exist as networks alone; mosaic and pointillism also without a model.
/// </summary>
public sealed class NeuralStyleEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device)
    : ModelEngine("style-transfer", "fast-neural-style", models, sessions, device)
{
    // The networks were trained on small pictures: on much larger ones their strokes are too fine to see, and their memory is too much.
    private const double MostPixels = 1_000_000;

    // Features of 32 channels at full size and 128 at a quarter of it, and the decoded picture, the painted one and both enlarged.
    private const long FeatureBytes = 1_200;
    private const int BytesPerPixel = 6 + 4 + 3 + (2 * 12) + (2 * 4);

    private static readonly Dictionary<PictureStyle, string> Ids = new()
    {
        [PictureStyle.Candy] = "style-candy",
        [PictureStyle.Mosaic] = "style-mosaic",
        [PictureStyle.Pointillism] = "style-pointilism",
        [PictureStyle.RainPrincess] = "style-rain-princess",
        [PictureStyle.Udnie] = "style-udnie",
    };

    /// <inheritdoc/>
    public override bool Handles(OperationParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Find(StyleTransferOperation.Style) is { } style && Ids.TryGetValue(style, out var id)
            && (StyleTransferOperation.TrainedStyles.Contains(style)
                || (Models.Find(id) is not null && FinishParameters.Find(parameters, FinishParameters.Brush) is null));
    }

    /// <inheritdoc/>
    public override long MemoryFor(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var pixels = run.Input().Header.Pixels;
        return (long)(Math.Min(pixels, MostPixels) * FeatureBytes) + (pixels * BytesPerPixel);
    }

    /// <inheritdoc/>
    public override async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var limit = RowBands.LimitTo(run.Cores);
        var id = Ids[run.Parameters.Get(StyleTransferOperation.Style)];
        var model = Models.Find(id)
            ?? throw new InferenceException(InferenceFault.Unavailable, "model_missing", Models.Missing(id) ?? $"The model {id} is not installed.");
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var strength = (float)run.Parameters.Get(StyleTransferOperation.Strength);
        var seed = run.Parameters.Get(StyleTransferOperation.Seed);
        if (strength == 0) return new() { Pictures = [picture], Seed = seed, Model = id };

        if (FinishParameters.IsTransparent(run.Parameters)) picture = ResultFinisher.CutOut(picture, [], cancellationToken);

        // Some of the published files take one size only.
        using var session = await OpenAsync(model, cancellationToken, checkShapes: false);
        var painted = Paint(session, model.Entry.Processing, picture, run, cancellationToken);
        painted = run.Codec.Resize(painted, new ScaledSize(picture.Width, picture.Height, FitMode.Fill), cancellationToken);
        run.Progress.Report(new(0.95, "painting"));
        return new()
        {
            Pictures = [StyleBlend.Apply(picture, Colored(painted, run, cancellationToken), strength, cancellationToken)],
            Seed = seed,
            Model = id,
        };
    }

    private static ColorPlanes Colored(Picture painted, EngineRun run, CancellationToken cancellationToken) =>
        StylePainter.Colored(ColorPlanes.From(painted, cancellationToken), run.Parameters, cancellationToken);

    private static Picture Paint(
        OnnxSession session, ModelProcessing processing, Picture picture, EngineRun run, CancellationToken cancellationToken)
    {
        var progress = new StageProgress(run.Progress, 0.1, 0.8, "painting");

        // A network that normalises over the whole picture is given all of it, unless its file takes one size only.
        var side = session.InputShape(processing.InputName(0))[^1];
        var (width, height) = side > 0
            ? AreaResize.Fit(picture.Width, picture.Height, 3 * side)
            : AreaResize.FitPixels(picture.Width, picture.Height, MostPixels);
        var small = PictureResampling.Resize(picture.As(PixelFormat.Rgb), width, height, ResampleFilter.Lanczos, cancellationToken);
        var tile = side > 0 ? new ModelTile(side, side / 2) : new ModelTile(Math.Max(width, height), 0);
        return new TiledNetwork(session, processing with { Tile = tile }).Run(small, progress, cancellationToken);
    }
}
