using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;
using BlobInfo = PhotoStudio.Core.Blobs.BlobInfo;

namespace PhotoStudio.Backings.Blobs.Azure;

/// <summary>
/// Blobs in a container of Azure Storage. What fits into one block is one request; anything longer is staged block by block and becomes
/// visible with the list of its blocks. Either is refused when the key is taken, so that of two writers one wins.
/// </summary>
/// <param name="container">The container.</param>
/// <param name="pageSize">How many blobs of a list come in one answer; as many as the service gives when null.</param>
internal sealed class AzureBlobStore(BlobContainerClient container, int? pageSize = null) : IBlobStore
{
    /// <summary>What is held in memory of a blob that is written, in bytes.</summary>
    private const int BlockBytes = 4 * 1024 * 1024;

    /// <summary>A blob up to this many bytes is read whole when it is opened, so that it is read to its end even if it is deleted meanwhile.</summary>
    private const int ReadAheadBytes = 1024 * 1024;

    private static readonly BlobRequestConditions OnlyNew = new() { IfNoneMatch = ETag.All };

    /// <summary>Makes the container where it is missing.</summary>
    /// <exception cref="StorageException">The account cannot be reached, or refuses the studio.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken) => TryAsync(
        async () => await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<BlobInfo?> TryPutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var blob = BlobOf(key);
        var headers = new BlobHttpHeaders { ContentType = contentType };
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var writer = Guid.NewGuid().ToString("N");
            List<string> blocks = [];
            var length = 0L;
            while (true)
            {
                // What goes wrong in the caller's stream is the caller's to hear as it is.
                var read = await content.ReadAtLeastAsync(buffer.AsMemory(0, BlockBytes), BlockBytes, throwOnEndOfStream: false, cancellationToken);
                length += read;
                if (read < BlockBytes && blocks.Count == 0) return await PutAsync(blob, key, buffer, read, headers, cancellationToken);
                if (read > 0)
                {
                    var id = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{writer}-{blocks.Count.ToString("D6", CultureInfo.InvariantCulture)}"));
                    await TryAsync(() => blob.StageBlockAsync(id, Bytes(buffer, read), cancellationToken: cancellationToken), cancellationToken);
                    blocks.Add(id);
                }

                if (read < BlockBytes) return await CommitAsync(blob, key, blocks, length, headers, cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var blob = BlobOf(key);
        return TryAsync(
            async () =>
            {
                try
                {
                    var found = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
                    return Describe(key, found.ContentLength, found.ContentType, found.ETag, found.LastModified);
                }
                catch (RequestFailedException exception) when (IsMissing(exception))
                {
                    return null;
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenReadAsync(string key, BlobRange? range, CancellationToken cancellationToken)
    {
        var blob = BlobOf(key);
        if (range is { } asked)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(asked.Offset, nameof(range));
            ArgumentOutOfRangeException.ThrowIfNegative(asked.Length ?? 0, nameof(range));
            if (asked.Length == 0) return await FindAsync(key, cancellationToken) is null ? null : Stream.Null;
        }

        return await TryAsync(() => DownloadAsync(blob, range, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var blob = BlobOf(key);
        return TryAsync(
            async () => (await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken)).Value,
            cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > 0 && !BlobKeys.IsValid(prefix + "x"))
            throw new ArgumentException($"'{prefix}' cannot be the beginning of a blob key.", nameof(prefix));
        return PagesAsync(prefix, cancellationToken);
    }

    private async IAsyncEnumerable<BlobInfo> PagesAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var pages = container.GetBlobsAsync(prefix: prefix.Length == 0 ? null : prefix, cancellationToken: cancellationToken)
            .AsPages(pageSizeHint: pageSize).GetAsyncEnumerator(cancellationToken);
        while (await TryAsync(async () => await pages.MoveNextAsync(), cancellationToken))
        {
            foreach (var item in pages.Current.Values)
            {
                var found = item.Properties;
                yield return Describe(
                    item.Name, found.ContentLength ?? 0, found.ContentType, found.ETag ?? default, found.LastModified ?? default);
            }
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The stream that is returned owns the answer.")]
    private static async Task<Stream?> DownloadAsync(BlockBlobClient blob, BlobRange? range, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = range is { } asked ? new HttpRange(asked.Offset, asked.Length) : default };
            var answer = (await blob.DownloadStreamingAsync(options, cancellationToken)).Value;
            if (answer.Details.ContentLength > ReadAheadBytes) return answer.Content;

            await using var content = answer.Content;
            MemoryStream whole = new((int)answer.Details.ContentLength);
            await content.CopyToAsync(whole, cancellationToken);
            whole.Position = 0;
            return whole;
        }
        catch (RequestFailedException exception) when (exception.Status == 416)
        {
            // The range begins behind the end.
            return Stream.Null;
        }
        catch (RequestFailedException exception) when (IsMissing(exception))
        {
            return null;
        }
    }

    private static Task<BlobInfo?> PutAsync(
        BlockBlobClient blob, string key, byte[] buffer, int length, BlobHttpHeaders headers, CancellationToken cancellationToken) =>
        UnlessTakenAsync(
            blob,
            async () =>
            {
                var options = new BlobUploadOptions { HttpHeaders = headers, Conditions = OnlyNew };
                var stored = (await blob.UploadAsync(Bytes(buffer, length), options, cancellationToken)).Value;
                return Describe(key, length, headers.ContentType, stored.ETag, stored.LastModified);
            },
            cancellationToken);

    private static Task<BlobInfo?> CommitAsync(
        BlockBlobClient blob, string key, List<string> blocks, long length, BlobHttpHeaders headers, CancellationToken cancellationToken) =>
        UnlessTakenAsync(
            blob,
            async () =>
            {
                var options = new CommitBlockListOptions { HttpHeaders = headers, Conditions = OnlyNew };
                var stored = (await blob.CommitBlockListAsync(blocks, options, cancellationToken)).Value;
                return Describe(key, length, headers.ContentType, stored.ETag, stored.LastModified);
            },
            cancellationToken);

    private static Task<BlobInfo?> UnlessTakenAsync(BlockBlobClient blob, Func<Task<BlobInfo?>> write, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            try
            {
                return await write();
            }
            catch (RequestFailedException exception) when (exception.Status is 409 or 412 && IsTaken(exception))
            {
                return null;
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.InvalidBlockList)
            {
                // Whoever committed first has ended the other writers' blocks.
                if (await blob.ExistsAsync(cancellationToken)) return null;
                throw;
            }
        },
        cancellationToken);

    private static bool IsTaken(RequestFailedException exception) =>
        exception.ErrorCode == BlobErrorCode.BlobAlreadyExists || exception.ErrorCode == BlobErrorCode.ConditionNotMet;

    private static bool IsMissing(RequestFailedException exception) =>
        exception.Status == 404 && exception.ErrorCode != BlobErrorCode.ContainerNotFound;

    private static MemoryStream Bytes(byte[] buffer, int length) => new(buffer, 0, length, writable: false);

    private static BlobInfo Describe(string key, long length, string? contentType, ETag etag, DateTimeOffset storedAt) =>
        new(key, length, contentType ?? "application/octet-stream", etag.ToString().Trim('"'), storedAt);

    private static async Task<T> TryAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await action();
        }
        catch (Exception exception) when (AzureBlobErrors.IsFault(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw AzureBlobErrors.ToStorageException(exception);
        }
    }

    private BlockBlobClient BlobOf(string key) => BlobKeys.IsValid(key)
        ? container.GetBlockBlobClient(key)
        : throw new ArgumentException($"'{key}' is no blob key.", nameof(key));
}
