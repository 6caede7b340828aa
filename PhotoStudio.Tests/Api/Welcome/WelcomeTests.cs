using System.Net;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Welcome;

public sealed class WelcomeTests : IAsyncLifetime
{
    private readonly StudioHost _host = new() { RunsWorker = false, Environment = "Production" };

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_program_is_told_the_endpoints_and_operations()
    {
        using var response = await _host.Client.GetAsync("/");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var welcome = await response.JsonAsync();
        welcome.GetProperty("name").GetString().ShouldBe("PhotoStudio");
        welcome.GetProperty("operations").EnumerateArray().Select(name => name.GetString()).ShouldContain("remove-background");
        welcome.GetProperty("documentation").GetProperty("openapi").GetString().ShouldBe("/openapi.json");
        var jobs = welcome.GetProperty("endpoints").GetProperty("jobs").EnumerateArray().Select(endpoint => endpoint.GetString()).ToList();
        jobs.ShouldContain("POST /api/v1/processing/jobs");
        jobs.ShouldContain("GET /api/v1/processing/jobs/{id}/events");
        foreach (var path in welcome.GetProperty("documentation").EnumerateObject())
        {
            using var reached = await _host.Client.GetAsync(path.Value.GetString());
            reached.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.MovedPermanently, HttpStatusCode.Redirect);
        }
    }

    [Fact]
    public async Task A_browser_gets_a_page_that_loads_nothing()
    {
        using var response = await _host.Client.GetAsync("/", ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        var page = await response.Content.ReadAsStringAsync();
        page.ShouldContain("Remove background");
        page.ShouldContain("href=\"/swagger/\"");
        page.ShouldContain($"{_host.Address}api/v1/operations/remove-background");
        page.ShouldNotContain("<script");
        page.ShouldNotContain(" src=");
    }

    [Fact]
    public async Task Every_answer_forbids_sniffing_and_referrers()
    {
        foreach (var path in (string[])["/", "/health", "/nowhere", "/swagger/index.html"])
        {
            using var response = await _host.Client.GetAsync(path);
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"], path);
            response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"], path);
        }
    }
}
