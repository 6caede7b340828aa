using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.LanguageModels.SemanticKernel;

namespace PhotoStudio.Backings.LanguageModels;

/// <content>The choice between the studio's own client and a kernel.</content>
internal static partial class LanguageModelServices
{
    private const string ClientSetting = $"{LanguageModelOptions.Section}:Client";

    /// <summary>Registers a client through Semantic Kernel when <c>Studio:LanguageModel:Client</c> is <c>SemanticKernel</c>.</summary>
    /// <exception cref="InvalidOperationException">The setting names a client that there is not.</exception>
    static partial void AddEditionClient(IServiceCollection services, IConfiguration configuration)
    {
        switch (configuration[ClientSetting]?.ToLowerInvariant())
        {
            case null or "" or "openai":
                return;
            case "semantickernel":
                services.TryAddSingleton<IChatClient>(provider => new KernelChatClient(provider.GetRequiredService<IOptions<LanguageModelOptions>>().Value));
                return;
            case var other:
                throw new InvalidOperationException($"{ClientSetting} is '{other}'; it can be OpenAi or SemanticKernel.");
        }
    }
}
