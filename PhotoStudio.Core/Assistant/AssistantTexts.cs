using System.Text.Json;

namespace PhotoStudio.Core.Assistant;

/// <summary>
/// What the assistant says, in one file a language: <c>Texts/en.json</c>, <c>Texts/vi.json</c>, <c>Texts/es.json</c>. Every language has
/// every key. <c>{0}</c>, <c>{1}</c> stand for what is filled in. Where a key has several wordings ("hello", "hello.2"), callers choose.
/// </summary>
public sealed class AssistantTexts
{
    private const string Prefix = "PhotoStudio.Core.Assistant.Texts.";
    private static readonly string[] Known = ["en", "vi", "es"];
    private static readonly Lazy<AssistantTexts>[] ByLanguage = [.. Known.Select(language => new Lazy<AssistantTexts>(() => new(language)))];

    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);

    private AssistantTexts(string language)
    {
        Language = language;
        using var stream = typeof(AssistantTexts).Assembly.GetManifestResourceStream($"{Prefix}{language}.json")!;
        using var file = JsonDocument.Parse(stream);
        foreach (var text in file.RootElement.EnumerateObject()) texts[text.Name] = text.Value.GetString()!;
    }

    /// <summary>The languages there are: en, vi, es.</summary>
    public static IReadOnlyCollection<string> Languages => Known;

    /// <summary>The language: en, vi or es.</summary>
    public string Language { get; }

    /// <summary>The keys, the same in every language.</summary>
    public IReadOnlyCollection<string> Keys => texts.Keys;

    /// <summary>The texts of a language; English for one that there is not.</summary>
    public static AssistantTexts For(string? language) => ByLanguage[Math.Max(0, Array.IndexOf(Known, language))].Value;

    /// <summary>A text with its values filled in.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text.</exception>
    public string Get(string key, params ReadOnlySpan<object?> values) =>
        values.IsEmpty ? texts[key] : string.Format(System.Globalization.CultureInfo.InvariantCulture, texts[key], values);

    /// <summary>A text that may be absent; null then.</summary>
    public string? Find(string key) => texts.GetValueOrDefault(key);
}
