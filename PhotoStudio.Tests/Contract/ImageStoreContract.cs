using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IImageStore"/> does with the pictures that the <see cref="IJobStore"/> inserts.</summary>
public abstract class ImageStoreContract : IAsyncLifetime
{
    private StudioStores _stores = null!;

    private IImageStore Images => _stores.Images;

    public async Task InitializeAsync() => _stores = await OpenAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    /// <summary>An empty database.</summary>
    protected abstract Task<StudioStores> OpenAsync();

    [Fact]
    public async Task A_result_is_found_with_everything_that_is_known_of_it()
    {
        var (job, results) = await FinishAsync(TestJobs.Someone(), results: 1);

        var found = (await Images.FindAsync(job.Owner, results[0].Id, default)).ShouldNotBeNull();

        found.Parents.ShouldBe(results[0].Parents);
        (found with { Parents = results[0].Parents }).ShouldBe(results[0]);
        found.Engine.ShouldBe(TestJobs.Engine);
    }

    [Fact]
    public async Task Nobody_else_finds_lists_or_counts_an_owners_pictures()
    {
        var (job, results) = await FinishAsync(TestJobs.Someone(), results: 1);
        var upload = (await Images.FindAsync(job.Owner, job.Inputs[0].ImageId, default)).ShouldNotBeNull();
        var stranger = TestJobs.Someone();

        (await Images.FindAsync(stranger, results[0].Id, default)).ShouldBeNull();
        (await Images.FindUploadAsync(stranger, upload.Sha256, default)).ShouldBeNull();
        (await Images.ResultsOfAsync(stranger, job.Id, default)).ShouldBeEmpty();
        (await Images.ListAsync(stranger, new ImageQuery(JobId: job.Id), new PageRequest(), default)).Total.ShouldBe(0);
        (await Images.CountDownloadAsync(stranger, results[0].Id, default)).ShouldBeFalse();
        (await Images.FindAsync(job.Owner, results[0].Id, default)).ShouldNotBeNull().Downloads.ShouldBe(0);
    }

