using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Documents;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IDocumentStore"/> does. An adapter's test class inherits it.</summary>
public abstract class DocumentStoreContract : IAsyncLifetime
{
    private readonly Owner _owner = TestJobs.Someone();

    /// <summary>The store under test, empty.</summary>
    protected abstract IDocumentStore Documents { get; }

    /// <summary>Opens the store.</summary>
    public abstract Task InitializeAsync();

    /// <summary>Removes what the test stored.</summary>
    public abstract Task DisposeAsync();

    /// <summary>Lets time pass for the store; see <see cref="StudioStores.AdvanceAsync"/>.</summary>
    protected abstract Task AdvanceAsync(TimeSpan by);

    [Fact]
    public async Task A_document_is_found_as_it_was_written()
    {
        var document = Document("d") with
        {
            Json = """{"title":"Ảnh cưới 💍","n":1.50,"list":[1,null]}""",
            Parent = "session",
            SortKey = long.MaxValue,
            ExpiresAt = new DateTimeOffset(2999, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
        };

        (await Documents.PutAsync(document, default)).ShouldBeTrue();

        (await Documents.FindAsync("messages", _owner, "d", default)).ShouldBe(document);
    }

    [Fact]
    public async Task A_newer_version_replaces_an_older_one_and_never_the_other_way_round()
    {
        (await Documents.PutAsync(Document("d", version: 2), default)).ShouldBeTrue();

        (await Documents.PutAsync(Document("d", version: 2) with { Json = """{"late":true}""" }, default)).ShouldBeFalse();
        (await Documents.PutAsync(Document("d", version: 1), default)).ShouldBeFalse();
        (await Documents.FindAsync("messages", _owner, "d", default)).ShouldBe(Document("d", version: 2));
        (await Documents.PutAsync(Document("d", version: 3), default)).ShouldBeTrue();
        (await Documents.FindAsync("messages", _owner, "d", default)).ShouldBe(Document("d", version: 3));
    }

    [Fact]
    public async Task Of_many_versions_written_at_once_the_newest_stays()
    {
        var versions = Enumerable.Range(1, 20).OrderBy(_ => Guid.NewGuid()).ToList();

        await Task.WhenAll(versions.Select(version => Task.Run(() => Documents.PutAsync(Document("d", version), default))));

        (await Documents.FindAsync("messages", _owner, "d", default)).ShouldBe(Document("d", version: 20));
    }

    [Fact]
    public async Task Nobody_else_finds_lists_overwrites_or_deletes_an_owners_document()
    {
        await Documents.PutAsync(Document("d") with { Parent = "p" }, default);
        var stranger = TestJobs.Someone();

        (await Documents.FindAsync("messages", stranger, "d", default)).ShouldBeNull();
        (await Documents.ListAsync("messages", stranger, null, new PageRequest(), default)).Total.ShouldBe(0);
        (await Documents.DeleteAsync("messages", stranger, "d", default)).ShouldBeFalse();
        (await Documents.DeleteAllAsync("messages", stranger, "p", default)).ShouldBe(0);
        await Should.ThrowAsync<ArgumentException>(() => Documents.PutAsync(Document("d", version: 9) with { Owner = stranger }, default));
        (await Documents.FindAsync("messages", _owner, "d", default)).ShouldBe(Document("d") with { Parent = "p" });
    }

    [Fact]
    public async Task The_same_id_in_another_collection_is_another_document()
    {
        await Documents.PutAsync(Document("d"), default);

        (await Documents.PutAsync(Document("d") with { Collection = "sessions" }, default)).ShouldBeTrue();

        (await Documents.DeleteAsync("sessions", _owner, "d", default)).ShouldBeTrue();
        (await Documents.FindAsync("messages", _owner, "d", default)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{} {}")]
    public async Task What_is_no_json_object_is_refused(string json)
    {
        await Should.ThrowAsync<ArgumentException>(() => Documents.PutAsync(Document("d") with { Json = json }, default));

        (await Documents.FindAsync("messages", _owner, "d", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_version_below_one_is_refused() =>
        await Should.ThrowAsync<ArgumentException>(() => Documents.PutAsync(Document("d", version: 0), default));

    [Fact]
    public async Task Documents_are_listed_by_sort_key_then_id_and_every_one_once_over_the_pages()
    {
        await Documents.PutAsync(Document("b") with { Parent = "p", SortKey = 2 }, default);
        await Documents.PutAsync(Document("a") with { Parent = "p", SortKey = 2 }, default);
        await Documents.PutAsync(Document("B") with { Parent = "p", SortKey = 2 }, default);
        await Documents.PutAsync(Document("z") with { Parent = "p", SortKey = -1 }, default);
        await Documents.PutAsync(Document("c") with { Parent = "p", SortKey = 10 }, default);
        await Documents.PutAsync(Document("x") with { Parent = "other" }, default);

        var first = await Documents.ListAsync("messages", _owner, "p", new PageRequest(1, 3), default);
        var second = await Documents.ListAsync("messages", _owner, "p", new PageRequest(2, 3), default);

        first.Items.Concat(second.Items).Select(document => document.Id).ShouldBe(["z", "B", "a", "b", "c"]);
        (first.Total, first.HasNext, second.HasNext).ShouldBe((5, true, false));
        (await Documents.ListAsync("messages", _owner, null, new PageRequest(), default)).Total.ShouldBe(6);
    }

    [Fact]
    public async Task Deleting_removes_one_document_or_all_of_a_parent()
    {
        await Documents.PutAsync(Document("a") with { Parent = "p" }, default);
        await Documents.PutAsync(Document("b") with { Parent = "p" }, default);
        await Documents.PutAsync(Document("c") with { Parent = "q" }, default);

        (await Documents.DeleteAsync("messages", _owner, "a", default)).ShouldBeTrue();
        (await Documents.DeleteAsync("messages", _owner, "a", default)).ShouldBeFalse();
        (await Documents.DeleteAllAsync("messages", _owner, "p", default)).ShouldBe(1);

        (await Documents.ListAsync("messages", _owner, null, new PageRequest(), default)).Items.ShouldHaveSingleItem().Id.ShouldBe("c");
    }

    [Fact]
    public async Task A_document_whose_time_has_come_is_gone_and_its_id_is_free()
    {
        await Documents.PutAsync(Document("mark", version: 1), default);
        var expiring = Document("d", version: 5) with { ExpiresAt = await InAsync(TimeSpan.FromHours(1)) };
        await Documents.PutAsync(expiring, default);
        (await Documents.FindAsync("messages", _owner, "d", default)).ShouldNotBeNull();

        await AdvanceAsync(TimeSpan.FromHours(1));

        (await Documents.FindAsync("messages", _owner, "d", default)).ShouldBeNull();
        (await Documents.ListAsync("messages", _owner, null, new PageRequest(), default)).Items.ShouldHaveSingleItem().Id.ShouldBe("mark");
        (await Documents.PutAsync(Document("d", version: 1), default)).ShouldBeTrue();
    }

    /// <summary>A point in time that far ahead on the store's clock.</summary>
    protected abstract Task<DateTimeOffset> InAsync(TimeSpan ahead);

    private StudioDocument Document(string id, long version = 1) => new("messages", id, _owner, version, $$"""{"version":{{version}}}""");
}
