using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Inference.Models;

/// <summary>
/// The models in the folders of <see cref="ModelFolders"/>. It looks into the folders at most once a second, when it is asked, and
/// knows files by their hashes; a hash is computed once for a path, size and time. Small files are hashed at once, larger ones in the
/// background, so that nobody who asks waits for gigabytes.
/// </summary>
internal sealed class ModelStore : IModelStore, IDisposable
{
    // Takes some milliseconds.
    private const long HashedAtOnce = 8 << 20;

    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, FileHashes> _hashes;
    private readonly HashSet<long> _sizes;
    private readonly ModelFolders _folders;
    private readonly LicenceAcceptances _licences;
    private readonly TimeProvider _time;
    private readonly ILogger<ModelStore> _logger;
    private readonly CancellationTokenSource _end = new();
    private Task _hashing = Task.CompletedTask;
    private volatile StoreView? _view;
    private long _lookedAt;
    private volatile bool _isStale = true;
    private bool _disposed;

    /// <summary>Makes a store; it looks into its folders when it is first asked.</summary>
    public ModelStore(
        ModelCatalogue catalogue, ModelFolders folders, LicenceAcceptances licences, TimeProvider time, ILogger<ModelStore> logger)
    {
        (Catalogue, _folders, _licences, _time, _logger) = (catalogue, folders, licences, time, logger);
        _hashes = folders.All.ToDictionary(folder => folder, folder => new FileHashes(folder, logger), StringComparer.Ordinal);
        Imported = new(catalogue, folders);
        _sizes = [.. catalogue.All.Select(entry => entry.Bytes).OfType<long>()];
    }

    /// <inheritdoc/>
    public ModelCatalogue Catalogue { get; }

    /// <summary>The files that were said to be models whose hashes the catalogue does not give.</summary>
    public ImportedModels Imported { get; }

    /// <inheritdoc/>
    public InstalledModel? Find(string id) => Look().Installed.GetValueOrDefault(Catalogue.Get(id).Id);

    /// <inheritdoc/>
    public Task SettleAsync(CancellationToken cancellationToken) => ScanAsync(cancellationToken);

    /// <inheritdoc/>
    public string? Missing(string id)
    {
        var entry = Catalogue.Get(id);
        var view = Look();
        if (view.Installed.ContainsKey(id)) return null;
        if (view.Found.TryGetValue(id, out var found))
        {
            return $"The model {entry.Title} is here ({Path.GetFileName(found)}), and its licence ({entry.Licence.Name}) has to be accepted: "
                + $"./studio models accept {id}.";
        }

        if (view.Pending.FirstOrDefault(file => IsLike(file, entry)) is { } pending)
            return $"The model {entry.Title} is being checked ({Path.GetFileName(pending.Path)}); it is ready when that is done.";

        var command = entry.IsUserSupplied
            ? $"It is not fetched for you; bring the file: ./studio models import FILE{(entry.Sha256 is null ? $" --as {id}" : "")} --accept-license."
            : $"Get it: ./studio models pull {id}{(entry.Licence.Restricted ? " --accept-license" : "")}.";
        return view.LookAlikes.TryGetValue(id, out var other)
            ? $"The model {entry.Title} is not installed: the file {Path.GetFileName(other)} is not the one that the catalogue means. {command}"
            : $"The model {entry.Title} is not installed. {command}";
    }

    /// <summary>Looks into the folders now.</summary>
    public StoreView Refresh()
    {
        lock (_lock)
        {
            LookNow();
            return _view!;
        }
    }

    /// <summary>Hears that a file was put into a folder, and what its hash is.</summary>
    public void Added(string path, string sha256)
    {
        if (ModelFile.Of(path) is { } file && Hashes(path) is { } hashes)
        {
            hashes.Remember(file, sha256);
            hashes.Save();
        }

        Refresh();
    }

