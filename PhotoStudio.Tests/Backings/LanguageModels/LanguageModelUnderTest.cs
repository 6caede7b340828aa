using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PhotoStudio.Backings.LanguageModels;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Prompts;
using PhotoStudio.Tests.Backings.Sql.Sqlite;
using PhotoStudio.Tests.Support;

namespace PhotoStudio.Tests.Backings.LanguageModels;

/// <summary>The assistant as the studio registers it, with a language model at a server of the test's own and its budget in SQLite.</summary>
internal sealed class LanguageModelUnderTest : IAsyncDisposable
{
    public const string Key = "sk-test-0123456789abcdef";
    private readonly SqliteStores _stores;
    private readonly ServiceProvider _services;
    private readonly LogKeeper _log;

    private LanguageModelUnderTest(ChatCompletionsServer server, SqliteStores stores, ServiceProvider services, LogKeeper log) =>
        (Server, _stores, _services, _log) = (server, stores, services, log);

    public static Owner Someone { get; } = Owner.User(Guid.Parse("11111111-1111-1111-1111-111111111111"));

    public ChatCompletionsServer Server { get; }

    public ManualTimeProvider Time => _stores.Time;

    public IAssistant Assistant => _services.GetRequiredService<IAssistant>();

    public PromptRefiners Refiners => new(_services.GetServices<IPromptRefiner>());

    public LanguageModelBudget Budget => _services.GetRequiredService<LanguageModelBudget>();

    public IReadOnlyList<string> LogLines => [.. _log.Lines];

    public static Task<LanguageModelUnderTest> StartAsync(params ChatCompletionsServer.Reply[] replies) => StartWithAsync([], replies);

    public static async Task<LanguageModelUnderTest> StartWithAsync(Dictionary<string, string?> settings, params ChatCompletionsServer.Reply[] replies)
    {
        var server = await ChatCompletionsServer.StartAsync(replies);
        var stores = await SqliteStores.CreateAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Studio:LanguageModel:Model"] = "test-model",
            ["Studio:LanguageModel:Endpoint"] = server.Endpoint,
            ["Studio:LanguageModel:ApiKey"] = Key,
        }).AddInMemoryCollection(settings).Build();
        var log = new LogKeeper();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddMetrics();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        services.AddSingleton<TimeProvider>(stores.Time);
        services.AddSingleton(stores.Documents);
        services.AddSingleton<IPromptRefiner, RuleBasedPromptRefiner>();
        services.AddAssistant(configuration);
        return new(server, stores, services.BuildServiceProvider(), log);
    }

    public async Task<AssistantPlan> PlanAsync(string message, ConversationContext? context = null) =>
        await Assistant.PlanAsync(new(message) { Owner = Someone, Context = context ?? new() { Attachments = [new("photo")] } }, default);

    public async Task<PromptRefinement> RefineAsync(string prompt, RefinementMethod method = RefinementMethod.Auto) =>
        await Refiners.RefineAsync(new(prompt) { Owner = Someone }, method, default);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
        await _stores.DisposeAsync();
    }

    private sealed class LogKeeper : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
