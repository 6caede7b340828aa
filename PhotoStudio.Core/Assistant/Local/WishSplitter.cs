using PhotoStudio.Core.Assistant.Local.Model;
using PhotoStudio.Core.Assistant.Local.Reading;
using PhotoStudio.Core.Assistant.Local.Slots;

namespace PhotoStudio.Core.Assistant.Local;

/// <summary>One wish and what it is taken for.</summary>
/// <param name="Clause">Its words.</param>
/// <param name="Guess">What it is taken for.</param>
internal sealed record Wish(Clause Clause, IntentGuess Guess);

/// <summary>
/// Splits a message into wishes. Commas, "and" and the like are candidates; a part becomes a wish of its own when it is one, and stays with
/// what it belongs to when it is a noun, a place, a value, or only points back ("fix it").
/// </summary>
internal sealed class WishSplitter(IntentClassifier classifier)
{
    private const double Sure = 0.5;

    // Verbs that say nothing without the sentence before: "…, fix it".
    private static readonly HashSet<string> Generic = new(StringComparer.Ordinal)
    {
        "fix", "clean", "help", "do", "remove", "delete", "erase", "improve", "it", "this", "that", "them", "up", "please", "pls", "can", "you", "out", "away", "off", "correct", "solve", "handle", "repair",
        "arreglala", "arreglalo", "limpiala", "limpialo", "quitalo", "quitala", "borrala", "borralo", "eliminalo", "mejorala", "ayuda", "corrigela", "quitaselo", "por", "favor", "porfa", "la", "lo",
        "sua", "xu", "ly", "xoa", "bo", "di", "giup", "minh", "gium", "no", "lai", "chinh", "voi", "tay", "khu", "dum", "em", "ho", "don", "hay", "for", "me",
    };

    // What may hang on a wish without being one.
    private static readonly HashSet<string> Values = new(StringComparer.Ordinal)
    {
        "direction", "color", "number", "pixels", "times", "degrees", "percent", "amount", "size", "ratio", "side", "format", "quality", "keep", "seed", "dont", "", "reply", "light", "lamp", "too", "by", "state", "mode",
    };

    /// <summary>The wishes of a message in the order they were written.</summary>
    public IReadOnlyList<Wish> Split(MessageText message, IReadOnlyList<ReadWord> words, string language)
    {
        var parts = Parts(message, words, language);
        var wishes = new List<Wish>();
        foreach (var (clause, between) in parts)
        {
            var wish = Guess(clause);
            if (wishes.Count == 0 || !Joins(wishes[^1], wish, out var joined, between)) wishes.Add(wish);
            else wishes[^1] = joined;
        }

        return wishes;
    }

    /// <summary>What a clause is taken for.</summary>
    public Wish Guess(Clause clause)
    {
        var guess = classifier.Classify(clause.Message, clause.Words);
        if (guess.Intent != IntentClassifier.Fragment || !clause.Words.Any(word => Concepts.IsVerb(word.Concept))) return new(clause, guess);

        // What has a verb is a wish.
        var rest = 1 - guess.Probability;
        return new(clause, new([.. guess.Ranked.Skip(1).Select(entry => (entry.Intent, entry.Probability / rest)), (guess.Intent, 0)]));
    }

    private static List<(Clause Clause, List<ReadWord> Between)> Parts(MessageText message, IReadOnlyList<ReadWord> words, string language)
    {
        var parts = new List<(Clause, List<ReadWord>)>();
        var current = new List<ReadWord>();
        var between = new List<ReadWord>();
        var (isApart, comesFirst) = (false, false);
        foreach (var word in words)
        {
            var isWith = word.Concept == Concepts.Passing && current.Count > 0 && message.Tokens[word.First].Plain == "voi" && Next(words, word) is { } after && Concepts.IsVerb(after.Concept);
            if (word.Concept is not (Concepts.Break or Concepts.Then or "first") && !isWith)
            {
                current.Add(word);
                continue;
            }

            Close();
            between.Add(word);
            isApart |= word.Concept is Concepts.Then or "first";
            comesFirst |= word.Concept == "first" && parts.Count > 0;
        }

        Close();
        return parts;

        void Close()
        {
            if (current.Count == 0) return;
            parts.Add((new Clause(message, current, language) { IsApart = isApart, ComesFirst = comesFirst }, between));
            (current, between, isApart, comesFirst) = ([], [], false, false);
        }
    }

    private static ReadWord? Next(IReadOnlyList<ReadWord> words, ReadWord word)
    {
        foreach (var other in words)
            if (other.First == word.End) return other;
        return null;
    }

