using System.Diagnostics.CodeAnalysis;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Processing;

/// <summary>The names under which jobs are submitted and listed: an operation's own, or another that clients know it by.</summary>
internal static class JobTypes
{
    private static readonly Dictionary<string, string> Others = new(StringComparer.OrdinalIgnoreCase) { ["generation"] = "generate" };

    /// <summary>The operation of a job type.</summary>
    public static bool TryFind(string? name, [NotNullWhen(true)] out Operation? operation) =>
        OperationCatalog.TryFind(name is not null && Others.TryGetValue(name.Trim(), out var known) ? known : name, out operation);

    /// <summary>Every name, for messages.</summary>
    public static string Known => string.Join(", ", OperationCatalog.All.Select(operation => operation.Name).Concat(Others.Keys));
}
