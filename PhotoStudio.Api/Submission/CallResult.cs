using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Submission;

/// <summary>What became of a call of an operation.</summary>
public abstract record CallResult
{
    private CallResult()
    {
    }

    /// <summary>It is done.</summary>
    /// <param name="Job">The completed job.</param>
    /// <param name="Results">The pictures it made.</param>
    public sealed record Completed(Job Job, IReadOnlyList<StudioImage> Results) : CallResult;

    /// <summary>It goes on without the caller: 202.</summary>
    /// <param name="Job">The job as it stands.</param>
    public sealed record Accepted(Job Job) : CallResult;

    /// <summary>It was refused, or it failed while the caller waited.</summary>
    /// <param name="Problem">The answer.</param>
    public sealed record Refused(StudioProblem Problem) : CallResult;
}
