using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Admin;

public sealed class AdministrationTests : IAsyncLifetime
{
    private const string Edit = "/api/v1/operations/remove-background";
    private static readonly byte[] Picture = TestFiles.Encode(TestPictures.Gradient(8, 8), PictureFormat.Png);
    private readonly StudioHost _studio = new() { RunsWorker = false, Settings = { ["Studio:Jobs:FirstDelay"] = "00:00:00.001" } };
    private Person _root = null!;

    private IJobStore Jobs => _studio.Provider.GetRequiredService<IJobStore>();

    public async Task InitializeAsync()
    {
        await _studio.InitializeAsync();
        _root = await _studio.RegisterAsync();
        await _studio.Provider.GetRequiredService<IAccountStore>().SetRolesAsync(_root.Id, [AccountRoles.Admin], default);
    }

    public Task DisposeAsync() => _studio.DisposeAsync();

    [Theory]
    [InlineData("GET", "users")]
    [InlineData("GET", "users/0192e4a0-0000-7000-8000-000000000000")]
    [InlineData("PATCH", "users/0192e4a0-0000-7000-8000-000000000000")]
    [InlineData("GET", "queue")]
    [InlineData("GET", "workers")]
    [InlineData("GET", "dead-letters")]
    [InlineData("POST", "dead-letters/0192e4a0-0000-7000-8000-000000000000/replay")]
    [InlineData("DELETE", "dead-letters/0192e4a0-0000-7000-8000-000000000000")]
    [InlineData("GET", "audit")]
    public async Task Whoever_is_no_administrator_is_refused(string method, string path)
    {
        var ana = await _studio.RegisterAsync();
        foreach (var headers in ((string, string)[][])[[], [ana.Auth]])
        {
            using var refused = await _studio.Client.SendAsync(new HttpMethod(method), $"/api/v1/admin/{path}", null, headers);
            await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    [Fact]
    public async Task Accounts_are_listed_found_and_shown_with_what_they_used()
    {
        var ana = await _studio.RegisterAsync();
        using var used = await EditAsync(ana);
        used.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var all = (await GetAsync("users")).GetProperty("pagination");
        all.GetProperty("results").EnumerateArray().Select(user => user.GetProperty("id").GetGuid()).ShouldBe([ana.Id, _root.Id]);
        var found = (await GetAsync($"users?search={Uri.EscapeDataString(ana.Email.ToUpperInvariant())}")).GetProperty("data");
        found.EnumerateArray().Single().GetProperty("email").GetString().ShouldBe(ana.Email);
        (await GetAsync("users?search=%25")).GetProperty("data").GetArrayLength().ShouldBe(0);
        (await GetAsync("users?role=admin")).GetProperty("data").EnumerateArray().Single().GetProperty("id").GetGuid().ShouldBe(_root.Id);

        var shown = (await GetAsync($"users/{ana.Id}")).GetProperty("data");
        var quota = shown.GetProperty("quota");
        quota.GetProperty("plan").GetString().ShouldBe("free");
        var edits = quota.GetProperty("quotas").EnumerateArray().Single(kind => kind.GetProperty("kind").GetString() == "edit");
        (edits.GetProperty("limit").GetInt32(), edits.GetProperty("used").GetInt32(), edits.GetProperty("remaining").GetInt32()).ShouldBe((20, 1, 19));
        using var none = await _studio.Client.GetAsync($"/api/v1/admin/users/{Guid.NewGuid()}", _root.Auth);
        await none.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Premium_and_a_personal_quota_count_at_once_and_stand_in_the_log()
    {
        var ana = await _studio.RegisterAsync();

        var premium = await ChangeAsync(ana.Id, """{"is_premium":true}""");
        premium.GetProperty("data").GetProperty("quota").GetProperty("plan").GetString().ShouldBe("premium");
        using (var edit = await EditAsync(ana)) edit.Headers.GetValues("RateLimit-Policy").ShouldContain("\"edit\";q=200;w=86400");

        await ChangeAsync(ana.Id, """{"max_daily_processes":1}""");
        using (var refused = await EditAsync(ana)) await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota_exceeded");
        await ChangeAsync(ana.Id, """{"max_daily_processes":null,"is_premium":false}""");
        using (var edit = await EditAsync(ana)) edit.Headers.GetValues("RateLimit-Policy").ShouldContain("\"edit\";q=20;w=86400");

        var log = (await GetAsync("audit?action=ChangeUser")).GetProperty("data").EnumerateArray().ToList();
        log.Select(entry => entry.GetProperty("details").GetString())
            .ShouldBe(["is_premium=False, max_daily_processes=null", "max_daily_processes=1", "is_premium=True"]);
        log.ShouldAllBe(entry => entry.GetProperty("actor").GetString() == $"user:{_root.Id:D}" && entry.GetProperty("outcome").GetInt32() == 200);
        log[0].GetProperty("target").GetString().ShouldBe($"/api/v1/admin/users/{ana.Id}");
    }

    [Fact]
    public async Task A_locked_account_is_out_at_once_and_in_again_when_it_is_unlocked()
    {
        var ana = await _studio.RegisterAsync();
        var (_, key) = await _studio.MakeKeyAsync(ana);

        await ChangeAsync(ana.Id, """{"locked":true}""");

        (await StatusAsync("/api/v1/auth/profile", ana.Auth)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync("/api/v1/images", ("X-Api-Key", key))).ShouldBe(HttpStatusCode.Unauthorized);
        using (var refresh = await _studio.Client.PostAsync("/api/v1/auth/refresh", Http.Json($$"""{"refresh_token":"{{ana.RefreshToken}}"}""")))
            refresh.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using (var login = await _studio.LoginAsync(ana.Email)) await login.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "account_locked");
        using (var wrong = await _studio.LoginAsync(ana.Email, "another password")) await wrong.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");

        await ChangeAsync(ana.Id, """{"locked":false}""");

        (await StatusAsync("/api/v1/auth/profile", ana.Auth)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("/api/v1/images", ("X-Api-Key", key))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_two_admins_who_remove_each_other_one_stays()
    {
        var ana = await _studio.RegisterAsync();
        await ChangeAsync(ana.Id, """{"is_admin":true}""");

        var answers = await Task.WhenAll(SendChangeAsync(_root, ana.Id, """{"is_admin":false}"""), SendChangeAsync(ana, _root.Id, """{"locked":true}"""));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        using var own = await SendChangeAsync(answers[0].StatusCode == HttpStatusCode.OK ? _root : ana, answers[0].StatusCode == HttpStatusCode.OK ? _root.Id : ana.Id, """{"locked":true}""");
        await own.ShouldBeProblemAsync(HttpStatusCode.Conflict, "conflict");
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Faults_of_a_change_are_told_at_once_and_change_nothing()
    {
        using var faulty = await SendChangeAsync(_root, _root.Id, """{"is_premium":"maybe","max_daily_processes":-1}""");
        (await faulty.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["is_premium", "max_daily_processes"], ignoreOrder: true);
        using var empty = await SendChangeAsync(_root, _root.Id, "{}");
        await empty.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task The_queue_shows_lanes_owners_and_who_runs_what()
    {
        var ana = await _studio.RegisterAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            using var accepted = await EditAsync(ana);
            ids.Add((await accepted.JsonAsync()).GetProperty("id").GetGuid());
        }

        await Jobs.TryClaimAsync(ids[0], "worker-1", TimeSpan.FromMinutes(1), default);

        var queue = (await GetAsync("queue")).GetProperty("data");
        var lane = queue.GetProperty("lanes").EnumerateArray().Single(lane => lane.GetProperty("lane").GetString() == "interactive");
        (lane.GetProperty("due").GetInt64(), lane.GetProperty("processing").GetInt64()).ShouldBe((2, 1));
        var owner = queue.GetProperty("owners").EnumerateArray().Single();
        (owner.GetProperty("owner").GetString(), owner.GetProperty("pending").GetInt64(), owner.GetProperty("processing").GetInt64())
            .ShouldBe(($"user:{ana.Id:D}", 2, 1));
        var worker = (await GetAsync("workers")).GetProperty("data").EnumerateArray().Single();
        worker.GetProperty("worker").GetString().ShouldBe("worker-1");
        worker.GetProperty("jobs").EnumerateArray().Single().GetProperty("id").GetGuid().ShouldBe(ids[0]);
    }

    [Fact]
    public async Task A_dead_letter_is_listed_replayed_without_charge_and_completes_or_is_discarded()
    {
        var ana = await _studio.RegisterAsync();
        var replayed = await DeadLetterAsync(ana);
        var discarded = await DeadLetterAsync(ana);
        (await GetAsync("dead-letters")).GetProperty("data").EnumerateArray().Select(job => job.GetProperty("id").GetGuid())
            .ShouldBe([replayed, discarded], ignoreOrder: true);

        using (var replay = await _studio.Client.PostAsync($"/api/v1/admin/dead-letters/{replayed}/replay", null!, _root.Auth))
            replay.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        using (var again = await _studio.Client.PostAsync($"/api/v1/admin/dead-letters/{replayed}/replay", null!, _root.Auth))
            await again.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        using (var discard = await _studio.Client.SendAsync(HttpMethod.Delete, $"/api/v1/admin/dead-letters/{discarded}", null, _root.Auth))
            discard.StatusCode.ShouldBe(HttpStatusCode.OK);

        (await GetAsync("dead-letters")).GetProperty("data").GetArrayLength().ShouldBe(0);
        var job = (await Jobs.TryClaimAsync(replayed, "w", TimeSpan.FromMinutes(1), default)).ShouldNotBeNull();
        (job.Attempt, job.Failures).ShouldBe((4, 0));
        (await Jobs.CompleteAsync(job.Id, job.Attempt, TestJobs.Completion(job), default)).ShouldNotBeNull();
        (await Jobs.FindAsync(discarded, default))!.State.ShouldBe(JobState.Failed);
        var shown = (await GetAsync($"users/{ana.Id}")).GetProperty("data").GetProperty("quota").GetProperty("quotas");
        shown.EnumerateArray().ShouldAllBe(kind => kind.GetProperty("used").GetInt32() == 0);
    }

    [Fact]
    public async Task Scheduled_work_is_seen_with_its_last_run_and_runs_when_it_is_asked_for()
    {
        await Eventually.BecomesTrueAsync(async () => await LastRunAsync() is not null, "the task has run once");
        var before = await LastRunAsync();

        using (var run = await _studio.Client.PostAsync("/api/v1/admin/schedule/clear-removals/run", null!, _root.Auth))
            run.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await Eventually.BecomesTrueAsync(async () => await LastRunAsync() > before, "the task has run again");
        var task = (await TaskAsync()).ShouldNotBeNull();
        task.GetProperty("last_succeeded").GetBoolean().ShouldBeTrue();
        task.GetProperty("last_message").GetString().ShouldBe("0 uploads given up, 0 blobs deleted.");
        using var none = await _studio.Client.PostAsync("/api/v1/admin/schedule/no-task/run", null!, _root.Auth);
        await none.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Statistics_show_what_was_used_of_the_quotas()
    {
        var ana = await _studio.RegisterAsync();
        using var edit = await EditAsync(ana);

        var used = (await GetAsync("statistics?days=1")).GetProperty("data").GetProperty("quotas").EnumerateArray().Single();

        (used.GetProperty("kind").GetString(), used.GetProperty("units").GetInt32(), used.GetProperty("owners").GetInt32()).ShouldBe(("edit", 1, 1));
    }

    private async Task<JsonElement?> TaskAsync()
    {
        var tasks = (await GetAsync("schedule")).GetProperty("data").EnumerateArray().Where(task => task.GetProperty("name").GetString() == "clear-removals").ToList();
        return tasks.Count == 0 ? null : tasks[0];
    }

    private async Task<DateTimeOffset?> LastRunAsync() =>
        await TaskAsync() is { } task && task.GetProperty("last_finished_at") is { ValueKind: JsonValueKind.String } at ? at.GetDateTimeOffset() : null;

    private async Task<Guid> DeadLetterAsync(Person person)
    {
        using var accepted = await EditAsync(person);
        var id = (await accepted.JsonAsync()).GetProperty("id").GetGuid();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await Eventually.BecomesTrueAsync(async () => await Jobs.TryClaimAsync(id, "w", TimeSpan.FromMinutes(1), default) is not null, "the job is due again");
            await Jobs.FailAsync(id, attempt, new JobFailure("broken", "The engine broke.", Transient: true), default);
        }

        return id;
    }

    private async Task<HttpStatusCode> StatusAsync(string path, params (string, string)[] headers)
    {
        using var response = await _studio.Client.GetAsync(path, headers);
        return response.StatusCode;
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await _studio.Client.GetAsync($"/api/v1/admin/{path}", _root.Auth);
        var body = await response.JsonAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }

    private async Task<JsonElement> ChangeAsync(Guid id, string change)
    {
        using var response = await SendChangeAsync(_root, id, change);
        var body = await response.JsonAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }

    private Task<HttpResponseMessage> SendChangeAsync(Person who, Guid id, string change) =>
        _studio.Client.SendAsync(HttpMethod.Patch, $"/api/v1/admin/users/{id}", Http.Json(change), who.Auth);

    private async Task<HttpResponseMessage> EditAsync(Person person)
    {
        using var body = Http.Raw(Picture);
        return await _studio.Client.PostAsync(Edit, body, person.Auth, ("Prefer", "respond-async"));
    }
}
