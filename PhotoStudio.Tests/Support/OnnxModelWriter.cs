using System.Buffers.Binary;
using System.Text;

namespace PhotoStudio.Tests.Support;

/// <summary>
/// Writes small ONNX models (onnx.proto of https://github.com/onnx/onnx; IR version 8, operator set 13) with float tensors, and inputs and
/// outputs of bytes or half-precision floats.
/// </summary>
internal sealed class OnnxModelWriter
{
    /// <summary>Types of tensors, by TensorProto.DataType.</summary>
    public const int Float = 1, Byte = 2, Long = 7, Half = 10;

    private readonly ProtobufWriter _graph = new();

    /// <summary>Adds an input; a negative size is a dimension of any size.</summary>
    public OnnxModelWriter Input(string name, params int[] shape) => Value(11, name, Float, shape);

    /// <summary>Adds an input of another type.</summary>
    public OnnxModelWriter TypedInput(string name, int type, params int[] shape) => Value(11, name, type, shape);

    /// <summary>Adds an output; a negative size is a dimension of any size.</summary>
    public OnnxModelWriter Output(string name, params int[] shape) => Value(12, name, Float, shape);

    /// <summary>Adds an output of another type.</summary>
    public OnnxModelWriter TypedOutput(string name, int type, params int[] shape) => Value(12, name, type, shape);

    /// <summary>Adds a constant of whole numbers, such as the shape that a Reshape makes.</summary>
    public OnnxModelWriter Integers(string name, params long[] values)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        _graph.Message(5, new ProtobufWriter().Number(1, values.Length).Number(2, Long).Text(8, name).Bytes(9, bytes));
        return this;
    }

    /// <summary>Adds a constant.</summary>
    public OnnxModelWriter Weights(string name, float[] values, params int[] shape)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        var tensor = new ProtobufWriter();
        foreach (var size in shape) tensor.Number(1, size);
        _graph.Message(5, tensor.Number(2, Float).Text(8, name).Bytes(9, bytes));
        return this;
    }

    /// <summary>y = x.</summary>
    public OnnxModelWriter Identity(string x, string y) => Node("Identity", [x], y);

    /// <summary>y = a + b, with broadcasting.</summary>
    public OnnxModelWriter Add(string a, string b, string y) => Node("Add", [a, b], y);

    /// <summary>y = a · b, with broadcasting.</summary>
    public OnnxModelWriter Mul(string a, string b, string y) => Node("Mul", [a, b], y);

    /// <summary>y = max(0, x).</summary>
    public OnnxModelWriter Relu(string x, string y) => Node("Relu", [x], y);

    /// <summary>y = x convolved with weights [out, in, k, k], as large as x.</summary>
    public OnnxModelWriter Conv(string x, string weights, string y) =>
        Node("Conv", [x, weights], y, new ProtobufWriter().Text(1, "auto_pad").Bytes(4, "SAME_UPPER"u8.ToArray()).Number(20, 3));

    /// <summary>y = x convolved with weights [out, in, 1, 1] and a bias [out], at every so many pixels.</summary>
    public OnnxModelWriter Mix(string x, string weights, string bias, string y, int stride = 1) =>
        Node("Conv", [x, weights, bias], y, Numbers("strides", stride, stride));

    /// <summary>y = a − b, with broadcasting.</summary>
    public OnnxModelWriter Sub(string a, string b, string y) => Node("Sub", [a, b], y);

    /// <summary>y = a · b, of matrices.</summary>
    public OnnxModelWriter MatMul(string a, string b, string y) => Node("MatMul", [a, b], y);

    /// <summary>y = x added up along the dimensions that a constant of <see cref="Integers"/> tells; they stay, with one value.</summary>
    public OnnxModelWriter Sum(string x, string dimensions, string y) => Node("ReduceSum", [x, dimensions], y);

    /// <summary>y = x in another shape, given by a constant of <see cref="Integers"/>.</summary>
    public OnnxModelWriter Reshape(string x, string shape, string y) => Node("Reshape", [x, shape], y);

    /// <summary>y = x with its dimensions in another order.</summary>
    public OnnxModelWriter Transpose(string x, string y, params long[] order) => Node("Transpose", [x], y, Numbers("perm", order));

    /// <summary>y = a and b after each other along a dimension.</summary>
    public OnnxModelWriter Concat(string a, string b, string y, int axis) => Node("Concat", [a, b], y, One("axis", axis));

    /// <summary>y = channels of x moved to where pixels are, as many times as wide and as high.</summary>
    public OnnxModelWriter DepthToSpace(string x, string y, int factor) => Node("DepthToSpace", [x], y, One("blocksize", factor));

    /// <summary>y = the mean of every channel of x, one pixel of each.</summary>
    public OnnxModelWriter Mean(string x, string y) => Node("GlobalAveragePool", [x], y);

    /// <summary>y = x as numbers of another type.</summary>
    public OnnxModelWriter Cast(string x, string y, int type) => Node("Cast", [x], y, One("to", type));

    /// <summary>The file.</summary>
    public byte[] ToArray() =>
        new ProtobufWriter().Number(1, 8).Message(7, _graph.Text(2, "test")).Message(8, new ProtobufWriter().Number(2, 13)).ToArray();

    /// <summary>Writes the file and tells its path.</summary>
    public string Save(string path)
    {
        File.WriteAllBytes(path, ToArray());
        return path;
    }

    private OnnxModelWriter Node(string type, string[] inputs, string output, ProtobufWriter? attribute = null)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs) node.Text(1, input);
        node.Text(2, output).Text(4, type);
        if (attribute is not null) node.Message(5, attribute);
        _graph.Message(1, node);
        return this;
    }

    // AttributeProto: name 1, i 3, ints 8, type 20 (2 is a number, 7 are numbers).
    private static ProtobufWriter One(string name, long value) => new ProtobufWriter().Text(1, name).Number(3, value).Number(20, 2);

    private static ProtobufWriter Numbers(string name, params long[] values)
    {
        var attribute = new ProtobufWriter().Text(1, name);
        foreach (var value in values) attribute.Number(8, value);
        return attribute.Number(20, 7);
    }

    private OnnxModelWriter Value(int field, string name, int elements, int[] shape)
    {
        var dimensions = new ProtobufWriter();
        foreach (var (size, index) in shape.Select((size, index) => (size, index)))
        {
            var dimension = new ProtobufWriter();
            dimensions.Message(1, size < 0 ? dimension.Text(2, $"{name}{index}") : dimension.Number(1, size));
        }

        var type = new ProtobufWriter().Message(1, new ProtobufWriter().Number(1, elements).Message(2, dimensions));
        _graph.Message(field, new ProtobufWriter().Text(1, name).Message(2, type));
        return this;
    }

    /// <summary>The wire format of protocol buffers: varints and length-delimited fields.</summary>
    private sealed class ProtobufWriter
    {
        private readonly List<byte> _bytes = [];

        public ProtobufWriter Number(int field, long value)
        {
            Varint((ulong)field << 3);
            Varint((ulong)value);
            return this;
        }

        public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
        {
            Varint(((ulong)field << 3) | 2);
            Varint((ulong)value.Length);
            _bytes.AddRange(value);
            return this;
        }

        public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

        public ProtobufWriter Message(int field, ProtobufWriter value) => Bytes(field, value.ToArray());

        public byte[] ToArray() => [.. _bytes];

        private void Varint(ulong value)
        {
            for (; value > 127; value >>= 7) _bytes.Add((byte)(value | 128));
            _bytes.Add((byte)value);
        }
    }
}
