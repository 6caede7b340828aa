using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Core.Jobs;

/// <summary>A job as it is handed in. Everything it names is inserted in one transaction, or nothing is.</summary>
public sealed record JobSubmission
{
    /// <summary>Identifies the job; made by the submitter.</summary>
    public Guid Id { get; init; } = OrderedId.New();

    /// <summary>Whose job it is.</summary>
    public required Owner Owner { get; init; }

    /// <summary>The operation and its parameters.</summary>
    public required OperationParameters Parameters { get; init; }

    /// <summary>What the engine is given in place of the parameters' prompt; null where it gets the parameters as they are.</summary>
    public JobRefinement? Refinement { get; init; }

    /// <summary>The pictures it works on.</summary>
    public required IReadOnlyList<JobInput> Inputs { get; init; }

    /// <summary>Records of pictures that came with the request; their bytes are stored already.</summary>
    public IReadOnlyList<StudioImage> Uploads { get; init; } = [];

    /// <summary>The flow whose first step it is; null when it stands alone.</summary>
    public FlowPlan? Flow { get; init; }

    /// <summary>Who goes first.</summary>
    public JobLane Lane { get; init; }

    /// <summary>The caller's idempotency key, if there is one.</summary>
    public IdempotencyKey? Idempotency { get; init; }

    /// <summary>Where its end is told, signed by the owner's secret for jobs (<see cref="Webhooks.IWebhooks.JobSecretAsync"/>).</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>The W3C trace context of the request.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>
/// A caller's Idempotency-Key. Unique within owner, method and route; kept for 24 hours.
/// </summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The route's template.</param>
/// <param name="Key">What the caller sent.</param>
/// <param name="Fingerprint">
/// A hash of the parsed content: operation, parameters and the pictures' hashes. Not of the request's bytes, since
/// a multipart boundary differs every time.
/// </param>
public sealed record IdempotencyKey(string Method, string Route, string Key, string Fingerprint)
{
    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The longest key that is accepted, in characters.</summary>
    public const int MaxLength = 255;
}

/// <summary>What became of a submission.</summary>
public abstract record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    /// <summary>A new job.</summary>
    public sealed record Accepted(Job Job) : SubmitOutcome
    {
        /// <summary>Where the owner stands with the daily quota that has least left; null when the job costs nothing.</summary>
        public QuotaStanding? Quota { get; init; }
    }

    /// <summary>The key was seen before with the same content: the job it made then, as it stands now. Nothing was inserted.</summary>
    public sealed record Repeated(Job Job) : SubmitOutcome;

    /// <summary>The key was seen before with other content. Nothing was inserted.</summary>
    public sealed record KeyReused : SubmitOutcome;

    /// <summary>The owner has as many unfinished jobs as allowed. Nothing was inserted.</summary>
    /// <param name="Limit">How many are allowed.</param>
    public sealed record QueueFull(int Limit) : SubmitOutcome;

    /// <summary>It costs more of a daily quota than is left. Nothing was inserted.</summary>
    /// <param name="Quota">Where the owner stands with it.</param>
    public sealed record QuotaExceeded(QuotaStanding Quota) : SubmitOutcome;
}
