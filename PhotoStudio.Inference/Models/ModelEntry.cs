using System.Text.Json.Serialization;

namespace PhotoStudio.Inference.Models;

/// <summary>A model of the catalogue: what it is for, where it comes from, whose it is, and what goes in and out.</summary>
public sealed record ModelEntry
{
    /// <summary>Its id, kebab-case: what commands and engines call it.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// Models of a family have the same inputs and outputs up to their sizes, so that one engine runs any of them; within a family the
    /// catalogue's order is the order of preference.
    /// </summary>
    public required string Family { get; init; }

    /// <summary>The operations that it serves, by their wire names.</summary>
    public required IReadOnlyList<string> Operations { get; init; }

    /// <summary>Whether it is the one to fetch when nobody has said which of its family.</summary>
    public bool Recommended { get; init; }

    /// <summary>The name its file gets in the store. A file is recognised by its hash, whatever it is called.</summary>
    public required string File { get; init; }

    /// <summary>Whether a name that somebody gives is its id or the name of its file.</summary>
    internal bool Is(string name) =>
        string.Equals(Id, name, StringComparison.OrdinalIgnoreCase) || string.Equals(File, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where it can be fetched, in the order they are tried; empty for a model that its user has to bring.</summary>
    public IReadOnlyList<Uri> Urls { get; init => field = value ?? []; } = [];

    /// <summary>
    /// The SHA-256 of the file, 64 lower-case hexadecimal digits. Null only for a model that its user brings and whose hash nobody has
    /// published: then importing it says which file is meant.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>The size of the file in bytes; null where it is not published.</summary>
    public long? Bytes { get; init; }

    /// <summary>Whose it is and on what terms.</summary>
    public required ModelLicence Licence { get; init; }

    /// <summary>Whether it computes with half-precision floats, which GPUs do faster than 32-bit ones and processors slower.</summary>
    public bool HalfPrecision { get; init; }

    /// <summary>How the hash is known.</summary>
    public required HashEvidence Evidence { get; init; }

    /// <summary>What is worth knowing about it, in a sentence or two.</summary>
    public string? Note { get; init; }

    /// <summary>Which of the catalogue's processings it needs.</summary>
    [JsonPropertyName("processing")]
    public required string ProcessingName { get; init; }

    /// <summary>How a picture becomes its input and its output becomes a result.</summary>
    [JsonIgnore]
    public ModelProcessing Processing { get; init; } = ModelProcessing.None;

    /// <summary>Whether the user has to bring the file.</summary>
    [JsonIgnore]
    public bool IsUserSupplied => Urls.Count == 0;
}

/// <summary>The terms a model comes on.</summary>
/// <param name="Name">Its SPDX identifier where there is one, otherwise the name its publisher gives it.</param>
/// <param name="Restricted">Whether its terms bind its user so that they have to be accepted before it is used.</param>
/// <param name="Terms">What has to be accepted, in a sentence; for a restricted one.</param>
/// <param name="Url">Where it is written.</param>
public sealed record ModelLicence(string Name, bool Restricted = false, string? Terms = null, Uri? Url = null);

/// <summary>How the catalogue knows a model's hash.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HashEvidence>))]
public enum HashEvidence
{
    /// <summary>It was computed from the file.</summary>
    Computed,

    /// <summary>The publisher gives it.</summary>
    Publisher,

    /// <summary>Two projects or more that fetch the file give the same one.</summary>
    SeveralProjects,

    /// <summary>One project that fetches the file gives it.</summary>
    OneProject,

    /// <summary>Nobody gives it.</summary>
    None,
}
