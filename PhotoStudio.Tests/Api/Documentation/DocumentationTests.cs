using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using PhotoStudio.Core.Operations;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Documentation;

public sealed partial class DocumentationTests(DocumentationTests.Host host) : IClassFixture<DocumentationTests.Host>
{
    [Theory]
    [InlineData("/openapi.json")]
    [InlineData("/openapi/v1.json")]
    public async Task The_document_is_valid_openapi_3_1(string path)
    {
        var text = await TextAsync(path);
        JsonDocument.Parse(text).RootElement.GetProperty("openapi").GetString().ShouldNotBeNull().ShouldStartWith("3.1");
        var (document, diagnostic) = OpenApiDocument.Parse(text, "json");
        diagnostic.ShouldNotBeNull().Errors.Select(error => error.ToString()).ShouldBeEmpty();
        diagnostic.SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
        document.ShouldNotBeNull().Info.Title.ShouldBe("PhotoStudio");
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var json = await TextAsync("/openapi.json");
        var schemas = JsonDocument.Parse(json).RootElement.GetProperty("components");
        foreach (Match reference in References().Matches(json))
        {
            schemas.GetProperty(reference.Groups["kind"].Value).TryGetProperty(reference.Groups["name"].Value, out _).ShouldBeTrue(reference.Value);
        }
    }

