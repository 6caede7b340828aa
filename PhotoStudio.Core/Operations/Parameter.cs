using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Operations;

/// <summary>
/// A parameter of an operation: its wire name, what it accepts, and how it is read. The one declaration serves
/// validation, JSON Schema, forms and the engine that reads the value.
/// </summary>
public abstract class Parameter
{
    private protected Parameter(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>The wire name, in snake_case.</summary>
    public string Name { get; }

    /// <summary>What it does, with unit and range, in one sentence.</summary>
    public string Description { get; }

    /// <summary>Other wire names that mean the same.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Whether a caller has to give it.</summary>
    public bool Required { get; init; }

    /// <summary>The value it has when the caller says nothing; null when it then stays absent.</summary>
    public abstract object? DefaultValue { get; }

    /// <summary>Reads one value. The result is the parameter's own type; a fault is a sentence for the caller.</summary>
    public abstract object? Read(RawValue raw, out string? fault);

    /// <summary>A JSON value that <see cref="Read"/> turns back into the same value.</summary>
    public abstract JsonNode Write(object value);

    /// <summary>The parameter as a JSON Schema (2020-12) with description and default.</summary>
    public JsonObject Schema()
    {
        var schema = TypeSchema();
        schema["description"] = Description;
        if (DefaultValue is { } value) schema["default"] = Write(value);
        return schema;
    }

    private protected abstract JsonObject TypeSchema();
}

/// <summary>A parameter whose values have the type <typeparamref name="T"/>.</summary>
public abstract class Parameter<T> : Parameter
    where T : notnull
{
    private protected Parameter(string name, string description)
        : base(name, description)
    {
    }

    /// <inheritdoc/>
    public sealed override object? Read(RawValue raw, out string? fault) => TryRead(raw, out var value, out fault) ? value : null;

    /// <inheritdoc/>
    public sealed override JsonNode Write(object value) => WriteValue((T)value);

    private protected abstract bool TryRead(RawValue raw, out T value, out string? fault);

    private protected abstract JsonNode WriteValue(T value);
}
