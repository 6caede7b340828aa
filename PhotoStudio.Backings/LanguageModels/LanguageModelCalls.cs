using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Instructions;

namespace PhotoStudio.Backings.LanguageModels;

/// <summary>
/// Carries a dialogue to the model: one round, and a second one that tells the model what was wrong with its first answer. Both share one
/// time limit and are paid from the owner's budget. Answers are read as they come, so that one without an end is noticed.
/// </summary>
public sealed partial class LanguageModelCalls(
    IChatClient client, LanguageModelBudget budget, LanguageModelRest rest, LanguageModelMeter meter, IOptions<LanguageModelOptions> options, TimeProvider time, ILogger<LanguageModelCalls> logger)
{
    private const int Rounds = 2;
    private const int CharactersPerToken = 3;
    private readonly LanguageModelOptions _options = options.Value;

    /// <summary>The model's name.</summary>
    public string Model => _options.Model!;

    /// <summary>Asks.</summary>
    /// <param name="dialogue">What to ask, and what makes a good answer.</param>
    /// <param name="owner">Who pays.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LanguageModelException">There is no answer that can be used.</exception>
    public async Task<T> AskAsync<T>(ModelDialogue<T> dialogue, Owner owner, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(dialogue);
        var start = time.GetTimestamp();
        var outcome = LanguageModelOutcome.Failed;
        try
        {
            if (rest.Remaining is { Ticks: > 0 } left)
                throw new LanguageModelException(LanguageModelOutcome.Resting, "The language model is not asked for a while after it failed.") { RetryAfter = left };
            var answer = await PaidAsync(dialogue, owner, cancellationToken);
            outcome = LanguageModelOutcome.Answered;
            return answer;
        }
        catch (LanguageModelException exception)
        {
            outcome = exception.Outcome;
            throw;
        }
        finally
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                meter.Count(_options.Provider, outcome);
                Ended(logger, dialogue.Version, Model, outcome, time.GetElapsedTime(start).TotalMilliseconds);
            }
        }
    }

    private async Task<T> PaidAsync<T>(ModelDialogue<T> dialogue, Owner owner, CancellationToken cancellationToken)
        where T : class
    {
        var foreseen = Tokens(dialogue.System.Length + dialogue.Data.Length) + _options.AnswerTokens;
        if (await budget.TakeAsync(owner, foreseen, cancellationToken) is not { } day)
            throw new LanguageModelException(LanguageModelOutcome.OverBudget, "The language model's budget of the day is spent.");
        var bill = new Bill();
        try
        {
            using var patience = new CancellationTokenSource(_options.Timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            try
            {
                var answer = await RoundsAsync(dialogue, bill, either.Token);
                rest.Note(LanguageModelOutcome.Answered);
                return answer;
            }
            catch (Exception exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested && exception is not LanguageModelException)
            {
                throw new LanguageModelException(LanguageModelOutcome.TimedOut, "The language model took too long.", exception);
            }
        }
        catch (LanguageModelException exception)
        {
            rest.Note(exception.Outcome, exception.RetryAfter);
            if (exception.Outcome is LanguageModelOutcome.Unauthorized or LanguageModelOutcome.Rejected) Misconfigured(logger, _options.Provider, Model, exception.Message);
            throw;
        }
        finally
        {
            await budget.SettleAsync(owner, day, foreseen, bill.Tokens);
        }
    }

    private async Task<T> RoundsAsync<T>(ModelDialogue<T> dialogue, Bill bill, CancellationToken cancellationToken)
        where T : class
    {
        List<ChatMessage> messages = [new(ChatRole.System, dialogue.System), new(ChatRole.User, dialogue.Data)];
        var settings = new ChatOptions
        {
            MaxOutputTokens = _options.AnswerTokens,
            Temperature = _options.Temperature,
            ResponseFormat = _options.JsonSchema ? ChatResponseFormat.ForJsonSchema(dialogue.Schema, dialogue.SchemaName) : ChatResponseFormat.Json,
        };
        for (var round = 1; ; round++)
        {
            var answer = await AnswerAsync(messages, settings, bill, cancellationToken);
            var faults = new List<string>();
            if (dialogue.Read(answer, faults) is { } good) return good;
            Refused(logger, dialogue.Version, Model, round, faults.Count);
            if (round == Rounds) throw new LanguageModelException(LanguageModelOutcome.Invalid, "The language model's answers were not what was asked for.");
            messages.Add(new(ChatRole.Assistant, answer));
            messages.Add(new(ChatRole.User, $"Your answer was refused:\n- {string.Join("\n- ", faults.Take(12))}\nAnswer again with the whole JSON object and nothing else."));
        }
    }

    private async Task<string> AnswerAsync(List<ChatMessage> messages, ChatOptions settings, Bill bill, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        ChatFinishReason? end = null;
        long? used = null;
        var sent = messages.Sum(message => message.Text.Length);
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync(messages, settings, cancellationToken))
            {
                end = update.FinishReason ?? end;
                foreach (var content in update.Contents)
                {
                    if (content is TextContent part) text.Append(part.Text);
                    else if (content is UsageContent { Details: { } details }) used = details.TotalTokenCount ?? (details.InputTokenCount + details.OutputTokenCount);
                    else if (content is ErrorContent) throw new LanguageModelException(LanguageModelOutcome.Declined, "The language model declined.");
                }

                if (text.Length > ModelDialogue<object>.LongestAnswer)
                    throw new LanguageModelException(LanguageModelOutcome.TooLong, "The language model's answer was too long.");
            }
        }
        catch (Exception exception) when (exception is not (LanguageModelException or OperationCanceledException))
        {
            throw new LanguageModelException(LanguageModelOutcome.Failed, "The language model cannot be reached.", exception);
        }
        finally
        {
            bill.Tokens += used ?? Tokens(sent + text.Length);
        }

        if (end == ChatFinishReason.ContentFilter) throw new LanguageModelException(LanguageModelOutcome.Declined, "The language model's provider declined.");
        return end == ChatFinishReason.Stop ? text.ToString() : throw new LanguageModelException(LanguageModelOutcome.Cut, "The language model's answer broke off.");
    }

    private static long Tokens(int characters) => (characters / CharactersPerToken) + 1;

    private sealed class Bill
    {
        public long Tokens { get; set; }
    }

    [LoggerMessage(LogLevel.Information, "Asked {Model} with {Instructions}: {Outcome} after {Milliseconds:0} ms.")]
    private static partial void Ended(ILogger logger, string instructions, string model, LanguageModelOutcome outcome, double milliseconds);

    [LoggerMessage(LogLevel.Information, "Round {Round} of {Model} with {Instructions} was refused for {Faults} faults.")]
    private static partial void Refused(ILogger logger, string instructions, string model, int round, int faults);

    [LoggerMessage(LogLevel.Error, "The language model {Model} at {Provider} is not set up well: {Reason}")]
    private static partial void Misconfigured(ILogger logger, string provider, string model, string reason);
}