    [Fact]
    public async Task Every_operation_of_the_catalogue_has_a_path_with_its_parameters_and_an_example_that_it_accepts()
    {
        var paths = (await DocumentAsync()).GetProperty("paths");
        paths.TryGetProperty("/api/v1/operations/{name}", out var route).ShouldBeTrue();
        route.TryGetProperty("post", out _).ShouldBeFalse();
        foreach (var operation in OperationCatalog.All)
        {
            var post = paths.GetProperty($"/api/v1/operations/{operation.Name}").GetProperty("post");
            var query = post.GetProperty("parameters").EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "query").ToList();
            query.Select(parameter => parameter.GetProperty("name").GetString()).ShouldBe(operation.Parameters.Select(parameter => parameter.Name));

            var body = post.GetProperty("requestBody").GetProperty("content");
            body.TryGetProperty("multipart/form-data", out _).ShouldBeTrue();
            body.TryGetProperty("image/png", out _).ShouldBe(operation.Inputs.Count > 0);
            var json = body.GetProperty("application/json");
            foreach (var parameter in operation.Parameters)
                json.GetProperty("schema").GetProperty("properties").TryGetProperty(parameter.Name, out _).ShouldBeTrue(parameter.Name);

            var example = json.GetProperty("example").EnumerateObject()
                .Where(member => !member.Name.EndsWith("_url", StringComparison.Ordinal))
                .Select(member => KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value)));
            var faults = new FaultList();
            OperationParameters.Read(operation, example, faults).ShouldNotBeNull(faults.ToString());

            post.GetProperty("responses").GetProperty("200").GetProperty("content").TryGetProperty("application/json", out _).ShouldBeTrue();
            post.GetProperty("responses").TryGetProperty("202", out _).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Ranges_and_choices_of_parameters_are_in_the_document()
    {
        var post = (await DocumentAsync()).GetProperty("paths").GetProperty("/api/v1/operations/resize").GetProperty("post");
        JsonElement Schema(string name) => post.GetProperty("parameters").EnumerateArray()
            .Single(parameter => parameter.GetProperty("name").GetString() == name).GetProperty("schema");
        Schema("width").GetProperty("maximum").GetInt32().ShouldBe(Resize.Width.Max);
        Schema("mode").GetProperty("enum").EnumerateArray().Select(choice => choice.GetString()).ShouldBe(Resize.Mode.Choices);
        Schema("mode").GetProperty("default").GetString().ShouldBe("fit");
    }

    [Fact]
    public async Task Every_endpoint_has_a_summary_a_tag_a_name_of_its_own_and_its_problems()
    {
        var document = await DocumentAsync();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, method, operation) in Endpoints(document))
        {
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty($"{method} {path}");
            operation.GetProperty("tags").GetArrayLength().ShouldBe(1, $"{method} {path}");
            names.Add(operation.GetProperty("operationId").GetString()!).ShouldBeTrue($"{method} {path}");
            operation.GetProperty("responses").GetProperty("default").GetProperty("$ref").GetString().ShouldBe("#/components/responses/Problem");
        }

        string[] expected =
        [
            "/", "/health", "/api/health", "/alive", "/files/{key}", "/api/v1/operations", "/api/v1/processing/jobs", "/api/v1/processing/jobs/list",
            "/api/v1/processing/jobs/{id}", "/api/v1/processing/jobs/{id}/cancel", "/api/v1/processing/jobs/{id}/events", "/api/v1/processing/results",
            "/api/v1/processing/results/{id}", "/api/v1/processing/results/{id}/download", "/v1/features/remove-background",
            "/api/v1/features/remove-background", "/api/v1/background-removal/remove", "/api/v1/background-removal/history",
            "/api/v1/image-processing/resize", "/api/v1/image-processing/crop", "/api/v1/image-processing/rotate", "/api/v1/image-processing/history",
            "/api/v1/pipelines", "/api/v1/pipelines/{id}", "/api/v1/pipelines/{id}/cancel", "/api/v1/pipelines/{id}/events",
            "/api/v1/batches", "/api/v1/batches/{id}", "/api/v1/batches/{id}/cancel", "/api/v1/batches/{id}/events",
        ];
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name.Length > 1 ? path.Name.TrimEnd('/') : path.Name).ToList();
        expected.Except(paths).ShouldBeEmpty();
    }

    [Fact]
    public async Task Bodies_and_answers_have_examples()
    {
        var paths = (await DocumentAsync()).GetProperty("paths");
        var job = paths.EnumerateObject().Single(path => path.Name.TrimEnd('/') == "/api/v1/processing/jobs").Value.GetProperty("post");
        job.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").TryGetProperty("example", out var body).ShouldBeTrue();
        OperationCatalog.TryFind(body.GetProperty("job_type").GetString(), out _).ShouldBeTrue();
        foreach (var path in (string[])["/api/v1/processing/jobs/{id}", "/api/v1/processing/results/{id}", "/api/v1/processing/jobs/list"])
        {
            paths.GetProperty(path).GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json")
                .GetProperty("example").GetProperty("success").GetBoolean().ShouldBeTrue(path);
        }
    }

    [Fact]
    public async Task What_needs_no_token_says_so_and_everything_else_names_the_schemes()
    {
        var document = await DocumentAsync();
        document.GetProperty("security").GetArrayLength().ShouldBe(3);
        document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(scheme => scheme.Name).ShouldBe(["token", "api_key"], ignoreOrder: true);
        var paths = document.GetProperty("paths");
        paths.GetProperty("/health").GetProperty("get").GetProperty("security").GetArrayLength().ShouldBe(0);
        paths.GetProperty("/api/v1/processing/results/{id}").GetProperty("get").TryGetProperty("security", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("/swagger/index.html")]
    [InlineData("/redoc/index.html")]
    public async Task A_page_loads_only_what_the_studio_itself_has(string path)
    {
        using var response = await host.Studio.Client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self'");
        var page = await response.Content.ReadAsStringAsync();
        page.ShouldNotContain("://");
        var assets = Assets().Matches(page).Select(match => match.Groups["url"].Value).Where(url => !url.StartsWith("data:", StringComparison.Ordinal)).ToList();
        assets.ShouldNotBeEmpty();
        foreach (var asset in assets)
        {
            using var loaded = await host.Studio.Client.GetAsync(new Uri(new Uri(host.Studio.Address, path), asset).PathAndQuery);
            loaded.StatusCode.ShouldBe(HttpStatusCode.OK, asset);
            (await loaded.Content.ReadAsByteArrayAsync()).ShouldNotBeEmpty(asset);
        }
    }

    [Theory]
    [InlineData("/swagger")]
    [InlineData("/swagger/")]
    [InlineData("/redoc")]
    [InlineData("/redoc/")]
    [InlineData("/docs")]
    [InlineData("/docs/")]
    public async Task Every_way_to_a_page_leads_there(string path)
    {
        using var browser = new HttpClient { BaseAddress = host.Studio.Address };
        using var response = await browser.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Endpoints(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        select (path.Name, method.Name, method.Value);

    private async Task<JsonElement> DocumentAsync() => JsonDocument.Parse(await TextAsync("/openapi.json")).RootElement;

    private async Task<string> TextAsync(string path)
    {
        using var response = await host.Studio.Client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    [GeneratedRegex("\"\\$ref\": ?\"#/components/(?<kind>[a-zA-Z]+)/(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex References();

    [GeneratedRegex("(src|href)=\"(?<url>[^\"#]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assets();

    /// <summary>A studio in Production, where the documentation is open and most else is not.</summary>
    public sealed class Host : IAsyncLifetime
    {
        internal StudioHost Studio { get; } = new() { RunsWorker = false, Environment = "Production" };

        public Task InitializeAsync() => Studio.InitializeAsync();

        public Task DisposeAsync() => Studio.DisposeAsync();
    }
}
