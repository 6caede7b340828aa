using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IImageLibrary"/> does with single pictures.</summary>
public abstract partial class ImageLibraryContract : IAsyncLifetime
{
    private readonly Owner _owner = TestJobs.Someone();
    private StudioStores _stores = null!;

    private IImageLibrary Library => _stores.Library;

    public async Task InitializeAsync() => _stores = await OpenAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    /// <summary>An empty database.</summary>
    protected abstract Task<StudioStores> OpenAsync();

    [Fact]
    public async Task A_picture_is_found_with_everything_that_is_known_of_it()
    {
        var image = TestJobs.Upload(_owner) with
        {
            Title = "Hoàng hôn ở Đà Lạt",
            Description = "Two lines\nof text",
            FileName = "IMG_1.jpg",
            Tags = [new ImageTag("Sunset", "sunset"), new ImageTag("dog", "dog", 0.75)],
            IsPublic = true,
            IsFavorite = true,
            Rating = 4,
            RatingComment = "nice",
            InGallery = true,
            Prompt = "a prompt",
            RefinedPrompt = "a better prompt",
            Intent = "generate",
            Style = "anime",
            TaskId = "task-7",
            Settings = """{"steps":30}""",
            Moderation = new ImageModeration(0.3, 0.8, true, new Dictionary<string, double> { ["sexual"] = 0.3 }, "skin-heuristic", DateTimeOffset.UnixEpoch),
            PerceptualHash = unchecked((long)0xF0F0F0F0F0F0F0F0),
            Camera = new CameraMetadata(new Dictionary<string, string> { ["Model"] = "X100" }) { Latitude = 11.9, Longitude = -108.4 },
        };
        await AddAsync(image);

        var found = (await Library.FindAsync(_owner, image.Id, default)).ShouldNotBeNull();

        found.Tags.ShouldBe(image.Tags);
        found.Moderation!.Categories.ShouldBe(image.Moderation.Categories);
        found.Camera!.Fields.ShouldBe(image.Camera.Fields);
        found.Camera.Latitude.ShouldBe(11.9);
        found.Moderation.ShouldBe(image.Moderation with { Categories = found.Moderation.Categories });
        var same = found with { Tags = image.Tags, Moderation = image.Moderation, Camera = image.Camera, Parents = image.Parents };
        same.ShouldBe(image);
    }

    [Fact]
    public async Task Nobody_else_finds_changes_deletes_restores_or_removes_an_owners_picture()
    {
        var image = await AddAsync(TestJobs.Upload(_owner));
        var stranger = TestJobs.Someone();

        (await Library.FindAsync(stranger, image.Id, default)).ShouldBeNull();
        (await Library.FindAsync(stranger, [image.Id], default)).ShouldBeEmpty();
        (await Library.FindByBlobAsync(stranger, image.BlobKey, default)).ShouldBeNull();
        (await Library.ChangeAsync(stranger, image.Id, null, known => known with { Title = "mine" }, default)).ShouldBeOfType<ImageChange.Missing>();
        (await Library.DeleteAsync(stranger, image.Id, null, default)).ShouldBeOfType<ImageChange.Missing>();
        (await Library.RestoreAsync(stranger, image.Id, null, default)).ShouldBeOfType<ImageChange.Missing>();
        (await Library.RemoveAsync(stranger, image.Id, null, default)).ShouldBeOfType<ImageChange.Missing>();

        (await Library.FindAsync(_owner, image.Id, default)).ShouldNotBeNull().Version.ShouldBe(0);
    }

    [Fact]
    public async Task A_change_counts_the_version_and_an_older_version_changes_nothing()
    {
        var image = await AddAsync(TestJobs.Upload(_owner));

        var done = (await Library.ChangeAsync(_owner, image.Id, 0, known => known with { Title = "first" }, default)).ShouldBeOfType<ImageChange.Done>();
        done.Image.Version.ShouldBe(1);
        done.Image.UpdatedAt.ShouldNotBeNull();

        (await Library.ChangeAsync(_owner, image.Id, 0, known => known with { Title = "second" }, default))
            .ShouldBeOfType<ImageChange.Stale>().Version.ShouldBe(1);
        (await Library.DeleteAsync(_owner, image.Id, 0, default)).ShouldBeOfType<ImageChange.Stale>();
        (await Library.FindAsync(_owner, image.Id, default)).ShouldNotBeNull().Title.ShouldBe("first");
    }

