using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Faces.Portraits;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Training.Faces;

/// <summary>
/// Makes the weights of <see cref="FaceWindow"/>: logistic regression on drawn faces against clutter, faces out of place, and, in rounds,
/// whatever in large scenes without a face still looks most like one (Dalal, Triggs 2005).
/// </summary>
public static class FaceWindowTraining
{
    private const int Faces = 6_000, Others = 14_000, Rounds = 3, Scenes = 90, HardestOfScene = 40;

    // Pixels around the window, and the sizes of the patch that is drawn.
    private const int Margin = 2 * OrientedGradients.CellSide;
    private const int PatchWidth = (FaceWindow.Across * OrientedGradients.CellSide) + (2 * Margin);
    private const int PatchHeight = (FaceWindow.Down * OrientedGradients.CellSide) + (2 * Margin);

    private const int SceneWidth = 400, SceneHeight = 300;

    /// <summary>Trains and writes the weights, as 32-bit numbers of IEEE 754, least significant byte first.</summary>
    public static void Run(string path, TextWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var faces = Drawn(Faces, 1, random => Face(random, inPlace: true), cancellationToken);
        var others = Drawn(Others, 2, Other, cancellationToken);
        var regression = new LogisticRegression(FaceWindow.Length);
        for (var round = 0; ; round++)
        {
            var loss = regression.Fit(faces, others, cancellationToken);
            writer.WriteLine(FormattableString.Invariant($"round {round}: {faces.Count} faces, {others.Count} others, loss {loss:0.0000}"));
            if (round == Rounds) break;
            others.AddRange(Hardest(regression, round, cancellationToken));
        }

        writer.WriteLine(FormattableString.Invariant(
            $"seen of {faces.Count} faces: {Share(faces, regression):P1}; taken for one of {others.Count} others: {Share(others, regression):P2}"));
        var bytes = new byte[regression.Weights.Length * sizeof(float)];
        for (var i = 0; i < regression.Weights.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), regression.Weights[i]);
        File.WriteAllBytes(path, bytes);
    }

    private static double Share(List<float[]> samples, LogisticRegression regression) =>
        samples.Count(sample => regression.Logit(sample) > 0) / (double)samples.Count;

    // Each has its own seed, so that the order of work does not matter.
    private static List<float[]> Drawn(int count, int seed, Func<Random, Plane> draw, CancellationToken cancellationToken)
    {
        var samples = new float[count][];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var random = new Random((seed * 1_000_003) + i);
            var plane = draw(random);
            if (random.NextSingle() < 0.7f) plane = GaussianFilter.Blur(plane, 0.4f + (0.9f * random.NextSingle()));
            samples[i] = FaceWindow.Values(OrientedGradients.Of(plane), 2, 2);
        });
        return [.. samples];
    }

    private static Plane Face(Random random, bool inPlace)
    {
        float across, down, size, tilt;
        do
        {
            var (shift, spread, lean) = inPlace ? (0.14f, 0.12f, 0.24f) : (3f, 1.5f, 0.6f);
            (across, down) = (shift * (random.NextSingle() - 0.5f), shift * (random.NextSingle() - 0.5f));
            size = inPlace ? 1 + (spread * (random.NextSingle() - 0.5f)) : MathF.Pow(2, spread * ((2 * random.NextSingle()) - 1));
            tilt = lean * (random.NextSingle() - 0.5f);
        }
        while (!inPlace && Math.Abs(across) < 0.4f && Math.Abs(down) < 0.4f && size is > 0.72f and < 1.38f);
        var middle = FaceWindow.EyesMiddle + new Vector2(Margin) + (FaceWindow.Unit * new Vector2(across, down));
        return new DrawnFace(random).Paint(PatchWidth, PatchHeight, middle, FaceWindow.Unit * size, tilt);
    }

    private static Plane Other(Random random)
    {
        var kind = random.Next(4);
        if (kind == 0) return Face(random, inPlace: false);
        var clutter = new Clutter(random, 5 + random.Next(200));
        var zoom = (0.3f + (1.2f * random.NextSingle())) / FaceWindow.Unit;
        var plane = Filled(PatchWidth, PatchHeight, (x, y) => clutter.At(zoom * new Vector2(x - (PatchWidth / 2), y - (PatchHeight / 2) + 4)));
        if (kind != 2) return plane;

        var noise = new GradientNoise(new SeededRandom(random.Next()));
        var frequency = 0.02f + (0.2f * random.NextSingle());
        return Filled(PatchWidth, PatchHeight, (x, y) => 0.5f + (0.6f * noise.Fractal(x * frequency, y * frequency, 5)) + (0.2f * (plane[x, y] - 0.5f)));
    }

    private static IEnumerable<float[]> Hardest(LogisticRegression regression, int round, CancellationToken cancellationToken)
    {
        var hardest = new float[Scenes][][];
        Parallel.For(0, Scenes, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var seed = (1_000 * (round + 1)) + i;
            var random = new Random(seed);
            var scene = Scene(i, seed, random);
            List<(float Logit, float[] Values)> windows = [];
            for (var unit = FaceWindow.Unit; unit < 90; unit *= 1.3f)
            {
                var scale = FaceWindow.Unit / unit;
                var level = AreaResize.Shrink(scene, (int)(SceneWidth * scale), (int)(SceneHeight * scale), cancellationToken);
                var grids = OrientedGradients.Grids(level, 2, cancellationToken);
                var gradients = grids[random.Next(grids.Count)];
                for (var y = 0; y + FaceWindow.Down <= gradients.Height; y++)
                {
                    for (var x = 0; x + FaceWindow.Across <= gradients.Width; x++)
                    {
                        var values = FaceWindow.Values(gradients, x, y);
                        windows.Add((regression.Logit(values), values));
                    }
                }
            }

            hardest[i] = [.. windows.OrderByDescending(window => window.Logit).Take(HardestOfScene).Select(window => window.Values)];
        });
        return hardest.SelectMany(values => values);
    }

    // Landscapes, clutter, and clutter that is its own mirror image.
    private static Plane Scene(int kind, int seed, Random random)
    {
        if (kind % 3 == 0)
        {
            var samples = SyntheticPhoto.Paint(SceneWidth, SceneHeight, seed).Samples;
            return Filled(SceneWidth, SceneHeight, (x, y) =>
            {
                var i = 3 * ((y * SceneWidth) + x);
                return (samples[i] + (2 * samples[i + 1]) + samples[i + 2]) / 1020f;
            });
        }

        var clutter = new Clutter(random, 200 + random.Next(600));
        var noise = new GradientNoise(new SeededRandom(seed));
        var rough = random.NextSingle() * 0.4f;
        var plane = Filled(SceneWidth, SceneHeight, (x, y) =>
            clutter.At(new(4 * ((x / (float)SceneWidth) - 0.5f), 0.4f + (4 * ((y / (float)SceneHeight) - 0.5f)))) + (rough * noise.Fractal(x * 0.06f, y * 0.06f, 5)));
        return kind % 3 == 1 ? plane : Filled(SceneWidth, SceneHeight, (x, y) => plane[Math.Max(x, SceneWidth - 1 - x), y]);
    }

    private static Plane Filled(int width, int height, Func<int, int, float> value)
    {
        var plane = new Plane(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) plane[x, y] = value(x, y);
        return plane;
    }
}

