using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace PhotoStudio.Core.Assistant.Local.Model;

/// <summary>
/// Multinomial logistic regression over hashed features, its weights as signed bytes with one scale a class. The file, little-endian: "PSLM",
/// the version (1), how many bits a feature has, the temperature that divides the scores (a float, fitted on sentences kept apart, so that
/// the probabilities are calibrated), the number of classes, each class's name (length and UTF-8), scale and bias (floats), and then for
/// each feature one byte a class.
/// </summary>
internal sealed class LinearModel
{
    private const string Prefix = "PhotoStudio.Core.Assistant.Local.Model.";
    private readonly float[] scales;
    private readonly float[] biases;
    private readonly sbyte[] weights;
    private readonly float temperature;

    private LinearModel(string[] classes, float[] scales, float[] biases, sbyte[] weights, float temperature) =>
        (Classes, this.scales, this.biases, this.weights, this.temperature) = (classes, scales, biases, weights, temperature);

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>A model that came with the assembly.</summary>
    public static LinearModel LoadResource(string name)
    {
        using var stream = typeof(LinearModel).Assembly.GetManifestResourceStream($"{Prefix}{name}.bin")
            ?? throw new FileNotFoundException($"The model {name} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Read(bytes);
    }

    /// <summary>How many bytes a model that came with the assembly has.</summary>
    public static long ResourceBytes(string name)
    {
        using var stream = typeof(LinearModel).Assembly.GetManifestResourceStream($"{Prefix}{name}.bin");
        return stream?.Length ?? 0;
    }

    /// <summary>Reads a model's file.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such file.</exception>
    public static LinearModel Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 20 || !bytes.StartsWith("PSLM"u8) || bytes[4] != 1) throw new InvalidDataException("This is not a model of the assistant.");
        int bits = bytes[5], count = bytes[6];
        var divisor = BinaryPrimitives.ReadSingleLittleEndian(bytes[8..]);
        var rest = bytes[12..];
        var (names, steps, offsets) = (new string[count], new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            int length = rest[0];
            names[i] = Encoding.UTF8.GetString(rest.Slice(1, length));
            steps[i] = BinaryPrimitives.ReadSingleLittleEndian(rest[(1 + length)..]);
            offsets[i] = BinaryPrimitives.ReadSingleLittleEndian(rest[(5 + length)..]);
            rest = rest[(9 + length)..];
        }

        if (rest.Length != count << bits) throw new InvalidDataException("The model's file has not the length that it says.");
        return new(names, steps, offsets, MemoryMarshal.Cast<byte, sbyte>(rest).ToArray(), divisor);
    }

    /// <summary>The probability of each class, in the order of <see cref="Classes"/>.</summary>
    public double[] Classify(IReadOnlyList<int> features)
    {
        var count = Classes.Count;
        Span<int> sums = stackalloc int[count];
        sums.Clear();
        foreach (var feature in features)
        {
            var row = weights.AsSpan(feature * count, count);
            for (var i = 0; i < row.Length; i++) sums[i] += row[i];
        }

        var norm = features.Count == 0 ? 0 : 1 / MathF.Sqrt(features.Count);
        var scores = new double[count];
        for (var i = 0; i < count; i++) scores[i] = ((sums[i] * scales[i] * norm) + biases[i]) / temperature;
        var most = scores.Max();
        double total = 0;
        for (var i = 0; i < count; i++) total += scores[i] = Math.Exp(scores[i] - most);
        for (var i = 0; i < count; i++) scores[i] /= total;
        return scores;
    }

    /// <summary>Writes a model's file.</summary>
    /// <param name="classes">The names of the classes, at most 255.</param>
    /// <param name="values">The weights, feature after feature, one a class.</param>
    /// <param name="offsets">One a class.</param>
    /// <param name="bits">How many bits a feature has.</param>
    /// <param name="divisor">What divides the scores.</param>
    public static byte[] Write(IReadOnlyList<string> classes, ReadOnlySpan<float> values, ReadOnlySpan<float> offsets, int bits, float divisor)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("PSLM"u8);
        writer.Write((byte)1);
        writer.Write((byte)bits);
        writer.Write((byte)classes.Count);
        writer.Write((byte)0);
        writer.Write(divisor);
        var steps = new float[classes.Count];
        for (var i = 0; i < values.Length; i++) steps[i % classes.Count] = Math.Max(steps[i % classes.Count], Math.Abs(values[i]) / 127);
        for (var i = 0; i < classes.Count; i++)
        {
            var name = Encoding.UTF8.GetBytes(classes[i]);
            writer.Write((byte)name.Length);
            writer.Write(name);
            writer.Write(steps[i]);
            writer.Write(offsets[i]);
        }

        for (var i = 0; i < values.Length; i++)
            writer.Write(steps[i % classes.Count] == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(values[i] / steps[i % classes.Count]), -127, 127));
        writer.Flush();
        return file.ToArray();
    }
}
