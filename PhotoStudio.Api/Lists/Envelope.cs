using System.Text.Json.Serialization;

namespace PhotoStudio.Api.Lists;

/// <summary>A success as the processing endpoints answer it.</summary>
/// <param name="Data">What was asked for.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record Envelope<T>(T Data, string Message)
{
    /// <summary>Always true; problems carry false.</summary>
    [JsonPropertyOrder(-1)]
    public bool Success => true;
}

/// <summary>A page of a list as the processing endpoints answer it: in <c>data</c> and, once more, in <c>pagination</c>.</summary>
/// <param name="Data">The items of the page.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Pagination">The page and its neighbours.</param>
public sealed record ListEnvelope<T>(IReadOnlyList<T> Data, string Message, Pagination<T> Pagination)
{
    /// <summary>Always true; problems carry false.</summary>
    [JsonPropertyOrder(-1)]
    public bool Success => true;
}

/// <summary>A page and its neighbours.</summary>
/// <param name="Count">How many items the whole list has.</param>
/// <param name="Next">The URL of the next page; null on the last one.</param>
/// <param name="Previous">The URL of the page before; null on the first one.</param>
/// <param name="Results">The items of the page.</param>
public sealed record Pagination<T>(long Count, string? Next, string? Previous, IReadOnlyList<T> Results);
