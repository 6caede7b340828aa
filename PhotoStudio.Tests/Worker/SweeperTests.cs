using System.Text;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Worker;

/// <summary>What lost attempts leave behind is cleaned up, and nothing else.</summary>
public sealed class SweeperTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Blobs_of_attempts_that_died_are_deleted_some_time_after_the_job_ended_and_the_winners_stay()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()), ring: false);
        (await worker.Jobs.TryClaimAsync(job.Id, "dies", TimeSpan.FromSeconds(1), default)).ShouldNotBeNull();
        var strays = new[] { 0, 1 }.Select(index => BlobKeys.Result(job.Owner, job.CreatedAt, job.Id, 1, index, "png")).ToList();
        foreach (var stray in strays) await PutAsync(worker, stray);
        var innocent = BlobKeys.Result(job.Owner, job.CreatedAt, Guid.CreateVersion7(), 1, 0, "png");
        await PutAsync(worker, innocent);

        await UntilAsync(worker, TimeSpan.FromSeconds(1), async () => await worker.Jobs.FindAsync(job.Id, default) is { State: JobState.Completed });
        var winner = BlobKeys.Result(job.Owner, job.CreatedAt, job.Id, 2, 0, "png");
        (await worker.ResultKeysAsync(job)).ShouldBe([.. strays, winner]);

        await UntilAsync(worker, TimeSpan.FromMinutes(1), async () => (await worker.ResultKeysAsync(job)).Count == 1);
        (await worker.ResultKeysAsync(job)).ShouldBe([winner]);
        (await worker.Blobs.FindAsync(innocent, default)).ShouldNotBeNull();
        (await worker.Blobs.FindAsync(job.Inputs[0].BlobKey, default)).ShouldNotBeNull();
        await Eventually.BecomesTrueAsync(
            async () => (await worker.Jobs.LitteredAsync(TimeSpan.Zero, 10, default)).Count == 0,
            "the job counts as tidy");
    }

    [Fact]
    public async Task Of_a_job_that_was_called_off_nothing_stays()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()), ring: false);
        (await worker.Jobs.TryClaimAsync(job.Id, "dies", TimeSpan.FromHours(1), default)).ShouldNotBeNull();
        await PutAsync(worker, BlobKeys.Result(job.Owner, job.CreatedAt, job.Id, 1, 0, "png"));
        await worker.CancelAsync(job);

        await UntilAsync(worker, TimeSpan.FromMinutes(1), async () => (await worker.ResultKeysAsync(job)).Count == 0);
    }

    [Fact]
    public async Task Of_a_flow_that_drops_its_intermediates_only_the_last_picture_stays()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        var submission = TestJobs.Pipeline(TestJobs.Someone(), steps: 2);
        var first = await worker.SubmitAsync(submission with { Flow = submission.Flow! with { DropsIntermediates = true } });
        Job? last = null;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                var done = (await worker.Jobs.ListAsync(first.Owner, new JobQuery(JobState.Completed, "remove-background"), new(), default)).Items;
                last = done.Count > 0 ? done[0] : null;
                return last is not null;
            },
            "the last step is done");

        await UntilAsync(worker, TimeSpan.FromMinutes(1), async () => (await worker.ResultKeysAsync(first)).Count == 0);
        (await worker.ResultKeysAsync(last!)).ShouldHaveSingleItem();
        (await worker.Blobs.FindAsync(first.Inputs[0].BlobKey, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Old_idempotency_keys_are_forgotten()
    {
        ManualTimeProvider time = new();
        await using (var worker = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time }))
        {
            await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()) with { Idempotency = TestJobs.Key("once") });
            (await KeysAsync()).ShouldBe(1);
        }

        time.Advance(TimeSpan.FromHours(23));
        await using (var worker = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time }))
        {
            await worker.ReachesAsync(await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone())), JobState.Completed);
            (await KeysAsync()).ShouldBe(1);
        }

        time.Advance(TimeSpan.FromHours(1));
        await using (await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time }))
            await Eventually.BecomesTrueAsync(async () => await KeysAsync() == 0, "the key is gone");
    }

    private async Task<long> KeysAsync()
    {
        await using Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={_folder.In("data", "studio.db")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM idempotency_keys";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task PutAsync(WorkerUnderTest worker, string key) =>
        (await worker.Blobs.TryPutAsync(key, new MemoryStream(Encoding.UTF8.GetBytes(key)), "image/png", default)).ShouldNotBeNull();

    private static Task UntilAsync(WorkerUnderTest worker, TimeSpan step, Func<Task<bool>> condition) => Eventually.BecomesTrueAsync(
        async () =>
        {
            if (await condition()) return true;
            worker.Time.Advance(step);
            return false;
        },
        "what is waited for happens as time goes by");
}
