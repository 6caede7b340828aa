using MongoDB.Driver;
using PhotoStudio.Core;

namespace PhotoStudio.Backings.Mongo;

/// <summary>The collection <c>documents</c> and its indexes. Thread-safe.</summary>
internal sealed class MongoDocuments(IMongoDatabase database)
{
    /// <summary>The setting that names the server.</summary>
    public const string ConnectionSetting = "ConnectionStrings:conversations";

    private readonly IMongoCollection<MongoDocument> _collection = database.GetCollection<MongoDocument>(
        "documents",
        new MongoCollectionSettings { WriteConcern = WriteConcern.WMajority, ReadConcern = ReadConcern.Majority, ReadPreference = ReadPreference.Primary });

    /// <summary>Makes the indexes that are missing: for lists, for everything of an owner, and for what the server removes in time.</summary>
    /// <exception cref="StorageException">The server is not there or refuses the studio.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        var keys = Builders<MongoDocument>.IndexKeys;
        return AskAsync(async all => await all.Indexes.CreateManyAsync(
            [
                new CreateIndexModel<MongoDocument>(
                    keys.Ascending(found => found.Key.Collection).Ascending(found => found.Owner).Ascending(found => found.Parent)
                        .Ascending(found => found.SortKey).Ascending(found => found.Key.Id),
                    new CreateIndexOptions { Name = "lists" }),
                new CreateIndexModel<MongoDocument>(
                    keys.Ascending(found => found.Owner).Ascending(found => found.WrittenAt), new CreateIndexOptions { Name = "owners" }),
                new CreateIndexModel<MongoDocument>(
                    keys.Ascending(found => found.ExpiresAt), new CreateIndexOptions { Name = "expiry", ExpireAfter = TimeSpan.Zero }),
            ],
            cancellationToken));
    }

    /// <summary>Asks the server.</summary>
    /// <exception cref="StorageException">It cannot be asked; the message repeats nothing of the connection string.</exception>
    public async Task<T> AskAsync<T>(Func<IMongoCollection<MongoDocument>, Task<T>> ask)
    {
        try
        {
            return await ask(_collection);
        }
        catch (MongoAuthenticationException exception)
        {
            throw new StorageException($"The conversations' database refuses the user or the password of {ConnectionSetting}.", exception);
        }
        catch (Exception exception) when (exception is MongoConnectionException or TimeoutException or MongoNotPrimaryException or MongoNodeIsRecoveringException)
        {
            throw new StorageException($"The conversations' database that {ConnectionSetting} names cannot be reached. Check the address and the network.", exception);
        }
        catch (Exception exception) when (exception is MongoException or FormatException)
        {
            throw new StorageException("The conversations' database could not do what it was asked to.", exception);
        }
    }
}
