using System.Collections.Frozen;
using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Core.Assistant.Local.Slots;

/// <summary>Parts of a wish that are kept in the person's own words: what to draw, what to remove, where.</summary>
internal static class Phrases
{
    /// <summary>Words after which a scene or a new state is named.</summary>
    public static readonly FrozenSet<string> SceneLinks = Set("to with into as in on at for against: like front of by por en a como con sobre delante de thanh bang sang vao o truoc len qua nhu");

    /// <summary>Words that may stand before what is meant and say nothing about it.</summary>
    private static readonly FrozenSet<string> Lead = Set(
        "can could would will you u please pls plz i we want need like to have just now hey hi let's lets and then there's theres there is are im i'm i'd id " +
        "out up away off of : - , . go ahead make get do from that's it's " +
        "puedes podrias quiero quisiera necesito me por favor porfa que hay y a ver " +
        "photoshop edit hay ban giup minh toi em lam on vui long cho muon can ho dum gium bot luon di ra dua anh oi ad");

    private static readonly FrozenSet<string> Trail = Set(
        "please pls plz thanks thx thank you out away anymore any more gone now too completely entirely : - , . ! ? for me this photo picture image pic shot from the in here there " +
        "por favor porfa porfi xfa plis gracias de la del foto imagen esta mas ya aqui " +
        "di nha nhe giup minh em toi voi a gium dum ho ra khoi anh hinh nay trong nua luon cho duoc khong ban oi nghen tam la giùm");

    private static readonly FrozenSet<string> MarkedTrail = MessageText.Read("đi nhé giúp mình tôi với ạ giùm dùm hộ khỏi ảnh hình này nữa luôn được không bạn ơi đây más aquí")
        .Tokens.Select(token => token.Text).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Pronouns = Set("it this that these those them him her he she me us eso esto lo la los las el ella no cai nay do kia one thing stuff");

    /// <summary>Words between blanks as a set.</summary>
    public static FrozenSet<string> Set(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The text of tokens without what only leads to it or trails behind; null when nothing is left.</summary>
    /// <param name="message">The message.</param>
    /// <param name="first">The first token.</param>
    /// <param name="end">The token after the last.</param>
    public static string? Trimmed(MessageText message, int first, int end)
    {
        end = Cut(message, first, end);
        while (first < end && Lead.Contains(message.Tokens[first].Plain) && !KeepsLead(message, first, end)) first++;
        while (end > first && IsTrail(message.Tokens[end - 1]) && !KeepsTrail(message, first, end)) end--;
        return first < end ? message.Text[message.Tokens[first].Start..message.Tokens[end - 1].End] : null;
    }

    /// <summary>What comes after the last of some linking words; null when nothing does.</summary>
    public static string? After(Clause clause, FrozenSet<string> links)
    {
        if (clause.Words.Count == 0) return null;
        var (first, end) = (clause.Words[0].First, clause.Words[^1].End);
        for (var at = first; at < end - 1; at++)
        {
            if (!links.Contains(clause.Message.Tokens[at].Plain) || at == first) continue;
            while (at + 1 < end && links.Contains(clause.Message.Tokens[at + 1].Plain)) at++;
            return Trimmed(clause.Message, at + 1, end);
        }

        return null;
    }

    /// <summary>Whether a text only points ("it", "this one") or only says what the picture has anyway ("the background").</summary>
    public static bool IsEmptyTalk(string text, Clause clause)
    {
        var message = MessageText.Read(text);
        var words = Lexicon.ReadAs(message.Tokens, clause.Language);
        return words.All(word => word.Concept is Concepts.Passing or "background" or "ordinal" or "replace" or "make" or Concepts.Break or Concepts.Then
            || Pronouns.Contains(message.Tokens[word.First].Plain) || message.Tokens[word.First].Plain is "another" or "other" or "different" or "new" or "otro" or "nuevo" or "khac" or "moi" or "something" or "else");
    }

    /// <summary>Whether a text is a pronoun and nothing more.</summary>
    public static bool IsPronoun(string text) => MessageText.Read(text).Tokens.All(token => Pronouns.Contains(token.Plain));

    // "… out of the group picture", "… ra khỏi hình", "… tiene que desaparecer" end what is meant.
    private static int Cut(MessageText message, int first, int end)
    {
        for (var at = first + 1; at < end; at++)
        {
            var (one, two, three) = (message.Tokens[at].Plain, Plain(at + 1), Plain(at + 2));
            var isOut = (one is "out" or "from" && two is "of" or "the" or "this" or "my" && (three is "the" or "this" || IsPicture(three) || IsPicture(Plain(at + 3))) && HasPicture(at))
                || (one == "ra" && two == "khoi") || (one == "khoi" && IsPicture(two)) || (one == "trong" && (IsPicture(two) || two is "tam"))
                || (one is "de" or "en" && two is "la" or "esta" && IsPicture(three))
                || (one is "tiene" or "debe" && (two is "que" or "desaparecer")) || (one is "has" or "needs" or "ought" or "have" or "need" && two is "to" && three is "go" or "be" or "disappear" or "vanish")
                || (one is "should" or "must" && two is "go" or "disappear" or "be" or "not");
            if (isOut) return at;
        }

        return end;

        string Plain(int at) => at < end ? message.Tokens[at].Plain : "";
        bool HasPicture(int at) => Enumerable.Range(at, end - at).Any(index => IsPicture(message.Tokens[index].Plain));
        static bool IsPicture(string plain) => plain is "picture" or "photo" or "image" or "pic" or "shot" or "foto" or "imagen" or "anh" or "hinh" or "frame";
    }

    // Marks that are there are meant: "chó" is not "cho".
    private static bool IsTrail(Token token) => Trail.Contains(token.Plain) && (token.Text == token.Plain || MarkedTrail.Contains(token.Text));

    // "that" and "the" before a noun are part of it; "la" and "a" begin Spanish nouns.
    private static bool KeepsLead(MessageText message, int at, int end) =>
        message.Tokens[at].Plain is "a" or "me" or "em" or "anh" or "ban" or "ho" or "can" && at + 1 < end && message.Tokens[at].Plain is not "me"
        && !Lead.Contains(message.Tokens[at + 1].Plain);

    // "On the table in the picture" loses the picture; "the thing over there" is whole.
    private static bool KeepsTrail(MessageText message, int first, int end) => end - first == 1 && message.Tokens[first].Plain is "anh" or "ban" or "em";
}
