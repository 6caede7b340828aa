using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;

namespace PhotoStudio.Tests.Support;

/// <summary>Somebody with an account, as a test speaks for them.</summary>
/// <param name="Id">The account.</param>
/// <param name="Email">The login name.</param>
/// <param name="Token">The long-lived token.</param>
/// <param name="AccessToken">The first access token.</param>
/// <param name="RefreshToken">The first refresh token.</param>
public sealed record Person(Guid Id, string Email, string Token, string AccessToken, string RefreshToken)
{
    /// <summary>The password of everybody in the tests.</summary>
    public const string Password = "correct horse battery";

    /// <summary>The header that speaks for them.</summary>
    public (string Name, string Value) Auth => ("Authorization", $"Bearer {Token}");
}

/// <summary>Accounts over HTTP.</summary>
public static class People
{
    private static int count;

    /// <summary>A name that nobody has.</summary>
    public static string NewName() => $"tester {Interlocked.Increment(ref count)} {Words()}";

    /// <summary>Registers somebody new.</summary>
    public static async Task<Person> RegisterAsync(this StudioHost studio, params (string Name, string Value)[] headers)
    {
        var name = NewName();
        var body = new JsonObject { ["email"] = $"{name.Replace(' ', '.')}@example.com", ["username"] = name, ["password"] = Person.Password };
        using var response = await studio.Client.PostAsync("/api/v1/auth/register", Http.Json(body.ToJsonString()), headers);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.Created, text);
        return ToPerson(JsonSerializer.Deserialize<JsonElement>(text).GetProperty("data"));
    }

    /// <summary>Signs somebody in.</summary>
    public static Task<HttpResponseMessage> LoginAsync(
        this StudioHost studio, string email, string password = Person.Password, params (string Name, string Value)[] headers) =>
        studio.Client.PostAsync(
            "/api/v1/auth/login", Http.Json(new JsonObject { ["email"] = email, ["password"] = password }.ToJsonString()), headers);

    /// <summary>Makes a key and answers its secret.</summary>
    public static async Task<(Guid Id, string Secret)> MakeKeyAsync(this StudioHost studio, Person person, params string[] scopes)
    {
        var body = new JsonObject { ["name"] = "a key", ["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]) };
        using var response = await studio.Client.PostAsync("/api/v1/keys", Http.Json(body.ToJsonString()), person.Auth);
        var answer = await response.JsonAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.Created, answer.ToString());
        return (answer.GetProperty("data").GetProperty("id").GetGuid(), answer.GetProperty("data").GetProperty("key").GetString()!);
    }

    /// <summary>Who an answer with tokens is about.</summary>
    public static Person ToPerson(JsonElement data) => new(
        data.GetProperty("user").GetProperty("id").GetGuid(),
        data.GetProperty("user").GetProperty("email").GetString()!,
        data.GetProperty("token").GetString()!,
        data.GetProperty("access_token").GetString()!,
        data.GetProperty("refresh_token").GetString()!);

    // Without digits or letters that look alike, so that no name is taken for another.
    private static string Words() => string.Concat(Guid.NewGuid().ToString("N").Select(c => "bcdfghjkpqtwxyza"[Convert.ToInt32($"{c}", 16)]))[..16];
}
