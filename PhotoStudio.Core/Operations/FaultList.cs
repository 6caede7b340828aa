namespace PhotoStudio.Core.Operations;

/// <summary>Everything that is wrong with a request, by the name the caller used, so that all of it is reported at once.</summary>
public sealed class FaultList
{
    private readonly SortedDictionary<string, List<string>> _messages = new(StringComparer.Ordinal);

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => _messages.Count == 0;

    /// <summary>Adds a fault.</summary>
    /// <param name="name">The wire name of the field.</param>
    /// <param name="message">A sentence that says what is wrong and what is accepted.</param>
    public void Add(string name, string message)
    {
        if (!_messages.TryGetValue(name, out var messages)) _messages[name] = messages = [];
        messages.Add(message);
    }

    /// <summary>Whether the named field has a fault.</summary>
    public bool Has(string name) => _messages.ContainsKey(name);

    /// <summary>The faults in the form of a validation problem's <c>errors</c>.</summary>
    public IDictionary<string, string[]> ToDictionary() => _messages.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray(), StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", _messages.SelectMany(entry => entry.Value.Select(message => $"{entry.Key}: {message}")));
}
