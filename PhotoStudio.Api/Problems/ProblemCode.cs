using System.Collections.Frozen;
using System.Text.Json;

namespace PhotoStudio.Api.Problems;

/// <summary>What can go wrong with a request. The wire name, in snake_case, is the <c>code</c> of the problem and never changes.</summary>
public enum ProblemCode
{
    /// <summary>Fields are missing or have values that are not accepted; <c>errors</c> names them all.</summary>
    ValidationFailed,

    /// <summary>The body is not what its content type says, such as JSON that does not parse.</summary>
    MalformedBody,

    /// <summary>The request is not valid HTTP for this endpoint.</summary>
    BadRequest,

    /// <summary>The operation needs a picture and none was sent.</summary>
    PictureMissing,

    /// <summary>There is no valid token, and guests are not admitted.</summary>
    Unauthorized,

    /// <summary>The e-mail address or the password is wrong; which of them is not told.</summary>
    InvalidCredentials,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>An administrator keeps the account out.</summary>
    AccountLocked,

    /// <summary>It takes a premium account.</summary>
    PremiumRequired,

    /// <summary>There is no such thing, or it is another owner's.</summary>
    NotFound,

    /// <summary>There is no operation with this name.</summary>
    UnknownOperation,

    /// <summary>The path exists, the method does not.</summary>
    MethodNotAllowed,

    /// <summary>None of the accepted media types can be delivered.</summary>
    NotAcceptable,

    /// <summary>The request did not arrive in time.</summary>
    RequestTimeout,

    /// <summary>The state of the thing does not allow it.</summary>
    Conflict,

    /// <summary>The thing has changed since the version that <c>If-Match</c> names.</summary>
    PreconditionFailed,

    /// <summary>The request with this Idempotency-Key is still running.</summary>
    RequestInProgress,

    /// <summary>The job was called off while the request waited for it.</summary>
    JobCancelled,

    /// <summary>The upload or the body has more bytes than accepted.</summary>
    TooLarge,

    /// <summary>The body's content type is not accepted here.</summary>
    UnsupportedMediaType,

    /// <summary>The bytes are something else than a picture of an accepted format.</summary>
    UnsupportedPicture,

    /// <summary>The picture is damaged or cut short.</summary>
    UndecodablePicture,

    /// <summary>The picture has more pixels, longer sides or more frames than accepted.</summary>
    PictureTooLarge,

    /// <summary>The request is well formed and still cannot be done.</summary>
    Unprocessable,

    /// <summary>Moderation refused what the prompt asks for.</summary>
    ContentRefused,

    /// <summary>The Idempotency-Key was used before with other content.</summary>
    IdempotencyKeyReused,

    /// <summary>The URL names an address that the studio does not fetch from.</summary>
    ImageUrlForbidden,

    /// <summary>The URL could not be fetched.</summary>
    ImageUrlFailed,

    /// <summary>The URL did not deliver in time.</summary>
    ImageUrlTimeout,

    /// <summary>The URL is one of the studio's own and has expired.</summary>
    ImageUrlExpired,

    /// <summary>The URL has the form of one of the studio's own, and its signature does not fit.</summary>
    ImageUrlAltered,

    /// <summary>The caller has as many unfinished jobs as allowed.</summary>
    QueueFull,

    /// <summary>It costs more of a daily quota than the caller has left.</summary>
    QuotaExceeded,

    /// <summary>Too many requests.</summary>
    RateLimited,

    /// <summary>Every slot and every place in the queue is taken.</summary>
    Busy,

    /// <summary>No letters leave this studio, so it cannot send what was asked for.</summary>
    MailUnavailable,

    /// <summary>No engine is ready for the operation.</summary>
    EngineUnavailable,

    /// <summary>No language model is configured, or it does not answer.</summary>
    LanguageModelUnavailable,

    /// <summary>A store could not keep or read something.</summary>
    StorageUnavailable,

    /// <summary>The engine broke while it ran.</summary>
    OperationFailed,

    /// <summary>The studio itself failed.</summary>
    InternalError,
}

/// <summary>What is fixed about each <see cref="ProblemCode"/>.</summary>
public static class ProblemCodes
{
    private static readonly FrozenDictionary<string, ProblemCode> ByWireName =
        Enum.GetValues<ProblemCode>().ToFrozenDictionary(WireName, StringComparer.Ordinal);

