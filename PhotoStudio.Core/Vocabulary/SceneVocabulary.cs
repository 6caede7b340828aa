using System.Globalization;

namespace PhotoStudio.Core.Vocabulary;

/// <summary>
/// The words for what can be seen in a picture, in English, Vietnamese (with and without its marks) and Spanish, and the reading of
/// prompts by them. The words are in <c>scene.en.json</c>, <c>scene.vi.json</c> and <c>scene.es.json</c> beside this file.
/// </summary>
public static class SceneVocabulary
{
    private const int NegationReach = 6;
    private const int MostUnrecognised = 40;

    // Words that the vocabulary does not have, between a colour and its thing.
    private const int MostBetween = 2;

    private static readonly VocabularyFile[] Files = [VocabularyFile.Load("en"), VocabularyFile.Load("vi"), VocabularyFile.Load("es")];
    private static readonly LanguageWords[] Languages = [.. Files.Select(file => new LanguageWords(file))];

    /// <summary>Every thing the vocabulary knows, as a concept.</summary>
    public static IReadOnlyCollection<string> Things { get; } = Files[0].Things.Keys;

    /// <summary>Every colour, as a concept.</summary>
    public static IReadOnlyCollection<string> Colors { get; } = Files[0].Colors.Keys;

    /// <summary>Every style, as a concept.</summary>
    public static IReadOnlyCollection<string> Styles { get; } = Files[0].Styles.Keys;

    /// <summary>Every tone of colour, as a concept.</summary>
    public static IReadOnlyCollection<string> Tones { get; } = Files[0].Tones.Keys;

    /// <summary>The languages: en, vi, es.</summary>
    public static IReadOnlyList<string> LanguageCodes { get; } = [.. Files.Select(file => file.Language)];

    /// <summary>The words of a language for a thing, in order of preference; empty when it has none.</summary>
    public static IReadOnlyList<string> WordsFor(string thing, string language) =>
        Files.First(file => file.Language == language).Things.GetValueOrDefault(thing, []);

    /// <summary>Reads a prompt. Never fails: what is not understood comes back as unrecognised.</summary>
    public static SceneReading Read(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var words = WordFolding.Words(prompt);
        var main = Languages.MaxBy(language => Understood(words, language))!;
        var reader = new PhraseReader(main.Language);
        for (var at = 0; at < words.Count;)
        {
            if (words[at].Length == 0)
            {
                reader.Pause();
                at++;
                continue;
            }

            var (meaning, length) = Match(words, at, main);
            if (meaning is null) reader.Unknown(words[at]);
            else reader.Meaning(meaning);
            at += length;
        }

        return reader.Finish(MostUnrecognised);
    }

    // Things and colours tell more about the language than small words that several languages share.
    private static int Understood(IReadOnlyList<string> words, LanguageWords language)
    {
        var score = 0;
        for (var at = 0; at < words.Count;)
        {
            var (meaning, length) = MatchIn(words, at, language, false);
            if (meaning is not null) score += length * (meaning.Kind is WordKind.Thing or WordKind.Color or WordKind.Style ? 3 : 2);
            at += length;
        }

        return score;
    }

    private static (WordMeaning? Meaning, int Length) Match(IReadOnlyList<string> words, int at, LanguageWords main)
    {
        var found = MatchIn(words, at, main, false);
        if (found.Meaning is not null || words[at].Length < 4) return found;
        foreach (var other in Languages)
        {
            if (other == main) continue;
            var foreign = MatchIn(words, at, other, true);
            if (foreign.Meaning is { Kind: WordKind.Thing or WordKind.Color or WordKind.Tone or WordKind.Style }) return foreign;
        }

        return found;
    }

    private static (WordMeaning? Meaning, int Length) MatchIn(IReadOnlyList<string> words, int at, LanguageWords language, bool asWritten)
    {
        if (words[at].Length == 0) return (null, 1);
        if (words[at].All(char.IsAsciiDigit)) return (new(words[at].Length <= 2 ? WordKind.Number : WordKind.Passing, words[at]), 1);
        for (var length = LanguageWords.LongestPhrase; length > 0; length--)
        {
            if (at + length > words.Count) continue;
            var part = words.Skip(at).Take(length);
            if (part.Any(word => word.Length == 0)) continue;
            if (language.Find(string.Join(' ', part), asWritten) is { } meaning) return (meaning, length);
        }

        return (null, 1);
    }

