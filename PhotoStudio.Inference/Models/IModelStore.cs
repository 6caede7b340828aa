namespace PhotoStudio.Inference.Models;

/// <summary>The models that are on this machine. Thread-safe.</summary>
public interface IModelStore
{
    /// <summary>Every model that could be.</summary>
    ModelCatalogue Catalogue { get; }

    /// <summary>
    /// The model, if its file is here, has the catalogue's hash, and its licence is accepted where that is needed; otherwise null. Cheap:
    /// engines ask before every run. A file that was put into a folder or taken out is noticed within a second; a large new one when
    /// it has been hashed in the background.
    /// </summary>
    /// <param name="id">An id of the catalogue.</param>
    /// <exception cref="ArgumentException">The catalogue has no such model.</exception>
    InstalledModel? Find(string id);

    /// <summary>Why <see cref="Find"/> has nothing, and the command that changes it; null when it has something. As cheap.</summary>
    /// <param name="id">An id of the catalogue.</param>
    /// <exception cref="ArgumentException">The catalogue has no such model.</exception>
    string? Missing(string id);

    /// <summary>Waits until files that are new have been hashed, so that <see cref="Find"/> tells of them.</summary>
    Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>A model whose file is here and is what the catalogue says.</summary>
/// <param name="Entry">The model.</param>
/// <param name="Path">Its file, an absolute path.</param>
public sealed record InstalledModel(ModelEntry Entry, string Path);

/// <summary>The models of a family.</summary>
public static class ModelFamilies
{
    /// <summary>The installed model of a family that comes first in the catalogue; null when none is installed.</summary>
    /// <exception cref="ArgumentException">The catalogue has no such family.</exception>
    public static InstalledModel? FindFamily(this IModelStore store, string family)
    {
        ArgumentNullException.ThrowIfNull(store);
        foreach (var entry in store.Catalogue.Family(family))
        {
            if (store.Find(entry.Id) is { } installed) return installed;
        }

        return null;
    }

    /// <summary>
    /// Why no model of a family is installed, with the command for the recommended one; null when one is.
    /// </summary>
    /// <exception cref="ArgumentException">The catalogue has no such family.</exception>
    public static string? MissingFamily(this IModelStore store, string family) =>
        store.FindFamily(family) is null ? store.Missing(Recommended(store.Catalogue.Family(family)).Id) : null;

    private static ModelEntry Recommended(IReadOnlyList<ModelEntry> family) => family.FirstOrDefault(entry => entry.Recommended) ?? family[0];
}
