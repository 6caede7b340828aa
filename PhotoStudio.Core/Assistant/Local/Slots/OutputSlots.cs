using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Core.Assistant.Local.Slots;

/// <summary>File formats and how they are written.</summary>
internal static class OutputSlots
{
    /// <summary>The output of a convert.</summary>
    public static ReadSlots Convert(Clause clause, ReadSlots slots, SlotContext context)
    {
        // "From jpg to png": the last format is the wish.
        if (clause.Values("format") is [.., var format]) slots.Set("output_format", format);
        if (clause.Has("lossless")) slots.Set("lossless", true);
        if (clause.Value("metadata") is { } metadata) slots.Set("metadata", metadata);
        if (slots.Parameters.Count == 0 && clause.Has("shrink", "decrease", "smaller")) slots.Set("output_quality", 70);
        if (slots.Parameters.Count == 0) slots.Missing = "output_format";
        return slots;
    }
}
