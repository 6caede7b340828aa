using Microsoft.Extensions.Options;
using PhotoStudio.Core;
using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Moderation;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Prompts;

namespace PhotoStudio.Worker.Conversations;

/// <summary>
/// Sees one message through: understand it, refine its prompts, run its steps one after the other, answer. What is known is stored after
/// every step, and each step's job has an idempotency key made of the message and the step (<see cref="MessageJobs"/>), so that whoever
/// goes on after a crash finds the job that was begun and never begins it twice.
/// </summary>
internal sealed class MessageRunner(
    IChatStore chat,
    IAssistant assistant,
    PromptRefiners refiners,
    ConversationHistory history,
    IPromptModeration moderation,
    IImageStore images,
    MessageJobs jobs,
    ConversationNews news,
    IOptions<ModerationOptions> moderated,
    IOptions<WorkerOptions> options)
{
    /// <summary>How often seeing a message through may go wrong before it is given up.</summary>
    public const int MaxFailures = 8;

    /// <summary>Takes a message to its end.</summary>
    /// <param name="claim">The message in hand.</param>
    /// <param name="cancellationToken">The process ends or the message is lost; what is stored stays, and another goes on from it.</param>
    public async Task RunAsync(ClaimedMessage claim, CancellationToken cancellationToken)
    {
        if (claim.Failures >= MaxFailures)
        {
            await GiveUpAsync(claim, cancellationToken);
            return;
        }

        var current = claim.Message.Work.Plan is null ? await UnderstandAsync(claim, cancellationToken) : claim;
        while (current is not null && !current.Message.State.IsTerminal()) current = await GoOnAsync(current, cancellationToken);
    }

    private async Task<ClaimedMessage?> UnderstandAsync(ClaimedMessage claim, CancellationToken cancellationToken)
    {
        var message = claim.Message;
        await news.TellAsync(message);
        var context = await history.BeforeAsync(message, cancellationToken);
        var plan = await assistant.PlanAsync(new AssistantRequest(message.Content) { Owner = message.Owner, Context = context }, cancellationToken);
        var work = message.Work with { Plan = plan };
        if (!plan.IsReady) return await SaveAsync(claim, JobState.Completed, work with { Reply = plan.Question ?? plan.Reply ?? "" });
        if (plan.Steps.Any(IsRefused))
        {
            return await SaveAsync(claim, JobState.Failed, work with
            {
                Failure = new JobFailure("content_refused", "Moderation refused what the prompt asks for."),
                Reply = ChatReplies.Refused(plan.Language),
            });
        }

        return await SaveAsync(claim, JobState.Processing, work with { Refinements = await RefineAsync(message, plan, cancellationToken) });
    }

    private bool IsRefused(AssistantStep step) => moderated.Value.Enabled
        && OperationCatalog.Get(step.Operation).Output != OperationOutput.Data
        && TextOf(step, "prompt") is { } prompt
        && moderation.Judge(prompt).At(moderated.Value.Threshold).Count > 0;

    // Only what is painted from words alone is refined; an instruction for a picture keeps its words.
    private async Task<IReadOnlyList<JobRefinement?>> RefineAsync(ChatMessage message, AssistantPlan plan, CancellationToken cancellationToken)
    {
        var refinements = new List<JobRefinement?>();
        foreach (var step in plan.Steps)
        {
            if (step.Operation != "generate" || TextOf(step, "prompt") is not { Length: > 0 and <= PromptToRefine.MaxLength } prompt)
            {
                refinements.Add(null);
                continue;
            }

            var refined = await refiners.RefineAsync(
                new PromptToRefine(prompt, TextOf(step, "style")) { Owner = message.Owner }, RefinementMethod.Auto, cancellationToken);
            refinements.Add(JobRefinement.Of(refined));
        }

        return refinements;
    }

    private async Task<ClaimedMessage?> GoOnAsync(ClaimedMessage claim, CancellationToken cancellationToken)
    {
        var (message, work) = (claim.Message, claim.Message.Work);
        var plan = work.Plan!;
        var next = work.Jobs.Count;
        if (next > 0)
        {
            var job = await jobs.WaitAsync(message, work.Jobs[next - 1], cancellationToken);
            if (job.State != JobState.Completed) return await SaveAsync(claim, JobState.Failed, Unfinished(work, job, plan));

            // Its owner may have signed in meanwhile, and then everything is the account's.
            message = message with { Owner = job.Owner };
            work = await AddResultsAsync(work, job, next - 1, plan.Steps[next - 1].Serves is null, cancellationToken);
        }

        if (next == plan.Steps.Count) return await SaveAsync(claim, JobState.Completed, work with { Reply = ChatReplies.Done(plan) });
        if (next > 0 && work.Results.Count > claim.Message.Work.Results.Count)
        {
            if (await SaveAsync(claim, JobState.Processing, work) is not { } told) return null;
            claim = told;
        }

        switch (await jobs.BeginAsync(message with { Work = work }, next, cancellationToken))
        {
            case StepStart.Begun { JobId: var id }:
                if (await SaveAsync(claim, JobState.Processing, work with { Jobs = [.. work.Jobs, id] }) is { } held) return held;

                // The conversation was deleted in this moment; nobody waits for the job.
                if (await chat.FindMessageAsync(message.Owner, message.SessionId, message.Id, CancellationToken.None) is null)
                    await jobs.CallOffAsync(message.Owner, id);
                return null;
            case StepStart.Impossible { Failure: var failure }:
                return await SaveAsync(claim, JobState.Failed, work with
                {
                    Failure = failure,
                    Reply = ChatReplies.Failed(plan.Language, plan.Steps[next].Operation, failure),
                });
            case var other:
                throw new InvalidOperationException($"A step had the unknown start {other.GetType().Name}.");
        }
    }

    private static ChatWork Unfinished(ChatWork work, Job job, AssistantPlan plan)
    {
        if (job.State == JobState.Cancelled)
            return work with { Failure = new JobFailure("cancelled", "The work was called off."), Reply = ChatReplies.Cancelled(plan.Language) };
        var failure = job.Failure ?? new JobFailure("internal_error", "Something went wrong inside the studio.");
        return work with { Failure = failure, Reply = ChatReplies.Failed(plan.Language, job.Operation, failure) };
    }

    private async Task<ChatWork> AddResultsAsync(ChatWork work, Job job, int step, bool askedFor, CancellationToken cancellationToken)
    {
        if (!askedFor || work.Results.Any(result => result.Step == step)) return work;
        var made = await images.ResultsOfAsync(job.Owner, job.Id, cancellationToken);
        return work with { Results = [.. work.Results, .. made.Select(image => new ChatResult(image.Id, step))], Data = job.Data ?? work.Data };
    }

    private async Task GiveUpAsync(ClaimedMessage claim, CancellationToken cancellationToken)
    {
        var message = claim.Message;
        var latest = await chat.MessagesAsync(message.Owner, message.SessionId, new PageRequest(1, PageRequest.MaxSize), newestFirst: true, cancellationToken);
        var language = message.Work.Plan?.Language
            ?? latest.Items.FirstOrDefault(other => other.Number < message.Number && other.Work.Plan is not null)?.Work.Plan?.Language ?? "en";
        await SaveAsync(claim, JobState.Failed, message.Work with
        {
            Failure = new JobFailure("internal_error", "Something went wrong inside the studio."),
            Reply = ChatReplies.GaveUp(language),
        });
    }

    private async Task<ClaimedMessage?> SaveAsync(ClaimedMessage claim, JobState state, ChatWork work)
    {
        // Not cancelled by the end of the process: what is known is not to be found out again.
        var saved = await chat.SaveAsync(
            claim with { Message = claim.Message with { State = state, Work = work } }, options.Value.Lease, CancellationToken.None);
        if (saved is not null) await news.TellAsync(saved.Message);
        return saved;
    }

    private static string? TextOf(AssistantStep step, string parameter) =>
        step.Parameters[parameter] is { } value && value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : null;
}
