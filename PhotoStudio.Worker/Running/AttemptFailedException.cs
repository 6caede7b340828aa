using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Running;

/// <summary>An attempt cannot go on, for a reason that is fit to show to the owner.</summary>
internal sealed class AttemptFailedException(JobFailure failure) : Exception(failure.Message)
{
    /// <summary>The reason.</summary>
    public JobFailure Failure => failure;
}
