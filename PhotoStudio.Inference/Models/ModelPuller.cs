using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Inference.Models;

/// <summary>Fetches models into the first folder of the store: under a lock, from one address after another, with the hash as the judge.</summary>
internal sealed class ModelPuller(
    ModelStore store,
    ModelFolders folders,
    IOptions<ModelStoreOptions> options,
    ModelClient client,
    TimeProvider time,
    ILogger<ModelPuller> logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Fetches a model unless its file is here. Its licence is the caller's matter.</summary>
    /// <exception cref="ModelException">It cannot be fetched.</exception>
    public async Task RunAsync(ModelEntry entry, IProgress<ModelProgress> progress, CancellationToken cancellationToken)
    {
        if (await IsHereAsync(entry, cancellationToken)) return;
        if (entry.IsUserSupplied)
        {
            throw new ModelException(
                ModelFault.UserSupplied, $"{entry.Title} is not fetched for you: bring the file, and ./studio models import FILE takes it in.");
        }

        try
        {
            using var held = await ModelLock.TakeAsync(folders.First, entry.Id, progress, time, cancellationToken);
            if (await IsHereAsync(entry, cancellationToken)) return;

            await using var part = await PartialFile.OpenAsync(
                folders.First, Partial(entry), bytes => progress.Report(new(ModelStage.Checking, bytes, entry.Bytes)), cancellationToken);
            if (entry.Bytes is { } bytes) FolderFaults.RequireRoom(folders.First, bytes - part.Length);
            await FetchAsync(entry, part, progress, cancellationToken);
            store.Added(await part.KeepAsync(folders.First, entry.File), entry.Sha256!);
        }
        catch (Exception fault) when (FolderFaults.Is(fault))
        {
            throw FolderFaults.Explain(fault, folders.First, entry.Bytes);
        }
    }

    /// <summary>Deletes what an unfinished download left.</summary>
    public void Forget(ModelEntry entry) => PartialFile.Delete(folders.First, Partial(entry));

    private static string Partial(ModelEntry entry) => $"{entry.Id}-{entry.Sha256?[..12]}";

    private async Task<bool> IsHereAsync(ModelEntry entry, CancellationToken cancellationToken) =>
        (await store.ScanAsync(cancellationToken)).Found.ContainsKey(entry.Id);

    private IEnumerable<Uri> Sources(ModelEntry entry)
    {
        var mirrors = options.Value.Mirrors.Select(mirror => new Uri($"{mirror.TrimEnd('/')}/{Uri.EscapeDataString(entry.File)}"));
        return options.Value.MirrorsOnly ? mirrors : mirrors.Concat(entry.Urls);
    }

    private async Task FetchAsync(ModelEntry entry, PartialFile part, IProgress<ModelProgress> progress, CancellationToken cancellationToken)
    {
        var failures = new List<(Uri Source, SourceException Fault)>();
        foreach (var source in Sources(entry))
        {
            try
            {
                await FetchAsync(entry, source, part, progress, cancellationToken);
                return;
            }
            catch (SourceException fault)
            {
                logger.SourceFailed(fault, entry.Id, source);
                failures.Add((source, fault));
            }
        }

        throw Explain(entry, failures);
    }

    // From one address, as often as it brings something and a few times more.
    private async Task FetchAsync(
        ModelEntry entry, Uri source, PartialFile part, IProgress<ModelProgress> progress, CancellationToken cancellationToken)
    {
        var fetch = new ModelFetch(client.Http, options.Value, time);
        var pause = options.Value.RetryPause;
        for (var left = options.Value.Retries; ;)
        {
            var began = part.Length;
            SourceException failure;
            try
            {
                await fetch.RunAsync(entry, source, part, progress, cancellationToken);
                if (part.Hash() == entry.Sha256) return;

                var hash = part.Hash();
                part.Clear();
                if (began == 0) throw SourceException.Useless($"delivers another file (its SHA-256 is {hash})");
                failure = SourceException.Broken("continued another file than the one that was begun; once more from the beginning");
            }
            catch (SourceException fault) when (fault.MayRetry)
            {
                failure = fault;
            }

            if (part.Length > began) (left, pause) = (options.Value.Retries, options.Value.RetryPause);
            else if (left-- <= 0) throw failure;

            logger.SourceRetried(failure, entry.Id, source, pause);
            progress.Report(new(ModelStage.Retrying, part.Length, entry.Bytes, source.Host));
            await Task.Delay(Longer(pause, failure.RetryAfter), time, cancellationToken);
            pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        }
    }

    private static TimeSpan Longer(TimeSpan pause, TimeSpan? asked) => asked > pause ? (asked < LongestPause ? asked.Value : LongestPause) : pause;

    private ModelException Explain(ModelEntry entry, List<(Uri Source, SourceException Fault)> failures)
    {
        var isOffline = failures.TrueForAll(each => each.Fault.IsUnreachable);
        var what = isOffline
            ? $"{entry.Title} could not be fetched: this machine reaches none of its addresses."
            : $"{entry.Title} could not be fetched.";
        var why = string.Join(" ", failures.Select(each => $"{each.Source}: {each.Fault.Message}."));
        var help = $"Fetch it elsewhere and take it in with ./studio models import FILE, or put it into {folders.First}; "
            + $"or name a copy of it with {ModelStoreOptions.Section}:{nameof(ModelStoreOptions.Mirrors)}.";
        return new(isOffline ? ModelFault.Unreachable : ModelFault.NotDelivered, $"{what} {why} {help}", failures.LastOrDefault().Fault);
    }
}

/// <summary>What fetches models: redirects are followed, never from https to http.</summary>
internal sealed class ModelClient : IDisposable
{
    /// <summary>The client.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxAutomaticRedirections = 10,
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "PhotoStudio" } },
    };

    public void Dispose() => Http.Dispose();
}