    [Fact]
    public async Task An_upload_is_found_by_its_bytes_and_a_result_with_the_same_bytes_is_not()
    {
        var (job, results) = await FinishAsync(TestJobs.Someone(), results: 1);
        var upload = (await Images.FindAsync(job.Owner, job.Inputs[0].ImageId, default)).ShouldNotBeNull();

        (await Images.FindUploadAsync(job.Owner, upload.Sha256, default)).ShouldNotBeNull().Id.ShouldBe(upload.Id);
        (await Images.FindUploadAsync(job.Owner, results[0].Sha256, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Results_come_in_their_order()
    {
        var (job, results) = await FinishAsync(TestJobs.Someone(), results: 5, shuffled: true);

        (await Images.ResultsOfAsync(job.Owner, job.Id, default)).Select(image => image.Index).ShouldBe([0, 1, 2, 3, 4]);
        (await Images.ResultsOfAsync(job.Owner, job.Id, default)).Select(image => image.Id)
            .ShouldBe(results.OrderBy(image => image.Index).Select(image => image.Id));
    }

    [Fact]
    public async Task Results_of_several_jobs_come_at_once_and_only_their_owners()
    {
        var owner = TestJobs.Someone();
        var (first, firstResults) = await FinishAsync(owner, results: 3, shuffled: true);
        var (second, secondResults) = await FinishAsync(owner, results: 1);
        var (foreign, _) = await FinishAsync(TestJobs.Someone(), results: 1);

        var found = await Images.ResultsOfAsync(owner, [first.Id, second.Id, foreign.Id, Guid.NewGuid()], default);

        found.Count.ShouldBe(2);
        found[first.Id].Select(image => image.Id).ShouldBe(firstResults.OrderBy(image => image.Index).Select(image => image.Id));
        found[second.Id].ShouldHaveSingleItem().Id.ShouldBe(secondResults[0].Id);
        (await Images.ResultsOfAsync(owner, [], default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_are_newest_first_and_cover_every_picture_once()
    {
        var owner = TestJobs.Someone();
        await FinishAsync(owner, results: 4);
        await FinishAsync(owner, results: 3);

        var pages = new List<Page<StudioImage>>();
        for (var number = 1; number <= 5; number++)
            pages.Add(await Images.ListAsync(owner, new ImageQuery(), new PageRequest(number, 2), default));

        var listed = pages.SelectMany(page => page.Items).ToList();
        pages.ShouldAllBe(page => page.Total == 9);
        listed.Select(image => image.Id).Distinct().Count().ShouldBe(9);
        listed.Select(image => image.CreatedAt).ShouldBe(listed.Select(image => image.CreatedAt).OrderDescending());
    }

    [Fact]
    public async Task Pictures_are_listed_by_kind_operation_and_job()
    {
        var owner = TestJobs.Someone();
        var (first, _) = await FinishAsync(owner, results: 2);
        await FinishAsync(owner, results: 1);

        (await CountAsync(new ImageQuery())).ShouldBe(5);
        (await CountAsync(new ImageQuery(ImageKind.Upload))).ShouldBe(2);
        (await CountAsync(new ImageQuery(ImageKind.Result, ["resize"]))).ShouldBe(3);
        (await CountAsync(new ImageQuery(Operations: ["upscale"]))).ShouldBe(0);
        (await CountAsync(new ImageQuery(Operations: ["upscale", "resize"]))).ShouldBe(3);
        (await CountAsync(new ImageQuery(Operations: []))).ShouldBe(0);
        (await CountAsync(new ImageQuery(JobId: first.Id))).ShouldBe(2);

        async Task<long> CountAsync(ImageQuery query) => (await Images.ListAsync(owner, query, new PageRequest(), default)).Total;
    }

    [Fact]
    public async Task Pictures_of_several_operations_are_listed_together()
    {
        var owner = TestJobs.Someone();
        await FinishAsync(owner, results: 1);
        await FinishAsync(owner, results: 2, operation: "flip");
        await FinishAsync(owner, results: 1, operation: "remove-background");

        (await OperationsAsync("flip", "resize")).ShouldBe(["flip", "flip", "resize"], ignoreOrder: true);
        (await OperationsAsync("flip")).ShouldBe(["flip", "flip"]);
        (await OperationsAsync()).ShouldBeEmpty();

        async Task<IEnumerable<string?>> OperationsAsync(params string[] operations) =>
            (await Images.ListAsync(owner, new ImageQuery(Operations: operations), new PageRequest(), default)).Items.Select(image => image.Operation);
    }

    [Fact]
    public async Task Downloads_at_the_same_time_are_all_counted()
    {
        var (job, results) = await FinishAsync(TestJobs.Someone(), results: 2);

        var counted = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() =>
            Images.CountDownloadAsync(job.Owner, results[0].Id, default))));

        counted.ShouldAllBe(done => done);
        (await Images.FindAsync(job.Owner, results[0].Id, default)).ShouldNotBeNull().Downloads.ShouldBe(20);
        (await Images.FindAsync(job.Owner, results[1].Id, default)).ShouldNotBeNull().Downloads.ShouldBe(0);
        (await Images.CountDownloadAsync(job.Owner, Guid.CreateVersion7(), default)).ShouldBeFalse();
    }

    private async Task<(Job Job, IReadOnlyList<StudioImage> Results)> FinishAsync(
        Owner owner, int results, bool shuffled = false, string? operation = null)
    {
        var submission = TestJobs.Resize(owner);
        if (operation is not null) submission = submission with { Parameters = OperationParameters.Defaults(OperationCatalog.Get(operation)) };
        var accepted = (await _stores.Jobs.SubmitAsync(submission, default)).ShouldBeOfType<SubmitOutcome.Accepted>();
        var job = (await _stores.Jobs.TryClaimAsync(accepted.Job.Id, "worker", TimeSpan.FromMinutes(5), default)).ShouldNotBeNull();
        var completion = TestJobs.Completion(job, results);
        if (shuffled) completion = completion with { Results = [.. completion.Results.Reverse()] };
        var finished = (await _stores.Jobs.CompleteAsync(job.Id, job.Attempt, completion, default)).ShouldNotBeNull();
        return (finished.Job, completion.Results);
    }
}
