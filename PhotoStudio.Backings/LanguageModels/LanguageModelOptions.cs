using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace PhotoStudio.Backings.LanguageModels;

/// <summary>
/// The language model that helps to understand messages and to refine prompts, at any endpoint that speaks OpenAI's chat completions.
/// Section <c>Studio:LanguageModel</c>. Without a <see cref="Model"/> there is none, and the studio does both by itself.
/// </summary>
public sealed class LanguageModelOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:LanguageModel";

    /// <summary>Where the key of OpenAI's own service is, for all that uses it.</summary>
    public const string OpenAiKeySetting = "Studio:Remote:OpenAi:ApiKey";

    /// <summary>OpenAI's own service.</summary>
    public const string OpenAi = "https://api.openai.com/v1";

    /// <summary>The model's name, as its endpoint knows it.</summary>
    public string? Model { get; set; }

    /// <summary>The endpoint's base address, the part before <c>/chat/completions</c>.</summary>
    public string Endpoint { get; set; } = OpenAi;

    /// <summary>The key; OpenAI's own service takes <see cref="OpenAiKeySetting"/> where this is not set. None for a server without keys.</summary>
    public string? ApiKey { get; set; }

    /// <summary>How long a message or prompt may take, its second round included, 1 s to 2 min. What is not there by then is done without a model.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How many tokens, in and out, an owner may use a day (UTC); 0 for as many as they like.</summary>
    public long TokensPerDay { get; set; } = 250_000;

    /// <summary>The longest answer that is asked for, in tokens.</summary>
    public int AnswerTokens { get; set; } = 1_500;

    /// <summary>Whether the endpoint takes a JSON Schema for its answers; otherwise it is asked for JSON, and told the form in words only.</summary>
    public bool JsonSchema { get; set; } = true;

    /// <summary>0 to 2; unset for the model's own, which some models insist on.</summary>
    public float? Temperature { get; set; }

    /// <summary>Whether messages are understood with it.</summary>
    public bool Understand { get; set; } = true;

    /// <summary>Whether prompts are refined with it.</summary>
    public bool Refine { get; set; } = true;

    /// <summary>Whether there is a model.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(Model);

    /// <summary>Its endpoint.</summary>
    internal Uri Address => new(Endpoint);

    /// <summary>The endpoint's host: what metrics call the provider.</summary>
    internal string Provider => Address.Host;

    /// <summary>The settings of a configuration.</summary>
    internal static void Bind(LanguageModelOptions options, IConfiguration configuration)
    {
        configuration.GetSection(Section).Bind(options);

        // OpenAI's key goes to OpenAI and nowhere else.
        if (string.IsNullOrEmpty(options.ApiKey) && Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address) && address.Host == new Uri(OpenAi).Host)
            options.ApiKey = configuration[OpenAiKeySetting];
    }

    /// <summary>Checks the settings when the process starts.</summary>
    internal sealed class Validator : IValidateOptions<LanguageModelOptions>
    {
        /// <inheritdoc/>
        public ValidateOptionsResult Validate(string? name, LanguageModelOptions options)
        {
            List<string> faults = [];
            if (!options.IsConfigured) return ValidateOptionsResult.Success;
            var isAddress = Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address!.UserInfo.Length == 0;
            if (!isAddress) faults.Add($"{Section}:{nameof(Endpoint)} must be an http or https address without a user's name.");
            else if (address!.Host == new Uri(OpenAi).Host && string.IsNullOrEmpty(options.ApiKey)) faults.Add($"{Section}:{nameof(ApiKey)} is not set; OpenAI's service needs one.");
            if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(2)) faults.Add($"{Section}:{nameof(Timeout)} must be a time from 00:00:01 to 00:02:00.");
            if (options.TokensPerDay < 0) faults.Add($"{Section}:{nameof(TokensPerDay)} must not be negative.");
            if (options.AnswerTokens is < 100 or > 100_000) faults.Add($"{Section}:{nameof(AnswerTokens)} must be a number from 100 to 100,000.");
            if (options.Temperature is < 0 or > 2) faults.Add($"{Section}:{nameof(Temperature)} must be a number from 0 to 2.");
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
