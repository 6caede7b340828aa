using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PhotoStudio.Inference.Onnx;

/// <summary>
/// The numbers in a model's tensors. Engines work with 32-bit floats; models whose inputs and outputs are half-precision floats, as those
/// made for GPUs are, or bytes get and give them converted.
/// </summary>
internal static class TensorElements
{
    /// <summary>What needs no conversion.</summary>
    public const TensorElementType Usual = TensorElementType.Float;

    /// <summary>A tensor as a model's input; of floats it is no copy.</summary>
    /// <param name="tensor">The values; for bytes they are rounded and clamped to 0–255.</param>
    /// <param name="type">What the model takes; what is neither half-precision nor a byte is given floats.</param>
    public static OrtValue ToValue(FloatTensor tensor, TensorElementType type)
    {
        switch (type)
        {
            case TensorElementType.Float16:
                var halves = new Float16[tensor.Values.Length];
                TensorPrimitives.ConvertToHalf(tensor.Values, MemoryMarshal.Cast<Float16, Half>(halves.AsSpan()));
                return OrtValue.CreateTensorValueFromMemory(halves, tensor.NativeShape);
            case TensorElementType.UInt8:
                var bytes = new byte[tensor.Values.Length];
                for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)Math.Clamp(MathF.Round(tensor.Values[i]), 0, 255);
                return OrtValue.CreateTensorValueFromMemory(bytes, tensor.NativeShape);
            default:
                return OrtValue.CreateTensorValueFromMemory(tensor.Values, tensor.NativeShape);
        }
    }

    /// <summary>An output as floats; null when it is of floats already.</summary>
    public static float[]? ToFloats(OrtValue value)
    {
        if (!value.IsTensor) return null;
        switch (value.GetTensorTypeAndShape().ElementDataType)
        {
            case TensorElementType.Float16:
                var halves = MemoryMarshal.Cast<Float16, Half>(value.GetTensorDataAsSpan<Float16>());
                var floats = new float[halves.Length];
                TensorPrimitives.ConvertToSingle(halves, floats);
                return floats;
            case TensorElementType.UInt8:
                var bytes = value.GetTensorDataAsSpan<byte>();
                var levels = new float[bytes.Length];
                for (var i = 0; i < levels.Length; i++) levels[i] = bytes[i];
                return levels;
            default:
                return null;
        }
    }
}
