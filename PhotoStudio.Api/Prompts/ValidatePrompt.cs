using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Identity;
using PhotoStudio.Core.Moderation;
using PhotoStudio.Core.Prompts;

namespace PhotoStudio.Api.Prompts;

/// <summary>Judges a prompt.</summary>
internal static class ValidatePrompt
{
    public static Ok<PromptValidationResource> Handle(PromptRequest request, Caller caller, IPromptModeration moderation, IOptions<ModerationOptions> options)
    {
        _ = caller.Owner;
        var validation = PromptValidation.Of(request.Prompt!, moderation, options.Value.Enabled ? options.Value.Threshold : double.PositiveInfinity);
        return TypedResults.Ok(new PromptValidationResource(
            validation.IsValid, validation.Issues, validation.Suggestions, validation.Length, validation.Tokens));
    }
}
