using Microsoft.Extensions.DependencyInjection.Extensions;
using PhotoStudio.Core.Moderation;

namespace PhotoStudio.Api.Moderation;

/// <summary>Wires moderation.</summary>
internal static class ModerationServices
{
    public static void AddModeration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ModerationOptions>()
            .Bind(builder.Configuration.GetSection(ModerationOptions.Section))
            .Validate(options => options.Threshold is >= 0.5 and <= 1, "Studio:Moderation:Threshold must be from 0.5 to 1.")
            .ValidateOnStart();
        builder.Services.TryAddSingleton<IPromptModeration, LexiconModeration>();
        builder.Services.AddSingleton<PromptGate>();
    }
}