/// <summary>Logistic regression of two kinds that weigh alike, by gradient descent with momentum; a second fit goes on from the first.</summary>
internal sealed class LogisticRegression(int length)
{
    private const int Steps = 600, Parts = 16;
    private const float Rate = 0.6f, Momentum = 0.9f, Decay = 1e-4f;

    /// <summary>The weights; the last one is added to the sum.</summary>
    public float[] Weights { get; } = new float[length + 1];

    /// <summary>The logarithm of the odds that a sample is of the first kind.</summary>
    public float Logit(float[] sample) => Weights[^1] + TensorPrimitives.Dot(Weights.AsSpan(0, length), sample);

    /// <summary>Fits; the loss is the mean of both kinds' cross entropies.</summary>
    public double Fit(List<float[]> first, List<float[]> second, CancellationToken cancellationToken)
    {
        (float[] Values, float Kind, float Weight)[] samples =
            [.. first.Select(values => (values, 1f, 0.5f / first.Count)), .. second.Select(values => (values, 0f, 0.5f / second.Count))];
        var velocity = new float[Weights.Length];
        double loss = 0;
        for (var step = 0; step < Steps; step++)
        {
            // Always the same parts in the same order: the sums come out alike on any number of cores.
            var parts = new (float[] Gradient, double Loss)[Parts];
            Parallel.For(0, Parts, new ParallelOptions { CancellationToken = cancellationToken }, part =>
            {
                parts[part] = Sum(samples.AsSpan((int)((long)samples.Length * part / Parts)..(int)((long)samples.Length * (part + 1) / Parts)));
            });
            var gradient = new float[Weights.Length];
            foreach (var part in parts) TensorPrimitives.Add(gradient, part.Gradient, gradient);
            loss = parts.Sum(part => part.Loss);
            TensorPrimitives.MultiplyAdd(Weights.AsSpan(0, length), Decay, gradient.AsSpan(0, length), gradient.AsSpan(0, length));
            TensorPrimitives.MultiplyAdd(velocity, Momentum, gradient, velocity);
            TensorPrimitives.MultiplyAdd(velocity, -Rate, Weights, Weights);
        }

        return loss;
    }

    private (float[] Gradient, double Loss) Sum(ReadOnlySpan<(float[] Values, float Kind, float Weight)> samples)
    {
        var gradient = new float[Weights.Length];
        double loss = 0;
        foreach (var (values, kind, weight) in samples)
        {
            var logit = Logit(values);
            var error = weight * ((1 / (1 + MathF.Exp(-logit))) - kind);
            loss += weight * Math.Log(1 + Math.Exp(kind > 0 ? -logit : logit));
            TensorPrimitives.MultiplyAdd(values, error, gradient.AsSpan(0, length), gradient.AsSpan(0, length));
            gradient[^1] += error;
        }

        return (gradient, loss);
    }
}
