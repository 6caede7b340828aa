using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Cors;

public sealed class CorsTests
{
    [Fact]
    public async Task Without_configured_origins_no_page_of_another_origin_may_call()
    {
        await using var host = await StartAsync();
        using var response = await host.Client.GetAsync("/", ("Origin", "https://app.example"));
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Theory]
    [InlineData("Studio:Cors:Origins", "https://app.example, http://localhost:5173")]
    [InlineData("Studio:Cors:Origins:0", "http://localhost:5173")]
    public async Task A_configured_origin_may_call_with_cookies_and_read_the_studios_headers(string key, string value)
    {
        await using var host = await StartAsync((key, value));
        using var response = await host.Client.GetAsync("/", ("Origin", "http://localhost:5173"));
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["http://localhost:5173"]);
        response.Headers.GetValues("Access-Control-Allow-Credentials").ShouldBe(["true"]);
        var exposed = string.Join(',', response.Headers.GetValues("Access-Control-Expose-Headers")).Split(',');
        foreach (var header in (string[])["Location", "ETag", "RateLimit", "X-Studio-Job", "X-Studio-Engine", "X-Studio-Seed", "X-Guest-Id"]) exposed.ShouldContain(header);

        using var preflight = await host.Client.SendAsync(
            HttpMethod.Options,
            "/api/v1/processing/jobs",
            null,
            ("Origin", "http://localhost:5173"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,idempotency-key"));
        preflight.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("idempotency-key");

        using var stranger = await host.Client.GetAsync("/", ("Origin", "https://evil.example"));
        stranger.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task A_problem_can_be_read_across_origins_too()
    {
        await using var host = await StartAsync(("Studio:Cors:Origins", "*"));
        using var response = await host.Client.GetAsync("/api/v1/processing/jobs?page=0", ("Origin", "https://app.example"));
        ((int)response.StatusCode).ShouldBe(400);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        response.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_no_origin_stops_the_start()
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(("Studio:Cors:Origins", "https://app.example/path")));
        error.Message.ShouldContain("Studio:Cors:Origins");
    }

    private static Task<StudioHost> StartAsync(params (string Key, string Value)[] settings) => StudioHost.StartAsync(new StudioHost
    {
        RunsWorker = false,
        Settings = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value, StringComparer.Ordinal),
    });
}
