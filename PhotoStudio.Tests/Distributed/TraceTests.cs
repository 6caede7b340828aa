using System.Diagnostics;
using System.Net;
using System.Text.Json;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Distributed;

/// <summary>What the Aspire dashboard shows of a call that goes through every service, read back with its own command line.</summary>
public sealed class TraceTests
{
    private const string Prompt = "a heliotrope zeppelin over Wolkenkuckucksheim";

    [Fact]
    public async Task One_trace_leads_from_the_request_over_the_queue_to_inference_and_to_the_blob_and_tells_no_secrets()
    {
        await using var dashboard = await AspireDashboard.StartAsync();
        using TemporaryFolder data = new();
        var postgres = await PostgresServer.SharedAsync();
        var azurite = await AzuriteServer.SharedAsync();
        Dictionary<string, string?> settings = new(dashboard.Settings, StringComparer.Ordinal)
        {
            ["ConnectionStrings__studio"] = postgres.ConnectionString(await postgres.CreateDatabaseAsync()),
            ["ConnectionStrings__redis"] = (await RedisServer.SharedAsync()).ConnectionString,
            ["ConnectionStrings__blobs"] = azurite.ConnectionString,
            ["Studio__Blobs__Azure__Container"] = AzuriteServer.NewContainer(),
            ["Studio__Redis__Prefix"] = $"t{Guid.NewGuid():N}",
            ["Studio__Data"] = data.Path,
        };
        await using var inference = await InferenceProcess.StartAsync(ServiceProcess.FreePort(), settings);
        settings["services__inference__http__0"] = inference.Address.ToString();
        await using var front = await StudioService.StartApiAsync(settings);
        await using var worker = await StudioService.StartWorkerAsync(settings);
        var trace = ActivityTraceId.CreateRandom().ToString();

        using var response = await front.Client.PostAsync(
            $"/api/v1/operations/edit?instruction={Uri.EscapeDataString(Prompt + ", make it brighter")}",
            Http.Raw(TestFiles.Encode(TestPictures.Quarters(64, 48), PictureFormat.Png)),
            ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync() + front.Log + worker.Log);

        JsonElement[] spans = [];
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                spans = [.. (await dashboard.AskAsync("spans", "--trace-id", trace)).EnumerateArray()];
                return spans.Any(span => Name(span) == "job edit") && spans.Any(span => Text(span, "kind") == "Server" && Text(span, "source") == "PhotoStudio.Api");
            },
            "the dashboard has the trace");

        var request = spans.Single(span => Text(span, "kind") == "Server" && Text(span, "source") == "PhotoStudio.Api");
        var job = Child(spans, request, "job edit", "PhotoStudio.Worker");
        Child(spans, job, "blob read", "PhotoStudio.Worker");
        Child(spans, Child(spans, job, "blob write", "PhotoStudio.Worker"), "PUT", "PhotoStudio.Worker");
        var run = Child(spans, Child(spans, job, "PUT", "PhotoStudio.Worker"), "PUT /runs/{run}", "PhotoStudio.Inference");
        Child(spans, Child(spans, run, "inference.run", "PhotoStudio.Inference"), "inference.engine", "PhotoStudio.Inference");

        var logs = await dashboard.AskAsync("logs");
        var all = JsonSerializer.Serialize(spans) + logs.GetRawText();
        foreach (var secret in new[] { "Wolkenkuckucksheim", azurite.ConnectionString.Split("AccountKey=")[1][..20], "AccountKey", "sig=" }) all.ShouldNotContain(secret);
    }

    private static JsonElement Child(JsonElement[] spans, JsonElement parent, string name, string source)
    {
        var children = spans.Where(span => Text(span, "parentSpanId") == Text(parent, "spanId") && Name(span) == name && Text(span, "source") == source).ToList();
        children.ShouldNotBeEmpty($"{source} has no span '{name}' below '{Name(parent)}':\n{string.Join('\n', spans.Select(span => $"{Text(span, "source")} {Name(span)}"))}");
        return children[0];
    }

    private static string? Name(JsonElement span) => Text(span, "name");

    private static string? Text(JsonElement span, string name) => span.TryGetProperty(name, out var value) ? value.GetString() : null;
}