    /// <summary>Reads a file again, whatever is remembered of it.</summary>
    /// <returns>Whether it is still what it was.</returns>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public async Task<bool> VerifyAsync(
        ModelEntry entry, string path, IProgress<ModelProgress> progress, CancellationToken cancellationToken)
    {
        if (ModelFile.Of(path) is not { } file || Hashes(path) is not { } hashes) return false;
        var before = hashes.Find(file);
        var hash = await hashes.HashAsync(file, cancellationToken, bytes => progress.Report(new(ModelStage.Checking, bytes, file.Bytes)));
        hashes.Save();
        Refresh();
        return hash is not null && hash == (entry.Sha256 ?? before);
    }

    /// <summary>Looks into the folders now, and waits until every file is hashed.</summary>
    public async Task<StoreView> ScanAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task hashing;
            lock (_lock)
            {
                LookNow();
                hashing = _hashing;
                if (_view!.Pending.Count == 0) return _view;
            }

            await hashing.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A host that knows it by two services disposes of it twice.
        if (Interlocked.Exchange(ref _disposed, true)) return;
        _end.Cancel();
        _end.Dispose();
    }

    private bool IsFresh => !_isStale && _time.GetElapsedTime(Interlocked.Read(ref _lookedAt)) < LookPause;

    // What was seen a moment ago, or a new look.
    private StoreView Look()
    {
        if (_view is { } seen)
        {
            if (IsFresh || !_lock.TryEnter()) return seen;
        }
        else
        {
            _lock.Enter();
        }

        try
        {
            if (!IsFresh) LookNow();
        }
        finally
        {
            _lock.Exit();
        }

        return _view!;
    }

    // With the lock held.
    private void LookNow()
    {
        _isStale = false;
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var lookAlikes = new Dictionary<string, string>(StringComparer.Ordinal);
        var unknown = new List<ModelFile>();
        var imported = Imported.Read();
        var pending = new List<(FileHashes Hashes, ModelFile File)>();
        foreach (var folder in _folders.All)
        {
            var hashes = _hashes[folder];
            var files = ModelFiles.In(folder);
            var hashed = false;
            foreach (var file in files.Where(MayBeModel))
            {
                var hash = hashes.Find(file);
                if (hash is null && file.Bytes <= HashedAtOnce)
                {
                    hash = hashes.HashAsync(file, CancellationToken.None).GetAwaiter().GetResult();
                    if (hash is null) continue;
                    hashed = true;
                }

                if (hash is null) pending.Add((hashes, file));
                else if ((Catalogue.FindByHash(hash) ?? imported.GetValueOrDefault(hash)) is { } entry) found.TryAdd(entry.Id, file.Path);
                else unknown.Add(file);
            }

            hashes.Keep(files);
            if (hashed) hashes.Save();
        }

        foreach (var file in unknown)
        {
            foreach (var entry in Catalogue.All.Where(entry => IsLike(file, entry))) lookAlikes.TryAdd(entry.Id, file.Path);
        }

        var installed = found.Where(pair => _licences.Allow(Catalogue.Get(pair.Key)))
            .ToFrozenDictionary(pair => pair.Key, pair => new InstalledModel(Catalogue.Get(pair.Key), pair.Value), StringComparer.Ordinal);
        Tell(installed);
        _view = new(installed, found, lookAlikes, unknown, [.. pending.Select(each => each.File)]);
        Interlocked.Exchange(ref _lookedAt, _time.GetTimestamp());
        if (pending.Count > 0 && _hashing.IsCompleted) _hashing = Task.Run(() => HashAsync(pending, _end.Token), CancellationToken.None);
    }

    // One after another, so that the disk and the cores are left to others.
    private async Task HashAsync(IReadOnlyList<(FileHashes Hashes, ModelFile File)> files, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (hashes, file) in files)
            {
                await hashes.HashAsync(file, cancellationToken);
                hashes.Save();
                _isStale = true;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private FileHashes? Hashes(string path) =>
        _folders.All.Where(folder => path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Select(folder => _hashes[folder]).FirstOrDefault();

    private void Tell(FrozenDictionary<string, InstalledModel> installed)
    {
        var before = _view?.Installed;
        foreach (var (id, model) in installed)
        {
            if (before?.GetValueOrDefault(id)?.Path != model.Path) _logger.ModelInstalled(id, model.Path);
        }

        foreach (var id in before?.Keys ?? [])
        {
            if (!installed.ContainsKey(id)) _logger.ModelGone(id);
        }
    }

    private bool MayBeModel(ModelFile file) =>
        _sizes.Contains(file.Bytes) || Path.GetExtension(file.Path).Equals(".onnx", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file has the size or the name of a model.</summary>
    internal static bool IsLike(ModelFile file, ModelEntry entry) =>
        file.Bytes == entry.Bytes || Path.GetFileName(file.Path).Equals(entry.File, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a look into the folders found.</summary>
/// <param name="Installed">The models that can be used.</param>
/// <param name="Found">The paths of the models that are here, those included whose licences are not accepted.</param>
/// <param name="LookAlikes">By the ids of models, files that have the name or the size and are not the model.</param>
/// <param name="Unknown">Files that are no model of the catalogue.</param>
/// <param name="Pending">Files that are still to be hashed.</param>
internal sealed record StoreView(
    FrozenDictionary<string, InstalledModel> Installed,
    IReadOnlyDictionary<string, string> Found,
    IReadOnlyDictionary<string, string> LookAlikes,
    IReadOnlyList<ModelFile> Unknown,
    IReadOnlyList<ModelFile> Pending);
