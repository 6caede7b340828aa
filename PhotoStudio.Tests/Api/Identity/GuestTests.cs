using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PhotoStudio.Api.Identity;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Identity;

public sealed class GuestTests(StudioHost studio) : IClassFixture<StudioHost>
{
    private const string Resize = "/api/v1/operations/resize?width=8";
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Jpeg);

    [Fact]
    public async Task A_new_guest_gets_a_random_id_as_cookie_and_header()
    {
        var response = await SubmitAsync();
        var id = response.Headers.GetValues("X-Guest-Id").Single();
        id.Length.ShouldBe(32);
        id.ShouldAllBe(c => char.IsAsciiHexDigitLower(c) || char.IsAsciiDigit(c));

        var cookie = response.Headers.GetValues("Set-Cookie").Single().ToLowerInvariant();
        cookie.ShouldStartWith($"studio_guest={id};");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("secure");
        (await SubmitAsync()).Headers.GetValues("X-Guest-Id").Single().ShouldNotBe(id);
        (await OwnerOfAsync(response)).ShouldBe(Owner.Guest(id));
    }

    [Fact]
    public async Task A_guest_comes_back_by_cookie_or_by_header()
    {
        using var browser = studio.NewBrowser();
        var first = (await SubmitAsync(browser)).Headers.GetValues("X-Guest-Id").Single();
        var again = await SubmitAsync(browser);
        again.Headers.GetValues("X-Guest-Id").Single().ShouldBe(first);
        again.Headers.Contains("Set-Cookie").ShouldBeFalse();

        var byHeader = await SubmitAsync(null, "", ("X-Guest-Id", first));
        (await OwnerOfAsync(byHeader)).ShouldBe(Owner.Guest(first));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("ns:someone-else")]
    [InlineData("018f018f018f018f018f018f018f018g")]
    [InlineData("00000000000000000000000000000000 ")]
    public async Task An_id_that_the_studio_cannot_have_made_is_refused(string id)
    {
        var response = await SubmitAsync(null, "", ("X-Guest-Id", id));
        if (id.Trim().Length == 32 && GuestIds.IsRandomId(id.Trim())) response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        else (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).Fault("X-Guest-Id").ShouldContain("32");
    }

    [Fact]
    public async Task A_user_id_names_a_namespace_of_guests_that_whoever_names_it_shares()
    {
        var byQuery = await SubmitAsync(null, "&user_id=ana");
        (await OwnerOfAsync(byQuery)).ShouldBe(Owner.GuestNamespace("ana"));
        byQuery.Headers.Contains("X-Guest-Id").ShouldBeFalse();
        byQuery.Headers.Contains("Set-Cookie").ShouldBeFalse();

        var byForm = await studio.Client.PostAsync(Resize, Http.Form(Photo, fields: [("user_id", "ana")]), ("Prefer", "respond-async"));
        (await OwnerOfAsync(byForm)).ShouldBe(Owner.GuestNamespace("ana"));

        var json = Http.Json($$"""{"user_id":"ana","image_base64":"{{Convert.ToBase64String(Photo)}}"}""");
        var byJson = await studio.Client.PostAsync(Resize, json, ("Prefer", "respond-async"));
        (await OwnerOfAsync(byJson)).ShouldBe(Owner.GuestNamespace("ana"));
    }

    [Fact]
    public async Task A_user_id_reaches_neither_a_guests_random_id_nor_an_account()
    {
        var guest = (await SubmitAsync()).Headers.GetValues("X-Guest-Id").Single();
        (await OwnerOfAsync(await SubmitAsync(null, $"&user_id={guest}"))).ShouldBe(Owner.GuestNamespace(guest));
        Owner.GuestNamespace(guest).ShouldNotBe(Owner.Guest(guest));
        Owner.GuestNamespace(guest).StorageName.ShouldNotBe(Owner.Guest(guest).StorageName);

        string[] forgeries = ["user:018f0000-0000-7000-8000-000000000000", "ns:ana", "../ana", "a b", "ana\u0000", new string('x', 129)];
        foreach (var forged in forgeries)
        {
            var refused = await SubmitAsync(null, $"&user_id={Uri.EscapeDataString(forged)}");
            (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["user_id"]);
        }
    }

    [Fact]
    public async Task Two_different_user_ids_in_one_request_are_refused()
    {
        var response = await studio.Client.PostAsync(Resize + "&user_id=ana", Http.Form(Photo, fields: [("user_id", "ben")]));
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).Fault("user_id").ShouldContain("differ");
    }

    [Fact]
    public async Task A_picture_of_one_namespace_is_not_there_for_another()
    {
        var job = await JobOfAsync(await SubmitAsync(null, "&user_id=ana"));
        var imageId = job.Inputs[0].ImageId;
        var body = $$"""{"image_id":"{{imageId}}"}""";

        var own = await studio.Client.PostAsync(Resize + "&user_id=ana", Http.Json(body), ("Prefer", "respond-async"));
        own.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await studio.Client.PostAsync(Resize + "&user_id=ben", Http.Json(body)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        await studio.Client.PostAsync(Resize, Http.Json(body)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task The_same_idempotency_key_of_another_guest_is_another_key()
    {
        var ana = await JobOfAsync(await SubmitAsync(null, "&user_id=ana", ("Idempotency-Key", "one")));
        var ben = await JobOfAsync(await SubmitAsync(null, "&user_id=ben", ("Idempotency-Key", "one")));
        ben.Id.ShouldNotBe(ana.Id);
    }

    [Theory]
    [InlineData("Authorization", "Bearer abc")]
    [InlineData("Authorization", "Token abc")]
    [InlineData("Authorization", "Basic YTpi")]
    [InlineData("Authorization", "Bearer")]
    [InlineData("X-Api-Key", "abc")]
    public async Task A_token_that_nobody_vouches_for_is_refused_rather_than_taken_for_a_guest(string header, string value)
    {
        var response = await studio.Client.GetAsync("/api/v1/operations", (header, value));
        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        response.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
    }

    [Fact]
    public async Task In_production_a_caller_without_a_token_is_nobody()
    {
        await using var production = await StudioHost.StartAsync(new StudioHost { Environment = Environments.Production });
        foreach (var path in new[] { "/api/v1/operations", "/api/v1/operations?user_id=ana", "/api/v1/nowhere" })
            await production.Client.GetAsync(path).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        (await production.Client.GetAsync("/alive")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await production.Client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guests_can_be_opened_in_production_and_closed_elsewhere()
    {
        await using var open = await StudioHost.StartAsync(new StudioHost
        {
            Environment = Environments.Production,
            Settings = { ["Studio:Guests"] = "true" },
        });
        (await open.Client.GetAsync("/api/v1/operations")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await using var closed = await StudioHost.StartAsync(new StudioHost { Settings = { ["Studio:Guests"] = "false" } });
        await closed.Client.GetAsync("/api/v1/operations").ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    private Task<HttpResponseMessage> SubmitAsync(
        HttpClient? client = null, string query = "", params (string Name, string Value)[] headers) =>
        (client ?? studio.Client).PostAsync(Resize + query, Http.Raw(Photo), [("Prefer", "respond-async"), .. headers]);

    private async Task<Owner> OwnerOfAsync(HttpResponseMessage response) => (await JobOfAsync(response)).Owner;

    private async Task<Job> JobOfAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var id = (await response.JsonAsync()).GetProperty("id").GetGuid();
        return (await studio.Provider.GetRequiredService<IJobStore>().FindAsync(id, CancellationToken.None)).ShouldNotBeNull();
    }
}
