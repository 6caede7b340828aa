using System.Text.Json;

namespace PhotoStudio.Core.Instructions;

/// <summary>
/// One question to a language model: what it is told, what it is given, the form of the answer, and the review that decides whether an
/// answer may be used. It knows no network; adapters carry it to a model.
/// </summary>
/// <typeparam name="T">What a good answer becomes.</typeparam>
public abstract class ModelDialogue<T>
    where T : class
{
    /// <summary>The longest answer that is worth reading, in characters.</summary>
    public const int LongestAnswer = 16_000;

    /// <summary>The instructions' version, for logs and results.</summary>
    public abstract string Version { get; }

    /// <summary>The instructions, filled in. The same for every question over the same operations, so that providers can cache it.</summary>
    public abstract string System { get; }

    /// <summary>What people wrote and what is known of their pictures, as one JSON object: data, however it reads.</summary>
    public abstract string Data { get; }

    /// <summary>The JSON Schema of the answer's outer form.</summary>
    public abstract JsonElement Schema { get; }

    /// <summary>A name for the schema: letters and underscores.</summary>
    public abstract string SchemaName { get; }

    /// <summary>Reads an answer and holds it to what is possible.</summary>
    /// <param name="answer">What the model wrote.</param>
    /// <param name="faults">Receives what is wrong with it, a sentence each, for the model to read.</param>
    /// <returns>The result; null when there are faults.</returns>
    public abstract T? Read(string answer, ICollection<string> faults);

    /// <summary>An answer without the fence that small models put around JSON.</summary>
    protected static string Unfenced(string answer)
    {
        var text = answer.AsSpan().Trim();
        if (!text.StartsWith("```") || !text.EndsWith("```") || text.Length < 8) return text.ToString();
        var line = text.IndexOf('\n');
        return line < 0 ? text.ToString() : text[(line + 1)..^3].Trim().ToString();
    }
}
