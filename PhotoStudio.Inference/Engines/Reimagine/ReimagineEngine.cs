using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using PhotoStudio.Inference.Engines.StyleTransfer;
using ReimagineOperation = PhotoStudio.Core.Operations.Reimagine;

namespace PhotoStudio.Inference.Engines.Reimagine;

/// <summary>Makes a picture anew in what its prompt names, and leaves the rest to the seed (<see cref="Recipe"/>).</summary>
public sealed class ReimagineEngine : IEngine
{
    // The decoded picture and its decoder, the result, and the result once more for writing it.
    private const int PictureBytesPerPixel = 4 + 6 + 4 + 4;

    /// <inheritdoc/>
    public string Operation => "reimagine";

    /// <inheritdoc/>
    public string Name => "moods";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run)
    {
        var pixels = run.Input().Header.Pixels;
        return SubjectMask.FixedBytes + (pixels * PictureBytesPerPixel)
            + (long)(Math.Min(pixels, StyleBlend.MostPixels) * ReimaginedPicture.BytesPerPixel);
    }

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var imagination = (float)run.Parameters.Get(ReimagineOperation.Imagination);
        var seed = run.Parameters.Get(ReimagineOperation.Seed);
        var wishes = WishReader.Read(run.Parameters.Get(ReimagineOperation.Prompt));
        List<string> notes = [];
        if (wishes.Unmet.Count > 0)
            notes.Add($"These words of the prompt could not be shown: {string.Join(", ", wishes.Unmet)}. Light, weather, season, background and style can.");
        if (imagination == 0)
        {
            notes.Add("An imagination of 0 keeps the picture as it is.");
            return Task.FromResult(new EngineOutput { Pictures = [picture], Seed = seed, Notes = notes });
        }

        var recipe = Recipe.Draw(seed, imagination, wishes);
        run.Progress.Report(new(0.1, "reimagining"));
        var scene = ReimaginedPicture.Of(picture, cancellationToken);
        var result = scene.Make(recipe, new Stage(run.Progress), cancellationToken);
        if (wishes.Backdrop is not null && !scene.HasSubject)
            notes.Add("No subject stands out clearly, so the background was left as it is.");
        notes.Add(recipe.Tell(scene.HasSubject));
        return Task.FromResult(new EngineOutput { Pictures = [result], Seed = seed, Notes = notes });
    }

    // Decoding is counted as the first tenth.
    private sealed class Stage(IProgress<InferenceProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(0.1 + (0.9 * value), "reimagining"));
    }
}
