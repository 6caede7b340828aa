using System.Text.Json.Serialization;

namespace PhotoStudio.Api.Problems;

/// <summary>A problem as it is sent (RFC 9457 with the studio's members).</summary>
/// <param name="Type">A URI that names the kind of problem.</param>
/// <param name="Title">A summary of the kind.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened this time.</param>
/// <param name="Instance">The path that was asked for.</param>
/// <param name="TraceId">Finds the request in logs and traces.</param>
/// <param name="Code">The stable code of the kind.</param>
/// <param name="Success">Always false.</param>
/// <param name="Errors">Faults by field.</param>
/// <param name="Error">The same in OpenAI's form, on paths that speak it.</param>
public sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Instance,
    string TraceId,
    string Code,
    bool Success = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IDictionary<string, string[]>? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OpenAiError? Error = null);

/// <summary>An error as OpenAI's clients read it.</summary>
/// <param name="Message">What happened.</param>
/// <param name="Type">The class of error, such as <c>invalid_request_error</c>.</param>
/// <param name="Param">The field at fault, if it is one.</param>
/// <param name="Code">The stable code.</param>
public sealed record OpenAiError(string Message, string Type, string? Param, string Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ProblemJson : JsonSerializerContext;
