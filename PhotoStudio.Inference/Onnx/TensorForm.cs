using System.Text.Json.Serialization;

namespace PhotoStudio.Inference.Onnx;

/// <summary>The channels of a model's picture tensor.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChannelOrder>))]
public enum ChannelOrder
{
    /// <summary>Three channels: red, green, blue.</summary>
    Rgb,

    /// <summary>Three channels: blue, green, red, as OpenCV reads pictures.</summary>
    Bgr,

    /// <summary>One channel: luma.</summary>
    Gray,
}

/// <summary>How a model wants its pictures: <c>value = (sample · Scale − Mean[c]) / Deviation[c]</c>, samples 0–255.</summary>
/// <param name="Order">Which channels there are.</param>
/// <param name="Scale">What a sample is multiplied by: 1/255 for values 0–1, 1 for values 0–255.</param>
public sealed record TensorForm(ChannelOrder Order, float Scale = 1 / 255f)
{
    /// <summary>What is subtracted, for each channel in the tensor's order; empty is 0.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [];

    /// <summary>What the difference is divided by, for each channel in the tensor's order, not 0; empty is 1.</summary>
    public IReadOnlyList<float> Deviation { get; init; } = [];

    /// <summary>The number of channels, 1 or 3.</summary>
    public int Channels => Order == ChannelOrder.Gray ? 1 : 3;

    /// <summary>The same as <c>value = sample · Factor + Offset</c>, for one channel of the tensor.</summary>
    internal (float Factor, float Offset) ToValue(int channel)
    {
        float mean = At(Mean, channel, 0), deviation = At(Deviation, channel, 1);
        return (Scale / deviation, -mean / deviation);
    }

    /// <summary>The way back, <c>sample = value · Factor + Offset</c>, for one channel of the tensor.</summary>
    internal (float Factor, float Offset) ToSample(int channel)
    {
        float mean = At(Mean, channel, 0), deviation = At(Deviation, channel, 1);
        return (deviation / Scale, mean / Scale);
    }

    /// <summary>Where in a pixel the samples of a channel of the tensor are.</summary>
    internal int SampleIndex(int channel) => Order == ChannelOrder.Bgr ? 2 - channel : channel;

    private float At(IReadOnlyList<float> values, int channel, float otherwise)
    {
        if (values.Count == 0) return otherwise;
        return values.Count == Channels
            ? values[channel]
            : throw new InvalidOperationException($"A {Order} tensor needs {Channels} means or deviations, not {values.Count}.");
    }
}
