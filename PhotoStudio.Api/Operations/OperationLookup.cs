using System.Diagnostics.CodeAnalysis;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Operations;

/// <summary>Finds operations for endpoints, with an answer that helps when there is none.</summary>
public static class OperationLookup
{
    /// <summary>Finds an operation by the name a caller gave.</summary>
    public static bool TryFind(string? name, [NotNullWhen(true)] out Operation? operation, [NotNullWhen(false)] out StudioProblem? problem)
    {
        problem = OperationCatalog.TryFind(name, out operation) ? null : Unknown(name);
        return operation is not null;
    }

    /// <summary>404 with the nearest name and all of them.</summary>
    public static StudioProblem Unknown(string? name)
    {
        var asked = (name ?? "").Trim().ToLowerInvariant().Replace('_', '-');
        var shown = asked.Length <= 60 ? asked : asked[..60] + "…";
        var names = OperationCatalog.All.Select(operation => operation.Name).ToArray();
        var nearest = names.Select(known => (Name: known, Distance: Distance(asked, known))).MinBy(candidate => candidate.Distance);
        var hint = asked.Length <= 60 && nearest.Distance <= Math.Max(2, nearest.Name.Length / 3) ? $" Did you mean '{nearest.Name}'?" : "";
        var detail = $"There is no operation named '{shown}'.{hint} Known: {string.Join(", ", names)}.";
        return StudioProblem.Of(ProblemCode.UnknownOperation, detail);
    }

    /// <summary>The edit distance of Levenshtein: insertions, deletions and substitutions that turn one name into the other.</summary>
    private static int Distance(string left, string right)
    {
        if (left.Length > 60) return int.MaxValue;
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
