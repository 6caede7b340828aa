namespace PhotoStudio.Core.Inference.Wire;

/// <summary>
/// Inference over HTTP, as both ends speak it. <c>PUT /runs/{job}-{attempt}</c> takes <c>multipart/form-data</c> (RFC 7578): one part
/// <see cref="RequestPart"/> with a <see cref="WireRequest"/> and one part for each picture, named after its input slot. The answer is
/// one <c>multipart/mixed</c> stream (RFC 2046): any number of <see cref="ProgressPart"/> parts, then either a
/// <see cref="ResultPart"/> followed by its <see cref="OutputPart"/> parts in order, or a <see cref="FailurePart"/>. Only the closing
/// boundary says that everything came. A failure that is known before the stream has begun is a problem (RFC 9457) with the same body.
/// </summary>
public static class InferenceWire
{
    /// <summary>The path of runs, to which the run's id is added.</summary>
    public const string RunsPath = "runs/";

    /// <summary>The path of the list of engines.</summary>
    public const string EnginesPath = "engines";

    /// <summary>The longest run id in characters.</summary>
    public const int MaxRunIdLength = 100;

    /// <summary>The most bytes of a JSON part: a request with its parameters, a progress report, a failure.</summary>
    public const int MaxJsonBytes = 1 << 20;

    /// <summary>The most bytes of a <see cref="ResultPart"/>, which carries an operation's data.</summary>
    public const int MaxResultJsonBytes = 16 << 20;

    /// <summary>The part with the request, a <see cref="WireRequest"/>.</summary>
    public const string RequestPart = "request";

    /// <summary>A part with a <see cref="WireProgress"/>; repeated while there is nothing new, so that slow is told from hung.</summary>
    public const string ProgressPart = "progress";

    /// <summary>The part with a <see cref="WireResult"/>.</summary>
    public const string ResultPart = "result";

    /// <summary>A part with the bytes of one output.</summary>
    public const string OutputPart = "output";

    /// <summary>The part with a <see cref="WireFailure"/>.</summary>
    public const string FailurePart = "failure";

    /// <summary>The media type of an answer that streams.</summary>
    public const string StreamType = "multipart/mixed";

    /// <summary>The media type of a failure, RFC 9457.</summary>
    public const string ProblemType = "application/problem+json";

    /// <summary>Whether a text can be a run's id: ASCII letters, digits, <c>-</c> and <c>_</c>, at most <see cref="MaxRunIdLength"/>.</summary>
    public static bool IsRunId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= MaxRunIdLength && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
    }
}
