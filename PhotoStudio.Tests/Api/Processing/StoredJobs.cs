using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;

namespace PhotoStudio.Tests.Api.Processing;

/// <summary>
/// Jobs of a studio whose worker a test plays itself, step by step, on the real store, so that nothing depends on when a
/// worker does something.
/// </summary>
internal sealed class StoredJobs(StudioHost host)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>A studio without a worker.</summary>
    public static Task<StudioHost> HostAsync(params (string Key, string Value)[] settings) => StudioHost.StartAsync(new StudioHost
    {
        RunsWorker = false,
        Settings = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value, StringComparer.Ordinal),
    });

    private IJobStore Jobs => host.Provider.GetRequiredService<IJobStore>();

    private IJobEvents Events => host.Provider.GetRequiredService<IJobEvents>();

    private IBlobStore Blobs => host.Provider.GetRequiredService<IBlobStore>();

    /// <summary>A guest of its own.</summary>
    public static string NewGuest() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Submits a resize over HTTP; answers the job's JSON.</summary>
    public async Task<JsonElement> SubmitAsync(string guest, string jobType = "resize", string parameters = "\"width\":64")
    {
        var picture = Convert.ToBase64String(TestFiles.Encode(TestPictures.Gradient(32, 24), PictureFormat.Png));
        using var response = await host.Client.PostAsync(
            "/api/v1/processing/jobs",
            Http.Json($$"""{"job_type":"{{jobType}}","image_base64":"{{picture}}"{{(parameters.Length > 0 ? "," + parameters : "")}}}"""),
            ("X-Guest-Id", guest));
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).GetProperty("data");
    }

    /// <summary>Takes the job as a worker does.</summary>
    public async Task<Job> ClaimAsync(Guid id)
    {
        var job = (await Jobs.TryClaimAsync(id, "test", Lease, CancellationToken.None)).ShouldNotBeNull();
        await PublishAsync(job, 1, JobEventType.Started);
        return job;
    }

    /// <summary>Reports progress as a worker does.</summary>
    public async Task ProgressAsync(Job job, long sequence, double progress, string stage = "working")
    {
        (await Jobs.RenewAsync(job.Id, job.Attempt, Lease, progress, stage, CancellationToken.None)).ShouldNotBeNull();
        await PublishAsync(job, sequence, JobEventType.Progress, progress, stage);
    }

    /// <summary>Tells an event and changes nothing.</summary>
    public ValueTask PublishAsync(Job job, long sequence, JobEventType type, double? progress = null, string? stage = null) =>
        Events.PublishAsync(
            new JobEvent(job.Id, job.Owner, new EventCursor(job.Attempt, sequence), type, DateTimeOffset.UnixEpoch) { Progress = progress, Stage = stage },
            CancellationToken.None);

    /// <summary>Finishes the job with a picture; answers its bytes and its id.</summary>
    public async Task<(byte[] File, Guid ResultId)> CompleteAsync(Job job, bool tell = true)
    {
        var file = TestFiles.Encode(TestPictures.Quarters(64, 48), PictureFormat.Png);
        var result = TestJobs.Result(job) with
        {
            Width = 64,
            Height = 48,
            Bytes = file.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
        };
        (await Blobs.TryPutAsync(result.BlobKey, new MemoryStream(file), "image/png", CancellationToken.None)).ShouldNotBeNull();
        (await Jobs.CompleteAsync(job.Id, job.Attempt, new JobCompletion(TestJobs.Engine, [result]), CancellationToken.None)).ShouldNotBeNull();
        if (tell) await PublishAsync(job, EventCursor.EndOf(job.Attempt).Sequence, JobEventType.Completed);
        return (file, result.Id);
    }

    /// <summary>Submits, claims and completes.</summary>
    public async Task<(Guid JobId, byte[] File, Guid ResultId)> CompletedAsync(string guest)
    {
        var job = await ClaimAsync((await SubmitAsync(guest)).GetProperty("id").GetGuid());
        var (file, resultId) = await CompleteAsync(job);
        return (job.Id, file, resultId);
    }
}
