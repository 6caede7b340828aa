using System.Collections.Frozen;

namespace PhotoStudio.Core.Prompts;

/// <summary>
/// Finds what a prompt does not want: "no people", "NOT blurry", "without text or logos", "không mờ", "sin gente ni coches". A negation
/// reaches to the next pause, verb of wanting, or phrase of its own; "space", "no longer" and the like are none.
/// </summary>
internal static class NegationReader
{
    private const int Reach = 6;

    private static readonly FrozenDictionary<string, Language> Languages = new Dictionary<string, Language>(StringComparer.Ordinal)
    {
        ["en"] = new(
            Cues: ["no", "not", "without", "don't include", "do not include", "don't add", "do not add", "don't want any", "don't want", "do not want",
                "i don't want", "avoid", "avoiding", "exclude", "excluding", "except", "except for", "free of", "free from", "minus", "never", "nor", "neither",
                "don't show", "do not show", "no visible", "lacking", "not any", "nothing but", "with no", "and no", "but no", "but not", "and not",
                "and without", "but without", "there should be no", "there must be no", "remove", "dont", "aint"],
            None: ["no longer", "not only", "no one", "no man's land", "no matter", "without doubt", "nothing but", "no-one", "no 1", "no wonder", "no time"],
            Joints: ["or", "and", "nor", "any", "/", "&", "no", "not"],
            Stops: ["but", "with", "while", "in", "on", "at", "under", "over", "against", "just", "only", "instead", "please", "then", "though", "where", "which", "that",
                "holding", "wearing", "standing", "sitting", "is", "are", "a", "an", "the", "by", "for", "looking"],
            Fillers: ["any", "the", "a", "an", "too", "be", "being", "too much", "so", "it", "to", "see", "include", "have", "too many"]),
        ["es"] = new(
            Cues: ["sin", "no", "ni", "nada de", "evita", "evitar", "evitando", "excepto", "salvo", "excluye", "excluir", "excluyendo", "que no haya", "que no tenga",
                "que no sea", "que no este", "que no salga", "no quiero", "no incluyas", "no incluir", "no pongas", "y sin", "pero sin", "no debe haber", "nunca", "y no",
                "que no salgan", "que no se vea", "que no se vean", "pero no"],
            None: ["sin embargo", "sin fin", "sin duda", "sin titulo", "no solo", "no obstante", "sin parar", "sin igual"],
            Joints: ["o", "y", "ni", "u", "e", "sin", "no"],
            Stops: ["pero", "con", "mientras", "en", "sobre", "bajo", "al", "solo", "por", "favor", "porfa", "para", "donde", "que", "llevando", "un", "una", "el", "la", "desde"],
            Fillers: ["el", "la", "los", "las", "un", "una", "ningun", "ninguna", "nada", "de", "tan", "muy", "este", "esta", "sea", "haya"]),
        ["vi"] = new(
            Cues: ["không có", "không", "đừng có", "đừng", "tránh", "ngoại trừ", "trừ", "không muốn có", "không muốn", "không được có", "không được", "không bị",
                "không cần", "không thấy", "chẳng có", "chẳng", "chưa có", "không hề", "loại bỏ", "bỏ qua", "không chứa", "không vẽ", "đừng vẽ", "đừng thêm", "không thêm", "và không có",
                "nhưng không có", "mà không có", "không kèm", "miễn có"],
            None: ["không gian", "không khí", "hàng không", "trên không", "không trung", "hư không", "không quân", "không ngừng", "không những", "không chỉ", "không lồ", "chân dung", "vũ trụ", "chàng trai", "xây dựng", "sử dụng"],
            Joints: ["hoặc", "hay", "và", "với", "cũng", "không", "có"],
            Stops: ["nhưng", "mà", "trong", "trên", "dưới", "ở", "tại", "chỉ", "nhé", "nha", "ạ", "đang", "một", "thì", "để", "với", "bên"],
            Fillers: ["có", "bị", "bất kỳ", "nào", "gì", "cả", "hết", "quá", "được", "những", "các", "thêm"]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

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

    /// <summary>One language's small words.</summary>
    private sealed class Language
    {
        private readonly PhraseTable<int> _cues = new();
        private readonly PhraseTable<int> _plainCues = new();

        public Language(string[] Cues, string[] None, string[] Joints, string[] Stops, string[] Fillers)
        {
            foreach (var cue in Cues) Add(cue, 1);
            foreach (var none in None) Add(none, -1);
            this.Joints = Plain(Joints);
            this.Stops = Plain(Stops);
            this.Fillers = Plain(Fillers);
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

/// <summary>One negation.</summary>
/// <param name="Start">The index of its first word, the cue's.</param>
/// <param name="End">The index after its last word.</param>
/// <param name="Terms">What is unwanted, as ranges of words.</param>
internal sealed record Negation(int Start, int End, IReadOnlyList<(int Start, int End)> Terms);
