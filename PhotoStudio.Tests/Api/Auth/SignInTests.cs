using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Auth;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Auth;

public sealed class SignInTests(StudioHost studio) : IClassFixture<StudioHost>
{
    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        var ana = await studio.RegisterAsync();
        var wrong = await (await studio.LoginAsync(ana.Email, "not the password")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        var unknown = await (await studio.LoginAsync("nobody.at.all@example.com")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        Without(wrong).ShouldBe(Without(unknown));

        static string Without(JsonElement problem)
        {
            var node = JsonNode.Parse(problem.GetRawText())!.AsObject();
            node.Remove("trace_id");
            return node.ToJsonString();
        }
    }

    [Fact]
    public async Task Too_many_wrong_passwords_are_told_to_wait_and_so_is_an_account_that_does_not_exist()
    {
        await using var own = await StudioHost.StartAsync(new StudioHost { RunsWorker = false });
        var ana = await own.RegisterAsync();
        foreach (var email in (string[])[ana.Email, "nobody@example.com"])
        {
            for (var i = 0; i < BackOff.PairTries; i++) (await own.LoginAsync(email, "not the password")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            var refused = await own.LoginAsync(email);
            await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
            refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        }

        // Whoever is signed in stays so.
        (await own.Client.GetAsync("/api/v1/auth/profile", ana.Auth)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_password_is_stored_with_pbkdf2_and_a_weak_hash_is_renewed_when_its_owner_signs_in()
    {
        var ana = await studio.RegisterAsync();
        var accounts = studio.Provider.GetRequiredService<IAccountStore>();
        var strong = (await accounts.FindCredentialsAsync(ana.Id, default))!.PasswordHash;
        IterationsOf(strong).ShouldBeGreaterThanOrEqualTo(220_000);

        var weak = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 })).HashPassword(new object(), Person.Password);
        await accounts.RehashAsync(ana.Id, strong, weak, default);
        (await studio.LoginAsync(ana.Email)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var renewed = (await accounts.FindCredentialsAsync(ana.Id, default))!.PasswordHash;
        IterationsOf(renewed).ShouldBeGreaterThanOrEqualTo(220_000);
        (await studio.LoginAsync(ana.Email)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await studio.Client.GetAsync("/api/v1/auth/profile", ana.Auth)).StatusCode.ShouldBe(HttpStatusCode.OK);

        // The layout of Identity's version 3: a marker, then the function (2 is HMAC-SHA-512), then the iterations, big-endian.
        static int IterationsOf(string hash)
        {
            var bytes = Convert.FromBase64String(hash);
            bytes[0].ShouldBe((byte)1);
            bytes[4].ShouldBe((byte)2);
            return (bytes[5] << 24) | (bytes[6] << 16) | (bytes[7] << 8) | bytes[8];
        }
    }

    [Fact]
    public async Task Refreshing_goes_on_and_on_and_a_copied_token_ends_it()
    {
        var ana = await studio.RegisterAsync();
        var second = await RefreshAsync(ana.RefreshToken);
        var third = await RefreshAsync(second.GetProperty("refresh_token").GetString()!);
        var access = third.GetProperty("access_token").GetString();
        (await studio.Client.GetAsync("/api/v1/auth/profile", ("Authorization", $"Bearer {access}"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await PostRefreshAsync(ana.RefreshToken).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");

        await PostRefreshAsync(third.GetProperty("refresh_token").GetString()!).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        foreach (var ended in (string?[])[access, ana.Token, ana.AccessToken])
        {
            await studio.Client.GetAsync("/api/v1/auth/profile", ("Authorization", $"Bearer {ended}"))
                .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        }
    }

    [Fact]
    public async Task Of_many_refreshes_at_once_one_succeeds_and_the_session_is_over()
    {
        var ana = await studio.RegisterAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostRefreshAsync(ana.RefreshToken)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(11);
        await studio.Client.GetAsync("/api/v1/auth/profile", ana.Auth).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Theory]
    [InlineData("psr_")]
    [InlineData("psr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("' OR 1=1 --")]
    public async Task A_refresh_token_that_was_never_given_is_refused(string token) =>
        await PostRefreshAsync(token).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");

    [Fact]
    public async Task The_first_admin_of_the_configuration_is_one_and_a_stranger_who_took_the_address_is_not()
    {
        await using var keeper = await StudioHost.StartAsync(new StudioHost
        {
            RunsWorker = false,
            Settings = { ["Studio:Auth:Admin:Email"] = "keeper@example.com", ["Studio:Auth:Admin:Password"] = Person.Password },
        });
        var data = (await (await keeper.LoginAsync("keeper@example.com")).JsonAsync()).GetProperty("data");
        data.GetProperty("user").GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["user", "admin"]);

        // The same start once more, with the address of somebody who is there already.
        var accounts = keeper.Provider.GetRequiredService<IAccountStore>();
        var stranger = await keeper.RegisterAsync();
        var admin = keeper.Provider.GetRequiredService<IOptions<AuthOptions>>().Value.Admin;
        var start = keeper.Provider.GetServices<IHostedService>().Single(service => service.GetType().Name == "FirstAdmin");
        (admin.Email, admin.Password) = (stranger.Email, "another password");
        await start.StartAsync(default);
        (await accounts.FindAsync(stranger.Id, default))!.Roles.ShouldBe(["user"]);
        admin.Password = Person.Password;
        await start.StartAsync(default);
        (await accounts.FindAsync(stranger.Id, default))!.Roles.ShouldBe(["user", "admin"]);
    }

    private async Task<JsonElement> RefreshAsync(string token)
    {
        using var response = await PostRefreshAsync(token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).GetProperty("data");
    }

    private Task<HttpResponseMessage> PostRefreshAsync(string token) =>
        studio.Client.PostAsync("/api/v1/auth/refresh", Http.Json(new JsonObject { ["refresh_token"] = token }.ToJsonString()));
}
