namespace PhotoStudio.Inference.Engines.Generate;

/// <summary>What a prompt asks for, in the words of the lexicon's concepts; what is not to be seen has been taken out.</summary>
internal sealed record SceneBrief
{
    /// <summary>The concepts to show, such as <c>mountain</c>, <c>sunset</c>, <c>boat</c>.</summary>
    public required IReadOnlySet<string> Shows { get; init; }

    /// <summary>The concepts that must not be seen.</summary>
    public IReadOnlySet<string> Avoids { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How many of a thing, where the prompt says.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The colour of a thing, where the prompt says: concept to colour concept.</summary>
    public IReadOnlyDictionary<string, string> Tints { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The colours of the whole picture, in the order they were named.</summary>
    public IReadOnlyList<string> Palette { get; init; } = [];

    /// <summary>The seed of everything that is left to chance.</summary>
    public required long Seed { get; init; }

    /// <summary>Whether any of the concepts is to be seen.</summary>
    public bool Has(params ReadOnlySpan<string> concepts)
    {
        foreach (var concept in concepts)
        {
            if (Shows.Contains(concept)) return true;
        }

        return false;
    }

    /// <summary>Whether the concept must not be seen.</summary>
    public bool Avoid(params ReadOnlySpan<string> concepts)
    {
        foreach (var concept in concepts)
        {
            if (Avoids.Contains(concept)) return true;
        }

        return false;
    }

    /// <summary>How many of a thing to show.</summary>
    public int Count(string concept, int otherwise) => Counts.TryGetValue(concept, out var count) ? Math.Clamp(count, 1, 60) : otherwise;

    /// <summary>Random numbers for one part of the picture.</summary>
    public Algorithms.SeededRandom Random(string part) => Algorithms.SeededRandom.For(Seed, part);
}
