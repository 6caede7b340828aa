using System.Collections.Concurrent;
using System.Text;
using PhotoStudio.Core.Inference;

namespace PhotoStudio.Tests.Support;

/// <summary>Inference that does what a test says. Unless told otherwise it delivers one file that names the run.</summary>
public sealed class ScriptedInference : IInference
{
    private readonly ConcurrentQueue<InferenceRequest> _requests = new();

    /// <summary>One run as the test wants it.</summary>
    public delegate Task<InferenceResult> RunScript(InferenceRequest request, IProgress<InferenceProgress> progress, CancellationToken cancellationToken);

    /// <summary>What a run does.</summary>
    public RunScript Script { get; set; } = (request, _, _) => Task.FromResult(Deliver($"result of {request.RunId}"));

    /// <summary>The runs so far, in the order they began.</summary>
    public IReadOnlyList<InferenceRequest> Requests => [.. _requests];

    /// <summary>A result with these files' texts as its outputs.</summary>
    public static InferenceResult Deliver(params string[] files) => new(
        [.. files.Select(file => new InferenceOutput(Encoding.UTF8.GetBytes(file), "image/png", "png", 320, 200))],
        TestJobs.Engine);

    public async Task<InferenceResult> RunAsync(
        InferenceRequest request,
        IProgress<InferenceProgress>? progress,
        CancellationToken cancellationToken)
    {
        _requests.Enqueue(request);
        await Task.Yield();
        return await Script(request, progress!, cancellationToken);
    }

    public Task<IReadOnlyList<EngineStatus>> EnginesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<EngineStatus>>([]);
}
