namespace PhotoStudio.Inference.Onnx;

/// <summary>Where models are to run, <c>Studio:Inference:Device</c>.</summary>
public enum DeviceChoice
{
    /// <summary>On the first CUDA device where one works, otherwise on the processor.</summary>
    Auto,

    /// <summary>On the processor.</summary>
    Cpu,

    /// <summary>On the first CUDA device; the process does not start where none works.</summary>
    Cuda,
}
