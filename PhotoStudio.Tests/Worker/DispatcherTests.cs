using System.Collections.Concurrent;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Worker;

/// <summary>How due jobs get from the table to the slots.</summary>
public sealed class DispatcherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_job_nobody_rang_for_is_found_at_the_next_poll()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()), ring: false);

        await Eventually.BecomesTrueAsync(
            async () =>
            {
                worker.Time.Advance(TimeSpan.FromSeconds(2));
                return await worker.Jobs.FindAsync(job.Id, default) is { State: JobState.Completed };
            },
            "the poll finds it");
    }

    [Fact]
    public async Task Jobs_that_wait_at_the_start_are_found_at_once()
    {
        ManualTimeProvider time = new();
        List<Job> jobs = [];
        await using (var earlier = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time, WithWorker = false }))
        {
            for (var i = 0; i < 20; i++) jobs.Add(await earlier.SubmitAsync(TestJobs.Resize(TestJobs.Someone()), ring: false));
        }

        // No time passes: each claimed job makes room for the next ones.
        await using var worker = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time });
        foreach (var job in jobs) await worker.ReachesAsync(job, JobState.Completed);
    }

    [Fact]
    public async Task One_owners_batch_does_not_keep_another_owner_waiting()
    {
        ManualTimeProvider time = new();
        var greedy = TestJobs.Someone("greedy");
        var modest = TestJobs.Someone("modest");
        Job single;
        await using (var earlier = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time, WithWorker = false }))
        {
            for (var i = 0; i < 30; i++) await earlier.SubmitAsync(TestJobs.Resize(greedy), ring: false);
            single = await earlier.SubmitAsync(TestJobs.Resize(modest), ring: false);
        }

        await using var worker = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time });
        await worker.HasBegunAsync(31);

        var place = worker.Inference.Requests.Select(request => request.RunId).ToList().IndexOf($"{single.Id:N}-1");
        place.ShouldBeLessThan(5, "it is among the first that were rung for");
    }

    [Fact]
    public async Task No_more_than_two_entries_a_slot_are_outstanding_and_no_more_jobs_run_than_there_are_slots()
    {
        ManualTimeProvider time = new();
        await using (var earlier = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time, WithWorker = false }))
        {
            for (var i = 0; i < 40; i++) await earlier.SubmitAsync(TestJobs.Resize(TestJobs.Someone()), ring: false);
        }

        ConcurrentBag<(int Running, long Depth)> seen = [];
        var running = 0;
        WorkerUnderTest? worker = null;
        ScriptedInference inference = new();
        inference.Script = async (_, _, _) =>
        {
            var now = Interlocked.Increment(ref running);
            await Eventually.BecomesTrueAsync(() => worker is not null, "the worker has started");
            seen.Add((now, await worker!.Bell.DepthAsync(default)));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return ScriptedInference.Deliver("x");
        };
        await using (worker = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time, Inference = inference }))
        {
            worker.Bell.Capacity.ShouldBe(4);
            await Eventually.BecomesTrueAsync(() => seen.Count == 40, "every job has run");
            seen.ShouldAllBe(moment => moment.Running <= 2 && moment.Depth <= 4);
        }
    }

    [Fact]
    public async Task Interactive_jobs_go_before_batches()
    {
        ManualTimeProvider time = new();
        List<Job> batch = [], interactive = [];
        await using (var earlier = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time, WithWorker = false }))
        {
            for (var i = 0; i < 10; i++)
                batch.Add(await earlier.SubmitAsync(TestJobs.Resize(TestJobs.Someone()) with { Lane = JobLane.Batch }, ring: false));
            for (var i = 0; i < 10; i++) interactive.Add(await earlier.SubmitAsync(TestJobs.Resize(TestJobs.Someone()), ring: false));
        }

        await using var worker = await WorkerUnderTest.StartAsync(
            _folder,
            new WorkerSetup { Time = time, Settings = new Dictionary<string, string?> { ["Studio:Worker:Slots"] = "1" } });
        await worker.HasBegunAsync(20);

        worker.Inference.Requests.Take(10).Select(request => request.RunId).ShouldBe(interactive.Select(job => $"{job.Id:N}-1"), ignoreOrder: true);
    }
}
