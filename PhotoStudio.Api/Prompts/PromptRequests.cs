using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using PhotoStudio.Core.Prompts;

namespace PhotoStudio.Api.Prompts;

/// <summary>A prompt to refine.</summary>
public sealed record RefineRequest
{
    /// <summary>The words, in English, Vietnamese or Spanish.</summary>
    [Required]
    [StringLength(PromptToRefine.MaxLength, MinimumLength = 1)]
    public string? Prompt { get; init; }

    /// <summary>What is known besides the words.</summary>
    public RefineContext? Context { get; init; }

    /// <summary>How: auto takes the language model where one is configured, and the rules otherwise.</summary>
    [AllowedValues(null, "auto", "rule_based", "llm")]
    public string? Method { get; init; }

    /// <summary>The style, for callers that send it beside the prompt.</summary>
    [StringLength(RefineContext.LongestStyle)]
    public string? Style { get; init; }

    /// <summary>Whose guest namespace it is; nothing is stored.</summary>
    [StringLength(128)]
    public string? UserId { get; init; }

    [JsonIgnore]
    internal PromptToRefine ToRefine => new(Prompt!, Context?.Style ?? Style);

    [JsonIgnore]
    internal RefinementMethod HowToRefine => Method switch { "rule_based" => RefinementMethod.RuleBased, "llm" => RefinementMethod.Llm, _ => RefinementMethod.Auto };
}

/// <summary>What is known besides a prompt's words.</summary>
public sealed record RefineContext
{
    /// <summary>The longest name of a style, in characters.</summary>
    public const int LongestStyle = 60;

    /// <summary>A style, such as anime, digital-art or photorealistic.</summary>
    [StringLength(LongestStyle)]
    public string? Style { get; init; }
}

/// <summary>A prompt to judge or to take apart.</summary>
public sealed record PromptRequest
{
    /// <summary>The words. Any length that fits the body is judged; what is too long is among the issues.</summary>
    [Required(AllowEmptyStrings = true)]
    [StringLength(20_000)]
    public string? Prompt { get; init; }
}
