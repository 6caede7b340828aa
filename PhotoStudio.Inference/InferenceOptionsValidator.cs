using Microsoft.Extensions.Options;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference;

/// <summary>
/// Checks the settings when the process starts and names every one that makes no sense. The pins of engines are
/// <see cref="Engines.EngineSelector"/>'s: engines may themselves ask for the settings.
/// </summary>
internal sealed class InferenceOptionsValidator : IValidateOptions<InferenceOptions>
{
    // All frames are written from one array of four bytes a pixel.
    private const long MostAnimationPixels = 500_000_000;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, InferenceOptions options)
    {
        var faults = new List<string>();
        if (options.Slots is < 1 or > 256) Fault(nameof(options.Slots), options.Slots, "a number from 1 to 256");
        if (options.QueueLength is < 0 or > 10_000) Fault(nameof(options.QueueLength), options.QueueLength, "a number from 0 to 10,000");
        if (options.MemoryBytes < 1 << 20) Fault(nameof(options.MemoryBytes), options.MemoryBytes, "at least 1,048,576");
        if (options.Models.MemoryBytes < 1 << 20)
            Fault($"{nameof(options.Models)}:{nameof(options.Models.MemoryBytes)}", options.Models.MemoryBytes, "at least 1,048,576");
        if (options.Models.BatchWindowMilliseconds is { } window && !(window is >= 0 and <= 1000))
            Fault($"{nameof(options.Models)}:{nameof(options.Models.BatchWindowMilliseconds)}", window, "a number from 0 to 1,000");
        if (options.Models.MostInBatch is < 1 or > 256)
            Fault($"{nameof(options.Models)}:{nameof(options.Models.MostInBatch)}", options.Models.MostInBatch, "a number from 1 to 256");
        if (!Enum.IsDefined(options.Device)) Fault(nameof(options.Device), options.Device, "auto, cpu or cuda");
        if (options.Device == DeviceChoice.Cuda && ExecutionDevice.CudaMissing(options.CudaLibrary) is { } why)
            faults.Add($"{InferenceOptions.Section}:{nameof(options.Device)} is 'cuda', and CUDA does not work here: {why}.");
        if (options.MaxPixels < 1) Fault(nameof(options.MaxPixels), options.MaxPixels, "at least 1");
        if (options.MaxSide < 1) Fault(nameof(options.MaxSide), options.MaxSide, "at least 1");
        if (options.MaxFrames < 1) Fault(nameof(options.MaxFrames), options.MaxFrames, "at least 1");
        if (options.MaxAnimationPixels is < 1 or > MostAnimationPixels)
            Fault(nameof(options.MaxAnimationPixels), options.MaxAnimationPixels, $"a number from 1 to {MostAnimationPixels:N0}");
        if (options.MaxDecodeSeconds is < 1 or > 86_400) Fault(nameof(options.MaxDecodeSeconds), options.MaxDecodeSeconds, "1 to 86,400");

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Fault(string setting, object? value, string accepted) =>
            faults.Add($"{InferenceOptions.Section}:{setting} is '{value}'; it must be {accepted}.");
    }
}
