using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PhotoStudio.ServiceDefaults;
using PhotoStudio.ServiceDefaults.Health;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.ServiceDefaults;

public sealed class HealthTests
{
    [Fact]
    public async Task Without_parts_the_service_is_healthy_and_alive()
    {
        await using var app = await StartAsync(_ => { });
        var (status, body) = await GetAsync(app, "/health");
        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("status").GetString().ShouldBe("healthy");
        body.GetProperty("parts").EnumerateObject().ShouldBeEmpty();
        (await GetAsync(app, "/alive")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_degraded_part_is_named_and_the_service_still_answers_200()
    {
        await using var app = await StartAsync(services => services.AddStudioPart<Low>("blobs"));
        var (status, body) = await GetAsync(app, "/health/");
        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("status").GetString().ShouldBe("degraded");
        body.GetProperty("message").GetString().ShouldBe("blobs: Little space is left.");
        var part = body.GetProperty("parts").GetProperty("blobs");
        part.GetProperty("status").GetString().ShouldBe("degraded");
        part.GetProperty("data").GetProperty("free_bytes").GetInt64().ShouldBe(12);
    }

    [Fact]
    public async Task A_part_that_throws_makes_the_service_unhealthy_without_telling_why_in_public()
    {
        await using var app = await StartAsync(services => services.AddStudioPart<Broken>("database"));
        var (status, body) = await GetAsync(app, "/health");
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.GetProperty("status").GetString().ShouldBe("unhealthy");
        body.GetProperty("parts").GetProperty("database").GetProperty("message").GetString().ShouldBe("does not answer.");
        body.GetRawText().ShouldNotContain("secret");
        (await GetAsync(app, "/alive")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Many_who_ask_at_once_cost_one_check()
    {
        var counter = new Counter();
        await using var app = await StartAsync(services => services.AddSingleton(counter).AddStudioPart<Counter>("worker"));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync(app, "/health")));
        counter.Calls.ShouldBe(1);
    }

    private static async Task<WebApplication> StartAsync(Action<IServiceCollection> add)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddServiceDefaults();
        builder.Services.AddSingleton<TimeProvider>(new StoppedClock());
        add(builder.Services);
        var app = builder.Build();
        app.MapServiceDefaults();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        return app;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(WebApplication app, string path)
    {
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var response = await client.GetAsync(path);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, json.RootElement.Clone());
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }

    private sealed class Low : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(HealthCheckResult.Degraded("Little space is left.", data: new Dictionary<string, object> { ["free_bytes"] = 12L }));
    }

    private sealed class Broken : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("Host=db;Password=secret");
    }

    private sealed class Counter : IHealthCheck
    {
        private int _calls;

        public int Calls => _calls;

        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _calls);
            return Task.FromResult(HealthCheckResult.Healthy());
        }
    }
}
