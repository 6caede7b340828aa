using System.Net;
using System.Text.Json;
using PhotoStudio.Core.Styles;
using PhotoStudio.Tests.Api.Styles;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Admin;

public sealed class StyleAdminTests : IAsyncLifetime
{
    private const string Root = "/api/v1/admin/styles";
    private readonly StudioHost _studio = new();
    private Person _admin = null!;
    private Person _ana = null!;

    public async Task InitializeAsync()
    {
        await _studio.InitializeAsync();
        _admin = await _studio.RegisterAsAsync("admin");
        _ana = await _studio.RegisterAsync();
    }

    public Task DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task A_style_is_added_changed_retired_and_restored()
    {
        var made = await PostAsync(Root, """
            {"name":"House Blue","category":"print","prompt_template":"{original_prompt} as {style_name}","parameters":{"style":"risograph","palette":"ice"},
             "default_output_format":"png","is_premium":false,"id":"11111111-1111-1111-1111-111111111111","usage_count":900,"average_rating":5,"version":77,"created_at":"1999-01-01"}
            """);
        var id = made.GetProperty("id").GetGuid();
        id.ShouldNotBe(Guid.Parse("11111111-1111-1111-1111-111111111111"));
        (made.GetProperty("slug").GetString(), made.GetProperty("usage_count").GetInt64(), made.GetProperty("version").GetInt64()).ShouldBe(("house-blue", 0, 0));
        made.GetProperty("created_at").GetDateTimeOffset().Year.ShouldBeGreaterThan(2000);
        (await _studio.Client.GetAsync($"/api/v1/styles/{id}", _ana.Auth).DataAsync()).GetProperty("name").GetString().ShouldBe("House Blue");
        await RunAsync(id, HttpStatusCode.OK);

        var changed = await SendAsync(HttpMethod.Patch, $"{Root}/{id}", """{"name":"House Ink","is_premium":true}""").DataAsync();
        (changed.GetProperty("name").GetString(), changed.GetProperty("slug").GetString(), changed.GetProperty("version").GetInt64()).ShouldBe(("House Ink", "house-blue", 1));
        await SendAsync(HttpMethod.Patch, $"{Root}/{id}", """{"name":"Late"}""", ("If-Match", "W/\"v0-20260101\"")).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
        await RunAsync(id, HttpStatusCode.Forbidden);
        await SendAsync(HttpMethod.Patch, $"{Root}/{id}", """{"is_premium":false}""").DataAsync();

        (await PostAsync($"{Root}/{id}/retire")).GetProperty("is_retired").GetBoolean().ShouldBeTrue();
        await PostAsync($"{Root}/{id}/retire");
        (await _studio.Client.GetAsync("/api/v1/styles?search=house", _ana.Auth).DataAsync()).GetArrayLength().ShouldBe(0);
        (await _studio.Client.GetAsync($"/api/v1/styles/{id}", _ana.Auth).DataAsync()).GetProperty("is_retired").GetBoolean().ShouldBeTrue();
        (await _studio.Client.GetAsync($"{Root}?retired=true", _admin.Auth).DataAsync()).EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(id);
        await RunAsync(id, HttpStatusCode.BadRequest);

        (await PostAsync($"{Root}/{id}/restore")).GetProperty("is_retired").GetBoolean().ShouldBeFalse();
        await RunAsync(id, HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_wrong_with_a_style_is_said_at_once()
    {
        var problem = await SendAsync(HttpMethod.Post, Root, """
            {"slug":"No Slug","category":"nowhere","prompt_template":"{original_prompt} {artist}","parameters":{"style":"oil","brush":9,"size":"64x64"},
             "default_quality":"best","default_background":"transparent","position":-1}
            """).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe(
            ["name", "slug", "category", "prompt_template", "parameters.brush", "parameters.size", "default_quality", "default_background", "position"], ignoreOrder: true);
        (await SendAsync(HttpMethod.Post, Root, "{}").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields()
            .ShouldBe(["name", "category", "prompt_template", "parameters"], ignoreOrder: true);
        (await SendAsync(HttpMethod.Post, Root, """{"name":"x","category":"print","prompt_template":"{original_prompt}","parameters":[]}""")
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["parameters"]);
        await SendAsync(HttpMethod.Post, Root, """{"name":"Mosaic","category":"craft","prompt_template":"{original_prompt}","parameters":{"style":"mosaic"}}""")
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, "conflict");
        await SendAsync(HttpMethod.Patch, $"{Root}/{Guid.NewGuid()}", """{"name":"x"}""").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        await SendAsync(HttpMethod.Post, $"{Root}/{Guid.NewGuid()}/retire", null).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Only_administrators_change_styles()
    {
        var id = StyleCatalogue.Own.Styles[0].Style.Id;
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, Root), (HttpMethod.Post, Root), (HttpMethod.Put, $"{Root}/{id}"), (HttpMethod.Patch, $"{Root}/{id}"), (HttpMethod.Post, $"{Root}/{id}/retire"), (HttpMethod.Post, $"{Root}/{id}/restore")])
        {
            foreach (var headers in (IEnumerable<(string, string)[]>)[[_ana.Auth], []])
            {
                using var answer = await _studio.Client.SendAsync(method, path, method == HttpMethod.Get ? null : Http.Json("""{"name":"x"}"""), headers);
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
            }
        }

        (await _studio.Client.GetAsync($"/api/v1/styles/{id}", _ana.Auth).DataAsync()).GetProperty("version").GetInt64().ShouldBe(0);
    }

    private async Task RunAsync(Guid style, HttpStatusCode status)
    {
        using var form = Http.Form(StyleClient.Photo, fields: [("job_type", "style_transfer"), ("style_id", style.ToString("D"))]);
        using var answer = await _studio.Client.PostAsync("/api/v1/processing/jobs", form, _ana.Auth, ("Prefer", "wait=60"));
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
    }

    private Task<JsonElement> PostAsync(string path, string? body = null) => SendAsync(HttpMethod.Post, path, body).DataAsync();

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body, params (string, string)[] headers) =>
        _studio.Client.SendAsync(method, path, body is null ? null : Http.Json(body), [_admin.Auth, .. headers]);
}
