using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IUploadSessions"/> does.</summary>
public abstract class UploadSessionsContract : IAsyncLifetime
{
    private readonly Owner _owner = TestJobs.Someone();
    private StudioStores _stores = null!;

    public async Task InitializeAsync() => _stores = await OpenAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    /// <summary>An empty database.</summary>
    protected abstract Task<StudioStores> OpenAsync();

    [Fact]
    public async Task Parts_are_added_in_order_and_only_where_the_upload_stands()
    {
        var session = await BeginAsync();

        (await AppendAsync(session, 10, "late", 5)).ShouldBeNull();
        (await AppendAsync(session, 0, "a", 60)).ShouldNotBeNull().Received.ShouldBe(60);
        (await AppendAsync(session, 0, "again", 60)).ShouldBeNull();
        (await AppendAsync(session, 60, "too-long", 41)).ShouldBeNull();
        (await AppendAsync(session, 60, "b", 40)).ShouldNotBeNull().Parts.ShouldBe(["a", "b"]);

        var found = (await _stores.Uploads.FindAsync(_owner, session.Id, default)).ShouldNotBeNull();
        (found.Received, found.Details, found.ImageId).ShouldBe((100, session.Details, null));
        (await _stores.Uploads.FindAsync(TestJobs.Someone(), session.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_those_that_send_the_same_part_at_once_one_is_added()
    {
        var session = await BeginAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => AppendAsync(session, 0, $"p{number}", 10))));

        answers.Count(answer => answer is not null).ShouldBe(1);
        (await _stores.Uploads.FindAsync(_owner, session.Id, default)).ShouldNotBeNull().Received.ShouldBe(10);
    }

    [Fact]
    public async Task An_upload_becomes_one_picture_and_its_parts_go()
    {
        var session = await BeginAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
            _stores.Uploads.FinishAsync(_owner, session.Id, Guid.CreateVersion7(), default))));

        answers.Count(done => done).ShouldBe(1);
        (await _stores.Doomed.ListAsync(10, default)).ShouldBe([BlobKeys.UploadPartPrefix(session.Id)]);
        (await AppendAsync(session, 0, "a", 1)).ShouldBeNull();
    }

    [Fact]
    public async Task Unfinished_uploads_are_limited_given_up_and_expire()
    {
        var first = await BeginAsync();
        (await _stores.Uploads.BeginAsync(New(), maxUnfinished: 1, default)).ShouldBeFalse();
        (await _stores.Uploads.DeleteAsync(TestJobs.Someone(), first.Id, default)).ShouldBeFalse();
        (await _stores.Uploads.DeleteAsync(_owner, first.Id, default)).ShouldBeTrue();
        (await _stores.Uploads.FindAsync(_owner, first.Id, default)).ShouldBeNull();

        var second = await BeginAsync();
        await _stores.AdvanceAsync(TimeSpan.FromDays(4000));
        (await _stores.Uploads.FindAsync(_owner, second.Id, default)).ShouldBeNull();
        (await _stores.Uploads.BeginAsync(New() with { ExpiresAt = DateTimeOffset.UtcNow.AddYears(50) }, maxUnfinished: 1, default)).ShouldBeTrue("an expired one does not count");
        (await _stores.Uploads.ExpireAsync(10, default)).ShouldBe(1);
        (await _stores.Doomed.ListAsync(10, default)).ShouldBe([BlobKeys.UploadPartPrefix(first.Id), BlobKeys.UploadPartPrefix(second.Id)], ignoreOrder: true);
    }

    private static DateTimeOffset Later => DateTimeOffset.UtcNow.AddDays(300);

    private UploadSession New() => new()
    {
        Id = OrderedId.New(),
        Owner = _owner,
        Length = 100,
        Details = """{"title":"t"}""",
        CreatedAt = DateTimeOffset.UtcNow,
        ExpiresAt = Later,
    };

    private async Task<UploadSession> BeginAsync()
    {
        var session = New();
        (await _stores.Uploads.BeginAsync(session, maxUnfinished: 5, default)).ShouldBeTrue();
        return session;
    }

    private Task<UploadSession?> AppendAsync(UploadSession session, long offset, string key, long length) =>
        _stores.Uploads.AppendAsync(_owner, session.Id, offset, new UploadPart(key, length), Later, default);
}
