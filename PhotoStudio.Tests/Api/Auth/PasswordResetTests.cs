using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PhotoStudio.Core.Mail;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Auth;

public sealed partial class PasswordResetTests : IAsyncLifetime
{
    private readonly Postbox _postbox = new();
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly StudioHost _studio;

    public PasswordResetTests() => _studio = new StudioHost
    {
        RunsWorker = false,
        Services = services => services.AddSingleton<IMailSender>(_postbox).AddSingleton<TimeProvider>(_time),
    };

    public Task InitializeAsync() => _studio.InitializeAsync();

    public Task DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task A_letter_brings_a_token_that_sets_the_password_once_and_ends_everything_before()
    {
        var ana = await _studio.RegisterAsync();
        var (_, key) = await _studio.MakeKeyAsync(ana);
        var token = await AskAsync(ana.Email.ToUpperInvariant());
        _postbox.Letters.Single().To.Text.ShouldBe(ana.Email);

        (await ResetAsync(token, "something quite else")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await _studio.LoginAsync(ana.Email, "something quite else")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await _studio.LoginAsync(ana.Email).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        foreach (var ended in (string[])[ana.Token, ana.AccessToken, key])
        {
            await _studio.Client.GetAsync("/api/v1/processing/jobs", ("Authorization", $"Bearer {ended}"))
                .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        }

        (await (await ResetAsync(token, "a third password")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["token"]);
    }

    [Fact]
    public async Task A_token_expires_and_a_poor_password_does_not_use_it_up()
    {
        var ana = await _studio.RegisterAsync();
        var token = await AskAsync(ana.Email);
        (await (await ResetAsync(token, "short")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["new_password"]);
        (await (await ResetAsync(token, ana.Email)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["new_password"]);

        _time.Advance(TimeSpan.FromMinutes(61));

        (await (await ResetAsync(token, "something quite else")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["token"]);
        (await _studio.LoginAsync(ana.Email)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_answer_is_the_same_for_an_address_that_nobody_has_and_no_letter_leaves()
    {
        var ana = await _studio.RegisterAsync();
        using var unknown = await ForgetAsync("nobody.at.all@example.com");
        using var known = await ForgetAsync(ana.Email);
        (unknown.StatusCode, await unknown.Content.ReadAsStringAsync()).ShouldBe((known.StatusCode, await known.Content.ReadAsStringAsync()));
        known.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        // Wishes are worked off in order: once the second has its letter, the first has none.
        await Eventually.BecomesTrueAsync(() => !_postbox.Letters.IsEmpty, "the letter is written");
        _postbox.Letters.Single().To.Text.ShouldBe(ana.Email);
    }

    [Fact]
    public async Task An_account_gets_three_letters_an_hour_and_a_stranger_cannot_have_it_flooded()
    {
        var (ana, ben) = (await _studio.RegisterAsync(), await _studio.RegisterAsync());
        for (var i = 0; i < 6; i++) (await ForgetAsync(ana.Email)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await ForgetAsync(ben.Email);
        await Eventually.BecomesTrueAsync(() => _postbox.Letters.Any(letter => letter.To.Text == ben.Email), "the last letter is written");
        _postbox.Letters.Count(letter => letter.To.Text == ana.Email).ShouldBe(3);
    }

    [Theory]
    [InlineData("ana@example.com\r\nBcc: everybody@example.com")]
    [InlineData("ana@example.com, ben@example.com")]
    [InlineData("")]
    [InlineData("ana")]
    public async Task What_is_no_single_address_gets_no_letter(string email)
    {
        var refused = await ForgetAsync(email);
        (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["email"]);
        _postbox.Letters.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("psp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("nonsense")]
    public async Task A_token_that_was_never_given_is_refused(string token) =>
        (await (await ResetAsync(token, "something quite else")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["token"]);

    [Fact]
    public async Task In_development_letters_lie_in_a_folder()
    {
        await using var studio = await StudioHost.StartAsync(new StudioHost { RunsWorker = false });
        var ana = await studio.RegisterAsync();
        await studio.Client.PostAsync("/api/v1/auth/forgot-password", Http.Json($$"""{"email":"{{ana.Email}}"}"""));
        var folder = Path.Combine(studio.Folder, "mail");
        string letter = "";
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                if (!Directory.Exists(folder) || Directory.EnumerateFiles(folder, "*.eml").SingleOrDefault() is not { } file) return false;
                letter = await File.ReadAllTextAsync(file);
                return letter.Contains("\r\n\r\n", StringComparison.Ordinal);
            },
            "a letter lies in the folder");
        letter.ShouldContain($"To: {ana.Email}");
        letter.ShouldContain("Subject: Set a new password");
    }

    [Fact]
    public async Task Where_no_letters_leave_everybody_is_told_so()
    {
        await using var studio = await StudioHost.StartAsync(new StudioHost { RunsWorker = false, Environment = Environments.Production });
        await studio.Client.PostAsync("/api/v1/auth/forgot-password", Http.Json("""{"email":"ana@example.com"}"""))
            .ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "mail_unavailable");
    }

    private Task<HttpResponseMessage> ForgetAsync(string email) =>
        _studio.Client.PostAsync("/api/v1/auth/forgot-password", Http.Json(new JsonObject { ["email"] = email }.ToJsonString()));

    private Task<HttpResponseMessage> ResetAsync(string token, string password) => _studio.Client.PostAsync(
        "/api/v1/auth/reset-password", Http.Json(new JsonObject { ["token"] = token, ["new_password"] = password }.ToJsonString()));

    private async Task<string> AskAsync(string email)
    {
        var before = _postbox.Letters.Count;
        (await ForgetAsync(email)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.BecomesTrueAsync(() => _postbox.Letters.Count > before, "the letter is written");
        return Token().Match(_postbox.Letters.Last().Text).Value;
    }

    [GeneratedRegex("psp_[A-Za-z0-9_-]{43}", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
