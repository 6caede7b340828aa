using System.Numerics;

namespace PhotoStudio.Training.Assistant;

/// <summary>A text for training: what is seen of it and which class it belongs to.</summary>
/// <param name="Features">Hashed features; each counts 1/√n.</param>
/// <param name="Class">The index of the class.</param>
internal sealed record TrainingSample(int[] Features, int Class);

/// <summary>
/// Multinomial logistic regression by stochastic gradient descent with AdaGrad's rates (Duchi, Hazan and Singer 2011), one sample a step in a seeded
/// order: the same samples give the same weights.
/// </summary>
/// <param name="classes">How many classes.</param>
/// <param name="bits">How many bits a feature has.</param>
internal sealed class LogisticRegression(int classes, int bits)
{
    private const float Rate = 0.35f;
    private const float Decay = 2e-6f;
    private readonly float[] squares = new float[classes << bits];
    private readonly float[] biasSquares = new float[classes];

    /// <summary>The weights, feature after feature, one a class.</summary>
    public float[] Weights { get; } = new float[classes << bits];

    /// <summary>One a class.</summary>
    public float[] Biases { get; } = new float[classes];

    /// <summary>Goes through the samples in a random order so many times.</summary>
    public void Train(IReadOnlyList<TrainingSample> samples, int rounds, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var order = Enumerable.Range(0, samples.Count).ToArray();
        var errors = new float[classes];
        for (var round = 0; round < rounds; round++)
        {
            random.Shuffle(order);
            foreach (var index in order)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var sample = samples[index];
                var norm = 1 / MathF.Sqrt(Math.Max(1, sample.Features.Length));
                Scores(sample.Features, errors);
                Softmax(errors, 1);
                errors[sample.Class] -= 1;
                for (var i = 0; i < classes; i++)
                {
                    biasSquares[i] += errors[i] * errors[i];
                    Biases[i] -= Rate * 0.3f * errors[i] / (MathF.Sqrt(biasSquares[i]) + 1e-3f);
                }

                foreach (var feature in sample.Features) Step(feature * classes, errors, norm);
            }
        }
    }

    /// <summary>The scores of each class, before the soft maximum.</summary>
    public void Scores(int[] features, float[] scores)
    {
        Array.Clear(scores);
        var norm = 1 / MathF.Sqrt(Math.Max(1, features.Length));
        foreach (var feature in features)
        {
            var row = Weights.AsSpan(feature * classes, classes);
            var i = 0;
            for (; i + Vector<float>.Count <= classes; i += Vector<float>.Count)
                (new Vector<float>(scores.AsSpan(i)) + new Vector<float>(row[i..])).CopyTo(scores, i);
            for (; i < classes; i++) scores[i] += row[i];
        }

        for (var i = 0; i < classes; i++) scores[i] = (scores[i] * norm) + Biases[i];
    }

    /// <summary>Turns scores into probabilities in place.</summary>
    public static void Softmax(Span<float> scores, float temperature)
    {
        var most = float.MinValue;
        foreach (var score in scores) most = Math.Max(most, score);
        float total = 0;
        for (var i = 0; i < scores.Length; i++) total += scores[i] = MathF.Exp((scores[i] - most) / temperature);
        for (var i = 0; i < scores.Length; i++) scores[i] /= total;
    }

    private void Step(int row, float[] errors, float norm)
    {
        var i = 0;
        var weights = Weights.AsSpan(row, classes);
        var gathered = squares.AsSpan(row, classes);
        for (; i + Vector<float>.Count <= classes; i += Vector<float>.Count)
        {
            var weight = new Vector<float>(weights[i..]);
            var gradient = (new Vector<float>(errors, i) * norm) + (weight * Decay);
            var sum = new Vector<float>(gathered[i..]) + (gradient * gradient);
            sum.CopyTo(gathered[i..]);
            (weight - (gradient * Rate / (Vector.SquareRoot(sum) + new Vector<float>(1e-3f)))).CopyTo(weights[i..]);
        }

        for (; i < classes; i++)
        {
            var gradient = (errors[i] * norm) + (weights[i] * Decay);
            gathered[i] += gradient * gradient;
            weights[i] -= gradient * Rate / (MathF.Sqrt(gathered[i]) + 1e-3f);
        }
    }
}
