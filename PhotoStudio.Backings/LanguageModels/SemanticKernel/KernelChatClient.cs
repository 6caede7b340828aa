using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using PhotoStudio.Backings.LanguageModels.OpenAi;

namespace PhotoStudio.Backings.LanguageModels.SemanticKernel;

/// <summary>
/// Chat through a Semantic Kernel. The kernel has no functions: what a message may have done is decided by the catalogue of operations, never
/// by the model. Its requests are bounded as those of <see cref="OpenAiChatClient"/> are.
/// </summary>
internal sealed class KernelChatClient : DelegatingChatClient
{
    private readonly HttpClient _http;

    /// <summary>A client of the endpoint that the settings name.</summary>
    public KernelChatClient(LanguageModelOptions options)
        : this(options, MakeHttp())
    {
    }

    private KernelChatClient(LanguageModelOptions options, HttpClient http)
        : base(Open(options, http)) => _http = http;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _http.Dispose();
    }

    private static HttpClient MakeHttp() => new(new BoundedAnswers(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    }))
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static IChatClient Open(LanguageModelOptions options, HttpClient http)
    {
#pragma warning disable SKEXP0001, SKEXP0010 // Endpoints of one's own, and chat clients over the kernel's services, are still marked as experimental.
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(http);
        builder.Services.AddOpenAIChatCompletion(options.Model!, options.Address, options.ApiKey);
        return builder.Build().GetRequiredService<IChatCompletionService>().AsChatClient();
#pragma warning restore SKEXP0001, SKEXP0010
    }
}
