using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using PhotoStudio.Inference.Engines.Reimagine;
using PhotoStudio.Inference.Engines.StyleTransfer;
using VariationsOperation = PhotoStudio.Core.Operations.Variations;

namespace PhotoStudio.Inference.Engines.Variations;

/// <summary>Makes several pictures out of one, each in a mood that no other of them has (<see cref="Recipe"/>).</summary>
public sealed class VariationsEngine : IEngine
{
    // The decoder; the decoded picture; and for each result the picture and its file.
    private const int DecodedBytesPerPixel = 4 + 6, ResultBytesPerPixel = 4 + 4;

    /// <inheritdoc/>
    public string Operation => "variations";

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
        var count = run.Parameters.Get(VariationsOperation.Count);
        return SubjectMask.FixedBytes + (pixels * (DecodedBytesPerPixel + (count * ResultBytesPerPixel)))
            + (long)(Math.Min(pixels, StyleBlend.MostPixels) * ReimaginedPicture.BytesPerPixel);
    }

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var count = run.Parameters.Get(VariationsOperation.Count);
        var imagination = (float)run.Parameters.Get(VariationsOperation.Imagination);
        var seed = run.Parameters.Get(VariationsOperation.Seed);
        if (imagination == 0)
        {
            return Task.FromResult(new EngineOutput
            {
                Pictures = [.. Enumerable.Repeat(picture, count)],
                Seed = seed,
                Notes = ["An imagination of 0 keeps the picture as it is."],
            });
        }

        var moods = Shuffled(seed);
        var scene = ReimaginedPicture.Of(picture, cancellationToken);
        var results = new List<Picture>(count);
        var notes = new List<string>(count);
        for (var k = 0; k < count; k++)
        {
            var recipe = Recipe.Draw(SeededRandom.For(seed, $"variation {k}").Next(), imagination, Wishes.None, moods[k]);
            results.Add(scene.Make(recipe, new Stage(run.Progress, k, count), cancellationToken));
            notes.Add($"{k + 1}: {recipe.Tell(scene.HasSubject)}");
        }

        return Task.FromResult(new EngineOutput { Pictures = results, Seed = seed, Notes = notes });
    }

    private static Mood[] Shuffled(long seed)
    {
        var random = SeededRandom.For(seed, "moods");
        Mood[] moods = [.. Mood.All];
        for (var i = moods.Length - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (moods[i], moods[j]) = (moods[j], moods[i]);
        }

        return moods;
    }

    // Decoding is counted as the first twentieth.
    private sealed class Stage(IProgress<InferenceProgress> progress, int done, int count) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(0.05 + (0.95 * (done + value) / count), "reimagining"));
    }
}
