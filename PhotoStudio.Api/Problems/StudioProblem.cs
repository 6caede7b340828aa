using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Api.Problems;

/// <summary>
/// An error answer: RFC 9457 problem details with <c>trace_id</c>, <c>code</c>, <c>success:false</c> and, for validation,
/// <c>errors</c>. A handler returns it; code further down throws it as a <see cref="ProblemException"/>.
/// </summary>
public sealed record StudioProblem : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    /// <summary>The media type of every problem.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The stable snake_case code.</summary>
    public required string Code { get; init; }

    /// <summary>A summary that is the same for every occurrence.</summary>
    public required string Title { get; init; }

    /// <summary>What happened this time and what helps; fit to show to the caller.</summary>
    public required string Detail { get; init; }

    /// <summary>Faults by wire name, for validation.</summary>
    public IDictionary<string, string[]>? Errors { get; init; }

    /// <summary>When it is worth another try; sent as <c>Retry-After</c> in whole seconds, rounded up.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where the thing in question is, as a path; sent as <c>Location</c>.</summary>
    public string? Location { get; init; }

    /// <summary>The daily quota that is in the way; sent as <c>RateLimit-Policy</c> and <c>RateLimit</c>.</summary>
    public QuotaStanding? Quota { get; init; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    string? IContentTypeHttpResult.ContentType => ContentType;

    /// <summary>A problem of a known kind.</summary>
    public static StudioProblem Of(ProblemCode code, string detail) =>
        new() { Status = code.Status(), Code = code.WireName(), Title = code.Title(), Detail = detail };

    /// <summary>A validation problem with every fault.</summary>
    public static StudioProblem Validation(FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        return Validation(faults.ToDictionary());
    }

    /// <summary>A validation problem with every fault.</summary>
    public static StudioProblem Validation(IDictionary<string, string[]> errors) =>
        Of(ProblemCode.ValidationFailed, Summarize(errors)) with { Errors = errors };

    /// <summary>A validation problem with one fault.</summary>
    public static StudioProblem Invalid(string field, string message) =>
        Validation(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });

    /// <summary>There is no such thing, or it is another owner's.</summary>
    /// <param name="what">What was looked for, such as <c>job</c>.</param>
    public static StudioProblem Missing(string what) => Of(ProblemCode.NotFound, $"There is no such {what}.");

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => ProblemWriter.WriteAsync(httpContext, this);

    /// <summary>The problem as an exception.</summary>
    public ProblemException ToException() => new(this);

    private static string Summarize(IDictionary<string, string[]> errors) =>
        string.Join(" ", errors.SelectMany(entry => entry.Value.Select(message => $"{entry.Key}: {message}")).Take(5));
}

/// <summary>Ends a request with a problem from wherever it is found.</summary>
public sealed class ProblemException(StudioProblem problem, Exception? inner = null) : Exception(problem.Detail, inner)
{
    /// <summary>The answer.</summary>
    public StudioProblem Problem => problem;
}
