using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Auth;

public sealed class BadAccountInputTests(StudioHost studio) : IClassFixture<StudioHost>
{
    [Fact]
    public async Task Every_fault_is_told_at_once()
    {
        var refused = await RegisterAsync(new JsonObject { ["email"] = "no address", ["username"] = "x", ["password"] = "short", ["password_confirm"] = "other" });
        (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields()
            .ShouldBe(["email", "password", "password_confirm", "username"]);
        (await (await RegisterAsync([])).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields()
            .ShouldBe(["email", "password", "username"]);
    }

    [Theory]
    [InlineData("""{"email":["ana@example.com"],"username":{"a":1},"password":12345678}""")]
    [InlineData("""{"email":null,"username":true,"password":"\ud83d"}""")]
    public async Task Values_of_the_wrong_kind_are_faults_and_no_failures(string body) =>
        (await (await studio.Client.PostAsync("/api/v1/auth/register", Http.Json(body))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed"))
            .FaultyFields().ShouldBe(["email", "password", "username"]);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"email":"a@example.com","email":"b@example.com"}""")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}}}}}}}}")]
    public async Task A_body_that_cannot_be_read_is_a_client_error(string body)
    {
        using var response = await studio.Client.PostAsync("/api/v1/auth/login", Http.Json(body));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_body_without_end_is_refused(string type)
    {
        var body = $$"""{"email":"ana@example.com","password":"{{new string('x', 100_000)}}"}""";
        await studio.Client.PostAsync("/api/v1/auth/login", Http.Raw(System.Text.Encoding.UTF8.GetBytes(body), type))
            .ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    [Fact]
    public async Task What_one_may_not_choose_is_passed_over()
    {
        var body = Someone();
        (body["is_premium"], body["role"], body["roles"], body["is_admin"], body["is_staff"]) = (true, "admin", new JsonArray("admin", "premium"), true, true);
        (body["max_daily_processes"], body["id"], body["processing_count"], body["Roles"]) = (1_000_000, Guid.NewGuid(), 5, new JsonArray("admin"));
        using var response = await RegisterAsync(body);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var user = (await response.JsonAsync()).GetProperty("data").GetProperty("user");
        user.GetProperty("is_premium").GetBoolean().ShouldBeFalse();
        user.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["user"]);
        user.GetProperty("processing_count").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task An_address_or_a_name_that_is_taken_is_a_conflict_that_names_it()
    {
        var ana = Someone();
        (await RegisterAsync(ana)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await RegisterAsync(ana.DeepClone().AsObject())).ShouldBeProblemAsync(HttpStatusCode.Conflict, "conflict")).FaultyFields().ShouldBe(["email", "username"]);

        var name = ((string)ana["username"]!).ToUpperInvariant();
        var twin = Someone();
        twin["username"] = name;
        (await (await RegisterAsync(twin)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "conflict")).FaultyFields().ShouldBe(["username"]);
    }

    [Theory]
    [InlineData("аdmin")]
    [InlineData("adm\u0131n")]
    [InlineData("Support")]
    [InlineData("ana\u200B lopez")]
    [InlineData("ana\r\nlopez")]
    [InlineData("<script>alert(1)</script>")]
    public async Task A_name_that_deceives_is_refused(string name)
    {
        var body = Someone();
        body["username"] = name;
        (await (await RegisterAsync(body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["username"]);
    }

    [Fact]
    public async Task A_password_is_the_same_however_its_letters_are_written()
    {
        var body = Someone();
        body["password"] = "mật khẩu dài";
        (await RegisterAsync(body)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await studio.LoginAsync((string)body["email"]!, "ma\u0323\u0302t kha\u0302\u0309u da\u0300i")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"bio":"evil \u202E text"}""", "bio")]
    [InlineData("""{"bio":"nul \u0000"}""", "bio")]
    [InlineData("""{"bio":5}""", "bio")]
    [InlineData("""{"preferred_styles":[1,2]}""", "preferred_styles")]
    [InlineData("""{"preferred_styles":["a\nb"]}""", "preferred_styles")]
    [InlineData("""{"username":""}""", "username")]
    public async Task A_profile_that_makes_no_sense_is_refused(string body, string field)
    {
        var ana = await studio.RegisterAsync();
        (await (await studio.Client.SendAsync(HttpMethod.Put, "/api/v1/auth/profile", Http.Json(body), ana.Auth))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe([field]);
    }

    [Fact]
    public async Task Fields_have_limits()
    {
        var ana = await studio.RegisterAsync();
        var body = new JsonObject
        {
            ["bio"] = new string('x', 1001),
            ["preferred_styles"] = new JsonArray([.. Enumerable.Range(0, 51).Select(i => (JsonNode)$"style {i}")]),
        };
        (await (await studio.Client.SendAsync(HttpMethod.Put, "/api/v1/auth/profile", Http.Json(body.ToJsonString()), ana.Auth))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["bio", "preferred_styles"]);
    }

    [Theory]
    [InlineData("GET", "/api/v1/auth/profile")]
    [InlineData("GET", "/api/v1/auth/profile/details")]
    [InlineData("GET", "/api/v1/auth/export")]
    [InlineData("POST", "/api/v1/auth/logout")]
    [InlineData("POST", "/api/v1/auth/change-password")]
    [InlineData("DELETE", "/api/v1/auth/account")]
    [InlineData("GET", "/api/v1/keys")]
    public async Task A_guest_has_no_account(string method, string path) =>
        await studio.Client.SendAsync(new HttpMethod(method), path, method == "POST" ? Http.Json("{}") : null)
            .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");

    private static JsonObject Someone()
    {
        var name = People.NewName();
        return new JsonObject { ["email"] = $"{name.Replace(' ', '.')}@example.com", ["username"] = name, ["password"] = Person.Password };
    }

    private Task<HttpResponseMessage> RegisterAsync(JsonObject body) =>
        studio.Client.PostAsync("/api/v1/auth/register", Http.Json(body.ToJsonString(new JsonSerializerOptions(JsonSerializerDefaults.Web))));
}
