using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Engines;

namespace PhotoStudio.Inference.Running;

/// <summary>What a run takes: what its engine does, and what decoding and writing take in the formats at hand.</summary>
internal static class RunMemory
{
    /// <summary>What engines reckon for decoding, in bytes a pixel of the picture that comes in.</summary>
    public const int UsualDecoding = 6;

    /// <summary>Bytes of one sample each of red, green, blue and alpha.</summary>
    private const int BytesPerPixel = 4;

    /// <summary>The most bytes that a run takes at a time, beyond the files it is given.</summary>
    public static long For(IEngine engine, EngineRun run)
    {
        var decoding = run.Inputs.Sum(input =>
            Math.Max(0, CodecMemory.ToDecode(input.Header.Format, input.Header.Pixels) - (UsualDecoding * input.Header.Pixels)));

        // The engines reckon with one frame. When the result is written, of the rest of the work only garbage is left.
        var frames = run.Inputs.Select(input => input.Frames).DefaultIfEmpty(1).Max();
        var finishing = ResultFinisher.MemoryFor(run.Parameters, engine.ResultPixels(run));
        return frames * Math.Max(Math.Max(engine.MemoryFor(run), finishing) + decoding, ToWrite(engine, run));
    }

    private static long ToWrite(IEngine engine, EngineRun run)
    {
        if (run.Parameters.Operation.Output == OperationOutput.Data) return 0;

        var pixels = ResultFinisher.PixelsAfter(run.Parameters, engine.ResultPixels(run));
        var format = OutputFormats.Expected(run.Parameters, run.Inputs.Select(input => (PictureFormat?)input.Header.Format).FirstOrDefault(), run.Codec);
        return (pixels * BytesPerPixel)
            + CodecMemory.ToEncode(format, pixels, OutputFormats.IsLossless(run.Parameters), OutputFormats.Effort(run.Parameters));
    }
}
