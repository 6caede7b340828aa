using System.Text.Json;
using MongoDB.Driver;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Documents;

namespace PhotoStudio.Backings.Mongo;

/// <summary>
/// JSON documents in MongoDB. A write names the versions it may replace, so that however many come at once and in whatever order, the newest
/// stays. A document whose time has come is not found any more, and the server removes it.
/// </summary>
internal sealed class MongoDocumentStore(MongoDocuments documents, TimeProvider time) : IDocumentStore
{
    private const int MostTries = 50;

    private static readonly FilterDefinitionBuilder<MongoDocument> Where = Builders<MongoDocument>.Filter;

    /// <inheritdoc/>
    public Task<bool> PutAsync(StudioDocument document, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        Check(document);
        return documents.AskAsync(collection => PutAsync(collection, document, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<StudioDocument?> FindAsync(string collection, Owner owner, string id, CancellationToken cancellationToken) =>
        documents.AskAsync(async all =>
            (await all.Find(Of(collection, owner) & Where.Eq(found => found.Key.Id, id)).FirstOrDefaultAsync(cancellationToken))?.ToDocument());

    /// <inheritdoc/>
    public Task<Page<StudioDocument>> ListAsync(
        string collection, Owner owner, string? parent, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        var filter = Of(collection, owner);
        if (parent is not null) filter &= Where.Eq(found => found.Parent, parent);
        return documents.AskAsync(async all =>
        {
            var total = await all.CountDocumentsAsync(filter, cancellationToken: cancellationToken);
            var items = await all.Find(filter)
                .SortBy(found => found.SortKey).ThenBy(found => found.Key.Id)
                .Skip(page.Skip).Limit(page.Size)
                .ToListAsync(cancellationToken);
            return new Page<StudioDocument>(items.ConvertAll(found => found.ToDocument()), page.Number, page.Size, total);
        });
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string collection, Owner owner, string id, CancellationToken cancellationToken) =>
        documents.AskAsync(async all =>
            (await all.DeleteOneAsync(Of(collection, owner) & Where.Eq(found => found.Key.Id, id), cancellationToken)).DeletedCount == 1);

    /// <inheritdoc/>
    public Task<int> DeleteAllAsync(string collection, Owner owner, string parent, CancellationToken cancellationToken) =>
        documents.AskAsync(async all =>
            (int)(await all.DeleteManyAsync(Of(collection, owner) & Where.Eq(found => found.Parent, parent), cancellationToken)).DeletedCount);

    private static void Check(StudioDocument document)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(document.Version, 1, nameof(document));
        try
        {
            using var json = JsonDocument.Parse(document.Json);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new ArgumentException("A document is a JSON object.", nameof(document));
        }
        catch (JsonException exception)
        {
            throw new ArgumentException("A document is valid JSON.", nameof(document), exception);
        }
    }

    /// <summary>
    /// Replaces what is older or forgotten, and otherwise inserts. Where neither can be done because something is there under the key, that
    /// says why: it is as new, it is another owner's, or it came a moment ago and the write is tried again.
    /// </summary>
    private async Task<bool> PutAsync(IMongoCollection<MongoDocument> all, StudioDocument document, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var now = time.GetUtcNow();
            var written = MongoDocument.Of(document, now);
            var isIt = Where.Eq(found => found.Key, written.Key);
            var isOlder = Where.Eq(found => found.Owner, written.Owner) & Where.Lt(found => found.Version, written.Version);
            try
            {
                await all.ReplaceOneAsync(
                    isIt & (isOlder | Where.Lte(found => found.ExpiresAt, now.UtcDateTime)),
                    written,
                    new ReplaceOptions { IsUpsert = true },
                    cancellationToken);
                return true;
            }
            catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
            {
                var known = await all.Find(isIt).FirstOrDefaultAsync(cancellationToken);
                if (known is null || known.ExpiresAt <= now.UtcDateTime) continue;
                if (known.Owner != written.Owner)
                    throw new ArgumentException("The document's id is taken by another owner.", nameof(document), exception);
                if (known.Version >= written.Version) return false;
            }
        }

        throw new StorageException("The conversations' database is too busy: other writers changed the same document every time this one tried.");
    }

    private FilterDefinition<MongoDocument> Of(string collection, Owner owner) =>
        Where.Eq(found => found.Key.Collection, collection)
        & Where.Eq(found => found.Owner, owner.Text)
        & (Where.Eq(found => found.ExpiresAt, null) | Where.Gt(found => found.ExpiresAt, time.GetUtcNow().UtcDateTime));
}
