using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Operations;

/// <summary>
/// One thing the studio can do. A class in this folder that derives from it is in the catalogue: endpoints,
/// validation, OpenAPI, quota and workers all read the declaration, and an engine does the work.
/// </summary>
public abstract class Operation
{
    private Dictionary<string, Parameter>? _byName;

    /// <summary>The wire name in kebab-case; also the job type and the intent.</summary>
    public abstract string Name { get; }

    /// <summary>A short human name.</summary>
    public abstract string Title { get; }

    /// <summary>What it does, in one or two sentences for the API's documentation.</summary>
    public abstract string Description { get; }

    /// <summary>The pictures it takes.</summary>
    public abstract IReadOnlyList<InputSlot> Inputs { get; }

    /// <summary>The parameters it takes, in the order a form would show them.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What it delivers.</summary>
    public virtual OperationOutput Output => OperationOutput.Picture;

    /// <summary>
    /// Whether it works on every frame of an animated GIF or WebP and delivers an animation, where the format asked for can hold one.
    /// Others take the first frame.
    /// </summary>
    public virtual bool KeepsAnimation => false;

    /// <summary>What it does to where the picture comes from; decides the mark of AI-made and AI-edited results.</summary>
    public virtual SourceKind Source => SourceKind.Kept;

    /// <summary>What a run costs.</summary>
    public abstract OperationCost Cost { get; }

    /// <summary>The parameter with this wire name or alias.</summary>
    public Parameter? FindParameter(string name)
    {
        _byName ??= Parameters
            .SelectMany(parameter => parameter.Aliases.Append(parameter.Name).Select(known => (known, parameter)))
            .ToDictionary(entry => entry.known, entry => entry.parameter, StringComparer.Ordinal);
        return _byName.GetValueOrDefault(name);
    }

    /// <summary>Checks what no single parameter can: combinations. Every fault goes under the wire name it belongs to.</summary>
    public virtual void Check(OperationParameters parameters, FaultList faults)
    {
    }

    /// <summary>
    /// Checks which pictures came with which parameters, for operations whose inputs are not all required, such as a mask that a
    /// box can stand in for. Told before anything is fetched or decoded.
    /// </summary>
    /// <param name="parameters">The parameters, which have passed <see cref="Check"/>.</param>
    /// <param name="slots">The slots that have a picture.</param>
    /// <param name="faults">Receives every fault under the wire name it belongs to.</param>
    public virtual void CheckInputs(OperationParameters parameters, IReadOnlyCollection<string> slots, FaultList faults)
    {
    }

    /// <summary>
    /// Checks what depends on the pictures' sizes: a mask of the picture's size, a box inside the picture. Sizes come from the
    /// headers; nothing has been decoded.
    /// </summary>
    /// <param name="parameters">The parameters, which have passed <see cref="Check"/>.</param>
    /// <param name="pictures">The pictures, each required slot among them.</param>
    /// <param name="faults">Receives every fault under the wire name it belongs to.</param>
    public virtual void CheckSizes(OperationParameters parameters, IReadOnlyList<GivenPicture> pictures, FaultList faults)
    {
    }

    /// <summary>The parameters as a JSON Schema (2020-12) object.</summary>
    public JsonObject ParameterSchema()
    {
        var properties = new JsonObject();
        foreach (var parameter in Parameters) properties[parameter.Name] = parameter.Schema();
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = Title,
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. Parameters.Where(parameter => parameter.Required).Select(parameter => (JsonNode)parameter.Name)]),
            ["additionalProperties"] = false,
        };
    }
}

/// <summary>A picture an operation takes.</summary>
/// <param name="Name">The wire name of the part or field, such as <c>image</c>, <c>mask</c>, <c>source</c>.</param>
/// <param name="Description">What it is, in one sentence.</param>
/// <param name="Required">Whether a run needs it.</param>
public sealed record InputSlot(string Name, string Description, bool Required = true)
{
    /// <summary>The one picture most operations work on.</summary>
    public static InputSlot Image { get; } = new("image", "The picture to work on.");
}

/// <summary>A picture that came for a slot.</summary>
/// <param name="Slot">The slot's wire name.</param>
/// <param name="Width">Width in pixels, after orientation.</param>
/// <param name="Height">Height in pixels, after orientation.</param>
public sealed record GivenPicture(string Slot, int Width, int Height);

/// <summary>What an operation delivers.</summary>
public enum OperationOutput
{
    /// <summary>One picture.</summary>
    Picture,

    /// <summary>One or several pictures.</summary>
    Pictures,

    /// <summary>JSON data and no picture.</summary>
    Data,
}

/// <summary>What a run costs its owner.</summary>
/// <param name="Kind">Which daily quota it counts against.</param>
/// <param name="Units">How many units of it.</param>
public sealed record OperationCost(QuotaKind Kind, int Units = 1);

/// <summary>The daily quotas.</summary>
public enum QuotaKind
{
    /// <summary>Metered by rate limits only.</summary>
    None,

    /// <summary>Pictures made from words.</summary>
    Generation,

    /// <summary>Pictures changed.</summary>
    Edit,

    /// <summary>Pictures restyled.</summary>
    StyleTransfer,

    /// <summary>Pictures taken into the library; no operation costs them.</summary>
    Uploads,
}
