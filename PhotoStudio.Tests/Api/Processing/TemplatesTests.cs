using System.Net;
using System.Text.Json;
using PhotoStudio.Core.Templates;
using PhotoStudio.Tests.Api.Styles;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Processing;

public sealed class TemplatesTests : IAsyncLifetime
{
    private const string Root = "/api/v1/processing/templates";
    private readonly StudioHost _studio = new();
    private Person _ana = null!;

    public async Task InitializeAsync()
    {
        await _studio.InitializeAsync();
        _ana = await _studio.RegisterAsync();
    }

    public Task DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task Everybody_has_the_studios_own_templates_and_every_one_of_them_runs()
    {
        var all = await GetAsync($"{Root}?page_size=100");
        all.GetArrayLength().ShouldBe(OwnTemplates.All.Count);
        (await GetAsync($"{Root}?own=true")).GetArrayLength().ShouldBe(0);
        (await GetAsync($"{Root}?job_type=generation")).EnumerateArray().ShouldAllBe(template => template.GetProperty("job_type").GetString() == "generate");
        foreach (var template in OwnTemplates.All)
        {
            var shown = await GetAsync($"{Root}/{template.Id}");
            shown.GetProperty("is_own").GetBoolean().ShouldBeFalse();
            using HttpContent body = template.Operation == "generate"
                ? Http.Json("""{"prompt":"a lake","seed":1}""")
                : Http.Form(StyleClient.Photo);
            var job = await _studio.Client.PostAsync($"{Root}/{template.Id}/use", body, _ana.Auth, ("Prefer", "wait=120")).DataAsync();
            job.GetProperty("status").GetString().ShouldBe("completed", template.Name);
        }
    }

    [Fact]
    public async Task A_template_of_ones_own_is_kept_changed_used_and_deleted()
    {
        var made = await PostAsync(Root, """
            {"name":"Postage stamp","description":"Small and square.","job_type":"resize","parameters":{"width":32,"height":32,"output_format":"png"},"id":"00000000-0000-0000-0000-000000000001","usage_count":99,"is_own":false}
            """);
        var id = made.GetProperty("id").GetGuid();
        (made.GetProperty("is_own").GetBoolean(), made.GetProperty("usage_count").GetInt64()).ShouldBe((true, 0));
        (await GetAsync(Root))[0].GetProperty("id").GetGuid().ShouldBe(id);

        var job = await UseAsync(id, ("height", "24"));
        (job.GetProperty("parameters").GetProperty("width").GetInt32(), job.GetProperty("parameters").GetProperty("height").GetInt32()).ShouldBe((32, 24));
        (await GetAsync($"{Root}/{id}")).GetProperty("usage_count").GetInt64().ShouldBe(1);

        using var answer = await _studio.Client.GetAsync($"{Root}/{id}", _ana.Auth);
        var tag = answer.Headers.ETag!.ToString();
        var changed = await SendAsync(HttpMethod.Patch, $"{Root}/{id}", """{"parameters":{"width":16}}""", ("If-Match", tag)).DataAsync();
        (changed.GetProperty("name").GetString(), changed.GetProperty("parameters").GetProperty("width").GetInt32(), changed.GetProperty("version").GetInt64()).ShouldBe(("Postage stamp", 16, 1));
        await SendAsync(HttpMethod.Patch, $"{Root}/{id}", """{"name":"Late"}""", ("If-Match", tag)).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
        (await UseAsync(id)).GetProperty("results")[0].GetProperty("width").GetInt32().ShouldBe(16);

        using var deleted = await SendAsync(HttpMethod.Delete, $"{Root}/{id}", null);
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await _studio.Client.GetAsync($"{Root}/{id}", _ana.Auth).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_template_that_could_never_run_is_refused_by_name()
    {
        async Task<string[]> FaultsAsync(string body) =>
            (await SendAsync(HttpMethod.Post, Root, body).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields();

        (await FaultsAsync("{}")).ShouldBe(["name", "job_type"], ignoreOrder: true);
        (await FaultsAsync("""{"name":" ","job_type":"teleport","parameters":[]}""")).ShouldBe(["name", "job_type", "parameters"], ignoreOrder: true);
        (await FaultsAsync("""{"name":"x","job_type":"resize","parameters":{"width":-1,"colour":"red","style_id":"mosaic"}}"""))
            .ShouldBe(["parameters.width", "parameters.colour", "parameters.style_id"], ignoreOrder: true);
        (await FaultsAsync("""{"name":"x","job_type":"style_transfer","parameters":{"style_id":"nothing-like-it","quality":"best"}}"""))
            .ShouldBe(["parameters.style_id", "parameters.quality"], ignoreOrder: true);
        (await FaultsAsync($"{{\"name\":\"{new string('x', 101)}\",\"job_type\":\"edit\",\"parameters\":{{\"prompt\":\"{new string('y', 9000)}\"}}}}")).ShouldBe(["name", "parameters"], ignoreOrder: true);
        (await GetAsync($"{Root}?own=true")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_studios_own_and_other_peoples_templates_stay_as_they_are()
    {
        var own = OwnTemplates.All[0].Id;
        await SendAsync(HttpMethod.Patch, $"{Root}/{own}", """{"name":"x"}""").ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await SendAsync(HttpMethod.Delete, $"{Root}/{own}", null).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        var id = (await PostAsync(Root, """{"name":"Mine","job_type":"flip"}""")).GetProperty("id").GetGuid();
        var ben = await _studio.RegisterAsync();
        foreach (var (method, path, body) in ((HttpMethod, string, string?)[])[(HttpMethod.Get, "", null), (HttpMethod.Patch, "", """{"name":"x"}"""), (HttpMethod.Delete, "", null), (HttpMethod.Post, "/use", "{}")])
            await _studio.Client.SendAsync(method, $"{Root}/{id}{path}", body is null ? null : Http.Json(body), ben.Auth).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    private Task<JsonElement> GetAsync(string path) => _studio.Client.GetAsync(path, _ana.Auth).DataAsync();

    private Task<JsonElement> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body).DataAsync();

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body, params (string, string)[] headers) =>
        _studio.Client.SendAsync(method, path, body is null ? null : Http.Json(body), [_ana.Auth, .. headers]);

    private async Task<JsonElement> UseAsync(Guid id, params (string Name, string Value)[] fields)
    {
        using var form = Http.Form(StyleClient.Photo, fields: fields);
        return await _studio.Client.PostAsync($"{Root}/{id}/use", form, _ana.Auth, ("Prefer", "wait=120")).DataAsync();
    }
}
