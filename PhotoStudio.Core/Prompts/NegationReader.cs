using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhotoStudio.Core.Prompts;

/// <summary>
/// Finds what a prompt does not want: "no people", "NOT blurry", "without text or logos", "không mờ", "sin gente ni coches". A negation
/// reaches to the next pause, verb of wanting, or phrase of its own; "space", "no longer" and the like are none.
/// </summary>
internal static class NegationReader
{
    private const int Reach = 6;

    private static readonly FrozenDictionary<string, Language> Languages = Load();

    /// <summary>The negations of a prompt in the order they stand.</summary>
    /// <param name="text">Its words.</param>
    /// <param name="language">en, vi or es; a prompt in Spanish or Vietnamese may have English negations too.</param>
    public static List<Negation> Read(PromptText text, string language)
    {
        var (words, own) = (text.Words, Languages[language]);
        var asWritten = language == "vi" && text.HasMarks;
        var found = new List<Negation>();
        for (var at = 0; at < words.Count; at++)
        {
            if (!words[at].IsWord) continue;
            var length = own.Cue(asWritten ? text.Folded : text.Plain, at, asWritten);
            if (length == 0 && language != "en") length = EnglishCue(text.Folded[at]);
            if (length < 0) at += -length - 1;
            if (length <= 0) continue;
            var end = Unwanted(words, text.Plain, at + length, own, out var terms);
            if (terms.Count == 0) continue;
            found.Add(new Negation(at, end, terms));
            at = end - 1;
        }

        return found;
    }

    // "no" is Spanish as well, so only cues that are English alone count in other languages.
    private static int EnglishCue(string word) => word is "without" or "not" or "avoid" or "except" ? 1 : 0;

    private static int Unwanted(
        IReadOnlyList<PromptWord> words, string[] plain, int at, Language language, out List<(int Start, int End)> terms)
    {
        terms = [];
        var start = -1;
        var used = 0;
        for (; at < words.Count; at++)
        {
            var word = words[at];
            if (word.Kind == PromptWordKind.Mark && word.Text is not ("/" or "&" or "-" or "'")) break;
            if (language.Fillers.Contains(plain[at]) && start < 0) continue;
            if (language.Joints.Contains(plain[at]) || word.Text is "/" or "&")
            {
                Close(at, terms);

                // "no people and a red car": an article after the joint begins something that is wanted.
                if (at + 1 < words.Count && !language.Joints.Contains(plain[at + 1]) && language.Stops.Contains(plain[at + 1]) && !language.Fillers.Contains(plain[at + 1])) break;
                if (at + 1 < words.Count && plain[at + 1] is "a" or "an" or "the" or "un" or "una" or "mot") break;
                used = 0;
                continue;
            }

            if (start >= 0 && language.Stops.Contains(plain[at])) break;
            if (start < 0 && language.Stops.Contains(plain[at]) && plain[at] is "but" or "pero" or "nhung") break;
            if (start < 0) start = at;
            if (++used >= Reach)
            {
                at++;
                break;
            }
        }

        Close(at, terms);
        return at;

        void Close(int end, List<(int, int)> into)
        {
            if (start >= 0) into.Add((start, end));
            start = -1;
        }
    }

    private static FrozenDictionary<string, Language> Load()
    {
        const string name = "PhotoStudio.Core.Prompts.Lexicon.negation.json";
        using var stream = typeof(NegationReader).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing.");
        var file = JsonSerializer.Deserialize(stream, NegationJson.Default.DictionaryStringNegationWords)!;
        return file.ToFrozenDictionary(entry => entry.Key, entry => new Language(entry.Value), StringComparer.Ordinal);
    }

    /// <summary>One language's small words.</summary>
    private sealed class Language
    {
        private readonly PhraseTable<int> _cues = new();
        private readonly PhraseTable<int> _plainCues = new();

        public Language(NegationWords words)
        {
            foreach (var cue in words.Cues) Add(cue, 1);
            foreach (var none in words.None) Add(none, -1);
            Joints = Plain(words.Joints);
            Stops = Plain(words.Stops);
            Fillers = Plain(words.Fillers);
        }

        public FrozenSet<string> Joints { get; }

        public FrozenSet<string> Stops { get; }

        public FrozenSet<string> Fillers { get; }

        /// <summary>How many words of a cue stand at a word; negative for a phrase that only looks like one; 0 for none.</summary>
        public int Cue(string[] words, int at, bool exact)
        {
            var values = (exact ? _cues : _plainCues).Match(words, at, out var length);
            if (length == 0) return 0;
            return values.Contains(-1) ? -length : length;
        }

        private static FrozenSet<string> Plain(string[] words) => words.Select(Vocabulary.WordFolding.WithoutMarks).ToFrozenSet(StringComparer.Ordinal);

        private void Add(string cue, int value)
        {
            _cues.Add(cue, value);
            _plainCues.Add(Vocabulary.WordFolding.WithoutMarks(cue), value);
        }
    }
}

/// <summary>One language's words in <c>Lexicon/negation.json</c>.</summary>
/// <param name="Cues">What begins a negation.</param>
/// <param name="None">What looks like a cue and is none.</param>
/// <param name="Joints">What joins several unwanted things.</param>
/// <param name="Stops">What ends a negation.</param>
/// <param name="Fillers">What may stand between the cue and the thing.</param>
internal sealed record NegationWords(string[] Cues, string[] None, string[] Joints, string[] Stops, string[] Fillers);

/// <summary>Source-generated JSON of the file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, NegationWords>))]
internal sealed partial class NegationJson : JsonSerializerContext;

/// <summary>One negation.</summary>
/// <param name="Start">The index of its first word, the cue's.</param>
/// <param name="End">The index after its last word.</param>
/// <param name="Terms">What is unwanted, as ranges of words.</param>
internal sealed record Negation(int Start, int End, IReadOnlyList<(int Start, int End)> Terms);
