using System.Text.Json;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Inference.Models;

/// <summary>Administration of the models in this process's folders.</summary>
internal sealed class ModelAdministration(
    ModelStore store, ModelFolders folders, LicenceAcceptances licences, ModelPuller puller, ModelImporter importer) : IModelAdministration
{
    /// <inheritdoc/>
    public Task<ModelList> ListAsync(CancellationToken cancellationToken)
    {
        var view = store.Refresh();
        return Task.FromResult(new ModelList(
            [.. store.Catalogue.All.Select(entry => Describe(entry, view))],
            folders.All,
            [.. view.Unknown.Select(file => new UnknownModelFile(file.Path, file.Bytes))]));
    }

    /// <inheritdoc/>
    public async Task<ModelReport> PullAsync(
        string id, string? acceptedBy, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var entry = Get(id);
        if (!licences.Allow(entry) && !entry.IsUserSupplied)
        {
            if (acceptedBy is null) throw LicenceAcceptances.Refusal(entry, $"./studio models pull {id} --accept-license");
            Accept(entry, acceptedBy);
        }

        await puller.RunAsync(entry, new SparseProgress(progress), cancellationToken);
        return Describe(entry, store.Refresh());
    }

    /// <inheritdoc/>
    public Task<ModelReport> AcceptAsync(string id, string acceptedBy, CancellationToken cancellationToken)
    {
        var entry = Get(id);
        if (!licences.Allow(entry)) Accept(entry, acceptedBy);
        return Task.FromResult(Describe(entry, store.Refresh()));
    }

    /// <inheritdoc/>
    public async Task<ModelReport> VerifyAsync(string id, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var entry = Get(id);
        if (!(await store.ScanAsync(cancellationToken)).Found.TryGetValue(id, out var path)) throw NotInstalled(entry);

        if (!await store.VerifyAsync(entry, path, new SparseProgress(progress), cancellationToken))
        {
            throw new ModelException(
                ModelFault.Damaged,
                $"{entry.Title} is damaged: {path} is not the file that was installed. It is not used any more. "
                + (entry.IsUserSupplied ? "Bring the file again: ./studio models import FILE." : $"Fetch it again: ./studio models pull {id}."));
        }

        return Describe(entry, store.Refresh());
    }

    /// <inheritdoc/>
    public async Task<ModelReport> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var entry = Get(id);
        var removed = false;
        try
        {
            puller.Forget(entry);
            while ((await store.ScanAsync(cancellationToken)).Found.TryGetValue(id, out var path))
            {
                File.Delete(path);
                removed = true;
            }
        }
        catch (Exception fault) when (FolderFaults.Is(fault))
        {
            throw FolderFaults.Explain(fault, folders.First);
        }

        return removed ? Describe(entry, store.Refresh()) : throw NotInstalled(entry);
    }

    /// <inheritdoc/>
    public async Task<ModelReport> ImportAsync(
        Stream content, string? id, string? acceptedBy, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var meant = id is null ? null : Get(id);
        var entry = await importer.RunAsync(content, meant, acceptedBy, new SparseProgress(progress), cancellationToken);
        return Describe(entry, store.Refresh());
    }

    private void Accept(ModelEntry entry, string acceptedBy)
    {
        try
        {
            licences.Accept(entry, acceptedBy);
        }
        catch (Exception fault) when (FolderFaults.Is(fault))
        {
            throw FolderFaults.Explain(fault, folders.First);
        }
    }

    private ModelEntry Get(string id)
    {
        if (store.Catalogue.TryFind(id, out var entry)) return entry;
        var like = store.Catalogue.All.Where(each => each.Id.Contains(id, StringComparison.OrdinalIgnoreCase) || each.Operations.Contains(id))
            .Select(each => each.Id).ToArray();
        throw new ModelException(
            ModelFault.UnknownModel,
            $"The catalogue has no model '{id}'. " + (like.Length > 0 && id.Length > 0
                ? $"There are {string.Join(", ", like)}."
                : "./studio models list names the models there are."));
    }

    private static ModelException NotInstalled(ModelEntry entry) => new(ModelFault.NotInstalled, $"{entry.Title} is not installed.");

    private ModelReport Describe(ModelEntry entry, StoreView view)
    {
        var found = view.Found.GetValueOrDefault(entry.Id);
        var state = view.Installed.ContainsKey(entry.Id) ? ModelState.Installed
            : found is not null ? ModelState.LicenceNotAccepted
            : view.Pending.Any(file => ModelStore.IsLike(file, entry)) ? ModelState.Checking
            : ModelState.NotInstalled;
        var licence = entry.Licence;
        var file = found is null ? null : ModelFile.Of(found);
        return new(
            entry.Id,
            entry.Title,
            entry.Operations,
            state,
            new(licence.Name, licence.Restricted, licences.Allow(entry), licence.Terms, licence.Url?.AbsoluteUri))
        {
            Family = entry.Family,
            Recommended = entry.Recommended,
            Bytes = file?.Bytes ?? entry.Bytes,
            Sha256 = entry.Sha256,
            Evidence = JsonNamingPolicy.SnakeCaseLower.ConvertName(entry.Evidence.ToString()),
            Sources = [.. entry.Urls.Select(url => url.AbsoluteUri)],
            Path = found,
            Installed = file?.Written,
            Missing = store.Missing(entry.Id),
            Note = entry.Note,
        };
    }
}
