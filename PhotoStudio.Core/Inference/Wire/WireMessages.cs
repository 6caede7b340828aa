using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhotoStudio.Core.Inference.Wire;

/// <summary>What to run; the pictures come in parts of their own.</summary>
/// <param name="Operation">The operation's wire name.</param>
/// <param name="Parameters">Its parameters, a JSON object.</param>
public sealed record WireRequest(string Operation, JsonElement Parameters);

/// <summary>How far a run is.</summary>
/// <param name="Fraction">0–1.</param>
/// <param name="Stage">What the engine is doing, a short phrase.</param>
public sealed record WireProgress(double Fraction, string? Stage = null);

/// <summary>What a run delivered; the outputs' bytes follow in as many parts.</summary>
/// <param name="Engine">What ran it.</param>
/// <param name="Outputs">The outputs in order.</param>
/// <param name="Data">The result of an operation that delivers data.</param>
public sealed record WireResult(EngineReport Engine, IReadOnlyList<WireOutput> Outputs, JsonElement? Data = null);

/// <summary>One output.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Extension">The file name extension that goes with it, without a dot.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Bytes">Its length.</param>
public sealed record WireOutput(string ContentType, string Extension, int Width, int Height, long Bytes);

/// <summary>Why a run could not be done, as a problem of RFC 9457 with members of its own.</summary>
/// <param name="Status">The HTTP status, also where the failure comes inside a stream.</param>
/// <param name="Title">A short summary that is the same for every failure of its kind.</param>
/// <param name="Detail">What happened; fit to show to the owner.</param>
/// <param name="Code">A stable snake_case code.</param>
/// <param name="Fault">Whose fault it is.</param>
public sealed record WireFailure(int Status, string Title, string Detail, string Code, InferenceFault Fault)
{
    /// <summary>The kind of problem; RFC 9457 gives this one to problems that their status describes.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>Whether the same run may succeed at another time or elsewhere.</summary>
    public bool Retryable { get; init; }

    /// <summary>When it is worth another try, in seconds.</summary>
    public double? RetryAfter { get; init; }

    /// <summary>Finds it in the service's log and traces.</summary>
    public string? TraceId { get; init; }
}

/// <summary>Every engine of the service.</summary>
/// <param name="Engines">By operation and in order of preference.</param>
public sealed record WireEngines(IReadOnlyList<EngineStatus> Engines);

/// <summary>The messages as JSON: snake_case, absent instead of null, and nothing null or missing where it must not be.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(WireEnumConverter<EngineTier>), typeof(WireEnumConverter<InferenceFault>)])]
[JsonSerializable(typeof(WireRequest))]
[JsonSerializable(typeof(WireProgress))]
[JsonSerializable(typeof(WireResult))]
[JsonSerializable(typeof(WireFailure))]
[JsonSerializable(typeof(WireEngines))]
public sealed partial class WireJson : JsonSerializerContext;

/// <summary>Enum values by their names in snake_case.</summary>
public sealed class WireEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