    /// <summary>Gathers meanings in the order of the prompt and binds numbers, colours and negations to things.</summary>
    private sealed class PhraseReader(string language)
    {
        private readonly List<string> things = [];
        private readonly List<string> negated = [];
        private readonly List<string> colors = [];
        private readonly List<string> tones = [];
        private readonly List<string> styles = [];
        private readonly List<string> unknown = [];
        private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> tints = new(StringComparer.Ordinal);
        private string? waitingColor;
        private string? lastThing;
        private int sinceThing;
        private int? number;
        private int negation;
        private int unknownSinceColor;

        public void Pause()
        {
            FreeColor();
            (lastThing, number, negation) = (null, null, 0);
        }

        public void Unknown(string word)
        {
            if (!unknown.Contains(word, StringComparer.Ordinal)) unknown.Add(word);
            if (negation > 0) negation--;
            if (language != "en" || ++unknownSinceColor > MostBetween) FreeColor();
            sinceThing++;
        }

        public void Meaning(WordMeaning meaning)
        {
            switch (meaning.Kind)
            {
                case WordKind.Negation:
                    FreeColor();
                    (negation, lastThing, number) = (NegationReach, null, null);
                    return;
                case WordKind.Break:
                    negation = 0;
                    FreeColor();
                    lastThing = null;
                    return;
                case WordKind.Number:
                    number = int.Parse(meaning.Concept, CultureInfo.InvariantCulture);
                    return;
                case WordKind.Thing when negation > 0:
                case WordKind.Color when negation > 0:
                case WordKind.Tone when negation > 0:
                case WordKind.Style when negation > 0:
                    Add(negated, meaning.Concept);
                    negation--;
                    return;
                case WordKind.Thing:
                    Thing(meaning);
                    return;
                case WordKind.Color:
                    Color(meaning.Concept);
                    return;
                case WordKind.Tone:
                    Add(tones, meaning.Concept);
                    return;
                case WordKind.Style:
                    Add(styles, meaning.Concept);
                    return;
                case WordKind.Passing:
                    // "A red wooden barn", but not "a red Ferrari beside a lake".
                    if (unknownSinceColor > 0) FreeColor();
                    if (language == "en") return;
                    sinceThing++;
                    return;
                default:
                    throw new ArgumentOutOfRangeException(nameof(meaning), meaning.Kind, null);
            }
        }

        public SceneReading Finish(int mostUnknown)
        {
            FreeColor();
            var wanted = things.Where(thing => !negated.Contains(thing, StringComparer.Ordinal)).ToArray();
            return new()
            {
                Language = language,
                Things = wanted,
                Negated = negated,
                Counts = counts,
                Tints = tints,
                Colors = [.. colors.Where(color => !negated.Contains(color, StringComparer.Ordinal))],
                Tones = tones,
                Styles = [.. styles.Where(style => !negated.Contains(style, StringComparer.Ordinal))],
                Unrecognised = [.. unknown.Take(mostUnknown).Select(word => word.Length <= 40 ? word : word[..40] + "…")],
            };
        }

        private void Thing(WordMeaning meaning)
        {
            var thing = meaning.Concept;
            Add(things, thing);
            if (number is { } count && (count > 1 || !meaning.Plural)) counts[thing] = count;
            else if (meaning.Plural) counts.TryAdd(thing, 4);
            if (waitingColor is { } color) tints[thing] = color;
            (waitingColor, number, lastThing, sinceThing) = (null, null, thing, 0);
        }

        // English puts the colour before the thing, Vietnamese and Spanish after it.
        private void Color(string color)
        {
            if (language != "en" && lastThing is not null && sinceThing <= 2)
            {
                if (tints.TryAdd(lastThing, color)) return;
                Add(colors, color);
                return;
            }

            FreeColor();
            (waitingColor, unknownSinceColor) = (color, 0);
        }

        private void FreeColor()
        {
            if (waitingColor is { } color) Add(colors, color);
            waitingColor = null;
        }

        private static void Add(List<string> list, string concept)
        {
            if (!list.Contains(concept, StringComparer.Ordinal)) list.Add(concept);
        }
    }
}
