using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Networks;

/// <summary>
/// The small networks that come with the studio, beside the program in <c>Networks/</c>. The code in <c>training/</c> made them; their
/// model cards are in its README.
/// </summary>
public static class TrainedNetworks
{
    /// <summary>Name of the input <c>[batch, 1, height, width]</c>: luma, 0–1.</summary>
    public const string LumaInput = "luma";

    /// <summary>Name of the only output.</summary>
    public const string Output = "output";

    /// <summary>The network that enlarges luma.</summary>
    /// <param name="factor">2 or 4: how many times as wide and as high its output is.</param>
    public static OnnxModel Upscaling(int factor) =>
        new(Find($"upscale-x{factor}.onnx"), [new(LumaInput, null, 1, null, null)], [new(Output, null, 1, null, null)]);

    private static string Find(string name) => Path.Combine(AppContext.BaseDirectory, "Networks", name);
}
