using System.Text.Json;

namespace PhotoStudio.Inference.Models;

/// <summary>
/// The hashes of imported files whose models have none in the catalogue: whoever imported one said which model it is. One note a model
/// in the folders of models.
/// </summary>
internal sealed class ImportedModels(ModelCatalogue catalogue, ModelFolders folders)
{
    private readonly ModelEntry[] _unhashed = [.. catalogue.All.Where(entry => entry.Sha256 is null)];

    /// <summary>The models by their files' hashes.</summary>
    public Dictionary<string, ModelEntry> Read()
    {
        var known = new Dictionary<string, ModelEntry>(StringComparer.Ordinal);
        foreach (var folder in folders.All)
        {
            foreach (var entry in _unhashed)
            {
                if (ReadNote(folder, entry.Id) is { } hash) known.TryAdd(hash, entry);
            }
        }

        return known;
    }

    /// <summary>Notes which file a model is.</summary>
    /// <exception cref="IOException">The note cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The note cannot be written.</exception>
    public void Note(ModelEntry entry, string sha256)
    {
        var note = Path(folders.First, entry.Id);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(note)!);
        ModelFiles.WriteWhole(note, JsonSerializer.SerializeToUtf8Bytes(new ImportedModel(entry.Id, sha256), StoreJson.Default.ImportedModel));
    }

    private static string? ReadNote(string folder, string id)
    {
        try
        {
            var note = Path(folder, id);
            return File.Exists(note) ? JsonSerializer.Deserialize(File.ReadAllBytes(note), StoreJson.Default.ImportedModel)?.Sha256 : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static string Path(string folder, string id) => System.IO.Path.Combine(folder, ModelFiles.Private, "imported", $"{id}.json");
}

/// <summary>Which file an imported model is.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Sha256">The file's hash.</param>
internal sealed record ImportedModel(string Model, string Sha256);