    [Fact]
    public async Task An_edit_cannot_change_whose_it_is_or_where_its_bytes_are()
    {
        var image = await AddAsync(TestJobs.Upload(_owner));

        await Library.ChangeAsync(
            _owner,
            image.Id,
            null,
            known => known with { Owner = TestJobs.Someone(), BlobKey = "images/elsewhere", Version = 900, DeletedAt = DateTimeOffset.UnixEpoch },
            default);

        var found = (await Library.FindAsync(_owner, image.Id, default)).ShouldNotBeNull();
        (found.BlobKey, found.Version, found.DeletedAt).ShouldBe((image.BlobKey, 1, null));
    }

    [Fact]
    public async Task Toggles_at_the_same_time_all_count()
    {
        var image = await AddAsync(TestJobs.Upload(_owner));

        var answers = await Task.WhenAll(Enumerable.Range(0, 11).Select(_ => Task.Run(() =>
            Library.ChangeAsync(_owner, image.Id, null, known => known with { IsFavorite = !known.IsFavorite }, default))));

        answers.ShouldAllBe(answer => answer is ImageChange.Done);
        var found = (await Library.FindAsync(_owner, image.Id, default)).ShouldNotBeNull();
        found.IsFavorite.ShouldBeTrue("it was toggled an odd number of times");
        found.Version.ShouldBe(11);
    }

