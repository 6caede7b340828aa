using System.Text.Json;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Inference.Models;

/// <summary>
/// Which restricted licences have been accepted: by <c>Studio:Models:AcceptedLicences</c>, or by a command, which notes it in the
/// folders of models, one file a model.
/// </summary>
internal sealed class LicenceAcceptances(ModelFolders folders, IOptions<ModelStoreOptions> options, TimeProvider time)
{
    /// <summary>Whether a model may be used as far as its licence goes.</summary>
    public bool Allow(ModelEntry entry) =>
        !entry.Licence.Restricted
        || options.Value.AcceptedLicences.Contains(entry.Id, StringComparer.OrdinalIgnoreCase)
        || folders.All.Any(folder => File.Exists(Note(folder, entry.Id)));

    /// <summary>Notes that a model's licence was accepted.</summary>
    /// <param name="entry">The model.</param>
    /// <param name="by">Who accepted it, for people.</param>
    /// <exception cref="IOException">The note cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The note cannot be written.</exception>
    public void Accept(ModelEntry entry, string by)
    {
        var note = Note(folders.First, entry.Id);
        Directory.CreateDirectory(Path.GetDirectoryName(note)!);
        var acceptance = new LicenceAcceptance(entry.Id, entry.Licence.Name, entry.Licence.Terms, by, time.GetUtcNow());
        ModelFiles.WriteWhole(note, JsonSerializer.SerializeToUtf8Bytes(acceptance, StoreJson.Default.LicenceAcceptance));
    }

    /// <summary>Why a model is not fetched or taken in.</summary>
    /// <param name="entry">The model.</param>
    /// <param name="command">What accepts its licence.</param>
    public static ModelException Refusal(ModelEntry entry, string command) => new(
        ModelFault.LicenceNotAccepted,
        $"{entry.Title} comes on terms that have to be accepted first. {entry.Licence.Name}: {entry.Licence.Terms}"
        + (entry.Licence.Url is { } url ? $" ({url})" : "") + $" Accept them with {command}.");

    private static string Note(string folder, string id) => Path.Combine(folder, ModelFiles.Private, "licences", $"{id}.json");
}

/// <summary>A licence that was accepted.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Licence">The licence's name.</param>
/// <param name="Terms">What was accepted.</param>
/// <param name="By">Who did.</param>
/// <param name="At">When.</param>
internal sealed record LicenceAcceptance(string Model, string Licence, string? Terms, string By, DateTimeOffset At);
