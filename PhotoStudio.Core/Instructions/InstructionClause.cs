using System.Globalization;

namespace PhotoStudio.Core.Instructions;

/// <summary>One wish of an instruction: its words, and questions about them.</summary>
internal sealed class InstructionClause(IReadOnlyList<InstructionWord> words)
{
    /// <summary>The words as written.</summary>
    public string Text { get; } = string.Join(' ', words.Select(word => word.Text));

    /// <summary>The words.</summary>
    public IReadOnlyList<InstructionWord> Words => words;

    /// <summary>Whether a word of one of the concepts is there.</summary>
    public bool Has(params ReadOnlySpan<string> concepts)
    {
        foreach (var word in words)
            if (concepts.Contains(word.Concept)) return true;
        return false;
    }

    /// <summary>The value of the first word of a concept; null without one.</summary>
    public string? Value(string concept) => words.FirstOrDefault(word => word.Concept == concept)?.Value;

    /// <summary>The values of all words of a concept.</summary>
    public IReadOnlyList<string> Values(string concept) => [.. words.Where(word => word.Concept == concept).Select(word => word.Value)];

    /// <summary>The number of the first word of a concept; null without one.</summary>
    public double? Number(string concept) => Value(concept) is { } value ? double.Parse(value, CultureInfo.InvariantCulture) : null;

    /// <summary>How much is asked for: 1 where nothing is said, less for "a little", more for "much".</summary>
    public double Amount => Number("amount") ?? 1;

    /// <summary>Wishes stand between breaks; a break that nothing follows, or that stands between two values of one thing, is none.</summary>
    public static IReadOnlyList<InstructionClause> Split(IReadOnlyList<InstructionWord> words)
    {
        var clauses = new List<InstructionClause>();
        var current = new List<InstructionWord>();
        foreach (var word in words)
        {
            if (word.Concept != InstructionWords.Break) current.Add(word);
            else Close();
        }

        Close();
        return clauses;

        void Close()
        {
            if (current.Count > 0) clauses.Add(new([.. current]));
            current.Clear();
        }
    }
}
