using System.Text;
using System.Text.Json;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Documents;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What becomes of an owner's things when they are adopted, exported, or erased.</summary>
public abstract class OwnedThingsContract : IAsyncLifetime
{
    private readonly Owner _guest = Owner.Guest("0123456789abcdef0123456789abcdef");
    private readonly Owner _ana = Owner.User(Guid.NewGuid());

    private StudioStores _stores = null!;

    private IOwnedThings Things => _stores.Store<IOwnedThings>();

    public async Task InitializeAsync() => _stores = await OpenAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    /// <summary>Stores on an empty database.</summary>
    protected abstract Task<StudioStores> OpenAsync();

    [Fact]
    public async Task Everything_of_a_guest_becomes_the_accounts_and_the_bytes_stay_where_they_are()
    {
        var job = await FinishedJobAsync(_guest);
        await DocumentAsync(_guest, "session-1");
        var others = await FinishedJobAsync(Owner.Guest("ffffffffffffffffffffffffffffffff"));
        var before = (await _stores.Images.ResultsOfAsync(_guest, job.Id, default)).Single();

        (await Things.AdoptAsync(_guest, _ana, default)).ShouldBeGreaterThanOrEqualTo(4);

        (await _stores.Jobs.FindAsync(_guest, job.Id, default)).ShouldBeNull();
        (await _stores.Images.ListAsync(_guest, new ImageQuery(), new PageRequest(), default)).Total.ShouldBe(0);
        var adopted = (await _stores.Jobs.FindAsync(_ana, job.Id, default)).ShouldNotBeNull();
        (adopted.StorageOwner, adopted.StoredFor).ShouldBe((_guest, _guest));
        var image = (await _stores.Images.ResultsOfAsync(_ana, job.Id, default)).Single();
        (image.Id, image.BlobKey).ShouldBe((before.Id, before.BlobKey));
        (await _stores.Images.ListAsync(_ana, new ImageQuery(ImageKind.Upload), new PageRequest(), default)).Total.ShouldBe(1);
        (await _stores.Documents.FindAsync("sessions", _ana, "session-1", default)).ShouldNotBeNull();
        (await _stores.Jobs.FindAsync(Owner.Guest("ffffffffffffffffffffffffffffffff"), others.Id, default)).ShouldNotBeNull();
        (await Things.AdoptAsync(_guest, _ana, default)).ShouldBe(0);
        (await Things.AdoptAsync(_ana, _ana, default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_job_that_is_at_work_while_it_is_adopted_delivers_to_the_account()
    {
        var submission = TestJobs.Resize(_guest);
        await _stores.Jobs.SubmitAsync(submission, default);
        var claimed = (await _stores.Jobs.TryClaimAsync(submission.Id, "worker", TimeSpan.FromMinutes(1), default)).ShouldNotBeNull();

        await Things.AdoptAsync(_guest, _ana, default);

        var finished = await _stores.Jobs.CompleteAsync(claimed.Id, claimed.Attempt, TestJobs.Completion(claimed), default);
        finished.ShouldNotBeNull().Job.Owner.ShouldBe(_ana);
        (await _stores.Images.ResultsOfAsync(_ana, claimed.Id, default)).ShouldHaveSingleItem().Owner.ShouldBe(_ana);
    }

    [Fact]
    public async Task Where_both_used_the_same_idempotency_key_the_accounts_stays()
    {
        var key = new IdempotencyKey("POST", "/route", "one", "fingerprint");
        var guests = TestJobs.Resize(_guest) with { Idempotency = key };
        var anas = TestJobs.Resize(_ana) with { Idempotency = key };
        await _stores.Jobs.SubmitAsync(guests, default);
        await _stores.Jobs.SubmitAsync(anas, default);

        await Things.AdoptAsync(_guest, _ana, default);

        (await _stores.Jobs.FindByKeyAsync(_ana, "POST", "/route", "one", default))!.Value.Job.Id.ShouldBe(anas.Id);
        (await _stores.Jobs.FindAsync(_ana, guests.Id, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Guests_are_idle_when_nothing_of_them_is_new()
    {
        await FinishedJobAsync(_guest);
        await FinishedJobAsync(_ana);
        await DocumentAsync(Owner.GuestNamespace("ben"), "session-1");
        var days = TimeSpan.FromDays(30);
        (await Things.IdleGuestsAsync(days, 10, default)).ShouldBeEmpty();

        await _stores.AdvanceAsync(TimeSpan.FromDays(29));
        await DocumentAsync(_guest, "session-2");
        await _stores.AdvanceAsync(TimeSpan.FromDays(2));

        (await Things.IdleGuestsAsync(days, 10, default)).ShouldBe([Owner.GuestNamespace("ben")]);
        (await Things.EraseAsync(_guest, days, default)).ShouldBeFalse();
        await _stores.AdvanceAsync(days);
        (await Things.IdleGuestsAsync(days, 10, default)).ShouldBe([_guest, Owner.GuestNamespace("ben")], ignoreOrder: true);
        (await Things.IdleGuestsAsync(days, 1, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_erased_is_gone_with_its_bytes_and_nothing_else_is()
    {
        var job = await FinishedJobAsync(_ana);
        await DocumentAsync(_ana, "session-1");
        var kept = await FinishedJobAsync(_guest);
        var keys = (await _stores.Images.ListAsync(_ana, new ImageQuery(), new PageRequest(), default)).Items.Select(image => image.BlobKey).ToList();

        (await Things.EraseAsync(_ana, null, default)).ShouldBeTrue();

        (await _stores.Jobs.FindAsync(job.Id, default)).ShouldBeNull();
        (await _stores.Images.ListAsync(_ana, new ImageQuery(), new PageRequest(), default)).Total.ShouldBe(0);
        (await _stores.Documents.FindAsync("sessions", _ana, "session-1", default)).ShouldBeNull();
        (await Things.OwnersAsync("user:", default)).ShouldBeEmpty();
        var doomed = await _stores.Doomed.ListAsync(100, default);
        keys.Count.ShouldBe(2);
        keys.Except(doomed).ShouldBeEmpty();
        (await _stores.Jobs.FindAsync(_guest, kept.Id, default)).ShouldNotBeNull();
        (await _stores.Images.ResultsOfAsync(_guest, kept.Id, default)).Select(image => image.BlobKey).ShouldAllBe(key => !doomed.Contains(key));
        (await Things.EraseAsync(_ana, null, default)).ShouldBeTrue("again changes nothing");
    }

    [Fact]
    public async Task Unfinished_jobs_are_waited_for()
    {
        var submission = TestJobs.Resize(_ana);
        await _stores.Jobs.SubmitAsync(submission, default);

        (await Things.EraseAsync(_ana, null, default)).ShouldBeFalse();
        await _stores.Jobs.CancelAsync(_ana, submission.Id, default);
        (await Things.EraseAsync(_ana, null, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_export_has_every_thing_and_says_where_the_pictures_are()
    {
        var job = await FinishedJobAsync(_ana);
        await DocumentAsync(_ana, "session-1");
        await FinishedJobAsync(_guest);

        using var stream = new MemoryStream();
        await using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            await Things.ExportAsync(_ana, json, key => $"https://studio.example/{key}", default);
            json.WriteEndObject();
        }

        var export = JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(stream.ToArray()));
        export.GetProperty("jobs").EnumerateArray().Single().GetProperty("id").GetGuid().ShouldBe(job.Id);
        export.GetProperty("jobs")[0].GetProperty("state").GetString().ShouldBe("completed");
        export.GetProperty("jobs")[0].GetProperty("parameters").ValueKind.ShouldBe(JsonValueKind.Object);
        var images = export.GetProperty("images").EnumerateArray().ToList();
        images.Count.ShouldBe(2);
        images.ShouldAllBe(image => image.GetProperty("url").GetString()!.StartsWith("https://studio.example/", StringComparison.Ordinal));
        images.ShouldAllBe(image => image.GetProperty("created_at").GetDateTimeOffset().Year >= 2026);
        export.GetProperty("documents").EnumerateArray().Single().GetProperty("json").GetProperty("title").GetString().ShouldBe("Ảnh cưới");
    }

    private async Task<Job> FinishedJobAsync(Owner owner)
    {
        var submission = TestJobs.Resize(owner);
        await _stores.Jobs.SubmitAsync(submission, default);
        var claimed = (await _stores.Jobs.TryClaimAsync(submission.Id, "worker", TimeSpan.FromMinutes(1), default)).ShouldNotBeNull();
        return (await _stores.Jobs.CompleteAsync(claimed.Id, claimed.Attempt, TestJobs.Completion(claimed), default)).ShouldNotBeNull().Job;
    }

    private Task<bool> DocumentAsync(Owner owner, string id) =>
        _stores.Documents.PutAsync(new StudioDocument("sessions", id, owner, 1, """{"title":"Ảnh cưới"}"""), default);
}
