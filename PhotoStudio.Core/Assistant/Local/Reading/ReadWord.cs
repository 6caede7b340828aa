namespace PhotoStudio.Core.Assistant.Local.Reading;

/// <summary>A word or phrase of a message and what it stands for.</summary>
/// <param name="Concept">What it stands for, such as <c>warm</c>, <c>remove</c>, <c>color</c>, <c>times</c>; empty for a word nobody knows.</param>
/// <param name="Value">Which one, such as <c>red</c>, <c>16:9</c> or <c>2.5</c>.</param>
/// <param name="First">The index of its first token.</param>
/// <param name="Count">How many tokens it has.</param>
internal readonly record struct ReadWord(string Concept, string Value, int First, int Count)
{
    /// <summary>The index after its last token.</summary>
    public int End => First + Count;
}
