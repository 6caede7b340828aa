using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Keys;

public sealed class KeyTests(StudioHost studio) : IClassFixture<StudioHost>
{
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Jpeg);

    [Fact]
    public async Task A_key_is_shown_once_and_works_on_its_accounts_things()
    {
        var ana = await studio.RegisterAsync();
        using var made = await studio.Client.PostAsync("/api/v1/keys", Http.Json("""{"name":"my shop","expires_in":3600}"""), ana.Auth);
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var data = (await made.JsonAsync()).GetProperty("data");
        var secret = data.GetProperty("key").GetString()!;
        secret.ShouldStartWith(data.GetProperty("prefix").GetString()!);
        data.GetProperty("scopes").GetArrayLength().ShouldBe(0);
        (data.GetProperty("expires_at").GetDateTimeOffset() - data.GetProperty("created_at").GetDateTimeOffset()).ShouldBe(TimeSpan.FromHours(1));

        foreach (var (name, value) in ((string, string)[])[("X-Api-Key", secret), ("Authorization", $"Bearer {secret}"), ("Authorization", $"Token {secret}")])
            (await OwnerOfAsync("", (name, value))).ShouldBe(Owner.User(ana.Id));
        var list = await (await studio.Client.GetAsync("/api/v1/keys", ana.Auth)).Content.ReadAsStringAsync();
        list.ShouldContain("my shop");
        list.ShouldNotContain(secret);
        using var shown = await studio.Client.GetAsync(made.Headers.Location!.ToString(), ana.Auth);
        (await shown.Content.ReadAsStringAsync()).ShouldNotContain(secret);
        (await shown.JsonAsync()).GetProperty("data").GetProperty("last_used_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.String);
    }

    [Fact]
    public async Task A_revoked_key_ends_at_once_and_can_be_revoked_again()
    {
        var ana = await studio.RegisterAsync();
        var (id, secret) = await studio.MakeKeyAsync(ana);
        for (var i = 0; i < 2; i++)
            (await studio.Client.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{id}", null, ana.Auth)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await studio.Client.GetAsync("/api/v1/processing/jobs", ("X-Api-Key", secret)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_service_key_acts_for_anyone_in_a_namespace_of_its_own_and_never_for_its_account()
    {
        var ana = await studio.RegisterAsync();
        var (id, secret) = await studio.MakeKeyAsync(ana, "act_as");
        var (other, otherSecret) = await studio.MakeKeyAsync(ana, "act_as");

        (await OwnerOfAsync("&user_id=ben", ("X-Api-Key", secret))).ShouldBe(Owner.Parse($"svc:{id:N}:ben"));
        (await OwnerOfAsync("&user_id=ben", ("X-Api-Key", otherSecret))).ShouldBe(Owner.Parse($"svc:{other:N}:ben"));
        (await OwnerOfAsync($"&user_id={ana.Id}", ("X-Api-Key", secret))).ShouldBe(Owner.Parse($"svc:{id:N}:{ana.Id}"));
        (await OwnerOfAsync("", ("X-Api-Key", secret))).Kind.ShouldBe(OwnerKind.Service);
    }

    [Fact]
    public async Task A_key_may_not_manage_the_account_it_belongs_to()
    {
        var ana = await studio.RegisterAsync();
        var (id, secret) = await studio.MakeKeyAsync(ana);
        (string Name, string Value) key = ("X-Api-Key", secret);
        foreach (var (method, path) in ((string, string)[])[
            ("GET", "/api/v1/auth/profile"), ("PUT", "/api/v1/auth/profile"), ("GET", "/api/v1/auth/export"), ("POST", "/api/v1/auth/logout-everywhere"),
            ("POST", "/api/v1/auth/change-password"), ("DELETE", "/api/v1/auth/account"), ("GET", "/api/v1/keys"), ("POST", "/api/v1/keys"),
            ("GET", $"/api/v1/keys/{id}"), ("DELETE", $"/api/v1/keys/{id}")])
        {
            var body = method == "GET" ? null : Http.Json("""{"name":"another"}""");
            await studio.Client.SendAsync(new HttpMethod(method), path, body, key).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    [Fact]
    public async Task An_admins_key_is_no_admin()
    {
        var ana = await studio.RegisterAsync();
        await studio.Provider.GetRequiredService<IAccountStore>().SetRolesAsync(ana.Id, [AccountRoles.Admin, AccountRoles.Premium], default);
        var (_, secret) = await studio.MakeKeyAsync(ana);
        foreach (var authenticator in studio.Provider.GetServices<ITokenAuthenticator>())
        {
            if (await authenticator.AuthenticateAsync(secret, TokenCarrier.ApiKey, default) is { } identity)
                identity.Roles.ShouldBe([AccountRoles.User, AccountRoles.Premium]);
        }
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{"name":"   "}""", "name")]
    [InlineData("""{"name":7}""", "name")]
    [InlineData("""{"name":"two\nlines"}""", "name")]
    [InlineData("""{"name":"evil\u202Egnp"}""", "name")]
    [InlineData("""{"name":"\ud800"}""", "name")]
    [InlineData("""{"name":"ok","scopes":["admin"]}""", "scopes")]
    [InlineData("""{"name":"ok","scopes":{"act_as":true}}""", "scopes")]
    [InlineData("""{"name":"ok","expires_in":0}""", "expires_in")]
    [InlineData("""{"name":"ok","expires_in":1e99}""", "expires_in")]
    public async Task A_key_that_makes_no_sense_is_refused(string body, string field)
    {
        var ana = await studio.RegisterAsync();
        var refused = await studio.Client.PostAsync("/api/v1/keys", Http.Json(body), ana.Auth);
        (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe([field]);
        (await (await studio.Client.GetAsync("/api/v1/keys", ana.Auth)).JsonAsync()).GetProperty("pagination").GetProperty("count").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task In_production_only_an_admin_makes_a_service_key()
    {
        await using var production = await StudioHost.StartAsync(new StudioHost
        {
            RunsWorker = false,
            Environment = Environments.Production,
            Settings = { ["Studio:Auth:Admin:Email"] = "keeper@example.com", ["Studio:Auth:Admin:Password"] = Person.Password },
        });
        var ana = await production.RegisterAsync();
        await production.Client.PostAsync("/api/v1/keys", Http.Json("""{"name":"shop","scopes":["act_as"]}"""), ana.Auth)
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        var keeper = People.ToPerson((await (await production.LoginAsync("keeper@example.com")).JsonAsync()).GetProperty("data"));
        var (_, secret) = await production.MakeKeyAsync(keeper, "act_as");
        (await production.Client.GetAsync("/api/v1/processing/jobs?user_id=anybody", ("X-Api-Key", secret))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<Owner> OwnerOfAsync(string query, (string Name, string Value) header)
    {
        using var response = await studio.Client.PostAsync("/api/v1/operations/resize?width=8" + query, Http.Raw(Photo), header, ("Prefer", "respond-async"));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var id = (await response.JsonAsync()).GetProperty("id").GetGuid();
        return (await studio.Provider.GetRequiredService<IJobStore>().FindAsync(id, CancellationToken.None)).ShouldNotBeNull().Owner;
    }
}
