using System.Text;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Inference.Models;

/// <summary>Takes files into the first folder of the store.</summary>
internal sealed class ModelImporter(
    ModelStore store, ModelFolders folders, LicenceAcceptances licences, IOptions<ModelStoreOptions> options)
{
    /// <summary>Takes a file in.</summary>
    /// <param name="content">The file.</param>
    /// <param name="meant">Which model it is meant to be; null when its hash is to tell.</param>
    /// <param name="acceptedBy">Who accepts its licence; null when nobody does.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Breaks off; nothing is kept.</param>
    /// <returns>The model that it is.</returns>
    /// <exception cref="ModelException">It is not taken in.</exception>
    public async Task<ModelEntry> RunAsync(
        Stream content, ModelEntry? meant, string? acceptedBy, IProgress<ModelProgress> progress, CancellationToken cancellationToken)
    {
        PartialFile? part = null;
        try
        {
            part = await PartialFile.OpenAsync(folders.First, $"import-{Guid.NewGuid():N}", _ => { }, cancellationToken);
            await CopyAsync(content, part, progress, cancellationToken);
            var hash = part.Hash();
            var entry = Recognise(hash, part.Length, meant);
            if (!licences.Allow(entry))
            {
                if (acceptedBy is null) throw LicenceAcceptances.Refusal(entry, $"./studio models import FILE --accept-license");
                licences.Accept(entry, acceptedBy);
            }

            if ((await store.ScanAsync(cancellationToken)).Found.ContainsKey(entry.Id)) return entry;
            if (entry.Sha256 is null) store.Imported.Note(entry, hash);
            store.Added(await part.KeepAsync(folders.First, entry.File), hash);
            part = null;
            return entry;
        }
        catch (Exception fault) when (FolderFaults.Is(fault) && fault is not SourceIOException)
        {
            throw FolderFaults.Explain(fault, folders.First);
        }
        finally
        {
            if (part is not null) await part.DeleteAsync();
        }
    }

    private async Task CopyAsync(Stream content, PartialFile part, IProgress<ModelProgress> progress, CancellationToken cancellationToken)
    {
        long? total = content.CanSeek ? content.Length - content.Position : null;
        if (total is { } needed) FolderFaults.RequireRoom(folders.First, needed);
        var buffer = new byte[1 << 17];
        while (await ReadAsync(content, buffer, cancellationToken) is > 0 and var count)
        {
            if (part.Length + count > options.Value.MaxBytes)
                throw new ModelException(ModelFault.WrongFile, $"The file has more than {options.Value.MaxBytes:N0} bytes, which no model has.");
            await part.AppendAsync(buffer.AsMemory(0, count), cancellationToken);
            progress.Report(new(ModelStage.Fetching, part.Length, total));
        }
    }

    // Whoever brings the file is told apart from the folder it goes into.
    private static async Task<int> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException fault)
        {
            throw new SourceIOException(fault);
        }
    }

    private ModelEntry Recognise(string hash, long bytes, ModelEntry? meant)
    {
        var found = store.Catalogue.FindByHash(hash);
        if (found is not null && (meant is null || meant == found)) return found;
        if (found is not null) throw Wrong($"The file is {found.Title} ({found.Id}), not {meant!.Title}");
        if (meant is { Sha256: null }) return meant;

        var about = $"its SHA-256 is {hash} and it has {bytes:N0} bytes";
        if (meant is not null) throw Wrong($"The file is not {meant.Title}: {about}, where the catalogue has {meant.Sha256}");
        var like = store.Catalogue.All.FirstOrDefault(entry => entry.Bytes == bytes);
        var hint = new StringBuilder($"The file is no model of the catalogue: {about}");
        if (like is not null) hint.Append($"; {like.Title} has that size and another hash");
        throw Wrong(hint.ToString());

        static ModelException Wrong(string what) => new(ModelFault.WrongFile, $"{what}. ./studio models list names the models there are.");
    }

    private sealed class SourceIOException(IOException fault) : IOException(fault.Message, fault);
}
