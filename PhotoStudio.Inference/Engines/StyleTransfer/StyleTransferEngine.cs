using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Running;
using StyleTransferOperation = PhotoStudio.Core.Operations.StyleTransfer;

namespace PhotoStudio.Inference.Engines.StyleTransfer;

/// <summary>Paints a picture by the algorithm of its style (<see cref="StyleCatalog"/>), or after a reference (<see cref="ReferenceStyle"/>).</summary>
public sealed class StyleTransferEngine : IEngine
{
    // The decoded picture and its decoder, the result, and the result once more for writing it; and the planes a style works on.
    private const int BytesPerPixel = 4 + 6 + 4 + 4;
    private const double MostReferencePixels = 1_500_000;

    /// <inheritdoc/>
    public string Operation => "style-transfer";

    /// <inheritdoc/>
    public string Name => "painterly";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public bool Handles(OperationParameters parameters) =>
        parameters.Find(StyleTransferOperation.Style) is not { } style || !StyleTransferOperation.TrainedStyles.Contains(style);

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run)
    {
        var pixels = run.Input().Header.Pixels;
        var reference = run.FindInput(StyleTransferOperation.ReferenceSlot)?.Header.Pixels ?? 0;
        var painted = Math.Min(pixels, StyleBlend.MostPixels) + Math.Min(reference, MostReferencePixels);
        return ((pixels + reference) * BytesPerPixel) + (long)(painted * StylePainter.BytesPerPixel);
    }

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var strength = (float)run.Parameters.Get(StyleTransferOperation.Strength);
        var seed = run.Parameters.Get(StyleTransferOperation.Seed);
        if (strength == 0) return Task.FromResult(new EngineOutput { Pictures = [picture], Seed = seed });

        var notes = new List<string>();
        if (FinishParameters.IsTransparent(run.Parameters)) picture = ResultFinisher.CutOut(picture, notes, cancellationToken);
        if (run.Parameters.Find(StyleTransferOperation.Style) is { } style)
        {
            picture = StylePainter.Paint(picture, style, strength, seed, run.Parameters, new Stage(run.Progress), cancellationToken);
        }
        else
        {
            var canvas = StylePainter.Canvas(picture, seed, run.Parameters, new Stage(run.Progress), cancellationToken);
            canvas.Report(0);
            var reference = Reference(run.Input(StyleTransferOperation.ReferenceSlot), canvas, cancellationToken);
            var (painted, texture) = ReferenceStyle.Paint(canvas, reference);
            if (texture < 0.05f) notes.Add("The reference has no texture of its own all over, as paintings have; only its colours were taken.");
            canvas.Report(1);
            picture = StyleBlend.Apply(picture, StylePainter.Colored(painted, run.Parameters, cancellationToken), strength, cancellationToken);
        }

        return Task.FromResult(new EngineOutput
        {
            Pictures = [picture],
            Seed = seed,
            Notes = notes.Count == 0 ? null : notes,
        });
    }

    // No larger than the picture, so that the texture's grain has the same share of it, and never enlarged.
    private static ColorPlanes Reference(EngineInput input, StyleCanvas canvas, CancellationToken cancellationToken)
    {
        var (width, height) = AreaResize.FitPixels(
            input.Header.Width, input.Header.Height, Math.Min((double)canvas.Width * canvas.Height, MostReferencePixels));
        var scaled = input.DecodeScaled(new ScaledSize(width, height, FitMode.Fill), cancellationToken);
        return StyleBlend.Colors(scaled, cancellationToken);
    }

    // Decoding is counted as the first tenth, putting the colours back as the last.
    private sealed class Stage(IProgress<InferenceProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(0.1 + (0.8 * value), "painting"));
    }
}
