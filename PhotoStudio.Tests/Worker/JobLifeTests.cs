using System.Security.Cryptography;
using System.Text;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Worker;

/// <summary>A job from its submission to its results, on the real stores.</summary>
public sealed class JobLifeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_job_that_is_rung_for_is_run_on_its_pictures_and_its_results_are_stored()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        worker.Inference.Script = (_, _, _) => Task.FromResult(ScriptedInference.Deliver("first", "second"));

        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));
        var done = await worker.ReachesAsync(job, JobState.Completed);

        var request = worker.Inference.Requests.ShouldHaveSingleItem();
        request.RunId.ShouldBe($"{job.Id:N}-1");
        request.Operation.ShouldBe("resize");
        request.Parameters.ShouldBe(job.Parameters);
        var input = request.Inputs.ShouldHaveSingleItem();
        input.Slot.ShouldBe("image");
        Encoding.UTF8.GetString(input.File.Span).ShouldBe($"bytes of {job.Inputs[0].ImageId}");

        done.ShouldSatisfyAllConditions(
            () => done.Attempt.ShouldBe(1),
            () => done.Failures.ShouldBe(0),
            () => done.Progress.ShouldBe(1),
            () => done.Engine.ShouldBe(TestJobs.Engine),
            () => done.Worker.ShouldBeNull());

        var images = await worker.Images.ResultsOfAsync(job.Owner, job.Id, default);
        images.Count.ShouldBe(2);
        for (var i = 0; i < 2; i++)
        {
            var text = i == 0 ? "first" : "second";
            var image = images[i];
            image.Kind.ShouldBe(ImageKind.Result);
            image.Index.ShouldBe(i);
            image.Id.Version.ShouldBe(7);
            (image.Width, image.Height, image.Bytes, image.ContentType).ShouldBe((320, 200, text.Length, "image/png"));
            image.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
            image.Parents.ShouldBe([job.Inputs[0].ImageId]);
            image.Operation.ShouldBe("resize");
            image.BlobKey.ShouldEndWith($"{job.Id:N}-1-{i}.png");
            (await worker.TextAsync(image.BlobKey)).ShouldBe(text);
        }

        await Eventually.BecomesTrueAsync(async () => await worker.Bell.DepthAsync(default) == 0, "the bell is empty");
    }

    [Fact]
    public async Task Watchers_hear_start_progress_and_end_in_order()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        worker.Inference.Script = (_, progress, _) =>
        {
            progress.Report(new InferenceProgress(0.1, "decoding"));
            worker.Time.Advance(TimeSpan.FromMilliseconds(150));
            progress.Report(new InferenceProgress(0.5, "matting"));
            progress.Report(new InferenceProgress(0.6, "matting"));
            worker.Time.Advance(TimeSpan.FromMilliseconds(150));
            progress.Report(new InferenceProgress(0.605));
            progress.Report(new InferenceProgress(0.4, "encoding"));
            return Task.FromResult(ScriptedInference.Deliver("x"));
        };
        var submission = TestJobs.Resize(TestJobs.Someone());
        await using var log = await worker.WatchAsync(submission.Id);

        await worker.SubmitAsync(submission);
        await log.HearsAsync(JobEventType.Completed);

        log.Heard.Select(jobEvent => (jobEvent.Type, jobEvent.Progress, jobEvent.Stage)).ShouldBe(
        [
            (JobEventType.Started, null, null),
            (JobEventType.Progress, 0.1, "decoding"),
            (JobEventType.Progress, 0.5, "matting"),
            (JobEventType.Progress, 0.605, "matting"),
            (JobEventType.Completed, 1.0, null),
        ]);
        log.Heard.Select(jobEvent => jobEvent.Cursor).ShouldBe(
            [new(1, 1), new(1, 2), new(1, 3), new(1, 4), EventCursor.EndOf(1)]);
        log.Heard.ShouldAllBe(jobEvent => jobEvent.Owner == submission.Owner && jobEvent.JobId == submission.Id);
    }

    [Fact]
    public async Task Progress_is_in_the_store_after_a_heartbeat_and_the_lease_is_longer()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Inference.Script = async (_, progress, _) =>
        {
            progress.Report(new InferenceProgress(0.4, "matting"));
            await go.Task;
            return ScriptedInference.Deliver("x");
        };
        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));
        await worker.HasBegunAsync(1);
        var lease = (await worker.ReachesAsync(job, JobState.Processing)).LeaseUntil;

        await Eventually.BecomesTrueAsync(
            async () =>
            {
                worker.Time.Advance(TimeSpan.FromSeconds(5));
                return await worker.Jobs.FindAsync(job.Id, default) is { Progress: 0.4, Stage: "matting" } seen && seen.LeaseUntil > lease;
            },
            "a heartbeat renews the lease and stores progress");

        go.SetResult();
        await worker.ReachesAsync(job, JobState.Completed);
    }

    [Fact]
    public async Task A_long_job_keeps_its_lease_for_as_long_as_it_runs()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Inference.Script = async (_, _, _) =>
        {
            await go.Task;
            return ScriptedInference.Deliver("x");
        };
        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));
        await worker.HasBegunAsync(1);

        // Ten leases go by. After each step the renewal is awaited: only the clock is the test's, the database is real.
        for (var step = 0; step < 60; step++)
        {
            var before = (await worker.Jobs.FindAsync(job.Id, default))!.LeaseUntil;
            worker.Time.Advance(TimeSpan.FromSeconds(5));
            await worker.ReachesAsync(job, JobState.Processing, current => current.LeaseUntil > before);
        }

        go.SetResult();
        (await worker.ReachesAsync(job, JobState.Completed)).Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task A_flow_of_two_steps_runs_the_second_on_the_result_of_the_first()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        var owner = TestJobs.Someone();

        var first = await worker.SubmitAsync(TestJobs.Pipeline(owner, 2));
        await worker.ReachesAsync(first, JobState.Completed);
        await worker.HasBegunAsync(2);
        var flows = worker.Services.GetRequiredService<IFlowStore>();
        await Eventually.BecomesTrueAsync(
            async () => (await flows.FindAsync(owner, first.FlowId!.Value, default))!.State == JobState.Completed,
            "the flow is completed");

        worker.Inference.Requests.Select(request => request.Operation).ShouldBe(["resize", "remove-background"]);
        Encoding.UTF8.GetString(worker.Inference.Requests[1].Inputs[0].File.Span).ShouldBe($"result of {first.Id:N}-1");
        var jobs = await worker.Jobs.ListAsync(owner, new JobQuery(), new(), default);
        jobs.Items.Select(job => (job.FlowStep, job.State)).ShouldBe([(1, JobState.Completed), (0, JobState.Completed)], ignoreOrder: true);
    }

    [Fact]
    public async Task Data_without_a_picture_is_a_result_too()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        worker.Inference.Script = (_, _, _) => Task.FromResult(new InferenceResult([], TestJobs.Engine, """{"faces":[]}"""));

        var job = await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));

        (await worker.ReachesAsync(job, JobState.Completed)).Data.ShouldBe("""{"faces":[]}""");
        (await worker.ResultKeysAsync(job)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_jobs_of_many_owners_each_run_exactly_once()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder);
        List<Job> jobs = [];
        for (var i = 0; i < 40; i++) jobs.Add(await worker.SubmitAsync(TestJobs.Resize(TestJobs.Someone()), ring: i % 3 != 0));

        foreach (var job in jobs)
        {
            await Eventually.BecomesTrueAsync(
                async () =>
                {
                    worker.Time.Advance(TimeSpan.FromMilliseconds(100));
                    return (await worker.Jobs.FindAsync(job.Id, default))!.State == JobState.Completed;
                },
                "every job is completed");
        }

        worker.Inference.Requests.Count.ShouldBe(40);
        worker.Inference.Requests.Select(request => request.RunId).ShouldBe(jobs.Select(job => $"{job.Id:N}-1"), ignoreOrder: true);
    }
}
