using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Inference.Engines;

/// <summary>
/// Picks the engine of an operation: the one that configuration pins, otherwise the first ready one in the order
/// onnx, remote, builtin, within a tier by <see cref="IEngine.Rank"/>. A pinned engine that is not ready is never replaced by another.
/// </summary>
public sealed class EngineSelector
{
    private readonly Dictionary<string, IEngine[]> _candidates;
    private readonly IEngine[] _all;

    /// <summary>Sorts the engines by tier and applies the pins of <see cref="InferenceOptions.Engines"/>.</summary>
    /// <exception cref="OptionsValidationException">A pin names no operation or no engine; the message names the setting.</exception>
    /// <exception cref="InvalidOperationException">
    /// An engine performs no operation of the catalogue, or two engines of an operation share a name.
    /// </exception>
    public EngineSelector(IEnumerable<IEngine> engines, IOptions<InferenceOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _all =
        [
            .. engines
                .OrderBy(engine => engine.Operation, StringComparer.Ordinal)
                .ThenBy(engine => engine.Tier)
                .ThenByDescending(engine => engine.Rank)
                .ThenBy(engine => engine.Name, StringComparer.Ordinal),
        ];
        Array.ForEach(_all, RequireOperation);
        if (_all.CountBy(engine => (engine.Operation, engine.Name)).FirstOrDefault(count => count.Value > 1) is { Value: > 1 } twice)
            throw new InvalidOperationException($"Two engines of {twice.Key.Operation} are named '{twice.Key.Name}'.");

        _candidates = _all.GroupBy(engine => engine.Operation, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        if (PinFaults(options.Value.Engines) is { Count: > 0 } faults)
            throw new OptionsValidationException(Options.DefaultName, typeof(InferenceOptions), faults);
        foreach (var (name, pin) in options.Value.Engines)
        {
            if (!OperationCatalog.TryFind(name, out var operation)) continue;
            _candidates[operation.Name] = [.. _candidates.GetValueOrDefault(operation.Name, []).Where(engine => IsPinned(engine, pin))];
        }
    }

    /// <summary>The engine that runs the operation now, whatever its parameters are.</summary>
    /// <exception cref="InferenceException">None is ready (<see cref="InferenceFault.Unavailable"/>).</exception>
    public IEngine Select(Operation operation) => Select(operation, static _ => true);

    /// <summary>The engine that does now what the parameters ask for.</summary>
    /// <exception cref="InferenceException">
    /// None is ready that can (<see cref="InferenceFault.Unavailable"/>); the message says what each lacks and how to get it.
    /// </exception>
    public IEngine Select(OperationParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return Select(parameters.Operation, engine => engine.Handles(parameters));
    }

    private IEngine Select(Operation operation, Func<IEngine, bool> handles)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var lacking = new List<string>();
        foreach (var engine in _candidates.GetValueOrDefault(operation.Name, []))
        {
            if (!handles(engine)) continue;
            if (engine.Missing is not { } missing) return engine;
            lacking.Add($"{engine.Name}: {missing}");
        }

        throw new InferenceException(
            InferenceFault.Unavailable,
            "engine_unavailable",
            lacking.Count == 0
                ? $"This studio has no engine for {operation.Name}."
                : $"No engine for {operation.Name} is ready. {string.Join(" ", lacking)}");
    }

    /// <summary>Every engine, whether it is ready, and which one takes its operation; by operation and in order of preference.</summary>
    public IReadOnlyList<EngineStatus> Statuses()
    {
        var takers = _candidates.ToDictionary(
            pair => pair.Key, pair => Array.Find(pair.Value, engine => engine.Missing is null), StringComparer.Ordinal);
        return [.. _all.Select(engine => Status(engine, takers.GetValueOrDefault(engine.Operation)))];
    }

    private EngineStatus Status(IEngine engine, IEngine? taker)
    {
        var missing = engine.Missing;
        return new(engine.Operation, engine.Name, engine.Tier, engine.Version, missing is null, missing)
        {
            Takes = engine == taker,
            PassedOver = engine == taker ? null
                : !_candidates[engine.Operation].Contains(engine) ? $"The configuration pins {engine.Operation} to another engine."
                : missing ?? $"{taker!.Name} comes first.",
        };
    }

    /// <summary>Whether a pin means this engine, by its name or its tier.</summary>
    private static bool IsPinned(IEngine engine, string pin) =>
        engine.Name.Equals(pin.Trim(), StringComparison.OrdinalIgnoreCase)
        || WireName(engine.Tier).Equals(pin.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>What an operation with these engines may be pinned to.</summary>
    private static IEnumerable<string> Pins(IReadOnlyCollection<IEngine> engines) =>
        engines.Select(engine => WireName(engine.Tier)).Concat(engines.Select(engine => engine.Name)).Distinct(StringComparer.Ordinal);

    /// <summary>What is wrong with the pins, each by its setting.</summary>
    private List<string> PinFaults(IDictionary<string, string> pins)
    {
        var faults = new List<string>();
        foreach (var (operationName, pin) in pins)
        {
            var setting = $"{InferenceOptions.Section}:{nameof(InferenceOptions.Engines)}:{operationName}";
            if (!OperationCatalog.TryFind(operationName, out var operation))
            {
                faults.Add($"{setting} names no operation; there are {List(OperationCatalog.All.Select(each => each.Name))}.");
                continue;
            }

            var candidates = _candidates.GetValueOrDefault(operation.Name, []);
            if (candidates.Any(engine => IsPinned(engine, pin))) continue;

            var accepted = candidates.Length == 0 ? "left out, for it has no engine" : $"one of {List(Pins(candidates))}";
            faults.Add($"{setting} is '{pin}'; it must be {accepted}.");
        }

        return faults;

        static string List(IEnumerable<string> names) => string.Join(", ", names);
    }

    private static string WireName(EngineTier tier) => tier.ToString().ToLowerInvariant();

    private static void RequireOperation(IEngine engine)
    {
        if (!OperationCatalog.TryFind(engine.Operation, out var operation) || operation.Name != engine.Operation)
        {
            throw new InvalidOperationException(
                $"Engine '{engine.Name}' performs '{engine.Operation}', which is no operation of the catalogue.");
        }
    }
}
