using System.Net;
using System.Text.Json;
using PhotoStudio.Api;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using PhotoStudio.Worker;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Distributed;

/// <summary>REST, workers and inference each in processes of their own, on PostgreSQL, Redis and Azure Storage.</summary>
public sealed class ServicesTests : IAsyncLifetime
{
    private static readonly byte[] Png = TestFiles.Encode(TestPictures.Quarters(64, 48), PictureFormat.Png);
    private static readonly string Guest = new('7', 32);

    private readonly TemporaryFolder _data = new();
    private Dictionary<string, string?> _settings = [];

    public async Task InitializeAsync()
    {
        var postgres = await PostgresServer.SharedAsync();
        _settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__studio"] = postgres.ConnectionString(await postgres.CreateDatabaseAsync()),
            ["ConnectionStrings__redis"] = (await RedisServer.SharedAsync()).ConnectionString,
            ["ConnectionStrings__blobs"] = (await AzuriteServer.SharedAsync()).ConnectionString,
            ["Studio__Blobs__Azure__Container"] = AzuriteServer.NewContainer(),
            ["Studio__Redis__Prefix"] = $"t{Guid.NewGuid():N}",
            ["Studio__Data"] = _data.Path,
            ["Studio__Worker__Slots"] = "2",
        };
    }

    public Task DisposeAsync()
    {
        _data.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_photo_goes_through_every_process_and_its_watcher_hears_of_it()
    {
        await using var inference = await InferenceProcess.StartAsync();
        _settings["services__inference__http__0"] = inference.Address.ToString();
        var starts = new[] { StudioService.StartApiAsync(_settings), StudioService.StartApiAsync(_settings), StudioService.StartWorkerAsync(_settings) };
        var services = await Task.WhenAll(starts);
        await using var front = services[0];
        await using var otherFront = services[1];
        await using var worker = services[2];

        using var response = await front.Client.PostAsync("/api/v1/operations/resize?width=32", Http.Raw(Png));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, front.Log + worker.Log);
        PictureAssert.Similar(TestFiles.Decode(await response.Content.ReadAsByteArrayAsync()), TestPictures.Quarters(32, 24), meanDifference: 10);

        using var accepted = await front.Client.PostAsync(
            "/api/v1/operations/upscale?scale=4", Http.Raw(Png), ("Prefer", "respond-async"), ("X-Guest-Id", Guest));
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var job = await accepted.JsonAsync();
        await using var events = await EventStream.OpenAsync(otherFront.Client, job.GetProperty("events_url").GetString()!);
        string? last = null;
        while (await events.NextAsync() is { } next) last = next.Type;
        last.ShouldBe("completed", events.Raw);

        var shown = await ReadAsync(otherFront, job.GetProperty("id").GetString()!);
        var url = shown.GetProperty("results")[0].GetProperty("url").GetString()!;
        TestFiles.Decode(await otherFront.Client.GetByteArrayAsync(new Uri(url, UriKind.RelativeOrAbsolute))).Width.ShouldBe(256);
        Directory.EnumerateFiles(_data.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldBe(["signing.key"]);

        var parts = (await (await worker.Client.GetAsync(new Uri("/health", UriKind.Relative))).JsonAsync()).GetProperty("parts");
        foreach (var part in new[] { "worker", "redis", "inference" }) parts.GetProperty(part).GetProperty("status").GetString().ShouldBe("healthy", parts.GetRawText());
    }

    [Fact]
    public async Task Without_Redis_the_worker_finds_its_jobs_in_the_database()
    {
        await using var inference = await InferenceProcess.StartAsync();
        _settings["services__inference__http__0"] = inference.Address.ToString();
        _settings.Remove("ConnectionStrings__redis");
        await using var front = await StudioService.StartApiAsync(_settings);
        await using var worker = await StudioService.StartWorkerAsync(_settings);

        using var response = await front.Client.PostAsync("/api/v1/operations/resize?width=32", Http.Raw(Png));

        response.StatusCode.ShouldBe(HttpStatusCode.OK, front.Log + worker.Log);
    }

    [Theory]
    [InlineData(true, "ConnectionStrings__studio", "ConnectionStrings:studio is not set")]
    [InlineData(false, "ConnectionStrings__studio", "ConnectionStrings:studio is not set")]
    [InlineData(true, "services__inference__http__0", "Studio:Inference:Url is not set")]
    [InlineData(false, "services__inference__http__0", "Studio:Inference:Url is not set")]
    public async Task A_service_without_what_it_shares_ends_at_once_and_names_the_setting(bool worker, string without, string says)
    {
        _settings["services__inference__http__0"] = "http://127.0.0.1:1";
        _settings.Remove(without);
        var assembly = (worker ? typeof(WorkerServices) : typeof(ApiServices)).Assembly.Location;

        var (code, errors) = await ServiceProcess.RunToEndAsync(assembly, _settings, ["--port", $"{ServiceProcess.FreePort()}"]);

        code.ShouldBe(1);
        errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(says);
    }

    [Theory]
    [InlineData("ConnectionStrings__studio", "Host=127.0.0.1;Port=1;Username=a;Password=hunter2", "ConnectionStrings:studio")]
    [InlineData("ConnectionStrings__redis", "127.0.0.1:1,password=hunter2", "ConnectionStrings:redis")]
    public async Task A_service_whose_server_is_not_there_ends_at_once_and_names_the_setting_in_one_line(string setting, string value, string says)
    {
        _settings["services__inference__http__0"] = "http://127.0.0.1:1";
        _settings[setting] = value;

        var (code, errors) = await ServiceProcess.RunToEndAsync(typeof(ApiServices).Assembly.Location, _settings, ["--port", $"{ServiceProcess.FreePort()}"]);

        code.ShouldBe(1);
        errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(says);
        errors.ShouldNotContain("hunter2");
    }

    private static async Task<JsonElement> ReadAsync(StudioService service, string job)
    {
        using var response = await service.Client.GetAsync($"/api/v1/processing/jobs/{job}", ("X-Guest-Id", Guest));
        return (await response.JsonAsync()).GetProperty("data");
    }
}
