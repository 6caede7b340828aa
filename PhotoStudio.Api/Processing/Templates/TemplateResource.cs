using System.Text.Json.Nodes;
using PhotoStudio.Core.Templates;

namespace PhotoStudio.Api.Processing.Templates;

/// <summary>A job that is ready but for its picture or its prompt.</summary>
/// <param name="Id">Identifies the template.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it is for.</param>
/// <param name="JobType">The operation.</param>
/// <param name="Parameters">What it sets.</param>
/// <param name="IsOwn">Whether the caller made it and may change it; the studio's own are everybody's.</param>
/// <param name="UsageCount">How often the caller used one of their own.</param>
/// <param name="CreatedAt">When it was made; null for the studio's own.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Version">Counts the changes.</param>
public sealed record TemplateResource(
    Guid Id,
    string Name,
    string Description,
    string JobType,
    JsonObject Parameters,
    bool IsOwn,
    long UsageCount,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    long Version)
{
    /// <summary>Shows a template.</summary>
    internal static TemplateResource From(JobTemplate template)
    {
        var own = template.Owner is not null;
        return new(
            template.Id,
            template.Name,
            template.Description,
            template.Operation,
            JsonNode.Parse(template.Parameters)!.AsObject(),
            own,
            template.Uses,
            own ? template.CreatedAt : null,
            own ? template.UpdatedAt : null,
            template.Version);
    }
}
