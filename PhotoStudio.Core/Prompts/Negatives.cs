namespace PhotoStudio.Core.Prompts;

/// <summary>What a prompt rules out, in its own language.</summary>
public static class Negatives
{
    /// <summary>Takes a prompt apart: "beautiful cat, NOT blurry" is "beautiful cat" without "blurry". Nothing is translated.</summary>
    /// <param name="prompt">Any text, in English, Vietnamese or Spanish.</param>
    /// <returns>What is wanted, and what is not, in the order it is said.</returns>
    public static (string Prompt, IReadOnlyList<string> RuledOut) Extract(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var reading = PromptReading.Of(prompt, translate: false);
        return (reading.Wanted, reading.RuledOut);
    }
}
