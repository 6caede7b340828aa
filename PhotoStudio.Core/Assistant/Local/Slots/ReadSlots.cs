using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Assistant.Local.Slots;

/// <summary>What a wish says about an operation's parameters.</summary>
internal sealed class ReadSlots
{
    /// <summary>The parameters that it gives, not checked yet.</summary>
    public JsonObject Parameters { get; init; } = [];

    /// <summary>The part of the picture that is meant, as written.</summary>
    public string? Region { get; set; }

    /// <summary>A parameter that the operation cannot do without and that it does not give.</summary>
    public string? Missing { get; set; }

    /// <summary>For a new background in words: what it shows.</summary>
    public string? Scene { get; set; }

    /// <summary>Whether one of the pictures that came is the operation's second one (a style's reference, a new background).</summary>
    public bool UsesSecondPicture { get; set; }

    /// <summary>Sets a parameter that is not there yet.</summary>
    public ReadSlots Set(string name, JsonNode? value)
    {
        if (value is not null && !Parameters.ContainsKey(name)) Parameters[name] = value;
        return this;
    }
}
