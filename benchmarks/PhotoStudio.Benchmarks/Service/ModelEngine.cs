using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Benchmarks.Service;

/// <summary>An engine that does nothing but put a gray picture through a model whose output is a gray picture.</summary>
internal sealed class ModelEngine(OnnxSessions sessions, ModelUnderTest model) : IEngine
{
    private static readonly TensorForm Form = new(ChannelOrder.Gray);

    public string Operation => "resize";

    public string Name => "model";

    public EngineTier Tier => EngineTier.Onnx;

    public string Version => "1";

    public long MemoryFor(EngineRun run) => 256 << 20;

    public async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        var picture = run.Input().Decode(cancellationToken).As(PixelFormat.Gray);
        using var session = await sessions.AcquireAsync(model.Model, cancellationToken);
        var tensor = PictureTensors.FromPicture(picture, Form, cancellationToken);
        using var outputs = session.Run([(model.Input, tensor)], [model.Output], cancellationToken);
        var result = PictureTensors.ToPicture(outputs.Values(model.Output), model.OutputSide, model.OutputSide, Form, cancellationToken);
        return new() { Pictures = [result] };
    }
}

/// <summary>A model from a gray square to a gray square.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Path">Its file.</param>
/// <param name="InputSide">The side of what goes in, in pixels.</param>
/// <param name="OutputSide">The side of what comes out, in pixels.</param>
/// <param name="Input">The input's name.</param>
/// <param name="Output">The output's name.</param>
internal sealed record ModelUnderTest(string Name, string Path, int InputSide, int OutputSide, string Input = "input", string Output = "output")
{
    /// <summary>The file with what is expected of it.</summary>
    public OnnxModel Model { get; } = new(
        Path, [new(Input, 1, 1, InputSide, InputSide)], [new(Output, 1, 1, OutputSide, OutputSide)]);
}
