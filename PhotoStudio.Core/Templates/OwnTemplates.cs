using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhotoStudio.Core.Templates;

/// <summary>The studio's own templates, from <c>Templates/templates.json</c>; everybody has them and nobody changes them.</summary>
public static class OwnTemplates
{
    private static readonly Lazy<IReadOnlyList<JobTemplate>> Read = new(Load);

    /// <summary>Every one, in the file's order.</summary>
    public static IReadOnlyList<JobTemplate> All => Read.Value;

    /// <summary>The template with this id; null when there is none.</summary>
    public static JobTemplate? Find(Guid id) => All.FirstOrDefault(template => template.Id == id);

    private static IReadOnlyList<JobTemplate> Load()
    {
        const string name = "PhotoStudio.Core.Templates.templates.json";
        using var stream = typeof(OwnTemplates).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        var entries = JsonSerializer.Deserialize(stream, TemplateJson.Default.IReadOnlyListTemplateEntry)
            ?? throw new InvalidOperationException($"The resource {name} is empty.");
        return [.. entries.Select(entry => new JobTemplate(entry.Id, null, entry.Name, entry.JobType, entry.Parameters.GetRawText()) { Description = entry.Description })];
    }
}

/// <summary>A template in the file.</summary>
internal sealed record TemplateEntry(Guid Id, string Name, string Description, string JobType, JsonElement Parameters);

/// <summary>The form of the file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<TemplateEntry>))]
internal sealed partial class TemplateJson : JsonSerializerContext;
