using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhotoStudio.Core.Models.Wire;

/// <summary>
/// Administration of models over HTTP, as both ends speak it: <c>GET models</c>, <c>GET models/{id}</c>, <c>DELETE models/{id}</c>,
/// <c>POST models/{id}/accept</c>, and three that take a while: <c>POST models/{id}/pull</c>, <c>POST models/{id}/verify</c> and
/// <c>POST models/import</c>, which takes the file as its body. Those answer server-sent events to who accepts
/// <c>text/event-stream</c>: any number of <see cref="ProgressEvent"/>, then one <see cref="ResultEvent"/> or <see cref="FailureEvent"/>.
/// A failure is a problem of RFC 9457 whose <c>code</c> is the fault in snake_case.
/// </summary>
public static class ModelWire
{
    /// <summary>The path of the models.</summary>
    public const string Path = "models";

    /// <summary>The query parameter that names who accepts a licence.</summary>
    public const string AcceptedByField = "accepted_by";

    /// <summary>The query parameter of an import that says which model the file is meant to be.</summary>
    public const string IdField = "id";

    /// <summary>The media type of an answer that streams.</summary>
    public const string StreamType = "text/event-stream";

    /// <summary>An event with a <see cref="ModelProgress"/>.</summary>
    public const string ProgressEvent = "progress";

    /// <summary>The last event, with a <see cref="ModelReport"/>.</summary>
    public const string ResultEvent = "result";

    /// <summary>The last event, with a <see cref="WireModelFailure"/>.</summary>
    public const string FailureEvent = "failure";

    /// <summary>The HTTP status that goes with a fault.</summary>
    public static int Status(ModelFault fault) => fault switch
    {
        ModelFault.UnknownModel => 404,
        ModelFault.NotInstalled or ModelFault.LicenceNotAccepted or ModelFault.Damaged => 409,
        ModelFault.UserSupplied or ModelFault.WrongFile => 422,
        ModelFault.Unreachable or ModelFault.NotDelivered => 502,
        ModelFault.NoSpace or ModelFault.NotWritable => 507,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>A summary that is the same for every failure of its kind.</summary>
    public static string Title(ModelFault fault) => fault switch
    {
        ModelFault.UnknownModel => "There is no such model.",
        ModelFault.NotInstalled => "The model is not installed.",
        ModelFault.LicenceNotAccepted => "The model's licence has to be accepted.",
        ModelFault.UserSupplied => "The model's file has to be brought.",
        ModelFault.WrongFile => "The file is not the model.",
        ModelFault.Damaged => "The model's file is damaged.",
        ModelFault.Unreachable => "Nothing that has the model can be reached.",
        ModelFault.NotDelivered => "The model could not be fetched.",
        ModelFault.NoSpace => "The folder of models is full.",
        ModelFault.NotWritable => "The folder of models cannot be written to.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>The code of a fault.</summary>
    public static string Code(ModelFault fault) => JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString());

    /// <summary>A failure as it is written.</summary>
    public static WireModelFailure Describe(ModelException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new(Status(fault.Fault), Title(fault.Fault), fault.Message, Code(fault.Fault), fault.Fault);
    }
}

/// <summary>Why something could not be done with a model, as a problem of RFC 9457.</summary>
/// <param name="Status">The HTTP status, also where the failure comes inside a stream.</param>
/// <param name="Title">A summary that is the same for every failure of its kind.</param>
/// <param name="Detail">What happened and what helps.</param>
/// <param name="Code">The fault in snake_case.</param>
/// <param name="Fault">The fault.</param>
public sealed record WireModelFailure(int Status, string Title, string Detail, string Code, ModelFault Fault);

/// <summary>The messages as JSON: snake_case, absent instead of null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelReport))]
[JsonSerializable(typeof(ModelProgress))]
[JsonSerializable(typeof(WireModelFailure))]
public sealed partial class ModelWireJson : JsonSerializerContext;
