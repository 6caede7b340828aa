namespace PhotoStudio.Core.Prompts;

/// <summary>A noun with what belongs to it, gathered in the order of its language and written in the order of English.</summary>
internal sealed class NounPhrase
{
    private readonly List<string> _before = [];
    private readonly List<string> _after = [];
    private readonly List<string> _modifiers = [];

    /// <summary>Articles and other determiners.</summary>
    public string? Determiner { get; set; }

    /// <summary>How many.</summary>
    public string? Number { get; set; }

    /// <summary>A measure with its "of": "flock of".</summary>
    public string? Measure { get; set; }

    /// <summary>The noun.</summary>
    public TranslationUnit? Head { get; set; }

    /// <summary>Whether it is more than one.</summary>
    public bool Plural { get; set; }

    /// <summary>An adjective that stands before the noun.</summary>
    public void Before(string adjective) => _before.Add(adjective);

    /// <summary>An adjective that follows the noun; the nearest to it stays the nearest.</summary>
    public void After(string adjective) => _after.Insert(0, adjective);

    /// <summary>Joins an adjective to the one that was added last: "red and black".</summary>
    public void Join(string conjunction, string adjective)
    {
        if (_after.Count > 0) _after[0] = $"{_after[0]} {conjunction} {adjective}";
        else _after.Insert(0, adjective);
    }

    /// <summary>A noun that narrows the noun it follows.</summary>
    public void Modify(string noun) => _modifiers.Insert(0, noun);

    /// <summary>Whether an adjective follows the noun.</summary>
    public bool HasAdjectiveAfter => _after.Count > 0;

    /// <summary>Writes it.</summary>
    public void WriteTo(EnglishSentence sentence)
    {
        var plural = Plural || Head?.Plural == true;
        if (Determiner is not null && !(plural && Determiner == "a")) sentence.Add(Determiner);
        if (Number is not null) sentence.Add(Number);
        if (Measure is not null) sentence.Add(Measure);
        foreach (var adjective in _before) sentence.Add(adjective);
        foreach (var adjective in _after) sentence.Add(adjective);
        foreach (var modifier in _modifiers) sentence.Add(modifier);
        if (Head is null) return;
        sentence.Add((plural || Measure is not null && Measure is not "glass of" and not "cup of") && Head.Known && Head.Class == WordClass.Noun
            ? EnglishNouns.Plural(Head.English)
            : Head.English);
    }
}
