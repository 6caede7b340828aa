using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Auth;

/// <summary>Tokens made by hand, with nothing of the library that the studio reads them with.</summary>
public sealed class TokenTamperingTests : IAsyncLifetime
{
    private const string Key = "Zm9vYmFyYmF6-9w8e7r6t5y4u3i2o1p-ASDFGHJKLM", OldKey = "QWxsZXMgYW5kZXJl-1a2s3d4f5g6h7j8k9l-POIUZTREWQ";
    private const string Secret = "short";
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Jpeg);

    private readonly ManualTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly StudioHost _studio;
    private Person _ana = null!;

    public TokenTamperingTests() => _studio = new StudioHost
    {
        RunsWorker = false,
        Settings =
        {
            ["Studio:Auth:SigningKeys:0:Id"] = "new",
            ["Studio:Auth:SigningKeys:0:Key"] = Key,
            ["Studio:Auth:SigningKeys:1:Id"] = "old",
            ["Studio:Auth:SigningKeys:1:Key"] = OldKey,
            ["Studio:Auth:JwtSecret"] = Secret,
        },
        Services = services => services.AddSingleton<TimeProvider>(_time),
    };

    public async Task InitializeAsync()
    {
        await _studio.InitializeAsync();
        _ana = await _studio.RegisterAsync();
    }

    public Task DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task An_access_token_is_what_it_says_and_its_signature_is_hmac_sha256()
    {
        var parts = _ana.AccessToken.Split('.');
        var header = JsonNode.Parse(WebEncoders.Base64UrlDecode(parts[0]))!;
        var payload = JsonNode.Parse(WebEncoders.Base64UrlDecode(parts[1]))!;
        ((string)header["alg"]!, (string)header["kid"]!).ShouldBe(("HS256", "new"));
        ((string)payload["sub"]!, (string)payload["iss"]!, (string)payload["aud"]!).ShouldBe((_ana.Id.ToString("D"), "photostudio", "photostudio"));
        ((long)payload["exp"]! - (long)payload["iat"]!).ShouldBe(900);
        ((long)payload["nbf"]!).ShouldBe((long)payload["iat"]!);
        payload.AsObject().Select(claim => claim.Key).ShouldBe(["iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"], ignoreOrder: true);

        // By somebody else's arithmetic.
        using var python = Process.Start(new ProcessStartInfo(
            "python3",
            ["-c", "import hmac,base64,sys;print(base64.urlsafe_b64encode(hmac.new(sys.argv[1].encode(),sys.argv[2].encode(),'sha256').digest()).rstrip(b'=').decode())", Key, $"{parts[0]}.{parts[1]}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        (await python.StandardOutput.ReadToEndAsync()).Trim().ShouldBe(parts[2]);
    }

    [Fact]
    public async Task A_token_made_by_hand_with_a_key_of_the_studio_is_good_for_a_session_that_is()
    {
        await ShouldWorkAsync(Sign(Header("new"), Claims(), Key));
        await ShouldWorkAsync(Sign(Header("old"), Claims(), OldKey));
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_token_it_is_refused()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var good = Sign(Header("new"), Claims(), Key).Split('.');
        var forgeries = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["none"] = $"{Encode(new JsonObject { ["alg"] = "none", ["kid"] = "new" })}.{good[1]}.",
            ["none with a signature"] = $"{Encode(new JsonObject { ["alg"] = "none", ["kid"] = "new" })}.{good[1]}.{good[2]}",
            ["None"] = $"{Encode(new JsonObject { ["alg"] = "NoNe" })}.{good[1]}.{good[2]}",
            ["HS512"] = Sign(new JsonObject { ["alg"] = "HS512", ["kid"] = "new" }, Claims(), Key, HMACSHA512.HashData),
            ["HS384"] = Sign(new JsonObject { ["alg"] = "HS384", ["kid"] = "new" }, Claims(), Key, HMACSHA384.HashData),
            ["RS256"] = Sign(new JsonObject { ["alg"] = "RS256", ["kid"] = "new" }, Claims(), Key),
            ["the other key under this id"] = Sign(Header("new"), Claims(), OldKey),
            ["an unknown id"] = Sign(Header("third"), Claims(), Key),
            ["no id"] = Sign(new JsonObject { ["alg"] = "HS256" }, Claims(), Key),
            ["an id that is a path"] = Sign(Header("../../dev/null"), Claims(), ""),
            ["a key of one's own in the header"] = Sign(new JsonObject { ["alg"] = "HS256", ["kid"] = "new", ["jwk"] = new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" } }, Claims(), "\0\0\0"),
            ["another issuer"] = Sign(Header("new"), Claims(with => with["iss"] = "somebody"), Key),
            ["no issuer"] = Sign(Header("new"), Claims(with => with.Remove("iss")), Key),
            ["another audience"] = Sign(Header("new"), Claims(with => with["aud"] = "somebody"), Key),
            ["no audience"] = Sign(Header("new"), Claims(with => with.Remove("aud")), Key),
            ["expired"] = Sign(Header("new"), Claims(with => with["exp"] = now - 1), Key),
            ["expiring now"] = Sign(Header("new"), Claims(with => with["exp"] = now), Key),
            ["no expiry"] = Sign(Header("new"), Claims(with => with.Remove("exp")), Key),
            ["expiry that is no number"] = Sign(Header("new"), Claims(with => with["exp"] = "tomorrow"), Key),
            ["expiry beyond all time"] = Sign(Header("new"), Claims(with => with["exp"] = 1e300), Key),
            ["not yet"] = Sign(Header("new"), Claims(with => with["nbf"] = now + 60), Key),
            ["another account's session"] = Sign(Header("new"), Claims(with => with["sub"] = Guid.NewGuid().ToString("D")), Key),
            ["a session that never was"] = Sign(Header("new"), Claims(with => with["sid"] = Guid.NewGuid().ToString("D")), Key),
            ["no session"] = Sign(Header("new"), Claims(with => with.Remove("sid")), Key),
            ["a session that is no id"] = Sign(Header("new"), Claims(with => with["sid"] = "' OR 1=1 --"), Key),
            ["a subject that is an object"] = Sign(Header("new"), Claims(with => with["sub"] = new JsonObject()), Key),
            ["no payload"] = $"{good[0]}..{good[2]}",
            ["two parts"] = $"{good[0]}.{good[1]}",
            ["five parts"] = $"{good[0]}.{good[1]}.{good[2]}.{good[1]}.{good[2]}",
            ["five parts that say they are encrypted"] = $"{Encode(new JsonObject { ["alg"] = "dir", ["enc"] = "A128CBC-HS256", ["zip"] = "DEF", ["kid"] = "new" })}..{good[1]}.{good[1]}.{good[2]}",
            ["a cut signature"] = $"{good[0]}.{good[1]}.{good[2][..^2]}",
            ["no signature"] = $"{good[0]}.{good[1]}.",
            ["one changed letter in the payload"] = $"{good[0]}.{(good[1][0] == 'e' ? 'f' : 'e')}{good[1][1..]}.{good[2]}",
            ["a header that is no JSON"] = $"{WebEncoders.Base64UrlEncode("nonsense"u8)}.{good[1]}.{good[2]}",
            ["a header that is a list"] = $"{WebEncoders.Base64UrlEncode("[1,2]"u8)}.{good[1]}.{good[2]}",
            ["standard base64"] = $"{good[0]}=.{good[1]}.{good[2]}",
            ["dots"] = "..",
        };
        foreach (var (what, token) in forgeries)
        {
            using var response = await _studio.Client.GetAsync("/api/v1/auth/profile", ("Authorization", $"Bearer {token}"));
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, what);
        }

        await ShouldWorkAsync(string.Join('.', good));
    }

    [Fact]
    public async Task Tokens_expire_by_the_clock_each_at_its_time()
    {
        _time.Advance(TimeSpan.FromMinutes(14));
        await ShouldWorkAsync(_ana.AccessToken);
        _time.Advance(TimeSpan.FromMinutes(2));
        await ShouldBeRefusedAsync(_ana.AccessToken);
        await ShouldWorkAsync(_ana.Token);
        _time.Advance(TimeSpan.FromDays(31));
        await ShouldBeRefusedAsync(_ana.Token);
    }

    [Fact]
    public async Task A_token_of_another_issuer_makes_an_owner_of_its_own_and_nothing_else()
    {
        // A bare subject and a short secret: fine outside Production.
        (await OwnerOfAsync(Sign(new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT" }, new JsonObject { ["sub"] = "test" }, Secret))).ShouldBe("ext:unnamed:test");

        var claims = new JsonObject { ["sub"] = _ana.Id.ToString("D"), ["iss"] = "photostudio", ["aud"] = "photostudio", ["roles"] = new JsonArray("admin"), ["role"] = "admin", ["sid"] = SessionId() };
        var impostor = Sign(new JsonObject { ["alg"] = "HS256", ["kid"] = "new" }, claims, Secret);
        (await OwnerOfAsync(impostor)).ShouldBe($"ext:photostudio:{_ana.Id:D}");
        await _studio.Client.GetAsync("/api/v1/auth/profile", ("Authorization", $"Bearer {impostor}")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await _studio.Client.PostAsync("/api/v1/keys", Http.Json("""{"name":"mine"}"""), ("Authorization", $"Bearer {impostor}"))
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        (await OwnerOfAsync(Sign(Header("x"), new JsonObject { ["sub"] = "b", ["iss"] = "a:x" }, Secret))).ShouldBe("ext:a%3Ax:b");
        (await OwnerOfAsync(Sign(Header("x"), new JsonObject { ["sub"] = "x:b", ["iss"] = "a" }, Secret))).ShouldBe("ext:a:x%3Ab");
        foreach (var (what, payload) in ((string, JsonObject)[])[
            ("no subject", []), ("an empty one", new JsonObject { ["sub"] = "" }), ("an endless one", new JsonObject { ["sub"] = new string('x', 300) }),
            ("expired", new JsonObject { ["sub"] = "test", ["exp"] = _time.GetUtcNow().ToUnixTimeSeconds() - 1 })])
        {
            using var response = await _studio.Client.GetAsync("/api/v1/processing/jobs", ("Authorization", $"Bearer {Sign(Header("x"), payload, Secret)}"));
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, what);
        }
    }

    [Fact]
    public async Task In_production_a_token_of_another_issuer_needs_an_expiry()
    {
        const string secret = "uB7-kQ2xW9zR4tY6pL1mN8vC3aS5dF0gHjKe";
        await using var production = await StudioHost.StartAsync(new StudioHost
        {
            RunsWorker = false,
            Environment = Environments.Production,
            Settings = { ["Studio:Auth:JwtSecret"] = secret },
        });
        var bare = Sign(Header("x"), new JsonObject { ["sub"] = "test" }, secret);
        var expiring = Sign(Header("x"), new JsonObject { ["sub"] = "test", ["exp"] = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds() }, secret);
        await production.Client.GetAsync("/api/v1/processing/jobs", ("Authorization", $"Bearer {bare}")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        (await production.Client.GetAsync("/api/v1/processing/jobs", ("Authorization", $"Bearer {expiring}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static JsonObject Header(string kid) => new() { ["alg"] = "HS256", ["typ"] = "JWT", ["kid"] = kid };

    private static string Encode(JsonObject part) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static string Sign(JsonObject header, JsonObject payload, string key, Func<byte[], byte[], byte[]>? mac = null)
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{WebEncoders.Base64UrlEncode((mac ?? HMACSHA256.HashData)(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(signed)))}";
    }

    private string SessionId() => (string)JsonNode.Parse(WebEncoders.Base64UrlDecode(_ana.AccessToken.Split('.')[1]))!["sid"]!;

    private JsonObject Claims(Action<JsonObject>? change = null)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = "photostudio",
            ["aud"] = "photostudio",
            ["sub"] = _ana.Id.ToString("D"),
            ["sid"] = SessionId(),
            ["nbf"] = now,
            ["exp"] = now + 300,
        };
        change?.Invoke(claims);
        return claims;
    }

    private async Task ShouldWorkAsync(string token) =>
        (await _studio.Client.GetAsync("/api/v1/auth/profile", ("Authorization", $"Bearer {token}"))).StatusCode.ShouldBe(HttpStatusCode.OK);

    private Task<JsonElement> ShouldBeRefusedAsync(string token) =>
        _studio.Client.GetAsync("/api/v1/auth/profile", ("Authorization", $"Bearer {token}")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");

    private async Task<string> OwnerOfAsync(string token)
    {
        using var response = await _studio.Client.PostAsync(
            "/api/v1/operations/resize?width=8", Http.Raw(Photo), ("Authorization", $"Bearer {token}"), ("Prefer", "respond-async"));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var id = (await response.JsonAsync()).GetProperty("id").GetGuid();
        return (await _studio.Provider.GetRequiredService<IJobStore>().FindAsync(id, CancellationToken.None)).ShouldNotBeNull().Owner.Text;
    }
}
