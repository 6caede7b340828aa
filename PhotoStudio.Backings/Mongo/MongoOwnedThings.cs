using System.Text.Json;
using MongoDB.Driver;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Mongo;

/// <summary>What owners have in MongoDB: adopted, exported and erased with all the rest.</summary>
internal sealed class MongoOwnedThings(MongoDocuments documents, TimeProvider time) : IOwnedThings
{
    private static readonly FilterDefinitionBuilder<MongoDocument> Where = Builders<MongoDocument>.Filter;

    /// <inheritdoc/>
    public Task<int> AdoptAsync(Owner from, Owner to, CancellationToken cancellationToken) => documents.AskAsync(async all =>
        (int)(await all.UpdateManyAsync(
            Of(from), Builders<MongoDocument>.Update.Set(document => document.Owner, to.Text), cancellationToken: cancellationToken)).ModifiedCount);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Owner>> IdleGuestsAsync(TimeSpan idle, int limit, CancellationToken cancellationToken) =>
        documents.AskAsync<IReadOnlyList<Owner>>(async all =>
        {
            var before = (time.GetUtcNow() - idle).UtcDateTime;
            var guests = await all.Aggregate()
                .Match(BeginsWith("guest:"))
                .Group(document => document.Owner, group => new { Owner = group.Key, Newest = group.Max(document => document.WrittenAt) })
                .Match(guest => guest.Newest < before)
                .Limit(limit)
                .ToListAsync(cancellationToken);
            return Owners(guests.Select(guest => guest.Owner));
        });

    /// <inheritdoc/>
    /// <remarks>Accounts are in the relational database, which condemns their owners.</remarks>
    public Task<IReadOnlyList<Owner>> CondemnedAsync(int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Owner>>([]);

    /// <inheritdoc/>
    public Task<bool> EraseAsync(Owner owner, TimeSpan? idle, CancellationToken cancellationToken) => documents.AskAsync(async all =>
    {
        if (idle is { } rest)
        {
            var newer = Of(owner) & Where.Gte(document => document.WrittenAt, (time.GetUtcNow() - rest).UtcDateTime);
            if (await all.Find(newer).AnyAsync(cancellationToken)) return false;
        }

        await all.DeleteManyAsync(Of(owner), cancellationToken);
        return true;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<Owner>> OwnersAsync(string prefix, CancellationToken cancellationToken) =>
        documents.AskAsync<IReadOnlyList<Owner>>(async all =>
            Owners(await (await all.DistinctAsync(document => document.Owner, BeginsWith(prefix), cancellationToken: cancellationToken)).ToListAsync(cancellationToken)));

    /// <inheritdoc/>
    public Task ExportAsync(Owner owner, Utf8JsonWriter json, Func<string, string> urlOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(json);
        return documents.AskAsync(async all =>
        {
            json.WriteStartArray("conversation_documents");
            using var cursor = await all.Find(Of(owner)).SortBy(document => document.Key).ToCursorAsync(cancellationToken);
            while (await cursor.MoveNextAsync(cancellationToken))
            {
                foreach (var document in cursor.Current)
                {
                    json.WriteStartObject();
                    json.WriteString("collection", document.Key.Collection);
                    json.WriteString("id", document.Key.Id);
                    json.WritePropertyName("content");
                    json.WriteRawValue(document.Json);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
            return true;
        });
    }

    private static FilterDefinition<MongoDocument> Of(Owner owner) => Where.Eq(document => document.Owner, owner.Text);

    /// <summary>As an interval of the index: the character after the last of all others ends it.</summary>
    private static FilterDefinition<MongoDocument> BeginsWith(string prefix) =>
        Where.Gte(document => document.Owner, prefix) & Where.Lt(document => document.Owner, prefix + '\uffff');

    private static List<Owner> Owners(IEnumerable<string> texts)
    {
        List<Owner> owners = [];
        foreach (var text in texts)
        {
            if (Owner.TryParse(text, out var owner)) owners.Add(owner);
        }

        return owners;
    }
}
