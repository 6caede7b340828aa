using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Engines;

namespace PhotoStudio.Tests.Support;

/// <summary>An engine that does what a test says. Without a script it delivers the picture as it came.</summary>
public sealed class ScriptedEngine(string name = "scripted", string operation = "resize") : IEngine
{
    private int _running;
    private int _most;
    private int _runs;

    public string Operation => operation;

    public string Name => name;

    public EngineTier Tier { get; init; } = EngineTier.Builtin;

    public string Version => "7";

    public string? Missing { get; set; }

    /// <summary>What <see cref="MemoryFor"/> answers, in bytes.</summary>
    public long Memory { get; init; } = 1 << 20;

    /// <summary>What a run does.</summary>
    public Func<EngineRun, CancellationToken, Task<EngineOutput>> Script { get; init; } =
        (run, cancellationToken) => Task.FromResult(new EngineOutput { Pictures = [run.Input().Decode(cancellationToken)] });

    /// <summary>Runs that are inside the engine.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>The most runs that were ever inside at once.</summary>
    public int Most => Volatile.Read(ref _most);

    /// <summary>Runs that were begun.</summary>
    public int Runs => Volatile.Read(ref _runs);

    /// <summary>An engine whose runs wait until the gate opens, or they are cancelled, and then deliver one gray pixel.</summary>
    public static ScriptedEngine WaitingFor(Task gate, string name = "scripted", long memory = 1 << 20) => new(name)
    {
        Memory = memory,
        Script = async (_, cancellationToken) =>
        {
            await gate.WaitAsync(cancellationToken);
            return new EngineOutput { Pictures = [new Picture(1, 1, PixelFormat.Gray)] };
        },
    };

    public long MemoryFor(EngineRun run) => Memory;

    public async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _runs);
        var now = Interlocked.Increment(ref _running);
        InterlockedMax(ref _most, now);
        try
        {
            return await Script(run, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
