using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Problems;

/// <summary>What a failed run looks like to someone who waited for it.</summary>
public static class FailureProblems
{
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(5);

    /// <summary>The problem for an inference call that could not be done.</summary>
    public static StudioProblem From(InferenceException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.Fault switch
        {
            InferenceFault.InvalidInput => Named(exception.Code, ProblemCode.Unprocessable, exception.Message),
            InferenceFault.Unavailable => Named(exception.Code, ProblemCode.EngineUnavailable, exception.Message) with { RetryAfter = TimeSpan.FromMinutes(1) },
            InferenceFault.Busy => StudioProblem.Of(ProblemCode.Busy, exception.Message) with
            {
                Status = StatusCodes.Status429TooManyRequests,
                RetryAfter = exception.RetryAfter ?? ShortPause,
            },
            InferenceFault.Broken => Named(exception.Code, ProblemCode.OperationFailed, exception.Message),
            _ => throw new ArgumentOutOfRangeException(nameof(exception), exception.Fault, null),
        };
    }

    /// <summary>The problem for a job that failed. A failure that keeps no known code is the request's fault unless it was transient.</summary>
    public static StudioProblem From(JobFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var problem = Named(failure.Code, failure.Transient ? ProblemCode.OperationFailed : ProblemCode.Unprocessable, failure.Message);
        return problem.Status switch
        {
            StatusCodes.Status503ServiceUnavailable => problem with { RetryAfter = TimeSpan.FromMinutes(1) },
            StatusCodes.Status429TooManyRequests => problem with { RetryAfter = ShortPause },
            _ => problem,
        };
    }

    private static StudioProblem Named(string code, ProblemCode otherwise, string detail) =>
        ProblemCodes.TryFind(code, out var known) ? StudioProblem.Of(known, detail) : StudioProblem.Of(otherwise, detail) with { Code = code };
}
