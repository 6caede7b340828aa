using System.Collections.Frozen;
using System.Globalization;
using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Core.Assistant.Local.Slots;

/// <summary>What a new or reimagined picture shows. The subject stays in the person's own words; what is said about size, shape and seed goes.</summary>
internal static class PromptSlots
{
    private const int Longest = 2_000;

    private static readonly FrozenSet<string> Polite = Phrases.Set(
        "can could would will you u please pls plz i we want need like to have just now hey hi id i'd i'll let's lets and then also ok so puedes podrias me quiero quisiera necesito gustaria por favor porfa y " +
        "hay ban giup minh toi em lam on vui long muon can nho ad oi co duoc");

    private static readonly FrozenSet<string> Verbs = Phrases.Set(
        "draw paint create generate make design sketch render produce illustrate imagine show give depict visualise visualize do dream build compose drawing painting visualize picture " +
        "dibuja dibujame pinta pintame crea creame genera generame haz hazme disena ilustra imagina muestrame dame dibujar pintar crear generar hacer " +
        "ve tao lam sinh");

    private static readonly FrozenSet<string> After = Phrases.Set("me us up for cho minh toi em giup xem ra mi nos another a an new the one some una un la nueva mot buc tam cai " +
        "nice beautiful cool simple hinh anh tranh moi");

    private static readonly FrozenSet<string> Nouns = Phrases.Set(
        "picture image photo photograph pic drawing painting illustration wallpaper artwork art render sketch imagen foto dibujo pintura ilustracion fotografia hinh anh tranh buc tam nen background poster scene");

    private static readonly FrozenSet<string> Connectors = Phrases.Set("of with showing about : - , de con ve for sobre que co mot");
    private static readonly FrozenSet<string> Kept = Phrases.Set("a an the one some una un mot");
    private static readonly FrozenSet<string> Negations = Phrases.Set("no without sin not khong");
    private static readonly FrozenSet<string> StyleLinks = Phrases.Set("in as en al theo kieu phong cach the estilo de style a an un una como tranh bang");

    /// <summary>The subject and the frame of a new picture.</summary>
    public static ReadSlots Generate(Clause clause, ReadSlots slots, SlotContext context)
    {
        if (clause.Words.Count == 0) return Missing(slots);
        var message = clause.Message;
        var (first, end) = (Subject(message, clause.Words[0].First, clause.Words[^1].End), clause.Words[^1].End);
        var isGone = new bool[end];
        var hasSide = slots.Parameters.ContainsKey("width") || slots.Parameters.ContainsKey("height");
        foreach (var (index, word) in clause.Words.Index())
        {
            if (word.First < first && word.Concept is not ("ratio" or "size")) continue;
            switch (word.Concept)
            {
                case "size" when !hasSide:
                    var sides = word.Value.Split('x');
                    slots.Set("width", Side(sides[0])).Set("height", Side(sides[1]));
                    hasSide = true;
                    Drop(clause, isGone, index);
                    break;
                case "ratio" when !hasSide && !slots.Parameters.ContainsKey("aspect_ratio"):
                    slots.Set("aspect_ratio", word.Value);
                    Drop(clause, isGone, index);
                    break;
                case "style" when IsTail(clause, index) && StyleSlots.ForGenerate(word.Value) is { } style:
                    slots.Set("style", style);
                    Drop(clause, isGone, index);
                    break;
                case "seed":
                    for (var at = word.First; at < end && (at < word.End || message.Tokens[at].Kind == TokenKind.Number || message.Tokens[at].Plain is "=" or ":"); at++) isGone[at] = true;
                    Before(message, isGone, word.First, "with", "con", "voi");
                    break;
            }
        }

        var negative = Negative(message, first, end, isGone);
        if (negative is not null) slots.Set("negative_prompt", negative);
        var prompt = Rest(message, first, end, isGone);
        return prompt is null || Phrases.IsPronoun(prompt) ? Missing(slots) : slots.Set("prompt", Shortened(prompt));
    }