    [Fact]
    public async Task Of_changes_at_the_same_time_that_saw_the_same_version_one_is_done()
    {
        var image = await AddAsync(TestJobs.Upload(_owner));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(() =>
            Library.ChangeAsync(_owner, image.Id, 0, known => known with { Title = $"{number}" }, default))));

        answers.OfType<ImageChange.Done>().Count().ShouldBe(1);
        answers.OfType<ImageChange.Stale>().Count().ShouldBe(9);
    }

    [Fact]
    public async Task Deleting_and_restoring_at_the_same_time_leaves_one_of_the_two_states()
    {
        var image = await AddAsync(TestJobs.Upload(_owner));

        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => number % 2 == 0
            ? Library.DeleteAsync(_owner, image.Id, null, default)
            : Library.RestoreAsync(_owner, image.Id, null, default))));

        var found = (await Library.FindAsync(_owner, image.Id, default)).ShouldNotBeNull();
        var listed = (await Library.ListAsync(new ImageFilter(ImageShelf.Uploads, _owner), new PageRequest(), default)).Total;
        var deleted = (await Library.ListAsync(new ImageFilter(ImageShelf.DeletedUploads, _owner), new PageRequest(), default)).Total;
        (listed, deleted).ShouldBe(found.DeletedAt is null ? (1L, 0L) : (0L, 1L));
    }

    [Fact]
    public async Task A_deleted_picture_is_on_the_other_shelf_and_comes_back_whole()
    {
        var image = await AddAsync(TestJobs.Upload(_owner) with { Title = "keep me", Tags = [new ImageTag("a", "a")] });

        (await Library.DeleteAsync(_owner, image.Id, null, default)).ShouldBeOfType<ImageChange.Done>().Image.DeletedAt.ShouldNotBeNull();
        (await Library.DeleteAsync(_owner, image.Id, null, default)).ShouldBeOfType<ImageChange.Missing>();
        (await Library.ChangeAsync(_owner, image.Id, null, known => known with { Title = "x" }, default)).ShouldBeOfType<ImageChange.Missing>();
        (await _stores.Images.FindAsync(_owner, image.Id, default)).ShouldBeNull();
        (await Library.TagsAsync(_owner, 10, default)).ShouldBeEmpty();

        (await Library.RestoreAsync(_owner, image.Id, null, default)).ShouldBeOfType<ImageChange.Done>().Image.DeletedAt.ShouldBeNull();
        (await Library.RestoreAsync(_owner, image.Id, null, default)).ShouldBeOfType<ImageChange.Done>();
        var found = (await Library.ListAsync(new ImageFilter(ImageShelf.Uploads, _owner) { Tag = "a", Words = ["keep"] }, new PageRequest(), default));
        found.Items.ShouldHaveSingleItem().Title.ShouldBe("keep me");
    }

    [Fact]
    public async Task Removing_a_picture_dooms_its_bytes_and_sizes_in_the_same_transaction()
    {
        var image = await AddAsync(TestJobs.Upload(_owner) with { Title = "gone", Tags = [new ImageTag("a", "a")] });

        (await Library.RemoveAsync(_owner, image.Id, null, default)).ShouldBeOfType<ImageChange.Done>().Image.Id.ShouldBe(image.Id);

        (await Library.FindAsync(_owner, image.Id, default)).ShouldBeNull();
        (await Library.RemoveAsync(_owner, image.Id, null, default)).ShouldBeOfType<ImageChange.Missing>();
        (await _stores.Doomed.ListAsync(10, default)).ShouldBe([image.BlobKey, BlobKeys.DerivedPrefix(image.Id)], ignoreOrder: true);
        await _stores.Doomed.ForgetAsync(image.BlobKey, default);
        (await _stores.Doomed.ListAsync(10, default)).ShouldBe([BlobKeys.DerivedPrefix(image.Id)]);
    }

    [Fact]
    public async Task Bytes_that_another_record_has_as_well_stay()
    {
        var image = await AddAsync(TestJobs.Upload(_owner));
        var twin = await AddAsync(TestJobs.Upload(_owner) with { BlobKey = image.BlobKey });

        await Library.RemoveAsync(_owner, image.Id, null, default);
        (await _stores.Doomed.ListAsync(10, default)).ShouldNotContain(image.BlobKey);
        await Library.RemoveAsync(_owner, twin.Id, null, default);
        (await _stores.Doomed.ListAsync(10, default)).ShouldContain(image.BlobKey);
    }

    [Fact]
    public async Task A_removal_by_several_at_once_happens_once()
    {
        var image = await AddAsync(TestJobs.Upload(_owner));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Library.RemoveAsync(_owner, image.Id, null, default))));

        answers.OfType<ImageChange.Done>().Count().ShouldBe(1);
        answers.OfType<ImageChange.Missing>().Count().ShouldBe(7);
    }

    [Fact]
    public async Task An_idempotency_key_makes_one_picture_until_it_is_forgotten()
    {
        var key = TestJobs.Key("k1");
        var first = TestJobs.Upload(_owner);
        (await Library.AddAsync(first, key, default)).ShouldBeOfType<AddOutcome.Added>();

        (await Library.AddAsync(TestJobs.Upload(_owner), key, default)).ShouldBeOfType<AddOutcome.Repeated>().ImageId.ShouldBe(first.Id);
        (await Library.AddAsync(TestJobs.Upload(_owner), TestJobs.Key("k1", "other"), default)).ShouldBeOfType<AddOutcome.KeyReused>();
        (await Library.FindByKeyAsync(_owner, key.Method, key.Route, "k1", default)).ShouldBe((first.Id, "f1"));
        (await Library.AddAsync(TestJobs.Upload(TestJobs.Someone()), key, default)).ShouldBeOfType<AddOutcome.Added>("keys are an owner's");

        await _stores.AdvanceAsync(TimeSpan.FromHours(25));
        (await Library.FindByKeyAsync(_owner, key.Method, key.Route, "k1", default)).ShouldBeNull();
        (await Library.AddAsync(TestJobs.Upload(_owner), key, default)).ShouldBeOfType<AddOutcome.Added>();
        (await _stores.Jobs.ForgetKeysAsync(default)).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_at_the_same_time_makes_one_picture()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Library.AddAsync(TestJobs.Upload(_owner), TestJobs.Key("race"), default))));

        answers.OfType<AddOutcome.Added>().Count().ShouldBe(1);
        answers.OfType<AddOutcome.Repeated>().Select(answer => answer.ImageId).Distinct().ShouldHaveSingleItem();
        (await Library.ListAsync(new ImageFilter(ImageShelf.Uploads, _owner), new PageRequest(), default)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_picture_is_found_by_its_bytes_until_it_is_deleted()
    {
        var image = await AddAsync(TestJobs.Upload(_owner));
        (await Library.FindByBlobAsync(_owner, image.BlobKey, default)).ShouldNotBeNull().Id.ShouldBe(image.Id);
        await Library.DeleteAsync(_owner, image.Id, null, default);
        (await Library.FindByBlobAsync(_owner, image.BlobKey, default)).ShouldBeNull();
        (await Library.FindAsync(image.Id, default)).ShouldNotBeNull("a link that was signed still works");
    }

    private async Task<StudioImage> AddAsync(StudioImage image)
    {
        (await Library.AddAsync(image, null, default)).ShouldBeOfType<AddOutcome.Added>();
        return image;
    }
}
