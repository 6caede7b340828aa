using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PhotoStudio.Backings.Sql.Jobs;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Submission;

/// <summary>Waiting, preferring, repeating and failing, with an engine that waits for the test.</summary>
public sealed class SubmissionTests : IAsyncLifetime
{
    private const string Resize = "/api/v1/operations/resize?width=8&user_id=ana";
    private static readonly Owner Ana = Owner.GuestNamespace("ana");
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Jpeg);
    private static readonly byte[] Other = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 2), PictureFormat.Jpeg);

    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AbortWatch _watch = new();
    private readonly ScriptedEngine _engine;
    private readonly StudioHost _studio;

    public SubmissionTests()
    {
        _engine = ScriptedEngine.WaitingFor(_gate.Task);
        _studio = new StudioHost
        {
            Engines = [_engine],
            Services = services => services
                .AddSingleton<IStartupFilter>(_watch)
                .Configure<JobStoreOptions>(options => options.MaxUnfinishedPerOwner = 3),
        };
    }

    private IJobStore Jobs => _studio.Provider.GetRequiredService<IJobStore>();

    public Task InitializeAsync() => _studio.InitializeAsync();

    public async Task DisposeAsync()
    {
        _gate.TrySetResult();
        await _studio.DisposeAsync();
    }

    [Fact]
    public async Task A_call_waits_until_its_job_is_done()
    {
        var call = PostAsync(Photo);
        await Eventually.BecomesTrueAsync(() => _engine.Running == 1, "the engine runs");
        call.IsCompleted.ShouldBeFalse();
        _gate.SetResult();
        (await call.SoonAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_caller_who_prefers_not_to_wait_gets_202_with_all_that_is_needed_to_follow()
    {
        var first = await PostAsync(Photo, ("Prefer", "respond-async"));
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        first.Headers.GetValues("Preference-Applied").Single().ShouldBe("respond-async");
        var job = await first.JsonAsync();
        var id = job.GetProperty("id").GetString();
        first.Headers.Location!.OriginalString.ShouldBe($"/api/v1/processing/jobs/{id}");
        first.Headers.GetValues("X-Studio-Job").Single().ShouldBe(id);
        job.GetProperty("events_url").GetString()!.ShouldStartWith($"/api/v1/processing/jobs/{id}/events?");
        job.GetProperty("status").GetString().ShouldBeOneOf("pending", "processing");

        _gate.SetResult();
        await Eventually.BecomesTrueAsync(async () => (await OnlyJobAsync()).State == JobState.Completed, "the job is done");
    }

    [Fact]
    public async Task A_caller_who_waits_so_long_gets_202_afterwards_and_the_result_before()
    {
        var late = await PostAsync(Photo, ("Prefer", "wait=0"));
        late.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        late.Headers.GetValues("Preference-Applied").Single().ShouldBe("wait=0");

        var later = PostAsync(Other, ("Prefer", "wait=1"));
        (await later.SoonAsync()).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        _gate.SetResult();
        var soon = await PostAsync(Photo, ("Prefer", "wait=60"));
        soon.StatusCode.ShouldBe(HttpStatusCode.OK);
        soon.Headers.GetValues("Preference-Applied").Single().ShouldBe("wait=60");
    }

    [Fact]
    public async Task A_pending_job_shows_its_place_in_the_queue()
    {
        await using var idle = await StudioHost.StartAsync(new StudioHost { RunsWorker = false });
        await idle.Client.PostAsync(Resize, Http.Raw(Photo), ("Prefer", "respond-async"));
        var second = await (await idle.Client.PostAsync(Resize, Http.Raw(Other), ("Prefer", "respond-async"))).JsonAsync();
        second.GetProperty("status").GetString().ShouldBe("pending");
        second.GetProperty("queue").GetProperty("position").GetInt32().ShouldBe(2);
        second.GetProperty("queue").GetProperty("running").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_caller_who_goes_away_while_waiting_takes_the_job_along()
    {
        using (var patience = new CancellationTokenSource())
        {
            var call = _studio.Client.PostAsync(Resize, Http.Raw(Photo), patience.Token);
            await Eventually.BecomesTrueAsync(() => _engine.Running == 1, "the engine runs");
            await patience.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(call);
        }

        await Eventually.BecomesTrueAsync(async () => (await OnlyJobAsync()).State == JobState.Cancelled, "the job is cancelled");
        await Eventually.BecomesTrueAsync(() => _engine.Running == 0, "the engine has stopped");
    }

    [Theory]
    [InlineData("Idempotency-Key", "one")]
    [InlineData("Prefer", "wait=60")]
    public async Task A_caller_who_can_come_back_for_it_finds_the_job_done(string header, string value)
    {
        using (var connection = await _studio.ConnectAsync())
        {
            await connection.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {Resize} HTTP/1.1\r\nHost: studio\r\n{header}: {value}\r\nContent-Length: {Photo.Length}\r\n\r\n"));
            await connection.WriteAsync(Photo);
            await Eventually.BecomesTrueAsync(() => _engine.Running == 1, "the engine runs");
        }

        await _watch.FirstAbort.SoonAsync();
        _gate.SetResult();
        await Eventually.BecomesTrueAsync(async () => (await OnlyJobAsync()).State == JobState.Completed, "the job is done");
    }

    [Fact]
    public async Task A_job_called_off_by_its_owner_ends_the_wait_with_409()
    {
        var call = PostAsync(Photo);
        await Eventually.BecomesTrueAsync(() => _engine.Running == 1, "the engine runs");
        await Jobs.CancelAsync(Ana, (await OnlyJobAsync()).Id, default);
        await call.SoonAsync().ShouldBeProblemAsync(HttpStatusCode.Conflict, "job_cancelled");
    }

    [Fact]
    public async Task The_same_key_with_the_same_content_is_409_while_it_runs_and_the_same_result_afterwards()
    {
        var first = PostAsync(Photo, ("Idempotency-Key", "one"));
        await Eventually.BecomesTrueAsync(() => _engine.Running == 1, "the engine runs");
        var job = await OnlyJobAsync();

        var during = await PostAsync(Photo, ("Idempotency-Key", "one"));
        await during.ShouldBeProblemAsync(HttpStatusCode.Conflict, "request_in_progress");
        during.Headers.Location!.OriginalString.ShouldBe($"/api/v1/processing/jobs/{job.Id}");
        during.Headers.RetryAfter.ShouldNotBeNull();

        var async = await PostAsync(Photo, ("Idempotency-Key", "one"), ("Prefer", "respond-async"));
        async.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await async.JsonAsync()).GetProperty("id").GetGuid().ShouldBe(job.Id);

        _gate.SetResult();
        var bytes = await (await first.SoonAsync()).Content.ReadAsByteArrayAsync();
        HttpContent[] forms = [Http.Raw(Photo), Http.Form(Photo), Http.Json($$"""{"image":"{{Convert.ToBase64String(Photo)}}"}""")];
        foreach (var form in forms)
        {
            var replay = await _studio.Client.PostAsync(Resize, form, ("Idempotency-Key", "one"));
            replay.Headers.GetValues("X-Studio-Job").Single().ShouldBe(job.Id.ToString());
            (await replay.Content.ReadAsByteArrayAsync()).ShouldBe(bytes);
        }

        _engine.Runs.ShouldBe(1);
        (await _studio.BlobsAsync("images/uploads/")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_422()
    {
        _gate.SetResult();
        (await PostAsync(Photo, ("Idempotency-Key", "one"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await PostAsync(Other, ("Idempotency-Key", "one"))
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        string[] others = ["/api/v1/operations/resize?width=9&user_id=ana", "/api/v1/operations/remove-background?user_id=ana"];
        foreach (var path in others)
        {
            await _studio.Client.PostAsync(path, Http.Raw(Photo), ("Idempotency-Key", "one"))
                .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        }

        (await _studio.BlobsAsync("images/uploads/")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_calls_with_one_key_at_once_exactly_one_makes_a_job()
    {
        var calls = Enumerable.Range(0, 8).Select(_ => PostAsync(Photo, ("Idempotency-Key", "one"), ("Prefer", "respond-async"))).ToArray();
        var answers = await Task.WhenAll(calls).SoonAsync();
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Accepted);
        var ids = new HashSet<Guid>();
        foreach (var answer in answers) ids.Add((await answer.JsonAsync()).GetProperty("id").GetGuid());
        ids.ShouldHaveSingleItem();
        (await Jobs.ListAsync(Ana, new JobQuery(), new PageRequest(), default)).Total.ShouldBe(1);
        (await _studio.BlobsAsync("images/uploads/")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("naïve")]
    public async Task A_malformed_key_is_a_fault(string key)
    {
        await using var connection = await _studio.ConnectAsync();
        await connection.WriteAsync(Encoding.UTF8.GetBytes(
            $"POST {Resize} HTTP/1.1\r\nHost: studio\r\nConnection: close\r\n"
            + $"Idempotency-Key: {key}\r\nContent-Length: {Photo.Length}\r\n\r\n"));
        await connection.WriteAsync(Photo);
        using var reader = new StreamReader(connection);
        var answer = await reader.ReadToEndAsync();
        answer.ShouldStartWith("HTTP/1.1 400");
        if (key.All(char.IsAscii)) answer.ShouldContain("\"errors\":{\"Idempotency-Key\"");
    }

    [Fact]
    public async Task An_owner_with_as_many_unfinished_jobs_as_allowed_is_told_to_wait()
    {
        for (var i = 0; i < 3; i++) (await PostAsync(Photo, ("Prefer", "respond-async"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var full = await PostAsync(Other, ("Prefer", "respond-async"));
        (await full.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "queue_full")).Detail().ShouldContain("3");
        full.Headers.RetryAfter.ShouldNotBeNull();
        (await _studio.BlobsAsync("images/uploads/")).Count.ShouldBe(1);

        var path = Resize.Replace("ana", "ben", StringComparison.Ordinal);
        var ben = await _studio.Client.PostAsync(path, Http.Raw(Photo), ("Prefer", "respond-async"));
        ben.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task An_operation_without_a_ready_engine_is_503_with_what_is_missing()
    {
        var engine = new ScriptedEngine { Missing = "Install the model with './studio models pull tiny'." };
        await using var bare = await StudioHost.StartAsync(new StudioHost { Engines = [engine] });
        var response = await bare.Client.PostAsync(Resize, Http.Raw(Photo));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "engine_unavailable");
        problem.Detail().ShouldContain("models pull tiny");
        response.Headers.RetryAfter.ShouldNotBeNull();

        var shown = await (await bare.Client.GetAsync("/api/v1/operations/resize")).JsonAsync();
        shown.GetProperty("ready").GetBoolean().ShouldBeFalse();
        shown.GetProperty("engines")[0].GetProperty("missing").GetString()!.ShouldContain("models pull tiny");
    }

    [Fact]
    public async Task What_an_engine_says_of_a_bad_request_reaches_the_caller()
    {
        var engine = new ScriptedEngine
        {
            Script = (_, _) => throw new InferenceException(InferenceFault.InvalidInput, "no_face", "There is no face in the picture."),
        };
        await using var picky = await StudioHost.StartAsync(new StudioHost { Engines = [engine] });
        var response = await picky.Client.PostAsync(Resize, Http.Raw(Photo));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "no_face");
        problem.Detail().ShouldBe("There is no face in the picture.");
    }

    [Fact]
    public async Task A_store_that_cannot_keep_the_upload_is_503_and_nothing_is_left()
    {
        await using var full = await StudioHost.StartAsync(new StudioHost
        {
            Services = services => services.Replace(ServiceDescriptor.Singleton<IBlobStore, FullDisk>()),
        });
        var response = await full.Client.PostAsync(Resize, Http.Raw(Photo));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage_unavailable");
        problem.Detail().ShouldBe("The disk is full.");
        response.Headers.RetryAfter.ShouldNotBeNull();
        var jobs = full.Provider.GetRequiredService<IJobStore>();
        (await jobs.ListAsync(Ana, new JobQuery(), new PageRequest(), default)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task An_upload_whose_job_could_not_be_stored_is_deleted()
    {
        await using var blocked = await StudioHost.StartAsync(new StudioHost { RunsWorker = false });
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(blocked.Folder, "studio.db")};Pooling=False"))
        {
            // Another process keeps the database to itself: reading goes on, writing does not.
            await other.OpenAsync();
            await using var hold = other.BeginTransaction(deferred: false);
            var response = await blocked.Client.PostAsync(Resize, Http.Raw(Photo));
            await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage_unavailable");
        }

        (await blocked.BlobsAsync()).ShouldBeEmpty();
        (await blocked.Client.PostAsync(Resize, Http.Raw(Photo), ("Prefer", "respond-async"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private Task<HttpResponseMessage> PostAsync(byte[] picture, params (string Name, string Value)[] headers) =>
        _studio.Client.PostAsync(Resize, Http.Raw(picture), headers);

    private async Task<Job> OnlyJobAsync() =>
        (await Jobs.ListAsync(Ana, new JobQuery(), new PageRequest(), default)).Items.ShouldHaveSingleItem();

    /// <summary>Tells when the studio has noticed that a caller went away.</summary>
    private sealed class AbortWatch : IStartupFilter
    {
        private readonly TaskCompletionSource _firstAbort = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task FirstAbort => _firstAbort.Task;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                http.RequestAborted.Register(() => _firstAbort.TrySetResult());
                return rest(http);
            });
            next(app);
        };
    }

    /// <summary>A store that has no room for another byte.</summary>
    private sealed class FullDisk : IBlobStore
    {
        public Task<BlobInfo?> TryPutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken) =>
            throw new StorageException("The disk is full.");

        public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken) => Task.FromResult<BlobInfo?>(null);

        public Task<Stream?> OpenReadAsync(string key, BlobRange? range, CancellationToken cancellationToken) =>
            Task.FromResult<Stream?>(null);

        public Task<bool> DeleteAsync(string key, CancellationToken cancellationToken) => Task.FromResult(false);

        public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) =>
            AsyncEnumerable.Empty<BlobInfo>();
    }
}
