using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Problems;

namespace PhotoStudio.Api.Submission;

/// <summary>Answers calls in the studio's own forms: the picture, the job as JSON, 202 with the job, or a problem.</summary>
public sealed class CallAnswers(JobPresenter presenter)
{
    /// <summary>Answers a call.</summary>
    public async Task<Results<PictureAnswer, Ok<JobResource>, Accepted<JobResource>, StudioProblem>> AnswerAsync(
        HttpContext http, CallResult result, AnswerFormat format)
    {
        ArgumentNullException.ThrowIfNull(http);
        switch (result)
        {
            case CallResult.Completed { Job: var job, Results: [var picture] } when format == AnswerFormat.Picture:
                return new PictureAnswer(job, picture);
            case CallResult.Completed completed:
                http.Response.Headers[OperationCalls.JobHeader] = completed.Job.Id.ToString("D");
                return TypedResults.Ok(presenter.Show(completed.Job, completed.Results, null));
            case CallResult.Accepted accepted:
                return await AcceptAsync(http, accepted, http.RequestAborted);
            case CallResult.Refused refused:
                return refused.Problem;
            default:
                throw new ArgumentOutOfRangeException(nameof(result));
        }
    }

    /// <summary>202 with the job, its place in the queue, and where to follow it.</summary>
    public async Task<Accepted<JobResource>> AcceptAsync(
        HttpContext http, CallResult.Accepted accepted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(accepted);
        http.Response.Headers[OperationCalls.JobHeader] = accepted.Job.Id.ToString("D");
        return TypedResults.Accepted(JobLinks.Self(accepted.Job.Id), await presenter.ShowAsync(accepted.Job, cancellationToken));
    }
}
