using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.LanguageModels.OpenAi;
using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Assistant.Local;
using PhotoStudio.Core.Prompts;

namespace PhotoStudio.Backings.LanguageModels;

/// <summary>Wires the assistant: with a language model where one is configured, else the local one alone.</summary>
internal static partial class LanguageModelServices
{
    public static void AddAssistant(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(static _ => new LocalAssistant());
        services.AddOptions<LanguageModelOptions>().Configure<IConfiguration>(LanguageModelOptions.Bind).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LanguageModelOptions>, LanguageModelOptions.Validator>();
        if (string.IsNullOrWhiteSpace(configuration[$"{LanguageModelOptions.Section}:{nameof(LanguageModelOptions.Model)}"]))
        {
            services.TryAddSingleton<IAssistant>(provider => provider.GetRequiredService<LocalAssistant>());
            return;
        }

        // Whoever has registered a client before is asked instead of the endpoint.
        AddEditionClient(services, configuration);
        services.TryAddSingleton<IChatClient>(static provider => OpenAiChatClient.Create(provider.GetRequiredService<IOptions<LanguageModelOptions>>().Value));
        services.AddSingleton<LanguageModelBudget>();
        services.AddSingleton<LanguageModelRest>();
        services.AddSingleton<LanguageModelMeter>();
        services.AddSingleton<LanguageModelCalls>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPromptRefiner, LanguageModelPromptRefiner>());
        services.TryAddSingleton<IAssistant, LanguageModelAssistant>();
    }

    /// <summary>Registers the chat client of an edition that has one of its own; absent otherwise.</summary>
    static partial void AddEditionClient(IServiceCollection services, IConfiguration configuration);
}
