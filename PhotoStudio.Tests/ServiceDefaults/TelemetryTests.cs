using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using PhotoStudio.ServiceDefaults;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.ServiceDefaults;

public sealed partial class TelemetryTests
{
    private static readonly ActivitySource Source = new("PhotoStudio.TelemetryTests");
    private static readonly Meter Meter = new("PhotoStudio.TelemetryTests");

    [Fact]
    public async Task Spans_metrics_and_logs_reach_an_otlp_endpoint()
    {
        await using var collector = await Collector.StartAsync();
        await using (var app = await StartAsync(collector.Address))
        {
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            (await client.GetStringAsync("/things/7?sig=hidden-signature")).ShouldBe("thing 7");
            (await client.GetAsync("/health")).EnsureSuccessStatusCode();
            await app.StopAsync();
        }

        var spans = collector.Received("/v1/traces");
        spans.ShouldContain("GET /things/{id:int}");
        spans.ShouldContain("http.response.status_code");
        spans.ShouldContain("url.path");
        spans.ShouldContain("work inside");
        spans.ShouldContain("studio-under-test");
        spans.ShouldNotContain("hidden-signature");
        spans.ShouldNotContain("GET /health");
        var metrics = collector.Received("/v1/metrics");
        metrics.ShouldContain("studio.test.things");
        metrics.ShouldContain("http.server.request.duration");
        collector.Received("/v1/logs").ShouldContain("Made thing 7");
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_listens()
    {
        await using var app = await StartAsync(endpoint: null);
        app.Services.GetService<TracerProvider>().ShouldBeNull();
    }

    private static async Task<WebApplication> StartAsync(string? endpoint)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        builder.Configuration["OTEL_SERVICE_NAME"] = "studio-under-test";
        builder.AddServiceDefaults();
        var app = builder.Build();
        var things = Meter.CreateCounter<int>("studio.test.things");
        app.MapGet("/things/{id:int}", (int id, ILogger<TelemetryTests> logger) =>
        {
            using var activity = Source.StartActivity("work inside");
            things.Add(1);
            LogMade(logger, id);
            return $"thing {id}";
        });
        app.MapServiceDefaults();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        return app;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Made thing {Id}")]
    private static partial void LogMade(ILogger logger, int id);

    /// <summary>An OTLP/HTTP endpoint that keeps what it is sent.</summary>
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, byte[] Body)> _requests = new();

        public string Address => app.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var web = WebApplication.CreateSlimBuilder().Build();
            web.Urls.Add("http://127.0.0.1:0");
            var collector = new Collector(web);
            web.MapPost("/v1/{signal}", async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                collector._requests.Enqueue((request.Path.Value!, body.ToArray()));
            });
            await web.StartAsync();
            return collector;
        }

        public string Received(string path) =>
            string.Concat(_requests.Where(request => request.Path == path).Select(request => Encoding.Latin1.GetString(request.Body)));

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
