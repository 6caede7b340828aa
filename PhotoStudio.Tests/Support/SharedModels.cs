using PhotoStudio.Imaging;
using PhotoStudio.Inference;

namespace PhotoStudio.Tests.Support;

/// <summary>The studio with the published models of the folder beside the repository installed; without any where the folder is not there.</summary>
public sealed class SharedModels : OperationUnderTest
{
    private const string Any = "face_detection_yunet_2023mar.onnx";

    /// <summary>The folder; null when it is not there.</summary>
    public static string? Folder => Path.GetDirectoryName(SharedFolder.Find("models", Any));

    /// <inheritdoc/>
    protected override InferenceSetup Setup => new(Settings: Folder is null
        ? new Dictionary<string, string?>(StringComparer.Ordinal) { [nameof(InferenceOptions.Device)] = "cpu" }
        : new Dictionary<string, string?>(StringComparer.Ordinal) { [nameof(InferenceOptions.Device)] = "cpu", ["Models:Path"] = Folder });

    /// <summary>A model's file; null when it is not there.</summary>
    public static string? Find(string file) => SharedFolder.Find("models", file);

    /// <summary>A photograph, upright and decoded; null when it is not there.</summary>
    public static Picture? Photo(string file) =>
        SharedFolder.Find("photos", file) is { } path ? TestFiles.Decode(File.ReadAllBytes(path)).As(PixelFormat.Rgb) : null;
}
