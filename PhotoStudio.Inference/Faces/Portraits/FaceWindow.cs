using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Faces.Portraits;

/// <summary>
/// Tells windows of a picture that show a face from those that do not: a weighted sum of the window's oriented gradients (Dalal, Triggs
/// 2005). The weights come with the studio; <c>training/faces</c> made them from faces and clutter drawn by program, and from nothing else.
/// </summary>
public sealed class FaceWindow
{
    /// <summary>The distance between the eyes of a face that fills the window, in pixels.</summary>
    public const float Unit = 16;

    /// <summary>Cells in a row of the window.</summary>
    public const int Across = 9;

    /// <summary>Rows of cells of the window.</summary>
    public const int Down = 10;

    /// <summary>How many weights there are besides the last one, which is added to the sum.</summary>
    public const int Length = Across * Down * OrientedGradients.Directions;

    private const string Resource = "PhotoStudio.Inference.Faces.Portraits.face-window.weights";

    private readonly float[] _weights;

    /// <summary>Takes the weights: <see cref="Length"/> and one that is added.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public FaceWindow(ReadOnlySpan<float> weights) =>
        _weights = weights.Length == Length + 1
            ? weights.ToArray()
            : throw new ArgumentException($"{Length + 1} weights are needed, not {weights.Length}.", nameof(weights));

    /// <summary>The one that comes with the studio.</summary>
    public static FaceWindow Shipped { get; } = Read();

    /// <summary>Where the point between the eyes lies in the window, in pixels.</summary>
    public static Vector2 EyesMiddle { get; } = new(18, 13);

    /// <summary>How much speaks for a face in the window: the logarithm of the odds, near 0 where both are as likely.</summary>
    /// <param name="gradients">The gradients of a picture.</param>
    /// <param name="x">The window's first cell in a row.</param>
    /// <param name="y">The window's first row of cells.</param>
    public float Score(OrientedGradients gradients, int x, int y)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        const int Row = Across * OrientedGradients.Directions;
        var sum = _weights[^1];
        for (var row = 0; row < Down; row++)
        {
            var first = (((y + row) * gradients.Width) + x) * OrientedGradients.Directions;
            sum += TensorPrimitives.Dot(gradients.Values.AsSpan(first, Row), _weights.AsSpan(row * Row, Row));
        }

        return sum;
    }

    /// <summary>The gradients of the window whose first cell is given, in the order of the weights.</summary>
    public static float[] Values(OrientedGradients gradients, int x, int y)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        const int Row = Across * OrientedGradients.Directions;
        var values = new float[Length];
        for (var row = 0; row < Down; row++)
            gradients.Values.AsSpan((((y + row) * gradients.Width) + x) * OrientedGradients.Directions, Row).CopyTo(values.AsSpan(row * Row));
        return values;
    }

    private static FaceWindow Read()
    {
        using var stream = typeof(FaceWindow).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var weights = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < weights.Length; i++) weights[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return new(weights);
    }
}
