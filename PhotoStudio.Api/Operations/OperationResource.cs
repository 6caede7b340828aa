using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Operations;

/// <summary>An operation as the API describes it.</summary>
/// <param name="Name">Its name in paths and jobs.</param>
/// <param name="Title">A short human name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Inputs">The pictures it takes.</param>
/// <param name="Parameters">Its parameters as a JSON Schema (2020-12).</param>
/// <param name="Output">picture, pictures or data.</param>
/// <param name="Cost">What a run costs.</param>
/// <param name="Ready">Whether an engine is ready for it.</param>
/// <param name="Engines">The engines that perform it, in the order they are preferred.</param>
/// <param name="Url">Where to POST to run it.</param>
public sealed record OperationResource(
    string Name,
    string Title,
    string Description,
    IReadOnlyList<InputResource> Inputs,
    JsonObject Parameters,
    string Output,
    CostResource Cost,
    bool Ready,
    IReadOnlyList<EngineStatusResource> Engines,
    string Url)
{
    /// <summary>Describes an operation with the state of its engines.</summary>
    public static OperationResource From(Operation operation, IEnumerable<EngineStatus> engines)
    {
        ArgumentNullException.ThrowIfNull(operation);
        IReadOnlyList<EngineStatusResource> own =
        [
            .. engines
                .Where(engine => engine.Operation == operation.Name)
                .OrderBy(engine => engine.Tier)
                .Select(engine => new EngineStatusResource(
                    engine.Engine, WireName(engine.Tier), engine.Version, engine.Ready, engine.Missing, engine.Takes, engine.PassedOver)),
        ];
        return new OperationResource(
            operation.Name,
            operation.Title,
            operation.Description,
            [.. operation.Inputs.Select(slot => new InputResource(slot.Name, slot.Description, slot.Required))],
            operation.ParameterSchema(),
            WireName(operation.Output),
            new CostResource(WireName(operation.Cost.Kind), operation.Cost.Units),
            own.Any(engine => engine.Ready),
            own,
            $"/api/v1/operations/{operation.Name}");
    }

    private static string WireName<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

/// <summary>A picture an operation takes.</summary>
/// <param name="Name">The field it comes in.</param>
/// <param name="Description">What it is.</param>
/// <param name="Required">Whether a run needs it.</param>
public sealed record InputResource(string Name, string Description, bool Required);

/// <summary>What a run costs.</summary>
/// <param name="Kind">The daily quota it counts against; none is metered by rate limits only.</param>
/// <param name="Units">Units of it.</param>
public sealed record CostResource(string Kind, int Units);

/// <summary>An engine and whether it can run.</summary>
/// <param name="Name">The engine's name.</param>
/// <param name="Tier">onnx, remote or builtin.</param>
/// <param name="Version">The version of its algorithm.</param>
/// <param name="Ready">Whether it can run now.</param>
/// <param name="Missing">What it lacks and how to get it.</param>
/// <param name="Takes">Whether it takes the operation now.</param>
/// <param name="PassedOver">Why another one takes the operation.</param>
public sealed record EngineStatusResource(
    string Name, string Tier, string Version, bool Ready, string? Missing, bool Takes, string? PassedOver);

/// <summary>Every operation.</summary>
/// <param name="Operations">By name.</param>
/// <param name="Count">How many.</param>
public sealed record OperationList(IReadOnlyList<OperationResource> Operations, int Count);

/// <summary>The contracts of this feature.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OperationList))]
[JsonSerializable(typeof(OperationResource))]
public sealed partial class OperationJson : JsonSerializerContext;
