using MongoDB.Driver;
using PhotoStudio.Backings.Mongo;
using PhotoStudio.Core.Documents;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;
using PhotoStudio.Tests.Support.Mongo;

namespace PhotoStudio.Tests.Backings.Mongo;

/// <summary>Documents on a MongoDB server, each test in a database of its own.</summary>
public sealed class MongoDocumentStoreTests : DocumentStoreContract
{
    private readonly string _database = $"test_{Guid.NewGuid():N}";
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UtcNow);
    private MongoClient _client = null!;
    private MongoDocuments _documents = null!;

    protected override IDocumentStore Documents => new MongoDocumentStore(_documents, _time);

    public override async Task InitializeAsync()
    {
        _client = await MongoServer.SharedAsync();
        _documents = new MongoDocuments(_client.GetDatabase(_database));
        await _documents.PrepareAsync(default);
    }

    public override Task DisposeAsync() => _client.DropDatabaseAsync(_database);

    protected override Task AdvanceAsync(TimeSpan by)
    {
        _time.Advance(by);
        return Task.CompletedTask;
    }

    protected override Task<DateTimeOffset> InAsync(TimeSpan ahead) => Task.FromResult(_time.GetUtcNow() + ahead);
}
