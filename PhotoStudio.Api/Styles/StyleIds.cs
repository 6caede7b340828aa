using System.Text.Json.Nodes;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Styles;

/// <summary>The style among stored parameters.</summary>
internal static class StyleIds
{
    /// <summary>The style that a job was submitted with.</summary>
    public static Guid? Of(Job job) =>
        job.Parameters.Contains(FinishParameters.StyleId.Name, StringComparison.Ordinal) ? Of(JsonNode.Parse(job.Parameters) as JsonObject) : null;

    /// <summary>The style among parameters; null where there is none.</summary>
    public static Guid? Of(JsonObject? parameters) =>
        parameters?[FinishParameters.StyleId.Name] is JsonValue value && value.TryGetValue(out string? text) && Guid.TryParse(text, out var id) ? id : null;
}
