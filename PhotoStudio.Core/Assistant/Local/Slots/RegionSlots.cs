using System.Collections.Frozen;
using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Core.Assistant.Local.Slots;

/// <summary>What is to go, what is to come, and where, in the person's words. Masks and boxes are for whoever finds the place.</summary>
internal static class RegionSlots
{
    private static readonly FrozenSet<string> Adding = Phrases.Set(
        "add put place insert draw paint attach stick wear drop pon ponle ponme anade agrega dibuja inserta mete coloca pinta anadir agregar poner them dat chen gan doi deo ve");

    private static readonly FrozenSet<string> Replacing = Phrases.Set(
        "replace swap change turn exchange convert switch fill repaint cambia cambiale reemplaza sustituye convierte cambiar rellena llena thay doi bien lap dien to nhuom");

    private static readonly FrozenSet<string> Onto = Phrases.Set("on to in onto into over above at under behind beside next en al a sobre encima len tren vao cho o duoi");
    private static readonly FrozenSet<string> Into = Phrases.Set("with for by into to por con en bang thanh sang as a");
    private static readonly FrozenSet<string> Giving = Phrases.Set("give dale dame cho");
    private static readonly FrozenSet<string> Marked = Phrases.Set("marked masked selected selection hole marcada marque seleccionada seleccionado hueco vung khoanh danh");

    /// <summary>What an object-removal is about.</summary>
    public static ReadSlots Remove(Clause clause, ReadSlots slots, SlotContext context)
    {
        slots.Missing = "mask";
        if (clause.Words.Count == 0) return slots;
        var (first, end) = (clause.Words[0].First, clause.Words[^1].End);
        for (var i = 0; i < clause.Words.Count && slots.Region is null; i++)
        {
            if (clause.Words[i].Concept is not ("remove" or "cutout" or "without")) continue;
            slots.Region = Named(clause.Message, clause.Words[i].End, Stop(clause, i + 1, end)) ?? Named(clause.Message, first, clause.Words[i].First);
        }

        slots.Region ??= Named(clause.Message, first, end);
        return slots;
    }

    /// <summary>What an inpaint shows, and where.</summary>
    public static ReadSlots Inpaint(Clause clause, ReadSlots slots, SlotContext context)
    {
        slots.Missing = "mask";
        if (clause.Words.Count == 0) return slots;
        var message = clause.Message;
        var (first, end) = (clause.Words[0].First, clause.Words[^1].End);
        for (var at = first; at < end; at++)
        {
            var verb = message.Tokens[at].Plain;
            if (Replacing.Contains(verb) && Find(message, at + 2, end, Into) is > 0 and var link)
            {
                slots.Region = Named(message, at + 1, link);
                return Shows(slots, Phrases.Trimmed(message, link + 1, end));
            }

            if (Adding.Contains(verb))
            {
                var place = Find(message, at + 2, end, Onto);
                slots.Region = place > 0 ? Named(message, place + 1, end) : null;
                var begin = at + 1 < end && Adding.Contains(message.Tokens[at + 1].Plain) ? at + 2 : at + 1;
                return Shows(slots, Phrases.Trimmed(message, begin, place > 0 ? place : end));
            }

            if (Giving.Contains(verb) && at + 2 < end)
            {
                slots.Region = message.Tokens[at + 1].Plain is "him" or "her" or "me" or "them" ? message.Tokens[at + 1].Plain : null;
                return Shows(slots, Phrases.Trimmed(message, slots.Region is null ? at + 1 : at + 2, end));
            }
        }

        return Shows(slots, Phrases.Trimmed(message, first, end));
    }

    private static ReadSlots Shows(ReadSlots slots, string? prompt)
    {
        // "The marked area" is the mask, not a phrase.
        if (slots.Region is { } region && MessageText.Read(region).Tokens.Any(token => Marked.Contains(token.Plain)) && region.Length < 24) slots.Region = null;
        if (prompt is not null && !Phrases.IsPronoun(prompt)) slots.Set("prompt", prompt);
        return slots;
    }

    private static int Find(MessageText message, int from, int end, FrozenSet<string> links)
    {
        for (var at = from; at < end - 1; at++)
            if (links.Contains(message.Tokens[at].Plain)) return at;
        return -1;
    }

    // A thing ends at a comma: "the car, it ruins the picture".
    private static int Stop(Clause clause, int from, int end)
    {
        for (var i = from; i < clause.Words.Count; i++)
            if (clause.Words[i].Concept == Concepts.Then || clause.Message.Tokens[clause.Words[i].First].Plain == ",") return clause.Words[i].First;
        return end;
    }

    private static string? Named(MessageText message, int first, int end) =>
        Phrases.Trimmed(message, first, end) is { } text && !(Phrases.IsPronoun(text) && text is not ("him" or "her")) ? text : null;
}
