using System.Text.Json;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Pictures;

/// <summary>A request's query and body, read once and taken apart: pictures here, all other fields there.</summary>
/// <param name="Values">
/// The fields of the query, then those of the form or the JSON object, its <c>parameters</c> included, without the pictures.
/// </param>
/// <param name="Pictures">The pictures in whatever form they came; nothing has been fetched or decoded.</param>
/// <param name="Faults">What was wrong already while reading, under the fields' wire names.</param>
public sealed record RequestContent(
    IReadOnlyList<KeyValuePair<string, RawValue>> Values, IReadOnlyList<SentPicture> Pictures, FaultList Faults)
{
    /// <summary>A field's value; the last one wins. Null when it is absent or blank.</summary>
    public RawValue? Value(string name)
    {
        for (var i = Values.Count - 1; i >= 0; i--)
        {
            if (Values[i].Key == name && !Values[i].Value.IsAbsent) return Values[i].Value;
        }

        return null;
    }

    /// <summary>A field as text; the last one wins. Null when it is absent, blank, or not text.</summary>
    public string? Text(string name)
    {
        for (var i = Values.Count - 1; i >= 0; i--)
        {
            var (known, value) = Values[i];
            if (known != name || value.IsAbsent) continue;
            if (value.Json is not { } json) return value.Text;
            return json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText();
        }

        return null;
    }
}

/// <summary>A picture as it came.</summary>
/// <param name="Field">The field it came in; <see cref="RawBody"/> when it was the whole body.</param>
/// <param name="Slot">The input slot it is for.</param>
/// <param name="Form">Which of <paramref name="File"/> and <paramref name="Text"/> holds it, and as what.</param>
/// <param name="File">The bytes of the file.</param>
/// <param name="Text">The URL or the id.</param>
public sealed record SentPicture(string Field, string Slot, PictureForm Form, ReadOnlyMemory<byte> File, string? Text)
{
    /// <summary>The file's name, as a part of a form may tell it.</summary>
    public string? FileName { get; init; }

    /// <summary>Why it is no picture to work on, where that stood before it was read; null otherwise.</summary>
    public StudioProblem? Problem { get; init; }

    /// <summary>The name of a picture that is the whole body.</summary>
    public const string RawBody = "body";
}
