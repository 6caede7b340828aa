namespace PhotoStudio.Api.Submission;

/// <summary>How long calls wait for their jobs. Section <c>Studio:Submission</c>.</summary>
public sealed class SubmissionOptions
{
    /// <summary>
    /// The longest a request waits before it falls to 202, with or without <c>Prefer: wait=n</c>. Below the 240 s after which
    /// common ingresses cut a request off.
    /// </summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(230);

    /// <summary>How often the store is asked while a request waits, in case an event was lost.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);
}
