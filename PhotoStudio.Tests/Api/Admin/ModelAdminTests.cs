using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Inference.Models;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Admin;

public sealed class ModelAdminTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31 >> 3))];

    private static readonly Guid Admin = Guid.Parse("7f3c2a52-5a3d-4a33-9a43-111111111111");

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/one")]
    [InlineData("DELETE", "/one")]
    [InlineData("POST", "/one/pull")]
    [InlineData("POST", "/one/accept")]
    [InlineData("POST", "/one/verify")]
    [InlineData("POST", "/import")]
    public async Task Whoever_is_no_administrator_is_refused(string method, string path)
    {
        await using var studio = await StartAsync(Entry());
        foreach (var token in (string?[])[null, "ann"])
        {
            using var request = Request(method, path, token);
            await studio.Client.SendAsync(request).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    [Fact]
    public async Task An_administrator_fetches_checks_and_removes_a_model()
    {
        await using var server = await ModelServer.StartAsync(Content);
        await using var studio = await StartAsync(Entry(server.Url));
        (await JsonAsync(studio, "GET", "")).GetProperty("models")[0].GetProperty("state").GetString().ShouldBe("not_installed");

        var pulled = await JsonAsync(studio, "POST", "/one/pull");
        pulled.GetProperty("state").GetString().ShouldBe("installed");
        (await File.ReadAllBytesAsync(_folder.In("one.onnx"))).ShouldBe(Content);
        (await JsonAsync(studio, "GET", "/one")).GetProperty("path").GetString().ShouldBe(_folder.In("one.onnx"));
        (await JsonAsync(studio, "POST", "/one/verify")).GetProperty("state").GetString().ShouldBe("installed");

        (await JsonAsync(studio, "DELETE", "/one")).GetProperty("state").GetString().ShouldBe("not_installed");
        File.Exists(_folder.In("one.onnx")).ShouldBeFalse();
        using var again = Request("DELETE", "/one", "root");
        await studio.Client.SendAsync(again).ShouldBeProblemAsync(HttpStatusCode.Conflict, "not_installed");
    }

    [Fact]
    public async Task Fetching_streams_its_progress_to_who_wants_it()
    {
        await using var server = await ModelServer.StartAsync(Content);
        await using var studio = await StartAsync(Entry(server.Url));
        using var request = Request("POST", "/one/pull", "root");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));

        using var response = await studio.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync()) events.Add(item);
        events[..^1].ShouldNotBeEmpty();
        events[..^1].ShouldAllBe(item => item.EventType == "progress");
        var last = JsonDocument.Parse(events[^2].Data).RootElement;
        (last.GetProperty("stage").GetString(), last.GetProperty("bytes").GetInt64(), last.GetProperty("total").GetInt64())
            .ShouldBe(("fetching", Content.Length, Content.Length));
        events[^1].EventType.ShouldBe("result");
    }

    [Fact]
    public async Task A_restricted_licence_is_accepted_in_the_administrators_name()
    {
        await using var server = await ModelServer.StartAsync(Content);
        await using var studio = await StartAsync(Entry(server.Url) with { Licence = new("Mine", Restricted: true, "Do no harm.") });
        using var refused = Request("POST", "/one/pull", "root");
        await studio.Client.SendAsync(refused).ShouldBeProblemAsync(HttpStatusCode.Conflict, "licence_not_accepted");

        (await JsonAsync(studio, "POST", "/one/pull?accept_license=true")).GetProperty("state").GetString().ShouldBe("installed");

        (await File.ReadAllTextAsync(_folder.In(".store", "licences", "one.json"))).ShouldContain(Owner.User(Admin).Text);
    }

    [Fact]
    public async Task A_model_is_uploaded_and_what_is_none_is_refused()
    {
        await using var studio = await StartAsync(Entry());

        using var wrong = Request("POST", "/import", "root");
        wrong.Content = new ByteArrayContent([1, 2, 3]);
        await studio.Client.SendAsync(wrong).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "wrong_file");

        using var right = Request("POST", "/import", "root");
        right.Content = new ByteArrayContent(Content);
        using var response = await studio.Client.SendAsync(right);
        (await response.JsonAsync()).GetProperty("id").GetString().ShouldBe("one");
        File.Exists(_folder.In("one.onnx")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_upload_tells_how_far_it_is_to_who_accepts_events()
    {
        await using var studio = await StartAsync(Entry());

        using var request = Request("POST", "/import", "root");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Content = new ByteArrayContent(Content);
        using var response = await studio.Client.SendAsync(request);

        var text = await response.Content.ReadAsStringAsync();
        text.ShouldContain("event: progress");
        text.ShouldContain("\"state\":\"installed\"");
    }

    [Fact]
    public async Task A_model_that_the_catalogue_does_not_have_is_not_found()
    {
        await using var studio = await StartAsync(Entry());
        foreach (var (method, path) in ((string, string)[])[("GET", "/two"), ("POST", "/two/pull")])
        {
            using var request = Request(method, path, "root");
            await studio.Client.SendAsync(request).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        }
    }

    [Fact]
    public async Task Installed_models_and_the_studios_own_engines_are_models_in_openais_form()
    {
        await using var studio = await StartAsync(Entry());
        (await ModelsAsync(studio)).ShouldNotContain("one");
        await File.WriteAllBytesAsync(_folder.In("one.onnx"), Content);

        var ids = await ModelsAsync(studio);

        ids.ShouldContain("one");
        ids.ShouldContain("resize.lanczos");
        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
        var model = await (await studio.Client.GetAsync(new Uri("/v1/models/one", UriKind.Relative))).JsonAsync();
        (model.GetProperty("object").GetString(), model.GetProperty("owned_by").GetString()).ShouldBe(("model", "catalogue"));
        model.GetProperty("created").GetInt64().ShouldBeGreaterThan(1_600_000_000);
        model.GetProperty("operations")[0].GetString().ShouldBe("upscale");
        var own = await (await studio.Client.GetAsync(new Uri("/v1/models/resize.lanczos", UriKind.Relative))).JsonAsync();
        own.GetProperty("owned_by").GetString().ShouldBe("photostudio");

        using var missing = await studio.Client.GetAsync(new Uri("/v1/models/two", UriKind.Relative));
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await missing.JsonAsync()).GetProperty("error").GetProperty("type").GetString().ShouldBe("invalid_request_error");
    }

    public void Dispose() => _folder.Dispose();

    private static ModelEntry Entry(params Uri[] urls) => ModelStoreUnderTest.Entry("one", Content, urls);

    private static HttpRequestMessage Request(string method, string path, string? token)
    {
        HttpRequestMessage request = new(new HttpMethod(method), $"/api/v1/admin/models{path}");
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        return request;
    }

    private static async Task<JsonElement> JsonAsync(StudioHost studio, string method, string path)
    {
        using var request = Request(method, path, "root");
        using var response = await studio.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private static async Task<List<string>> ModelsAsync(StudioHost studio)
    {
        var list = await (await studio.Client.GetAsync(new Uri("/v1/models", UriKind.Relative))).JsonAsync();
        list.GetProperty("object").GetString().ShouldBe("list");
        return [.. list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()!)];
    }

    // The families that engines ask for have to be in the catalogue too.
    private Task<StudioHost> StartAsync(ModelEntry entry) => StudioHost.StartAsync(new()
    {
        RunsWorker = false,
        Services = services =>
        {
            services.AddSingleton<ITokenAuthenticator, KnownTokens>();
            services.AddModels(_folder.Path, [entry, .. ModelCatalogue.Embedded.All]);
        },
    });

    private sealed class KnownTokens : ITokenAuthenticator
    {
        public ValueTask<TokenIdentity?> AuthenticateAsync(string token, TokenCarrier carrier, CancellationToken cancellationToken) =>
            ValueTask.FromResult(token switch
            {
                "root" => new TokenIdentity(Owner.User(Admin)) { Roles = ["admin"] },
                "ann" => new TokenIdentity(Owner.User(Guid.Empty)) { Roles = ["user"] },
                _ => null,
            });
    }
}
