using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PhotoStudio.Core.Assistant.Proposals;

/// <summary>A plan as a language model writes it, before anything of it is believed.</summary>
internal sealed record ProposedPlan
{
    public required string Intent { get; init; }

    public required double Confidence { get; init; }

    public required string Language { get; init; }

    public required IReadOnlyList<ProposedStep> Steps { get; init; }

    public string? Question { get; init; }

    public string? Reply { get; init; }

    public string? Selected { get; init; }
}

/// <summary>A step as a language model writes it.</summary>
internal sealed record ProposedStep
{
    public required string Operation { get; init; }

    public JsonObject? Parameters { get; init; }

    public IReadOnlyDictionary<string, string>? Inputs { get; init; }

    public string? Region { get; init; }

    public string? Text { get; init; }
}

/// <summary>Source-generated JSON of proposals: no members that are not known, none twice, none missing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 12)]
[JsonSerializable(typeof(ProposedPlan))]
internal sealed partial class ProposalJson : JsonSerializerContext;
