using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Running;

/// <summary>
/// Puts one small picture through the codec when the process starts and chooses the models' device: the first real run finds them
/// loaded, and a machine whose codec does not work says so in its health instead of failing run after run.
/// </summary>
internal sealed class InferenceWarmUp(
    IServiceProvider services,
    InferenceHealth health,
    EngineSelector engines,
    MemoryAdmission memory,
    IOptions<InferenceOptions> options,
    ILogger<InferenceWarmUp> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => WarmUp(stoppingToken), CancellationToken.None);

    private void WarmUp(CancellationToken stoppingToken)
    {
        try
        {
            var codec = services.GetRequiredService<IPictureCodec>();
            foreach (var format in codec.Encodes)
            {
                var file = codec.Encode(new Picture(16, 16, PixelFormat.Rgb), new EncodeOptions(format), stoppingToken);
                codec.DecodeScaled(file, new ScaledSize(8, null), PictureLimits.Default, stoppingToken);
            }

            services.GetRequiredService<ExecutionDevice>();
            var statuses = engines.Statuses();
            health.Started(fault: null);
            var ready = statuses.Count(status => status.Ready);
            logger.Ready(options.Value.EffectiveSlots, options.Value.CoresPerRun, memory.Budget >> 20, ready, statuses.Count);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // The process stays up to say what is wrong.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            health.Started($"Inference is broken: {fault.Message}");
            logger.CodecBroken(fault);
        }
    }
}
