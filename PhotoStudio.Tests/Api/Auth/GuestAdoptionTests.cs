using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Api.Images;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Auth;

/// <summary>What a guest did becomes the account's; and what an account had is taken along, or goes with it.</summary>
public sealed class GuestAdoptionTests(StudioHost studio) : IClassFixture<StudioHost>
{
    private const string Resize = "/api/v1/operations/resize?width=8";
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Jpeg);

    [Fact]
    public async Task A_guest_who_registers_keeps_everything_and_the_browser_forgets_the_guest()
    {
        using var browser = studio.NewBrowser();
        var (job, url) = await WorkAsync(browser);
        using var answer = await browser.PostAsync("/api/v1/auth/register", Http.Json(Registration(out _)));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        answer.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith("studio_guest=;", StringComparison.Ordinal));
        var data = (await answer.JsonAsync()).GetProperty("data");
        data.GetProperty("adopted").GetInt32().ShouldBeGreaterThanOrEqualTo(3);
        var ana = People.ToPerson(data);

        var shown = await (await studio.Client.GetAsync($"/api/v1/processing/jobs/{job}", ana.Auth)).JsonAsync();
        shown.GetProperty("data").GetProperty("status").GetString().ShouldBe("completed");
        (await studio.Client.GetAsync(url)).StatusCode.ShouldBe(HttpStatusCode.OK, "the bytes are where they were");
        var image = (await (await studio.Client.GetAsync("/api/v1/processing/results", ana.Auth)).JsonAsync()).GetProperty("data")[0].GetProperty("id").GetString();
        using var download = await studio.Client.GetAsync($"/api/v1/processing/results/{image}/download", ana.Auth);
        (await download.Content.ReadAsByteArrayAsync()).Length.ShouldBeGreaterThan(50);
        (await browser.GetAsync(new Uri($"/api/v1/processing/jobs/{job}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound, "a new guest by now");
    }

    [Fact]
    public async Task Tags_searches_and_an_upload_that_is_under_way_come_along()
    {
        var guest = new LibraryClient(studio);
        var image = await guest.UploadedAsync(seed: 3, ("title", "lighthouse in the fog"), ("tags", "sea,holiday"));
        using var begun = await guest.SendAsync(
            HttpMethod.Post, "/api/v1/images/uploads", null, ("Tus-Resumable", "1.0.0"), ("Upload-Length", $"{Photo.Length}"), ("Upload-Metadata", "filename aGFsZi5qcGc="));
        begun.StatusCode.ShouldBe(HttpStatusCode.Created, await begun.Content.ReadAsStringAsync());
        var upload = begun.Headers.Location!.ToString();
        await SendPartAsync(Photo[..100], 0, ("X-Guest-Id", guest.Guest));

        using var registered = await studio.Client.PostAsync("/api/v1/auth/register", Http.Json(Registration(out _)), ("X-Guest-Id", guest.Guest));
        var ana = People.ToPerson((await registered.JsonAsync()).GetProperty("data"));
        var hers = new LibraryClient(studio, ana.Token);

        (await hers.IdsAsync("/api/v1/images?tag=holiday")).ShouldBe([image]);
        (await hers.IdsAsync("/api/v1/images?q=lighthouse")).ShouldBe([image]);
        (await hers.JsonAsync("/api/v1/images/tags")).GetProperty("data").EnumerateArray().Select(tag => tag.GetProperty("slug").GetString()).ShouldBe(["holiday", "sea"], ignoreOrder: true);
        (await hers.IdsAsync($"/api/v1/images/{image}/similar")).ShouldBeEmpty("nothing else looks like it, and the index knows whose it is");
        await SendPartAsync(Photo[100..], 100, ana.Auth);
        (await hers.IdsAsync("/api/v1/images")).Count.ShouldBe(2);
        (await guest.IdsAsync("/api/v1/images")).ShouldBeEmpty();

        async Task SendPartAsync(byte[] bytes, int offset, (string Name, string Value) who)
        {
            var part = Http.Raw(bytes);
            part.Headers.ContentType = new("application/offset+octet-stream");
            using var sent = await studio.Client.SendAsync(HttpMethod.Patch, upload, part, ("Tus-Resumable", "1.0.0"), ("Upload-Offset", $"{offset}"), who);
            sent.StatusCode.ShouldBe(HttpStatusCode.NoContent, await sent.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_guest_who_signs_in_brings_the_new_things_along()
    {
        var ana = await studio.RegisterAsync();
        using var submitted = await studio.Client.PostAsync(Resize, Http.Raw(Photo), ("Accept", "application/json"));
        var guest = submitted.Headers.GetValues("X-Guest-Id").Single();
        var job = (await submitted.JsonAsync()).GetProperty("id").GetGuid();

        (await studio.LoginAsync(ana.Email, Person.Password, ("X-Guest-Id", guest))).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await studio.Provider.GetRequiredService<IJobStore>().FindAsync(job, default))!.Owner.ShouldBe(Owner.User(ana.Id));
    }

    [Fact]
    public async Task Nothing_is_adopted_from_a_namespace_that_anybody_can_name_nor_by_a_wrong_password()
    {
        using var named = await studio.Client.PostAsync(Resize + "&user_id=shared", Http.Raw(Photo), ("Accept", "application/json"));
        var shared = (await named.JsonAsync()).GetProperty("id").GetGuid();
        using var guests = await studio.Client.PostAsync(Resize, Http.Raw(Photo), ("Accept", "application/json"));
        var (guest, job) = (guests.Headers.GetValues("X-Guest-Id").Single(), (await guests.JsonAsync()).GetProperty("id").GetGuid());
        var ana = await studio.RegisterAsync();
        (await studio.LoginAsync(ana.Email, "not the password", ("X-Guest-Id", guest))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await studio.Client.PostAsync("/api/v1/auth/login?user_id=shared", Http.Json($$"""{"email":"{{ana.Email}}","password":"{{Person.Password}}","user_id":"shared"}""")))
            .StatusCode.ShouldBe(HttpStatusCode.OK);

        var jobs = studio.Provider.GetRequiredService<IJobStore>();
        (await jobs.FindAsync(shared, default))!.Owner.ShouldBe(Owner.GuestNamespace("shared"));
        (await jobs.FindAsync(job, default))!.Owner.ShouldBe(Owner.Guest(guest));
    }

    [Fact]
    public async Task An_export_has_the_account_and_everything_of_it()
    {
        var ana = await studio.RegisterAsync();
        (await studio.Client.PostAsync(Resize, Http.Raw(Photo), ana.Auth, ("Accept", "application/json"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var (key, secret) = await studio.MakeKeyAsync(ana, "act_as");
        (await studio.Client.PostAsync(Resize + "&user_id=ben", Http.Raw(Photo), ("X-Api-Key", secret), ("Accept", "application/json"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var response = await studio.Client.GetAsync("/api/v1/auth/export", ana.Auth);

        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("photostudio-export.json");
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldNotContain(secret);
        text.ShouldNotContain("password", Case.Insensitive);
        var export = JsonSerializer.Deserialize<JsonElement>(text);
        export.GetProperty("success").GetBoolean().ShouldBeTrue();
        var data = export.GetProperty("data");
        data.GetProperty("account").GetProperty("email").GetString().ShouldBe(ana.Email);
        data.GetProperty("keys")[0].GetProperty("id").GetGuid().ShouldBe(key);
        data.GetProperty("things").GetProperty("jobs").GetArrayLength().ShouldBe(1);
        data.GetProperty("things").GetProperty("images").GetArrayLength().ShouldBe(2);
        data.GetProperty("service_users").GetProperty($"svc:{key:N}:ben").GetProperty("jobs").GetArrayLength().ShouldBe(1);
        (await studio.Client.GetAsync(data.GetProperty("things").GetProperty("images")[0].GetProperty("url").GetString()!)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_deleted_account_is_gone_at_once_and_its_things_soon()
    {
        await using var own = await StudioHost.StartAsync(new StudioHost { Settings = { ["Studio:Guest:SweepInterval"] = "00:00:01" } });
        var ana = await own.RegisterAsync();
        var (_, secret) = await own.MakeKeyAsync(ana, "act_as");
        foreach (var (query, header) in ((string, (string, string))[])[("", ana.Auth), ("&user_id=ben", ("X-Api-Key", secret))])
            (await own.Client.PostAsync(Resize + query, Http.Raw(Photo), header, ("Accept", "application/json"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await own.Client.SendAsync(HttpMethod.Delete, "/api/v1/auth/account", Http.Json($$"""{"password":"{{Person.Password}}"}"""), ana.Auth))
            .StatusCode.ShouldBe(HttpStatusCode.OK);

        foreach (var ended in (string[])[ana.Token, ana.AccessToken, secret])
        {
            await own.Client.GetAsync("/api/v1/processing/jobs", ("Authorization", $"Bearer {ended}"))
                .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        }

        await own.LoginAsync(ana.Email).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        var things = own.Provider.GetRequiredService<IOwnedThings>();
        await Eventually.BecomesTrueAsync(
            async () => (await things.OwnersAsync("user:", default)).Count + (await things.OwnersAsync("svc:", default)).Count == 0,
            "every record is erased");
        (await things.CondemnedAsync(10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_password_deletes_nothing()
    {
        var ana = await studio.RegisterAsync();
        var refused = await studio.Client.SendAsync(HttpMethod.Delete, "/api/v1/auth/account", Http.Json("""{"password":"not this one"}"""), ana.Auth);
        (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["password"]);
        (await studio.LoginAsync(ana.Email)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_sign_in_of_just_now_is_enough_to_delete_and_an_old_one_is_not()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UtcNow);
        await using var own = await StudioHost.StartAsync(new StudioHost { RunsWorker = false, Services = services => services.AddSingleton<TimeProvider>(time) });
        var ana = await own.RegisterAsync();
        time.Advance(TimeSpan.FromMinutes(11));
        (await (await own.Client.SendAsync(HttpMethod.Delete, "/api/v1/auth/account", null, ana.Auth))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["password"]);
        var fresh = People.ToPerson((await (await own.LoginAsync(ana.Email)).JsonAsync()).GetProperty("data"));
        (await own.Client.SendAsync(HttpMethod.Delete, "/api/v1/auth/account", null, fresh.Auth)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await own.LoginAsync(ana.Email).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
    }

    private static string Registration(out string email)
    {
        var name = People.NewName();
        email = $"{name.Replace(' ', '.')}@example.com";
        return $$"""{"email":"{{email}}","username":"{{name}}","password":"{{Person.Password}}"}""";
    }

    private static async Task<(Guid Job, string Url)> WorkAsync(HttpClient client)
    {
        using var response = await client.PostAsync(Resize, Http.Raw(Photo), ("Accept", "application/json"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var job = await response.JsonAsync();
        return (job.GetProperty("id").GetGuid(), job.GetProperty("results")[0].GetProperty("url").GetString()!);
    }
}
