using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Auth;

/// <summary>What a front end says from registering to deleting the account.</summary>
public sealed class AccountConversationTests(StudioHost studio) : IClassFixture<StudioHost>
{
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Jpeg);

    [Fact]
    public async Task A_person_registers_works_signs_out_and_in_again_and_finds_everything()
    {
        var ana = await studio.RegisterAsync();
        var result = await studio.Client.PostAsync("/api/v1/operations/resize?width=8", Http.Raw(Photo), ana.Auth, ("Accept", "application/json"));
        result.StatusCode.ShouldBe(HttpStatusCode.OK);
        var job = (await result.JsonAsync()).GetProperty("id").GetGuid();
        (await studio.Provider.GetRequiredService<IJobStore>().FindAsync(job, default))!.Owner.ShouldBe(Owner.User(ana.Id));

        var profile = await DataAsync(studio.Client.GetAsync("/api/v1/auth/profile", ana.Auth));
        profile.GetProperty("email").GetString().ShouldBe(ana.Email);
        profile.GetProperty("is_premium").GetBoolean().ShouldBeFalse();
        profile.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["user"]);
        profile.GetProperty("processing_count").GetInt64().ShouldBe(1);
        profile.GetProperty("max_daily_processes").ValueKind.ShouldBe(JsonValueKind.Null);

        (await studio.Client.PostAsync("/api/v1/auth/logout", Http.Json("{}"), ana.Auth)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await studio.Client.GetAsync("/api/v1/auth/profile", ana.Auth).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");

        var again = People.ToPerson(await DataAsync(studio.LoginAsync(ana.Email.ToUpperInvariant())));
        again.Id.ShouldBe(ana.Id);
        again.Token.ShouldNotBe(ana.Token);
        var jobs = await (await studio.Client.GetAsync("/api/v1/processing/jobs", again.Auth)).JsonAsync();
        jobs.GetProperty("data").EnumerateArray().Select(shown => shown.GetProperty("id").GetGuid()).ShouldBe([job]);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "email=EMAIL&password=correct+horse+battery")]
    [InlineData("application/x-www-form-urlencoded", """{"email":"EMAIL","password":"correct horse battery"}""")]
    public async Task Fields_come_as_json_or_as_a_form(string type, string body)
    {
        var ana = await studio.RegisterAsync();
        var content = Http.Raw(System.Text.Encoding.UTF8.GetBytes(body.Replace("EMAIL", ana.Email, StringComparison.Ordinal)), type);
        (await studio.Client.PostAsync("/api/v1/auth/login", content)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_multipart_form_signs_in_too()
    {
        var ana = await studio.RegisterAsync();
        using var form = new MultipartFormDataContent { { new StringContent(ana.Email), "email" }, { new StringContent(Person.Password), "password" } };
        (await studio.Client.PostAsync("/api/v1/auth/login/", form)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_password_in_the_query_is_not_read()
    {
        var ana = await studio.RegisterAsync();
        var response = await studio.Client.PostAsync($"/api/v1/auth/login?email={ana.Email}&password={Uri.EscapeDataString(Person.Password)}", Http.Json("{}"));
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["email", "password"]);
    }

    [Fact]
    public async Task Every_token_of_the_answer_works_in_every_form_and_the_answer_is_not_cached()
    {
        var response = await studio.LoginAsync((await studio.RegisterAsync()).Email);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var body = await response.JsonAsync();
        body.GetProperty("success").GetBoolean().ShouldBeTrue();
        body.GetProperty("data").GetProperty("expires_in").GetInt32().ShouldBe(900);
        body.GetProperty("data").GetProperty("token_type").GetString().ShouldBe("Bearer");
        var person = People.ToPerson(body.GetProperty("data"));
        foreach (var token in (string[])[person.Token, person.AccessToken])
        {
            foreach (var (name, value) in ((string, string)[])[("Authorization", $"Bearer {token}"), ("Authorization", $"Token {token}"), ("X-Api-Key", token)])
                (await studio.Client.GetAsync("/api/v1/auth/profile", (name, value))).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await studio.Client.GetAsync("/api/v1/auth/profile", ("Authorization", $"Bearer {person.RefreshToken}"))
            .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_changed_password_ends_every_token_at_once_and_the_answer_has_new_ones()
    {
        var ana = await studio.RegisterAsync();
        var elsewhere = People.ToPerson(await DataAsync(studio.LoginAsync(ana.Email)));
        var (_, key) = await studio.MakeKeyAsync(ana);
        var changed = People.ToPerson(await DataAsync(studio.Client.PostAsync(
            "/api/v1/auth/change-password",
            Http.Json($$"""{"old_password":"{{Person.Password}}","new_password":"something quite else"}"""),
            ana.Auth)));

        foreach (var ended in (string[])[ana.Token, ana.AccessToken, elsewhere.Token, elsewhere.AccessToken])
        {
            await studio.Client.GetAsync("/api/v1/auth/profile", ("Authorization", $"Bearer {ended}"))
                .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        }

        await RefreshAsync(elsewhere.RefreshToken).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        (await studio.Client.GetAsync("/api/v1/auth/profile", changed.Auth)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await studio.Client.GetAsync("/api/v1/processing/jobs", ("X-Api-Key", key))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await studio.LoginAsync(ana.Email).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        (await studio.LoginAsync(ana.Email, "something quite else")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_and_keys_when_asked()
    {
        var ana = await studio.RegisterAsync();
        var (_, key) = await studio.MakeKeyAsync(ana);
        var elsewhere = People.ToPerson(await DataAsync(studio.LoginAsync(ana.Email)));
        (await studio.Client.PostAsync("/api/v1/auth/logout-everywhere", Http.Json("""{"revoke_keys":true}"""), ana.Auth)).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var ended in (string[])[ana.Token, ana.AccessToken, elsewhere.Token, elsewhere.AccessToken, key])
        {
            await studio.Client.GetAsync("/api/v1/processing/jobs", ("Authorization", $"Bearer {ended}"))
                .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        }
    }

    [Fact]
    public async Task A_wrong_old_password_changes_nothing_and_keeps_the_token()
    {
        var ana = await studio.RegisterAsync();
        var refused = await studio.Client.PostAsync(
            "/api/v1/auth/change-password", Http.Json("""{"old_password":"not this one","new_password":"something quite else"}"""), ana.Auth);
        (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["old_password"]);
        (await studio.Client.GetAsync("/api/v1/auth/profile", ana.Auth)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await studio.LoginAsync(ana.Email)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task A_profile_is_changed_and_nothing_that_is_not_ones_own_to_change(string method)
    {
        var ana = await studio.RegisterAsync();
        var name = People.NewName();
        var body = $$"""
            {"bio":"Chụp ảnh cưới 💍\nsince 2020","preferred_styles":["anime"," oil ","anime"],"username":"{{name}}",
             "is_premium":true,"role":"admin","roles":["admin"],"max_daily_processes":100000,"processing_count":7,"email":"other@example.com","id":"{{Guid.NewGuid()}}"}
            """;
        var changed = await DataAsync(studio.Client.SendAsync(new HttpMethod(method), "/api/v1/auth/profile", Http.Json(body), ana.Auth));
        changed.GetProperty("bio").GetString().ShouldBe("Chụp ảnh cưới 💍\nsince 2020");
        changed.GetProperty("preferred_styles").EnumerateArray().Select(style => style.GetString()).ShouldBe(["anime", "oil"]);
        changed.GetProperty("username").GetString().ShouldBe(name);
        changed.GetProperty("is_premium").GetBoolean().ShouldBeFalse();
        changed.GetProperty("roles").GetArrayLength().ShouldBe(1);
        changed.GetProperty("max_daily_processes").ValueKind.ShouldBe(JsonValueKind.Null);
        changed.GetProperty("processing_count").GetInt64().ShouldBe(0);
        changed.GetProperty("email").GetString().ShouldBe(ana.Email);
        changed.GetProperty("id").GetGuid().ShouldBe(ana.Id);
    }

    [Fact]
    public async Task Details_count_what_there_is()
    {
        var ana = await studio.RegisterAsync();
        (await studio.Client.PostAsync("/api/v1/operations/resize?width=8", Http.Raw(Photo), ana.Auth, ("Accept", "application/json"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await studio.MakeKeyAsync(ana);

        var details = await DataAsync(studio.Client.GetAsync("/api/v1/auth/profile/details", ana.Auth));

        details.GetProperty("profile").GetProperty("id").GetGuid().ShouldBe(ana.Id);
        var statistics = details.GetProperty("statistics");
        statistics.GetProperty("uploads").GetInt64().ShouldBe(1);
        statistics.GetProperty("results").GetInt64().ShouldBe(1);
        statistics.GetProperty("jobs").GetProperty("completed").GetInt64().ShouldBe(1);
        statistics.GetProperty("jobs").GetProperty("all").GetInt64().ShouldBe(1);
        statistics.GetProperty("active_keys").GetInt64().ShouldBe(1);
    }

    private static async Task<JsonElement> DataAsync(Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("data");
    }

    private Task<HttpResponseMessage> RefreshAsync(string token) =>
        studio.Client.PostAsync("/api/v1/auth/refresh", Http.Json($$"""{"refresh_token":"{{token}}"}"""));
}
