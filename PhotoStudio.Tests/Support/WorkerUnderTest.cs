using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PhotoStudio.Backings;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Worker;
using Shouldly;

namespace PhotoStudio.Tests.Support;

/// <summary>
/// A worker with the real backings of the standalone studio in a folder of the test's own: SQLite, files, bell and events.
/// Only inference and the clock are the test's.
/// </summary>
public sealed class WorkerUnderTest : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _stopped;

    private WorkerUnderTest(IHost host, ManualTimeProvider time, ScriptedInference inference) => (_host, Time, Inference) = (host, time, inference);

    public ManualTimeProvider Time { get; }

    public ScriptedInference Inference { get; }

    public IServiceProvider Services => _host.Services;

    public IJobStore Jobs => _host.Services.GetRequiredService<IJobStore>();

    public IJobBell Bell => _host.Services.GetRequiredService<IJobBell>();

    public IJobEvents Events => _host.Services.GetRequiredService<IJobEvents>();

    public IBlobStore Blobs => _host.Services.GetRequiredService<IBlobStore>();

    public IImageStore Images => _host.Services.GetRequiredService<IImageStore>();

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where its data is.</param>
    /// <param name="setup">Differences from the usual.</param>
    public static async Task<WorkerUnderTest> StartAsync(TemporaryFolder folder, WorkerSetup? setup = null)
    {
        setup ??= new WorkerSetup();
        var time = setup.Time ?? new ManualTimeProvider();
        var inference = setup.Inference ?? new ScriptedInference();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Studio:Data"] = folder.In("data"),
        });
        if (setup.TwoSlots) builder.Configuration["Studio:Worker:Slots"] = "2";
        builder.Configuration.AddInMemoryCollection(setup.Settings);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IInference>(inference);
        builder.AddStudioBackings();
        if (setup.WithWorker) builder.AddStudioWorker();
        setup.Configure?.Invoke(builder.Services);

        WorkerUnderTest worker = new(builder.Build(), time, inference);
        try
        {
            await worker._host.StartAsync();
            return worker;
        }
        catch
        {
            // A host that did not start is not stopped either, only disposed of.
            worker._stopped = true;
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stores the uploads' bytes, submits the job, and rings for it as the API does.</summary>
    public async Task<Job> SubmitAsync(JobSubmission submission, bool ring = true)
    {
        foreach (var upload in submission.Uploads) await StoreAsync(upload);
        var job = (await Jobs.SubmitAsync(submission, default)).ShouldBeOfType<SubmitOutcome.Accepted>().Job;
        if (ring) await Bell.TryRingAsync(new BellEntry(job.Id, job.Lane, job.TraceParent), default);
        return job;
    }

    /// <summary>Calls a job off and tells its watchers, as the API does.</summary>
    public async Task CancelAsync(Job job, bool tell = true)
    {
        var cancelled = (await Jobs.CancelAsync(job.Owner, job.Id, default))!;
        if (!tell) return;
        await Events.PublishAsync(
            new JobEvent(job.Id, job.Owner, EventCursor.EndOf(cancelled.Attempt), JobEventType.Cancelled, Time.GetUtcNow()),
            default);
    }

    /// <summary>Waits until the job is in a state, and answers it.</summary>
    public async Task<Job> ReachesAsync(Job job, JobState state, Func<Job, bool>? condition = null)
    {
        Job? current = null;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                current = await Jobs.FindAsync(job.Id, default);
                return current!.State == state && condition?.Invoke(current) != false;
            },
            $"the job is {state}");
        return current!;
    }

    /// <summary>Waits until so many runs have begun.</summary>
    public Task HasBegunAsync(int runs) => Eventually.BecomesTrueAsync(() => Inference.Requests.Count >= runs, $"{runs} runs have begun");

    /// <summary>Begins to collect a job's events.</summary>
    public async Task<EventLog> WatchAsync(Guid jobId) => new(await Events.SubscribeAsync(jobId, default));

    /// <summary>The keys of the job's result blobs.</summary>
    public async Task<IReadOnlyList<string>> ResultKeysAsync(Job job)
    {
        List<string> keys = [];
        await foreach (var blob in Blobs.ListAsync(BlobKeys.ResultPrefix(job.Owner, job.CreatedAt, job.Id), default)) keys.Add(blob.Key);
        return keys;
    }

    /// <summary>A blob's text.</summary>
    public async Task<string> TextAsync(string key)
    {
        await using var stream = (await Blobs.OpenReadAsync(key, null, default)).ShouldNotBeNull();
        using StreamReader reader = new(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Ends the process in good order.</summary>
    public async Task StopAsync()
    {
        if (_stopped) return;
        _stopped = true;
        await _host.StopAsync().SoonAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    private Task<BlobInfo?> StoreAsync(StudioImage upload) =>
        Blobs.TryPutAsync(upload.BlobKey, new MemoryStream(Encoding.UTF8.GetBytes($"bytes of {upload.Id}")), upload.ContentType, default);
}

/// <summary>What a test wants different about its worker.</summary>
public sealed record WorkerSetup
{
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether it has two slots, so that tests do not depend on the machine, or as many as it wants.</summary>
    public bool TwoSlots { get; init; } = true;

    public ManualTimeProvider? Time { get; init; }

    public ScriptedInference? Inference { get; init; }

    /// <summary>False for a studio whose worker is not running.</summary>
    public bool WithWorker { get; init; } = true;

    public Action<IServiceCollection>? Configure { get; init; }
}

/// <summary>Collects a job's events as they come.</summary>
public sealed class EventLog : IAsyncDisposable
{
    private readonly IJobSubscription _subscription;
    private readonly Lock _lock = new();
    private readonly List<JobEvent> _heard = [];
    private readonly Task _reading;

    public EventLog(IJobSubscription subscription)
    {
        _subscription = subscription;
        _reading = ReadAsync();
    }

    /// <summary>What was heard so far.</summary>
    public IReadOnlyList<JobEvent> Heard
    {
        get
        {
            lock (_lock) return [.. _heard];
        }
    }

    /// <summary>Waits for an event of a type.</summary>
    public async Task<JobEvent> HearsAsync(JobEventType type)
    {
        await Eventually.BecomesTrueAsync(() => Heard.Any(jobEvent => jobEvent.Type == type), $"the event {type} is heard");
        return Heard.First(jobEvent => jobEvent.Type == type);
    }

    public async ValueTask DisposeAsync()
    {
        await _subscription.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        await foreach (var jobEvent in _subscription.ReadAllAsync(default))
        {
            lock (_lock) _heard.Add(jobEvent);
        }
    }
}
