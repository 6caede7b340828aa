using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace PhotoStudio.Inference.Onnx;

/// <summary>
/// Finds out which operators of a model run elsewhere than on the device they were meant for. ONNX Runtime moves what a device cannot do to
/// the processor without a word, and every such operator costs two copies between their memories. The session's first run is profiled;
/// the profile names the provider of every operator.
/// </summary>
internal sealed class ProviderWatch
{
    private readonly string _wanted;
    private readonly string _prefix;

    private ProviderWatch(string wanted, string prefix) => (_wanted, _prefix) = (wanted, prefix);

    /// <summary>Sets a session up for it.</summary>
    /// <param name="options">The options that the session is made with.</param>
    /// <param name="wanted">The provider that all operators should run on, such as <c>CUDAExecutionProvider</c>.</param>
    public static ProviderWatch Begin(SessionOptions options, string wanted)
    {
        var prefix = Path.Combine(Path.GetTempPath(), $"studio-model-{Guid.NewGuid():N}");
        options.ProfileOutputPathPrefix = prefix;
        options.EnableProfiling = true;
        return new(wanted, prefix);
    }

    /// <summary>Ends the profiling after a run, and reads what it found.</summary>
    /// <returns>Each operator type that ran elsewhere, where, and how many nodes of it; the most first.</returns>
    public IReadOnlyList<StrayOperator> End(InferenceSession session)
    {
        var file = session.EndProfiling();
        try
        {
            using var profile = File.OpenRead(file);
            using var document = JsonDocument.Parse(profile);
            return Read(document.RootElement, _wanted);
        }
        finally
        {
            Discard(file);
        }
    }

    /// <summary>Deletes the profile of a session that never ran.</summary>
    public void Abandon()
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(_prefix)!, Path.GetFileName(_prefix) + "*")) Discard(file);
    }

    private static List<StrayOperator> Read(JsonElement events, string wanted)
    {
        var nodes = new Dictionary<string, (string Operator, string Provider)>(StringComparer.Ordinal);
        foreach (var entry in events.EnumerateArray())
        {
            // Only the events of kernels name a provider; a node that ran several times, as in a loop, counts once.
            if (entry.TryGetProperty("args", out var arguments) && arguments.ValueKind == JsonValueKind.Object
                && arguments.TryGetProperty("provider", out var provider) && arguments.TryGetProperty("op_name", out var type)
                && entry.TryGetProperty("name", out var name))
            {
                nodes[name.GetString() ?? ""] = (type.GetString() ?? "", provider.GetString() ?? "");
            }
        }

        return
        [
            .. nodes.Values.Where(node => node.Provider != wanted).CountBy(node => node)
                .OrderByDescending(count => count.Value).ThenBy(count => count.Key.Operator, StringComparer.Ordinal)
                .Select(count => new StrayOperator(count.Key.Operator, count.Key.Provider, count.Value)),
        ];
    }

    private static void Discard(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is in the folder for temporary files.
        }
    }
}

/// <summary>An operator type that ran on another provider than was wanted.</summary>
/// <param name="Operator">Its type, such as <c>Conv</c>.</param>
/// <param name="Provider">Where it ran.</param>
/// <param name="Nodes">How many nodes of the graph.</param>
internal sealed record StrayOperator(string Operator, string Provider, int Nodes)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Nodes} × {Operator} on {Provider}";
}
