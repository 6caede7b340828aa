using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Core.Prompts;

namespace PhotoStudio.Api.Prompts;

/// <summary>Takes what a prompt rules out out of it.</summary>
internal static class ExtractNegative
{
    public static Ok<NegativeExtractionResource> Handle(PromptRequest request, Caller caller)
    {
        _ = caller.Owner;
        var (prompt, ruledOut) = Negatives.Extract(request.Prompt!);
        return TypedResults.Ok(new NegativeExtractionResource(prompt, string.Join(", ", ruledOut)));
    }
}
