using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhotoStudio.Core.Prompts;

/// <summary>What an English phrase tells about a picture.</summary>
internal enum TermKind
{
    /// <summary>A noun of a group: people, city, …</summary>
    Noun,

    /// <summary>A subject's own word.</summary>
    Subject,

    /// <summary>What the picture is made with.</summary>
    Medium,

    /// <summary>A time or weather that decides the light.</summary>
    Moment,

    /// <summary>Light, lens, composition, quality, mood or colour.</summary>
    Facet,
}

/// <summary>A term.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Name">The group, subject, medium, moment or facet.</param>
internal readonly record struct PromptTerm(TermKind Kind, string Name);

/// <summary>The English terms that prompts are made of, from <c>Lexicon/enrichment.json</c> and the nouns of the lexicons.</summary>
internal static class PromptTerms
{
    private static readonly Lazy<Tables> Loaded = new(Load);

    /// <summary>What is added to prompts.</summary>
    public static EnrichmentFile Enrichment => Loaded.Value.File;

    /// <summary>The subjects that a group of nouns speaks for.</summary>
    public static IReadOnlyList<string> SubjectsOf(string group) => Loaded.Value.SubjectsByGroup.GetValueOrDefault(group, []);

    /// <summary>A medium by its name.</summary>
    public static MediumTerms Medium(string name) => Loaded.Value.Media[name];

    /// <summary>A time or weather by its name.</summary>
    public static MomentTerms Moment(string name) => Loaded.Value.Moments[name];

    /// <summary>What the longest phrase at a word tells.</summary>
    /// <param name="words">Words in lower case.</param>
    /// <param name="at">Where to look.</param>
    /// <param name="length">How many words it has; 0 for none.</param>
    public static IReadOnlyList<PromptTerm> Match(string[] words, int at, out int length) => Loaded.Value.Terms.Match(words, at, out length);

    /// <summary>The sides of conflicts that the longest such phrase at a word takes.</summary>
    /// <param name="words">Words in lower case.</param>
    /// <param name="at">Where to look.</param>
    /// <param name="length">How many words it has; 0 for none.</param>
    public static IReadOnlyList<(string Conflict, int Side)> MatchConflict(string[] words, int at, out int length) =>
        Loaded.Value.Conflicts.Match(words, at, out length);

    /// <summary>What a single word tells.</summary>
    public static IReadOnlyList<PromptTerm> Find(string word) => Loaded.Value.Terms.Find(word);

    /// <summary>Whether a phrase that begins at a word is known.</summary>
    public static bool IsKnown(string[] words, int at)
    {
        Match(words, at, out var length);
        return length > 0;
    }

    private static Tables Load()
    {
        const string name = "PhotoStudio.Core.Prompts.Lexicon.enrichment.json";
        using var stream = typeof(PromptTerms).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing.");
        var file = JsonSerializer.Deserialize(stream, EnrichmentJson.Default.EnrichmentFile)!;
        var table = new PhraseTable<PromptTerm>();
        var nouns = new HashSet<(string, string)>();
        foreach (var lexicon in (PromptLexicon[])[PromptLexicon.English, PromptLexicon.Spanish, PromptLexicon.Vietnamese])
        {
            foreach (var (_, word) in lexicon.Nouns)
            {
                foreach (var form in (string[])[word.English.ToLowerInvariant(), EnglishNouns.Plural(word.English.ToLowerInvariant())])
                {
                    if (nouns.Add((form, word.Group))) table.Add(form, new PromptTerm(TermKind.Noun, word.Group));
                }
            }
        }

        foreach (var (facet, words) in file.Facets) AddAll(words, new PromptTerm(TermKind.Facet, facet));
        foreach (var medium in file.Media) AddAll(medium.Words, new PromptTerm(TermKind.Medium, medium.Name));
        foreach (var moment in file.Moments) AddAll(moment.Words, new PromptTerm(TermKind.Moment, moment.Name));
        foreach (var subject in file.Subjects) AddAll(subject.Words, new PromptTerm(TermKind.Subject, subject.Name));
        var conflicts = new PhraseTable<(string, int)>();
        foreach (var conflict in file.Conflicts)
        {
            for (var side = 0; side < conflict.Sides.Count; side++)
            {
                foreach (var word in conflict.Sides[side]) conflicts.Add(word, (conflict.Name, side));
            }
        }

        return new Tables(file, table, conflicts)
        {
            SubjectsByGroup = file.Subjects.SelectMany(subject => subject.Groups.Distinct(StringComparer.Ordinal).Select(group => (group, subject.Name))).GroupBy(entry => entry.group, entry => entry.Name, StringComparer.Ordinal)
                .ToDictionary(entry => entry.Key, entry => entry.ToArray(), StringComparer.Ordinal),
            Media = file.Media.DistinctBy(medium => medium.Name, StringComparer.Ordinal).ToDictionary(medium => medium.Name, StringComparer.Ordinal),
            Moments = file.Moments.DistinctBy(moment => moment.Name, StringComparer.Ordinal).ToDictionary(moment => moment.Name, StringComparer.Ordinal),
        };

        void AddAll(IEnumerable<string> words, PromptTerm term)
        {
            foreach (var word in words) table.Add(word, term);
        }
    }

    private sealed record Tables(EnrichmentFile File, PhraseTable<PromptTerm> Terms, PhraseTable<(string Conflict, int Side)> Conflicts)
    {
        public required Dictionary<string, string[]> SubjectsByGroup { get; init; }

        public required Dictionary<string, MediumTerms> Media { get; init; }

        public required Dictionary<string, MomentTerms> Moments { get; init; }
    }
}

/// <summary>The form of <c>enrichment.json</c>.</summary>
internal sealed record EnrichmentFile
{
    /// <summary>Words that say something about a facet, so that nothing need be added to it.</summary>
    public required Dictionary<string, string[]> Facets { get; init; }

    public required IReadOnlyList<MediumTerms> Media { get; init; }

    public required IReadOnlyList<MomentTerms> Moments { get; init; }

    public required IReadOnlyList<SubjectTerms> Subjects { get; init; }

    public required IReadOnlyList<ConflictTerms> Conflicts { get; init; }
}

/// <summary>What a picture is made with, the words for it, and what suits it.</summary>
internal sealed record MediumTerms(string Name, string[] Words, string Phrase, string Quality, string[] Negative)
{
    /// <summary>Whether lenses mean anything to it.</summary>
    public bool Lens { get; init; }
}

/// <summary>A time or weather and its light.</summary>
internal sealed record MomentTerms(string Name, string[] Words, string Light);

/// <summary>What a picture may be of, by the groups of its nouns and words of its own, and what suits it.</summary>
internal sealed record SubjectTerms(string Name, string[] Groups, string[] Words, string Light, string Lens, string Composition, string[] Negative);

/// <summary>What cannot both be.</summary>
internal sealed record ConflictTerms(string Name, IReadOnlyList<string[]> Sides);

/// <summary>Source-generated JSON of the file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EnrichmentFile))]
internal sealed partial class EnrichmentJson : JsonSerializerContext;
