using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PhotoStudio.Inference.Onnx;

/// <summary>
/// Reads a constant out of a model's file, for the publishers who keep a part of their processing there that no node uses. ONNX Runtime tells
/// of none. Fields by onnx.proto: ModelProto.graph 7, GraphProto.initializer 5, TensorProto.dims 1, data_type 2, float_data 4, raw_data 9.
/// </summary>
internal static class OnnxConstants
{
    private const int Float = 1, Half = 10;
    private const long LargestTensor = 64 << 20;

    /// <summary>The last constant of a model's graph.</summary>
    /// <returns>The tensor; null when the file has none, or it is not of floats, or larger than 64 MiB.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ConstantTensor? ReadLast(string path)
    {
        using var file = File.OpenRead(path);
        var reader = new ProtobufStream(file);
        (long Start, long End)? last = null;
        while (reader.Next(file.Length) is { } field)
        {
            if (field is not { Number: 7, IsMessage: true })
            {
                reader.Skip(field);
                continue;
            }

            var end = file.Position + field.Length;
            while (reader.Next(end) is { } inner)
            {
                if (inner is { Number: 5, IsMessage: true }) last = (file.Position, file.Position + inner.Length);
                reader.Skip(inner);
            }
        }

        if (last is not var (start, stop) || stop - start > LargestTensor || stop > file.Length) return null;
        file.Position = start;
        return Read(reader, file, stop);
    }

    private static ConstantTensor? Read(ProtobufStream reader, FileStream file, long end)
    {
        List<int> shape = [];
        var type = 0;
        byte[] raw = [];
        while (reader.Next(end) is { } field)
        {
            switch (field)
            {
                case { Number: 1, IsMessage: true }:
                    for (var stop = file.Position + field.Length; file.Position < stop;) shape.Add((int)reader.Varint());
                    break;
                case { Number: 1 }:
                    shape.Add((int)field.Value);
                    break;
                case { Number: 2, IsMessage: false }:
                    type = (int)field.Value;
                    break;
                case { Number: 4 or 9, IsMessage: true } when field.Length <= end - file.Position:
                    raw = new byte[field.Length];
                    file.ReadExactly(raw);
                    break;
                default:
                    reader.Skip(field);
                    break;
            }
        }

        var count = shape.Aggregate(1L, (product, size) => product * size);
        var values = new float[Math.Max(0, Math.Min(count, LargestTensor / 2))];
        if (type == Float && raw.Length == values.Length * sizeof(float))
        {
            for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(raw.AsSpan(i * sizeof(float)));
        }
        else if (type == Half && raw.Length == values.Length * 2)
        {
            System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(raw), values);
        }
        else
        {
            return null;
        }

        return new(shape, values);
    }

    /// <summary>A field's key and, of a number, its value; of a message or bytes, the length of what follows.</summary>
    private readonly record struct Field(int Number, bool IsMessage, long Length, long Value);

    /// <summary>The wire format of protocol buffers.</summary>
    private sealed class ProtobufStream(FileStream file)
    {
        // The next field before an end; null there, or where the file is damaged.
        public Field? Next(long end)
        {
            if (file.Position >= end) return null;
            var key = Varint();
            switch (key & 7)
            {
                case 0:
                    return new((int)(key >> 3), false, 0, Varint());
                case 1:
                    return new((int)(key >> 3), false, 8, 0);
                case 2:
                    return new((int)(key >> 3), true, Varint(), 0);
                case 5:
                    return new((int)(key >> 3), false, 4, 0);
                default:
                    file.Position = end;
                    return null;
            }
        }

        public void Skip(Field field) => file.Position = Math.Min(file.Length, file.Position + Math.Max(0, field.Length));

        public long Varint()
        {
            long value = 0;
            for (var shift = 0; shift < 64; shift += 7)
            {
                var part = file.ReadByte();
                if (part < 0) return value;
                value |= (long)(part & 127) << shift;
                if (part < 128) break;
            }

            return value;
        }
    }
}

/// <summary>A constant of a model.</summary>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Values">Its values, the last dimension varying fastest.</param>
internal sealed record ConstantTensor(IReadOnlyList<int> Shape, float[] Values);