    /// <summary>The code in snake_case.</summary>
    public static string WireName(this ProblemCode code) => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());

    /// <summary>Finds a code by its wire name.</summary>
    public static bool TryFind(string wireName, out ProblemCode code) => ByWireName.TryGetValue(wireName, out code);

    /// <summary>The HTTP status that goes with the code.</summary>
    public static int Status(this ProblemCode code) => Describe(code).Status;

    /// <summary>A short human summary that is the same for every occurrence.</summary>
    public static string Title(this ProblemCode code) => Describe(code).Title;

    /// <summary>The code that stands for a bare HTTP status.</summary>
    public static ProblemCode ForStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => ProblemCode.Unauthorized,
        StatusCodes.Status403Forbidden => ProblemCode.Forbidden,
        StatusCodes.Status404NotFound => ProblemCode.NotFound,
        StatusCodes.Status405MethodNotAllowed => ProblemCode.MethodNotAllowed,
        StatusCodes.Status406NotAcceptable => ProblemCode.NotAcceptable,
        StatusCodes.Status408RequestTimeout => ProblemCode.RequestTimeout,
        StatusCodes.Status409Conflict => ProblemCode.Conflict,
        StatusCodes.Status412PreconditionFailed => ProblemCode.PreconditionFailed,
        StatusCodes.Status413PayloadTooLarge => ProblemCode.TooLarge,
        StatusCodes.Status415UnsupportedMediaType => ProblemCode.UnsupportedMediaType,
        StatusCodes.Status422UnprocessableEntity => ProblemCode.Unprocessable,
        StatusCodes.Status429TooManyRequests => ProblemCode.RateLimited,
        StatusCodes.Status503ServiceUnavailable => ProblemCode.Busy,
        >= 500 => ProblemCode.InternalError,
        _ => ProblemCode.BadRequest,
    };

    private static (int Status, string Title) Describe(ProblemCode code) => code switch
    {
        ProblemCode.ValidationFailed => (400, "Some fields are missing or not valid."),
        ProblemCode.MalformedBody => (400, "The body could not be read."),
        ProblemCode.BadRequest => (400, "The request is not valid."),
        ProblemCode.PictureMissing => (400, "A picture is missing."),
        ProblemCode.Unauthorized => (401, "A valid token is required."),
        ProblemCode.InvalidCredentials => (401, "The e-mail address or the password is wrong."),
        ProblemCode.Forbidden => (403, "This is not allowed."),
        ProblemCode.AccountLocked => (403, "The account is locked."),
        ProblemCode.PremiumRequired => (403, "This takes a premium account."),
        ProblemCode.NotFound => (404, "There is no such thing here."),
        ProblemCode.UnknownOperation => (404, "There is no such operation."),
        ProblemCode.MethodNotAllowed => (405, "The method is not allowed here."),
        ProblemCode.NotAcceptable => (406, "None of the accepted media types can be delivered."),
        ProblemCode.RequestTimeout => (408, "The request took too long to arrive."),
        ProblemCode.Conflict => (409, "The current state does not allow this."),
        ProblemCode.PreconditionFailed => (412, "It has changed in the meantime."),
        ProblemCode.RequestInProgress => (409, "The request with this Idempotency-Key is still running."),
        ProblemCode.JobCancelled => (409, "The job was cancelled."),
        ProblemCode.TooLarge => (413, "The request is too large."),
        ProblemCode.UnsupportedMediaType => (415, "The content type is not accepted here."),
        ProblemCode.UnsupportedPicture => (415, "This is not a picture of an accepted format."),
        ProblemCode.UndecodablePicture => (422, "The picture cannot be decoded."),
        ProblemCode.PictureTooLarge => (422, "The picture has too many pixels."),
        ProblemCode.Unprocessable => (422, "The request cannot be done."),
        ProblemCode.ContentRefused => (422, "The content is refused."),
        ProblemCode.IdempotencyKeyReused => (422, "The Idempotency-Key was used with other content."),
        ProblemCode.ImageUrlForbidden => (422, "The image URL names an address that is not fetched from."),
        ProblemCode.ImageUrlFailed => (422, "The image URL could not be fetched."),
        ProblemCode.ImageUrlTimeout => (422, "The image URL did not deliver in time."),
        ProblemCode.ImageUrlExpired => (422, "The link has expired."),
        ProblemCode.ImageUrlAltered => (422, "The link was altered."),
        ProblemCode.QueueFull => (429, "Too many unfinished jobs."),
        ProblemCode.QuotaExceeded => (429, "The daily quota is used up."),
        ProblemCode.RateLimited => (429, "Too many requests."),
        ProblemCode.Busy => (503, "The studio is busy."),
        ProblemCode.MailUnavailable => (503, "No letters can be sent."),
        ProblemCode.EngineUnavailable => (503, "No engine is ready for this operation."),
        ProblemCode.LanguageModelUnavailable => (503, "No language model is ready."),
        ProblemCode.StorageUnavailable => (503, "The storage is not available."),
        ProblemCode.OperationFailed => (500, "The operation failed."),
        ProblemCode.InternalError => (500, "The studio failed."),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };
}
