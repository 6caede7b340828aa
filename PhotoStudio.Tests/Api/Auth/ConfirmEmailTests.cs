using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Mail;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Auth;

/// <summary>Registering where addresses are confirmed.</summary>
public sealed partial class ConfirmEmailTests : IAsyncLifetime
{
    private readonly Postbox _postbox = new();
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly StudioHost _studio;

    public ConfirmEmailTests() => _studio = new StudioHost
    {
        RunsWorker = false,
        Settings = { ["Studio:Auth:ConfirmEmail"] = "true", ["Studio:Auth:ConfirmUrl"] = "https://studio.example/confirm?t={token}" },
        Services = services => services.AddSingleton<IMailSender>(_postbox).AddSingleton<TimeProvider>(_time),
    };

    public Task InitializeAsync() => _studio.InitializeAsync();

    public Task DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task The_letter_leads_to_an_account_with_the_password_that_its_reader_chooses()
    {
        using var asked = await RegisterAsync("ana@example.com", "Ana López", "a password of the first step");
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await _studio.LoginAsync("ana@example.com", "a password of the first step").ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        var letter = await NextLetterAsync();
        letter.To.Text.ShouldBe("ana@example.com");
        letter.Text.ShouldContain("https://studio.example/confirm?t=");

        using var confirmed = await ConfirmAsync(TokenOf(letter));

        confirmed.StatusCode.ShouldBe(HttpStatusCode.Created, await confirmed.Content.ReadAsStringAsync());
        var ana = People.ToPerson((await confirmed.JsonAsync()).GetProperty("data"));
        var profile = (await (await _studio.Client.GetAsync("/api/v1/auth/profile", ana.Auth)).JsonAsync()).GetProperty("data");
        (profile.GetProperty("email").GetString(), profile.GetProperty("username").GetString()).ShouldBe(("ana@example.com", "Ana López"));
        (await _studio.LoginAsync("ana@example.com")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ConfirmAsync(TokenOf(letter)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "conflict");
    }

    [Fact]
    public async Task The_answer_is_the_same_for_an_address_with_an_account_and_only_its_letter_says_so()
    {
        (await RegisterAsync("ben@example.com", "Ben Ruiz")).Dispose();
        (await ConfirmAsync(TokenOf(await NextLetterAsync()))).StatusCode.ShouldBe(HttpStatusCode.Created);

        using var known = await RegisterAsync("BEN@example.com", "Another Ben");
        var toBen = await NextLetterAsync();
        using var unknown = await RegisterAsync("eva@example.com", "Eva Martín");
        var toEva = await NextLetterAsync();

        (known.StatusCode, await known.Content.ReadAsStringAsync()).ShouldBe((unknown.StatusCode, await unknown.Content.ReadAsStringAsync()));
        toBen.Subject.ShouldBe("You have an account already");
        Token().IsMatch(toBen.Text).ShouldBeFalse();
        toEva.Subject.ShouldBe("Confirm your address");
    }

    [Fact]
    public async Task A_name_that_was_taken_meanwhile_can_be_chosen_anew()
    {
        (await RegisterAsync("one@example.com", "The Same")).Dispose();
        var first = TokenOf(await NextLetterAsync());
        (await RegisterAsync("two@example.com", "The Same")).Dispose();
        var second = TokenOf(await NextLetterAsync());
        (await ConfirmAsync(first)).StatusCode.ShouldBe(HttpStatusCode.Created);

        await ConfirmAsync(second).ShouldBeProblemAsync(HttpStatusCode.Conflict, "conflict");
        (await ConfirmAsync(second, name: "Not The Same")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_token_expires_cannot_be_altered_and_opens_nothing_else()
    {
        (await RegisterAsync("ida@example.com", "Ida Berg")).Dispose();
        var token = TokenOf(await NextLetterAsync());
        await _studio.Client.GetAsync("/api/v1/auth/profile", ("Authorization", $"Bearer {token}")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        var access = await ConfirmAsync(token);
        var person = People.ToPerson((await access.JsonAsync()).GetProperty("data"));
        foreach (var worthless in (string[])[person.AccessToken, token[..^4] + "AAAA", "nonsense", "a.b.c"])
            (await (await ConfirmAsync(worthless)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["token"]);

        (await RegisterAsync("late@example.com", "Late Comer")).Dispose();
        var late = TokenOf(await NextLetterAsync());
        _time.Advance(TimeSpan.FromHours(25));
        (await (await ConfirmAsync(late)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["token"]);
    }

    [Fact]
    public async Task An_address_gets_three_letters_an_hour_however_often_somebody_registers_it()
    {
        for (var i = 0; i < 6; i++) (await RegisterAsync("flood@example.com", $"Flood Victim {(char)('A' + i)}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await RegisterAsync("last@example.com", "Last One")).Dispose();
        await Eventually.BecomesTrueAsync(() => _postbox.Letters.Any(letter => letter.To.Text == "last@example.com"), "the last letter is written");
        _postbox.Letters.Count(letter => letter.To.Text == "flood@example.com").ShouldBe(3);
    }

    private int _read;

    private async Task<Letter> NextLetterAsync()
    {
        await Eventually.BecomesTrueAsync(() => _postbox.Letters.Count > _read, "the letter is written");
        return _postbox.Letters.ElementAt(_read++);
    }

    private Task<HttpResponseMessage> RegisterAsync(string email, string name, string password = Person.Password) => _studio.Client.PostAsync(
        "/api/v1/auth/register", Http.Json(new JsonObject { ["email"] = email, ["username"] = name, ["password"] = password }.ToJsonString()));

    private Task<HttpResponseMessage> ConfirmAsync(string token, string? name = null)
    {
        var body = new JsonObject { ["token"] = token, ["password"] = Person.Password };
        if (name is not null) body["username"] = name;
        return _studio.Client.PostAsync("/api/v1/auth/register/confirm", Http.Json(body.ToJsonString()));
    }

    private static string TokenOf(Letter letter) => Token().Match(letter.Text).Value;

    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]+", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