    /// <summary>What a picture becomes: what scenes are named, else what comes after "as" or "into".</summary>
    public static ReadSlots Reimagine(Clause clause, ReadSlots slots, SlotContext context)
    {
        SlotReader.Strength(clause, slots, "imagination");
        var scenes = clause.Values("scene").Concat(clause.Values("style")).Distinct().ToList();
        if (scenes.Count > 0)
        {
            // "Turn summer into autumn": what comes last is the wish.
            var isChange = scenes.Count == 2 && clause.Message.Tokens.Any(token => token.Plain is "into" or "to" or "por" or "thanh" or "sang" or "en")
                && clause.Words.Any(word => word.Concept is "make" or "replace" or "turn" or "draw") && IsSeason(scenes[0]) && IsSeason(scenes[1]);
            return slots.Set("prompt", isChange ? scenes[1] : string.Join(", ", scenes));
        }

        return Phrases.After(clause, Phrases.SceneLinks) is { } text && !Phrases.IsEmptyTalk(text, clause) ? slots.Set("prompt", Shortened(text)) : slots;
    }

    /// <summary>The scene and the style of an illustrated portrait.</summary>
    public static ReadSlots Illustrate(Clause clause, ReadSlots slots, SlotContext context)
    {
        if (clause.Value("style") is { } style) slots.Set("style", style);
        var at = clause.Words.Index().FirstOrDefault(word => clause.Plain(word.Item) is "in" or "on" or "at" or "before" or "en" or "trong" or "giua" or "o" or "truoc" or "ante" && word.Index > 0);
        if (at.Index == 0) return slots;
        var (message, first, end) = (clause.Message, at.Item.End, clause.Words[^1].End);
        if (Phrases.Trimmed(message, first, end) is { } scene && Lexicon.ReadAs(MessageText.Read(scene).Tokens, clause.Language).Any(word => word.Concept is "" or "scene")
            && !clause.Words.Skip(at.Index).Any(word => word.Concept is "style" or "portrait"))
        {
            slots.Set("prompt", Shortened(scene));
        }

        return slots;
    }

    /// <summary>A prompt to be judged: what stands in quotes or after a colon.</summary>
    public static ReadSlots Moderate(Clause clause, ReadSlots slots, SlotContext context)
    {
        var text = clause.Text;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && colon + 1 < text.Length ? slots.Set("prompt", Shortened(text[(colon + 1)..].Trim())) : slots;
    }

    // "Can you draw me a picture of": politeness, a verb, for whom, and what kind of picture.
    private static int Subject(MessageText message, int first, int end)
    {
        var at = first;
        if (at < end && message.Tokens[at].Plain == "/") at++;
        while (at < end - 1 && (Polite.Contains(message.Tokens[at].Plain) || message.Tokens[at].Plain is "," or "!")) at++;
        var hasVerb = at < end && Verbs.Contains(message.Tokens[at].Plain);
        if (hasVerb) at++;

        // "Whip up an illustration of": what kind of picture is told whatever the verb.
        for (var look = at; look + 1 < end && look < at + 8; look++)
        {
            if (!Nouns.Contains(message.Tokens[look].Plain) || message.Tokens[look + 1].Plain is not ("of" or "with" or "showing" or "de" or "con" or "ve" or "about" or ":")) continue;
            if (message.Tokens[look + 1].Plain is "con" && message.Tokens[look].Plain is "anh" or "hinh" or "tranh" or "tam" or "buc") break;
            return look + 2;
        }

        var noun = -1;
        for (var look = at; look < end && look < at + 8; look++)
        {
            var plain = message.Tokens[look].Plain;
            if (Nouns.Contains(plain)) noun = look;
            else if (!After.Contains(plain) && !Polite.Contains(plain) && !(noun >= 0 && plain is "moi" or "nueva")) break;
        }

        if (noun >= 0 && (hasVerb || noun + 1 >= end || Connectors.Contains(message.Tokens[noun + 1].Plain) || noun > at - 1))
        {
            at = noun + 1;
            if (at < end && message.Tokens[at].Plain == "for" && at + 2 < end) at = message.Tokens[at + 1].Plain is "my" or "the" ? at + 3 : at + 1;
            while (at < end && Connectors.Contains(message.Tokens[at].Plain) && !Kept.Contains(message.Tokens[at].Plain)) at++;
            return at;
        }

        while (at < end && message.Tokens[at].Plain is "me" or "us" or "cho" or "minh" or "toi" or "em" or "giup" or ":" or "-") at++;
        return at;
    }