    private bool Joins(Wish before, Wish next, out Wish joined, List<ReadWord> between)
    {
        joined = before;
        var (a, b) = (before.Guess, next.Guess);
        var isPainted = a.Intent is "generate" or "illustrate" or "inpaint" || (a.Intent is IntentClassifier.Fragment && !next.Clause.IsApart);
        var hasVerb = next.Clause.Words.Any(word => Concepts.IsVerb(word.Concept));
        var bare = AdjustSlots.IsBareNoun(next.Clause) && a.Intent == "adjust";

        // A value, a place, a noun, or a pointer back is part of what was said before.
        var isReport = a.Intent is "detect-faces" or "detect-objects" or "moderate";
        var isPointer = !isReport && next.Clause.Tokens.All(token => token.Kind == TokenKind.Sign || Generic.Contains(token.Plain));
        var isValue = !bare && next.Clause.Meant.All(word => Values.Contains(word.Concept)) && (!hasVerb || isPointer) && (b.Intent == IntentClassifier.Fragment || b.Probability < 0.75);
        // "…, but subtle", "…, don't overdo it" say how much.
        var isMeasure = b.Intent is "less" or "more" && !next.Clause.IsApart && a.Intent is not ("undo" or "again" or "pick" or "more" or "less" or Intents.Smalltalk or Intents.Unclear);
        if (isPointer || isMeasure || (isValue && b.Intent is not (Intents.Smalltalk or Intents.Help or Intents.Unclear or "generate")) || (b.Intent == IntentClassifier.Fragment && !bare))
        {
            if (a.Intent is Intents.Smalltalk) return false;
            joined = Join(before, next, between, prefersSecond: false);
            return true;
        }

        // A description goes on until something else is clearly asked for.
        if (isPainted && !(b.Probability > (next.Clause.IsApart ? 0.4 : 0.6) && hasVerb && b.Intent is not ("generate" or Intents.Unclear or "inpaint" or "illustrate"))
            && !(next.Clause.IsApart && b.Probability > Sure && b.Intent is not (Intents.Unclear or Intents.Smalltalk or "generate"))
            && b.Intent is not ("convert" or "upscale" or "undo"))
        {
            joined = Join(before, next, between, prefersSecond: false);
            return true;
        }

        // The same thing said twice: "it's too big, shrink it".
        if (a.Intent == b.Intent && a.Intent is not ("adjust" or "object-removal" or "inpaint" or Intents.Smalltalk or "generate" or Intents.Unclear)
            && !(next.Clause.IsApart && before.Clause.Words.Any(word => Concepts.IsVerb(word.Concept)) && hasVerb && next.Clause.Meant.Any(word => word.Concept is "degrees" or "style" or "direction")))
        {
            joined = Join(before, next, between, prefersSecond: false);
            return true;
        }

        // A complaint and its remedy: "it's so tiny, raise the resolution".
        var saysVerb = before.Clause.Words.Any(word => Concepts.IsVerb(word.Concept) && word.Concept is not ("shrink" or "enlarge" or "rotate" or "sharp" or "dark" or "bright"));
        if (!saysVerb && hasVerb && !before.Clause.Has("times", "degrees", "ratio")
            && ((IsSize(a.Intent) && IsSize(b.Intent)) || (a.Intent is "rotate" && b.Intent is "flip" && !next.Clause.IsApart && before.Clause.Has("upsidedown", "too")) || (a.Intent is "denoise" && b.Intent is "enhance")))
        {
            // "It is only 200 px, I need it larger": the size it has is not the wish.
            joined = IsSize(a.Intent) ? next : Join(before, next, between, prefersSecond: false);
            return true;
        }

        // What leads up to a wish: "for my shop, …", "i look weird, …", "it was so dark in there, …".
        var mayLead = !before.Clause.Words.Any(word => Concepts.IsVerb(word.Concept));
        var isReason = a.Probability < 0.7 && b.Probability > a.Probability && next.Clause.Words.Any(word => Concepts.IsVerb(word.Concept));
        if (a.Intent == IntentClassifier.Fragment || (mayLead && (a.Probability < 0.4 || isReason)))
        {
            if (b.Intent is Intents.Smalltalk) return false;
            joined = Join(before, next, between, prefersSecond: true);
            return true;
        }

        return false;
    }

    private static bool IsSize(string intent) => intent is "resize" or "upscale";

    private Wish Join(Wish before, Wish next, List<ReadWord> between, bool prefersSecond)
    {
        var clause = before.Clause.With(next.Clause, between);
        var both = Guess(clause).Guess;
        var own = prefersSecond ? next.Guess : before.Guess;
        var isOwn = own.Probability >= both.Probability && own.Intent is not (IntentClassifier.Fragment or Intents.Unclear);
        return new(clause, isOwn ? own : both);
    }
}
