using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhotoStudio.Core.Vocabulary;

/// <summary>One language's words, as <c>scene.&lt;language&gt;.json</c> has them: concept to words, in order of preference.</summary>
internal sealed record VocabularyFile
{
    public required string Language { get; init; }

    public required Dictionary<string, string[]> Things { get; init; }

    public required Dictionary<string, string[]> Colors { get; init; }

    public required Dictionary<string, string[]> Tones { get; init; }

    public required Dictionary<string, string[]> Styles { get; init; }

    /// <summary>Numbers as digits to the words for them.</summary>
    public required Dictionary<string, string[]> Numbers { get; init; }

    /// <summary>Words after which things are unwanted.</summary>
    public required string[] Negations { get; init; }

    /// <summary>Words that end what a negation reaches.</summary>
    public required string[] Breaks { get; init; }

    /// <summary>Words that name nothing to be seen.</summary>
    public required string[] Passing { get; init; }

    /// <summary>
    /// Terms of cameras, composition, light and quality, as refined prompts have them, which name nothing to be seen although their words may
    /// ("shallow depth of field"). English alone: prompts are refined into English.
    /// </summary>
    public required string[] Technical { get; init; }

    public static VocabularyFile Load(string language)
    {
        var name = $"PhotoStudio.Core.Vocabulary.scene.{language}.json";
        using var stream = typeof(VocabularyFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        return JsonSerializer.Deserialize(stream, VocabularyJson.Default.VocabularyFile)
            ?? throw new InvalidOperationException($"The resource {name} is empty.");
    }
}

/// <summary>The form of the vocabulary's files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VocabularyFile))]
internal sealed partial class VocabularyJson : JsonSerializerContext;