    // A style that the description ends in, or that comes after "in": "…, watercolor", "… in watercolor style".
    private static bool IsTail(Clause clause, int index)
    {
        var word = clause.Words[index];
        var before = index > 0 ? clause.Plain(clause.Words[index - 1]) : "";
        if (before is not ("in" or "," or "en" or "style" or "estilo" or "theo" or "kieu" or "phong cach" or "the" or "as" or "al" or "de" or "a" or "cach")) return false;
        for (var i = index + 1; i < clause.Words.Count; i++)
        {
            var plain = clause.Plain(clause.Words[i]);
            if (clause.Words[i].Concept is "ratio" or "size" or Concepts.Break or Concepts.Then or "seed" or "number") continue;
            if (plain is not ("style" or "painting" or "estilo" or "please" or "pls" or "nha" or "nhe" or "porfa" or "drawing")) return false;
        }

        return word.First > 0;
    }

    private static void Drop(Clause clause, bool[] isGone, int index)
    {
        var word = clause.Words[index];
        for (var at = word.First; at < word.End; at++) isGone[at] = true;
        if (index + 1 < clause.Words.Count && clause.Plain(clause.Words[index + 1]) is "style" or "format" or "ratio" or "pixels" or "px" or "aspect" or "painting" or "wallpaper")
        {
            var next = clause.Words[index + 1];
            for (var at = next.First; at < next.End; at++) isGone[at] = true;
        }

        for (var i = index - 1; i >= 0; i--)
        {
            var plain = clause.Plain(clause.Words[i]);
            if (!StyleLinks.Contains(plain) && plain is not ("format" or "formato" or "ratio" or "ti le" or "ti" or "le" or "ty le" or "with" or "con" or "," or "kich thuoc" or "size" or "tamano" or "at" or "phong cach" or "theo ti le" or "khung" or "al estilo" or "estilo de")) break;
            for (var at = clause.Words[i].First; at < clause.Words[i].End; at++) isGone[at] = true;
        }
    }

    private static void Before(MessageText message, bool[] isGone, int at, params ReadOnlySpan<string> words)
    {
        if (at > 0 && words.Contains(message.Tokens[at - 1].Plain)) isGone[at - 1] = true;
    }

    // "…, no people", "without clouds", "sin personas", "không có người": to the next comma.
    private static string? Negative(MessageText message, int first, int end, bool[] isGone)
    {
        var found = new List<string>();
        for (var at = first; at < end; at++)
        {
            if (isGone[at] || !Negations.Contains(message.Tokens[at].Plain) || at + 1 >= end) continue;
            var begin = at + 1;
            if (message.Tokens[begin].Plain is "co" or "any" && begin + 1 < end) begin++;
            var stop = begin;
            while (stop < end && message.Tokens[stop].Plain is not ("," or "." or ";" or "but" or "pero" or "nhung" or "with" or "con") && !isGone[stop]) stop++;
            if (Phrases.Trimmed(message, begin, stop) is { } text) found.Add(text);
            for (var gone = at; gone < stop; gone++) isGone[gone] = true;
            if (at > first && message.Tokens[at - 1].Plain is "with" or "and" or "y" or "va" or "con") isGone[at - 1] = true;
            at = stop;
        }

        return found.Count == 0 ? null : string.Join(", ", found);
    }

    private static string? Rest(MessageText message, int first, int end, bool[] isGone)
    {
        var parts = new List<string>();
        for (var at = first; at < end;)
        {
            if (isGone[at])
            {
                at++;
                continue;
            }

            var stop = at;
            while (stop < end && !isGone[stop]) stop++;
            parts.Add(message.Text[message.Tokens[at].Start..message.Tokens[stop - 1].End]);
            at = stop;
        }

        var text = string.Join(' ', parts).Replace(" ,", ",", StringComparison.Ordinal).Trim(' ', ',', '.', ':', '-', ';', '!', '\n');
        var again = MessageText.Read(text);
        return again.Tokens.Count == 0 ? null : PoliteEnd(again);
    }

    private static string? PoliteEnd(MessageText message)
    {
        var end = message.Tokens.Count;
        while (end > 0 && message.Tokens[end - 1].Plain is "please" or "pls" or "plz" or "thanks" or "thx" or "porfa" or "porfi" or "plis" or "nha" or "nhe" or "gium" or "," or "!" or "voi") end--;
        return end == 0 ? null : message.Text[..message.Tokens[end - 1].End];
    }

    private static bool IsSeason(string scene) => scene is "spring" or "summer" or "autumn" or "winter" or "night" or "sunset" or "sunrise" or "day";

    private static string Shortened(string text) => text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];

    private static int Side(string digits) => (int)Math.Min(int.MaxValue, double.Parse(digits, CultureInfo.InvariantCulture));

    private static ReadSlots Missing(ReadSlots slots)
    {
        slots.Missing = "prompt";
        return slots;
    }
}
