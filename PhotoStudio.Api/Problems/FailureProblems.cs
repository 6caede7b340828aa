using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Problems;

/// <summary>What a failed run looks like to someone who waited for it.</summary>
public static class FailureProblems
{
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongPause = TimeSpan.FromMinutes(1);

    /// <summary>The problem for an inference call that could not be done.</summary>
    public static StudioProblem From(InferenceException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.Fault switch
        {
            InferenceFault.InvalidInput => Named(exception.Code, ProblemCode.Unprocessable, exception.Message),
            InferenceFault.Unavailable => Named(exception.Code, ProblemCode.EngineUnavailable, exception.Message) with
            {
                RetryAfter = LongPause,
            },
            InferenceFault.Busy => StudioProblem.Of(ProblemCode.Busy, exception.Message) with
            {
                Status = StatusCodes.Status429TooManyRequests,
                RetryAfter = exception.RetryAfter ?? ShortPause,
            },
            InferenceFault.Broken => Named(exception.Code, ProblemCode.OperationFailed, exception.Message),
            _ => throw new ArgumentOutOfRangeException(nameof(exception), exception.Fault, null),
        };
    }

    /// <summary>
    /// The problem for a job that failed. A failure whose code is not one of <see cref="ProblemCode"/> is the request's fault unless
    /// it was transient.
    /// </summary>
    public static StudioProblem From(JobFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var otherwise = failure switch
        {
            { Code: "inference_busy" } => ProblemCode.Busy,
            { Transient: true } or { Code: "input_missing" } => ProblemCode.OperationFailed,
            _ => ProblemCode.Unprocessable,
        };
        var problem = Named(failure.Code, otherwise, failure.Message);
        return problem.Status == StatusCodes.Status503ServiceUnavailable
            ? problem with { RetryAfter = otherwise == ProblemCode.Busy ? ShortPause : LongPause }
            : problem;
    }

    private static StudioProblem Named(string code, ProblemCode otherwise, string detail) => ProblemCodes.TryFind(code, out var known)
        ? StudioProblem.Of(known, detail)
        : StudioProblem.Of(otherwise, detail) with { Code = code };
}
