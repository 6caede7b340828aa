using System.Text;
using System.Text.Json;
using MongoDB.Driver;
using PhotoStudio.Backings.Mongo;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Documents;
using PhotoStudio.Tests.Support;
using PhotoStudio.Tests.Support.Mongo;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Mongo;

public sealed class MongoOwnedThingsTests : IAsyncLifetime
{
    private static readonly Owner Guest = Owner.Guest("g");
    private static readonly Owner Ana = Owner.User(Guid.NewGuid());

    private readonly string _database = $"test_{Guid.NewGuid():N}";
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UtcNow);
    private MongoClient _client = null!;
    private MongoDocuments _documents = null!;

    private MongoOwnedThings Things => new(_documents, _time);

    public async Task InitializeAsync()
    {
        _client = await MongoServer.SharedAsync();
        _documents = new MongoDocuments(_client.GetDatabase(_database));
        await _documents.PrepareAsync(default);
        await WriteAsync(Guest, "a");
        await WriteAsync(Ana, "b");
    }

    public Task DisposeAsync() => _client.DropDatabaseAsync(_database);

    [Fact]
    public async Task A_guests_documents_become_the_accounts()
    {
        (await Things.AdoptAsync(Guest, Ana, default)).ShouldBe(1);

        (await Things.OwnersAsync("", default)).ShouldBe([Ana]);
        (await new MongoDocumentStore(_documents, _time).FindAsync("messages", Ana, "a", default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Only_guests_of_whom_nothing_is_newer_are_idle()
    {
        (await Things.IdleGuestsAsync(TimeSpan.FromDays(30), 10, default)).ShouldBeEmpty();

        _time.Advance(TimeSpan.FromDays(31));
        (await Things.IdleGuestsAsync(TimeSpan.FromDays(30), 10, default)).ShouldBe([Guest]);

        await WriteAsync(Guest, "c");
        (await Things.IdleGuestsAsync(TimeSpan.FromDays(30), 10, default)).ShouldBeEmpty();
        (await Things.EraseAsync(Guest, TimeSpan.FromDays(30), default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Erasing_takes_everything_of_one_owner_and_nothing_of_another()
    {
        (await Things.EraseAsync(Guest, null, default)).ShouldBeTrue();

        (await Things.OwnersAsync("", default)).ShouldBe([Ana]);
    }

    [Fact]
    public async Task An_export_has_every_document_as_it_was_written()
    {
        using MemoryStream bytes = new();
        await using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            await Things.ExportAsync(Ana, json, key => key, default);
            json.WriteEndObject();
        }

        Encoding.UTF8.GetString(bytes.ToArray()).ShouldBe("""{"conversation_documents":[{"collection":"messages","id":"b","content":{"n":1.50}}]}""");
    }

    private Task<bool> WriteAsync(Owner owner, string id) =>
        new MongoDocumentStore(_documents, _time).PutAsync(new StudioDocument("messages", id, owner, 1, """{"n":1.50}"""), default);
}
