using System.Text.Json.Serialization;
using PhotoStudio.Core.Inference.Wire;

namespace PhotoStudio.Core.Models;

/// <summary>The models.</summary>
/// <param name="Models">Every model of the catalogue.</param>
/// <param name="Folders">Where they are looked for; new ones go into the first.</param>
/// <param name="Unknown">Files in the folders that are no model of the catalogue.</param>
public sealed record ModelList(IReadOnlyList<ModelReport> Models, IReadOnlyList<string> Folders, IReadOnlyList<UnknownModelFile> Unknown);

/// <summary>A model and whether it is here.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Operations">The operations that it serves, by their wire names.</param>
/// <param name="State">Whether it can be used.</param>
/// <param name="Licence">Whose it is and on what terms.</param>
public sealed record ModelReport(
    string Id, string Title, IReadOnlyList<string> Operations, ModelState State, ModelLicenceReport Licence)
{
    /// <summary>Models of a family do the same; the first that is installed is used.</summary>
    public string? Family { get; init; }

    /// <summary>Whether it is the one of its family to begin with.</summary>
    public bool Recommended { get; init; }

    /// <summary>Its size in bytes, where it is known.</summary>
    public long? Bytes { get; init; }

    /// <summary>The SHA-256 of its file, in hexadecimal, where it is known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>How the hash is known: computed, publisher, several_projects, one_project, none.</summary>
    public string? Evidence { get; init; }

    /// <summary>Where it can be fetched; empty when its user has to bring it.</summary>
    public IReadOnlyList<string> Sources { get; init => field = value ?? []; } = [];

    /// <summary>Its file's path, when it is here.</summary>
    public string? Path { get; init; }

    /// <summary>When its file was written, when it is here.</summary>
    public DateTimeOffset? Installed { get; init; }

    /// <summary>Why it cannot be used, and the command that changes it.</summary>
    public string? Missing { get; init; }

    /// <summary>What is worth knowing about it.</summary>
    public string? Note { get; init; }
}

/// <summary>Whether a model can be used.</summary>
[JsonConverter(typeof(WireEnumConverter<ModelState>))]
public enum ModelState
{
    /// <summary>It is here.</summary>
    Installed,

    /// <summary>It is not here.</summary>
    NotInstalled,

    /// <summary>It is here, and its licence has to be accepted before it is used.</summary>
    LicenceNotAccepted,

    /// <summary>A file that may be it is being hashed.</summary>
    Checking,
}

/// <summary>The terms that a model comes on.</summary>
/// <param name="Name">The licence's name, its SPDX identifier where there is one.</param>
/// <param name="Restricted">Whether it has to be accepted before the model is used.</param>
/// <param name="Accepted">Whether it has been, or need not be.</param>
/// <param name="Terms">What is accepted.</param>
/// <param name="Url">Where it is written.</param>
public sealed record ModelLicenceReport(string Name, bool Restricted, bool Accepted, string? Terms = null, string? Url = null);

/// <summary>A file that is no model of the catalogue.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its size.</param>
public sealed record UnknownModelFile(string Path, long Bytes);

/// <summary>How far fetching, checking or importing a model is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Bytes">Bytes that are done.</param>
/// <param name="Total">Bytes in all, where it is known.</param>
/// <param name="Source">Where they come from.</param>
public sealed record ModelProgress(ModelStage Stage, long Bytes, long? Total = null, string? Source = null);

/// <summary>What is being done with a model.</summary>
[JsonConverter(typeof(WireEnumConverter<ModelStage>))]
public enum ModelStage
{
    /// <summary>Someone else fetches it; the end of that is waited for.</summary>
    Waiting,

    /// <summary>Its file is being read.</summary>
    Checking,

    /// <summary>It is being fetched or taken in.</summary>
    Fetching,

    /// <summary>A try failed; there is another one after a pause.</summary>
    Retrying,
}
