using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Operations;

/// <summary>
/// The validated parameters of one run. Values are read by the parameter's own declaration
/// (<c>parameters.Get(Resize.Mode)</c>), so that name and type cannot disagree.
/// </summary>
public sealed class OperationParameters
{
    private readonly SortedDictionary<string, object> _values;

    private OperationParameters(Operation operation, SortedDictionary<string, object> values) => (Operation, _values) = (operation, values);

    /// <summary>The operation these belong to.</summary>
    public Operation Operation { get; }

    /// <summary>
    /// Reads what a caller sent, in any mix of query, form and JSON, and adds every fault to <paramref name="faults"/>.
    /// </summary>
    /// <param name="operation">Whose parameters they are.</param>
    /// <param name="given">Names and values as they came; later ones win. Blank values count as absent.</param>
    /// <param name="faults">Receives the faults under their wire names.</param>
    /// <param name="rejectUnknown">Whether a name the operation does not know is a fault or is passed over.</param>
    /// <returns>The parameters, or null when there was a fault.</returns>
    public static OperationParameters? Read(
        Operation operation,
        IEnumerable<KeyValuePair<string, RawValue>> given,
        FaultList faults,
        bool rejectUnknown = true)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(faults);
        var values = new SortedDictionary<string, object>(StringComparer.Ordinal);
        var clean = true;
        foreach (var (name, raw) in given)
        {
            if (operation.FindParameter(name) is not { } parameter)
            {
                if (!rejectUnknown) continue;
                faults.Add(name, $"is not a parameter of {operation.Name}. Known: {string.Join(", ", operation.Parameters.Select(known => known.Name))}.");
                clean = false;
                continue;
            }

            if (raw.IsAbsent) continue;
            if (parameter.Read(raw, out var fault) is { } value && fault is null)
            {
                values[parameter.Name] = value;
                continue;
            }

            faults.Add(name, fault!);
            clean = false;
        }

        foreach (var parameter in operation.Parameters)
        {
            if (values.ContainsKey(parameter.Name)) continue;
            if (parameter.DefaultValue is { } value)
            {
                values[parameter.Name] = value;
            }
            else if (parameter.Required && !faults.Has(parameter.Name))
            {
                faults.Add(parameter.Name, "is required.");
                clean = false;
            }
        }

        var parameters = new OperationParameters(operation, values);
        var before = faults.ToDictionary().Sum(entry => entry.Value.Length);
        if (clean) operation.Check(parameters, faults);
        return clean && faults.ToDictionary().Sum(entry => entry.Value.Length) == before ? parameters : null;
    }

    /// <summary>The parameters with nothing given.</summary>
    /// <exception cref="ArgumentException">The operation has a required parameter.</exception>
    public static OperationParameters Defaults(Operation operation) => FromJson(operation, "{}");

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="ArgumentException">The JSON is not valid for the operation; the message lists the faults.</exception>
    public static OperationParameters FromJson(Operation operation, [StringSyntax(StringSyntaxAttribute.Json)] string json)
    {
        using var document = JsonDocument.Parse(json);
        var faults = new FaultList();
        var given = document.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value)));
        return Read(operation, given, faults) ?? throw new ArgumentException($"Parameters of {operation.Name}: {faults}", nameof(json));
    }

    /// <summary>The value of a parameter that is required or has a default.</summary>
    /// <exception cref="KeyNotFoundException">The caller left an optional parameter out.</exception>
    public T Get<T>(Parameter<T> parameter)
        where T : notnull => (T)_values[parameter.Name];

    /// <summary>The value of an optional parameter, if the caller gave it.</summary>
    public bool TryGet<T>(Parameter<T> parameter, [MaybeNullWhen(false)] out T value)
        where T : notnull
    {
        var found = _values.TryGetValue(parameter.Name, out var boxed);
        value = found ? (T)boxed! : default;
        return found;
    }

    /// <summary>The value of an optional number, yes-or-no or choice; null when the caller left it out.</summary>
    public T? Find<T>(Parameter<T> parameter)
        where T : struct => TryGet(parameter, out var value) ? value : null;

    /// <summary>The parameters as a JSON object with the members in ordinal order: equal parameters write equal text.</summary>
    public string ToJson() => ToJsonObject().ToJsonString();

    /// <inheritdoc cref="ToJson"/>
    public JsonObject ToJsonObject()
    {
        var json = new JsonObject();
        foreach (var (name, value) in _values) json[name] = Operation.FindParameter(name)!.Write(value);
        return json;
    }
}
