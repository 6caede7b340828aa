using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace PhotoStudio.Core.Operations;

/// <summary>The one list of operations: every sealed class of this assembly that derives from <see cref="Operation"/>.</summary>
public static class OperationCatalog
{
    private static readonly FrozenDictionary<string, Operation> ByName = typeof(Operation).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract)
        .Select(type => (Operation)Activator.CreateInstance(type, nonPublic: true)!)
        .ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);

    /// <summary>Every operation, by name in ordinal order.</summary>
    public static IReadOnlyList<Operation> All { get; } = [.. ByName.Values.OrderBy(operation => operation.Name, StringComparer.Ordinal)];

    /// <summary>Finds an operation; underscores in the name count as hyphens.</summary>
    public static bool TryFind(string? name, [NotNullWhen(true)] out Operation? operation)
    {
        operation = null;
        return name is not null && ByName.TryGetValue(name.Trim().ToLowerInvariant().Replace('_', '-'), out operation);
    }

    /// <summary>The operation with this exact name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static Operation Get(string name) =>
        ByName.TryGetValue(name, out var operation) ? operation : throw new KeyNotFoundException($"There is no operation named '{name}'.");
}
