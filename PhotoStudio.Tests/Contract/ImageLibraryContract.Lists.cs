using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <content>Lists, searches and sums.</content>
public abstract partial class ImageLibraryContract
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Shelves_show_uploads_results_and_the_gallery_apart()
    {
        var upload = await AddAsync(TestJobs.Upload(_owner));
        var entry = await AddAsync(TestJobs.Upload(_owner) with { InGallery = true });
        var result = await FinishAsync(_owner);
        await AddAsync(TestJobs.Upload(TestJobs.Someone()) with { InGallery = true });

        (await IdsAsync(ImageShelf.Uploads)).ShouldBe([upload.Id, entry.Id, result.Parents[0]], ignoreOrder: true);
        (await IdsAsync(ImageShelf.Results)).ShouldBe([result.Id]);
        (await IdsAsync(ImageShelf.Gallery)).ShouldBe([entry.Id, result.Id], ignoreOrder: true);
        await Library.DeleteAsync(_owner, result.Id, null, default);
        (await IdsAsync(ImageShelf.DeletedGallery)).ShouldBe([result.Id]);
        (await IdsAsync(ImageShelf.DeletedUploads)).ShouldBeEmpty();
        (await IdsAsync(ImageShelf.Results)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Everybody_sees_what_is_public_and_safe_and_not_deleted()
    {
        var shown = await AddAsync(TestJobs.Upload(_owner) with { IsPublic = true });
        await AddAsync(TestJobs.Upload(_owner));
        var unsafeOne = await AddAsync(TestJobs.Upload(_owner) with { IsPublic = true, Moderation = Judged(0.9) });
        var deleted = await AddAsync(TestJobs.Upload(_owner) with { IsPublic = true });
        await Library.DeleteAsync(_owner, deleted.Id, null, default);

        (await PublicAsync()).ShouldBe([shown.Id]);
        (await FlaggedAsync()).ShouldBe([unsafeOne.Id]);

        await Library.ChangeAsync(
            unsafeOne.Id,
            known => known with { Moderation = known.Moderation! with { Overruling = new ModerationOverruling(true, "user:admin", null, Noon) } },
            default);
        (await PublicAsync()).ShouldBe([shown.Id, unsafeOne.Id], ignoreOrder: true);
        (await FlaggedAsync()).ShouldBeEmpty();

        async Task<IEnumerable<Guid>> PublicAsync() =>
            (await Library.ListAsync(new ImageFilter(ImageShelf.Public), new PageRequest(), default)).Items.Select(image => image.Id);
        async Task<IEnumerable<Guid>> FlaggedAsync() =>
            (await Library.ListAsync(new ImageFilter(ImageShelf.Flagged), new PageRequest(), default)).Items.Select(image => image.Id);
    }

    [Fact]
    public async Task Words_find_pictures_by_their_beginnings_in_any_spelling_and_all_of_them_have_to_be_there()
    {
        var sunset = await AddAsync(TestJobs.Upload(_owner) with { Title = "Hoàng hôn ở Đà Lạt", Prompt = "a red boat on the lake" });
        var dog = await AddAsync(TestJobs.Upload(_owner) with { Title = "A dog", Tags = [new ImageTag("Bãi biển", "bai-bien")] });
        await AddAsync(TestJobs.Upload(TestJobs.Someone()) with { Title = "Hoàng hôn" });

        (await SearchAsync("hoang")).ShouldBe([sunset.Id]);
        (await SearchAsync("HOÀNG da lat")).ShouldBe([sunset.Id]);
        (await SearchAsync("bo la")).ShouldBe([sunset.Id]);
        (await SearchAsync("biển")).ShouldBe([dog.Id]);
        (await SearchAsync("a")).ShouldBe([sunset.Id, dog.Id], ignoreOrder: true);
        (await SearchAsync("hoang dog")).ShouldBeEmpty();
        (await SearchAsync("oang")).ShouldBeEmpty("words are found by their beginning");
        (await SearchAsync("'; DROP TABLE images; --")).ShouldBeEmpty();

        await Library.ChangeAsync(_owner, dog.Id, null, known => known with { Title = "A cat" }, default);
        (await SearchAsync("dog")).ShouldBeEmpty();
        (await SearchAsync("cat")).ShouldBe([dog.Id]);

        async Task<IReadOnlyList<Guid>> SearchAsync(string text) =>
            await IdsAsync(ImageShelf.Uploads, filter => filter with { Words = SearchTerms.OfSearch(text) });
    }

    [Fact]
    public async Task Entries_are_filtered_by_operation_style_favourite_tag_and_date()
    {
        var old = await AddAsync(Entry("old") with { CreatedAt = Noon.AddDays(-10), Style = "anime", Tags = [new ImageTag("x", "x")] });
        var favorite = await AddAsync(Entry("favourite") with { CreatedAt = Noon.AddDays(-5), IsFavorite = true, Operation = "generate" });
        var recent = await AddAsync(Entry("recent") with { CreatedAt = Noon, Operation = "edit", Tags = [new ImageTag("x", "x"), new ImageTag("y", "y")] });

        (await GalleryAsync(filter => filter)).ShouldBe([recent.Id, favorite.Id, old.Id]);
        (await GalleryAsync(filter => filter with { Operation = "generate" })).ShouldBe([favorite.Id]);
        (await GalleryAsync(filter => filter with { Style = "anime" })).ShouldBe([old.Id]);
        (await GalleryAsync(filter => filter with { Favorite = true })).ShouldBe([favorite.Id]);
        (await GalleryAsync(filter => filter with { Favorite = false })).ShouldBe([recent.Id, old.Id]);
        (await GalleryAsync(filter => filter with { Tag = "x" })).ShouldBe([recent.Id, old.Id]);
        (await GalleryAsync(filter => filter with { Tag = "x", Words = ["old"] })).ShouldBe([old.Id]);
        (await GalleryAsync(filter => filter with { From = Noon.AddDays(-5), Before = Noon })).ShouldBe([favorite.Id]);

        Task<IReadOnlyList<Guid>> GalleryAsync(Func<ImageFilter, ImageFilter> narrow) => IdsAsync(ImageShelf.Gallery, narrow);
    }

    [Fact]
    public async Task Pages_cover_every_picture_once_and_a_page_beyond_the_end_is_empty()
    {
        for (var i = 0; i < 7; i++) await AddAsync(Entry($"{i}"));

        var listed = new List<Guid>();
        for (var page = 1; page <= 4; page++)
        {
            var found = await Library.ListAsync(new ImageFilter(ImageShelf.Gallery, _owner), new PageRequest(page, 2), default);
            found.Total.ShouldBe(7);
            listed.AddRange(found.Items.Select(image => image.Id));
        }

        listed.Distinct().Count().ShouldBe(7);
        (await Library.ListAsync(new ImageFilter(ImageShelf.Gallery, _owner), new PageRequest(1_000_000, 100), default)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tags_are_counted_and_follow_their_pictures()
    {
        var first = await AddAsync(TestJobs.Upload(_owner) with { Tags = [new ImageTag("Sea", "sea"), new ImageTag("dog", "dog", 0.9)] });
        await AddAsync(TestJobs.Upload(_owner) with { Tags = [new ImageTag("Sea", "sea")] });
        await AddAsync(TestJobs.Upload(TestJobs.Someone()) with { Tags = [new ImageTag("Sea", "sea")] });

        (await Library.TagsAsync(_owner, 10, default)).ShouldBe([new TagCount("Sea", "sea", 2), new TagCount("dog", "dog", 1)]);
        (await Library.TagsAsync(_owner, 1, default)).ShouldHaveSingleItem().Slug.ShouldBe("sea");
        await Library.ChangeAsync(_owner, first.Id, null, known => known with { Tags = [] }, default);
        (await Library.TagsAsync(_owner, 10, default)).ShouldBe([new TagCount("Sea", "sea", 1)]);
    }

    [Fact]
    public async Task Statistics_sum_up_one_owners_pictures()
    {
        var upload = await AddAsync(TestJobs.Upload(_owner) with { IsPublic = true });
        await AddAsync(TestJobs.Upload(_owner) with { IsFavorite = true, ContentType = "image/webp" });
        var result = await FinishAsync(_owner);
        await _stores.Images.CountDownloadAsync(_owner, upload.Id, default);
        await Library.DeleteAsync(_owner, result.Id, null, default);
        await AddAsync(TestJobs.Upload(TestJobs.Someone()));

        var sums = await Library.StatisticsAsync(_owner, default);

        (sums.Uploads, sums.Results, sums.Deleted, sums.Favorites, sums.Public, sums.Downloads).ShouldBe((3, 0, 1, 1, 1, 1));
        sums.Bytes.ShouldBe(4 * upload.Bytes);
        sums.ByContentType.ShouldBe(new Dictionary<string, long> { ["image/png"] = 2, ["image/webp"] = 1 });
        (await Library.StatisticsAsync(TestJobs.Someone(), default)).Bytes.ShouldBe(0);
    }

    [Fact]
    public async Task A_result_whose_intermediate_was_dropped_has_the_original_as_its_parent()
    {
        var submission = TestJobs.Pipeline(_owner, steps: 3);
        submission = submission with { Flow = submission.Flow! with { DropsIntermediates = true } };
        await _stores.Jobs.SubmitAsync(submission, default);
        Guid? next = submission.Id;
        Job job = null!;
        StudioImage result = null!;
        while (next is { } id)
        {
            job = (await _stores.Jobs.TryClaimAsync(id, "worker", TimeSpan.FromMinutes(5), default)).ShouldNotBeNull();
            result = TestJobs.Result(job);
            next = (await _stores.Jobs.CompleteAsync(job.Id, job.Attempt, new JobCompletion(TestJobs.Engine, [result]), default)).ShouldNotBeNull().Next?.Id;
        }

        (await Library.FindAsync(_owner, result.Id, default)).ShouldNotBeNull().Parents.ShouldBe([submission.Uploads[0].Id]);
        (await IdsAsync(ImageShelf.Gallery)).ShouldBe([result.Id]);
    }

    private static ImageModeration Judged(double score) =>
        new(score, ImageModeration.DefaultThreshold, score >= 0.5, new Dictionary<string, double> { ["sexual"] = score }, "model", Noon);

    private StudioImage Entry(string title) => TestJobs.Upload(_owner) with { InGallery = true, Title = title };

    private async Task<IReadOnlyList<Guid>> IdsAsync(ImageShelf shelf, Func<ImageFilter, ImageFilter>? narrow = null)
    {
        var filter = new ImageFilter(shelf, _owner);
        var page = await Library.ListAsync(narrow is null ? filter : narrow(filter), new PageRequest(), default);
        page.Total.ShouldBe(page.Items.Count);
        return [.. page.Items.Select(image => image.Id)];
    }

    private async Task<StudioImage> FinishAsync(Owner owner)
    {
        var submission = TestJobs.Resize(owner);
        await _stores.Jobs.SubmitAsync(submission, default);
        var job = (await _stores.Jobs.TryClaimAsync(submission.Id, "worker", TimeSpan.FromMinutes(5), default)).ShouldNotBeNull();
        var result = TestJobs.Result(job);
        (await _stores.Jobs.CompleteAsync(job.Id, job.Attempt, new JobCompletion(TestJobs.Engine, [result]), default)).ShouldNotBeNull();
        return result;
    }
}
