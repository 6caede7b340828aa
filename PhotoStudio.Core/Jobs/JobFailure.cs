namespace PhotoStudio.Core.Jobs;

/// <summary>Why an attempt at a job did not succeed.</summary>
/// <param name="Code">A stable snake_case code, such as <c>undecodable_picture</c> or <c>lease_expired</c>.</param>
/// <param name="Message">A sentence fit to show to the owner.</param>
/// <param name="Transient">Whether another attempt may succeed.</param>
public sealed record JobFailure(string Code, string Message, bool Transient = false)
{
    /// <summary>The worker died or was cut off: its lease ran out.</summary>
    public static JobFailure LeaseExpired { get; } = new("lease_expired", "The worker that ran this job stopped answering.", Transient: true);
}
