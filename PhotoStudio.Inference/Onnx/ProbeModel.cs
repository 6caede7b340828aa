using Microsoft.ML.OnnxRuntime;

namespace PhotoStudio.Inference.Onnx;

/// <summary>The smallest model there is, to see whether ONNX Runtime and a device work at all.</summary>
internal static class ProbeModel
{
    /// <summary>An ONNX file (IR version 8, operator set 13): <c>y = Identity(x)</c>, one float each.</summary>
    private static readonly byte[] File =
    [
        0x08, 0x08, 0x3A, 0x3B, 0x0A, 0x10, 0x0A, 0x01, 0x78, 0x12, 0x01, 0x79, 0x22, 0x08, .. "Identity"u8,
        0x12, 0x05, .. "probe"u8, 0x5A, 0x0F, 0x0A, 0x01, 0x78, 0x12, 0x0A, 0x0A, 0x08, 0x08, 0x01, 0x12, 0x04, 0x0A, 0x02, 0x08, 0x01,
        0x62, 0x0F, 0x0A, 0x01, 0x79, 0x12, 0x0A, 0x0A, 0x08, 0x08, 0x01, 0x12, 0x04, 0x0A, 0x02, 0x08, 0x01, 0x42, 0x02, 0x10, 0x0D,
    ];

    /// <summary>Runs it.</summary>
    /// <param name="addDevice">Adds the device to the session's options; null leaves the processor.</param>
    /// <exception cref="OnnxRuntimeException">The device does not work.</exception>
    public static void Run(Action<SessionOptions>? addDevice)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        addDevice?.Invoke(options);
        using var session = new InferenceSession(File, options);
        using var x = OrtValue.CreateTensorValueFromMemory<float>([42f], [1]);
        using var run = new RunOptions();
        using var results = session.Run(run, ["x"], [x], ["y"]);
        if (results[0].GetTensorDataAsSpan<float>()[0] != 42f)
            throw new InvalidOperationException("ONNX Runtime gave a wrong answer to its first model.");
    }
}
