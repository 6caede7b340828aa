using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Endpoints;

/// <summary>What the inference service says of itself.</summary>
public sealed class InferenceServiceTests
{
    private static readonly InferenceRequest Request =
        new("job-1", "resize", """{"width":8}""", [new("image", TestFiles.Encode(TestPictures.Quarters(16, 16), PictureFormat.Png))]);

    [Fact]
    public async Task It_says_what_it_is_which_engines_it_has_and_that_it_lives()
    {
        await using var service = await InferenceServiceHost.StartAsync();

        var root = await GetAsync(service, "/");
        var engines = await GetAsync(service, "/engines");
        using var alive = await service.Client.GetAsync(new Uri("/alive", UriKind.Relative));

        root.GetProperty("service").GetString().ShouldBe("PhotoStudio inference");
        var resize = engines.GetProperty("engines").EnumerateArray().Single(engine => engine.GetProperty("operation").GetString() == "resize");
        resize.GetProperty("engine").GetString().ShouldBe("lanczos");
        resize.GetProperty("tier").GetString().ShouldBe("builtin");
        resize.GetProperty("ready").GetBoolean().ShouldBeTrue();
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_lists_the_models_in_memory()
    {
        using TemporaryFolder folder = new();
        var path = new OnnxModelWriter().Input("x", 1).Output("y", 1).Relu("x", "y").Save(folder.In("relu.onnx"));
        await using var service = await InferenceServiceHost.StartAsync();
        (await GetAsync(service, "/models")).GetProperty("loaded").GetArrayLength().ShouldBe(0);

        var sessions = service.Services.GetRequiredService<OnnxSessions>();
        using (await sessions.AcquireAsync(new(path, [new("x", 1)], [new("y", 1)]), CancellationToken.None))
        {
            var models = await GetAsync(service, "/models");
            var model = models.GetProperty("loaded").EnumerateArray().ShouldHaveSingleItem();
            model.GetProperty("file").GetString().ShouldBe("relu.onnx");
            model.GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(path).Length);
            (model.GetProperty("ready").GetBoolean(), model.GetProperty("uses").GetInt32()).ShouldBe((true, 1));
            models.GetProperty("device").GetString().ShouldBe(service.Services.GetRequiredService<ExecutionDevice>().Name);
            models.GetProperty("loaded_bytes").GetInt64().ShouldBe(new FileInfo(path).Length);
        }
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not_found")]
    [InlineData("GET", "/runs/job-1", 405, "method_not_allowed")]
    [InlineData("DELETE", "/engines", 405, "method_not_allowed")]
    public async Task What_is_not_there_is_a_problem(string method, string path, int status, string code)
    {
        await using var service = await InferenceServiceHost.StartAsync();

        using var response = await service.Client.SendAsync(new HttpMethod(method), path, null);

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        (await response.JsonAsync()).GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task It_is_starting_until_the_codec_has_worked_and_then_ready()
    {
        using ManualResetEventSlim gate = new();
        await using var service = await InferenceServiceHost.StartAsync(services: services => services.AddSingleton<IPictureCodec>(_ =>
        {
            gate.Wait(TimeSpan.FromSeconds(30));
            return TestFiles.Codec;
        }));

        await BecomesAsync(service, "starting", HttpStatusCode.ServiceUnavailable);
        gate.Set();
        await BecomesAsync(service, "ready", HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_is_busy_when_nobody_else_may_wait()
    {
        var gate = new TaskCompletionSource();
        var engine = ScriptedEngine.WaitingFor(gate.Task);
        await using var service = await InferenceServiceHost.StartAsync(InferenceSetup.With(engine, ("Slots", 1), ("QueueLength", 0)));
        using var client = HttpInferenceClient.Of(service.Address);
        var run = client.RunAsync(Request, null, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => engine.Running == 1, "the engine runs");

        await BecomesAsync(service, "busy", HttpStatusCode.OK);
        gate.SetResult();
        await run.SoonAsync();
        await BecomesAsync(service, "ready", HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_is_broken_when_run_after_run_breaks()
    {
        var engine = new ScriptedEngine { Script = (_, _) => throw new InvalidOperationException("A tensor is not there.") };
        await using var service = await InferenceServiceHost.StartAsync(InferenceSetup.With(engine));
        using var client = HttpInferenceClient.Of(service.Address);

        for (var run = 0; run < 3; run++)
            await Should.ThrowAsync<InferenceException>(() => client.RunAsync(Request, null, CancellationToken.None));

        await BecomesAsync(service, "broken", HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("MaxRequestBytes", "12")]
    [InlineData("MaxPictures", "0")]
    [InlineData("KeepAlive", "00:00:00")]
    public async Task A_setting_that_makes_no_sense_stops_the_start(string setting, string value)
    {
        InferenceSetup setup = new(null, new Dictionary<string, string?> { [$"Service:{setting}"] = value });

        var fault = await Should.ThrowAsync<OptionsValidationException>(() => InferenceServiceHost.StartAsync(setup));

        fault.Message.ShouldContain($"Studio:Inference:Service:{setting}");
    }

    [Fact]
    public async Task As_a_process_it_writes_nothing_under_the_home_folder()
    {
        using TemporaryFolder home = new();
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HOME"] = home.Path,
            ["XDG_CACHE_HOME"] = null,
            ["XDG_DATA_HOME"] = null,
            ["ORT_DISABLE_TELEMETRY"] = null,
        };
        await using (var service = await InferenceProcess.StartAsync(ServiceProcess.FreePort(), environment))
        {
            await Eventually.BecomesTrueAsync(() => service.Log.Contains("Models run on", StringComparison.Ordinal), "the device is chosen");
            using var client = HttpInferenceClient.Of(service.Address);
            (await client.RunAsync(Request, null, CancellationToken.None)).Outputs.Count.ShouldBe(1);
        }

        Directory.EnumerateFileSystemEntries(home.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task As_a_process_it_does_not_start_with_a_setting_that_makes_no_sense()
    {
        var fault = await Should.ThrowAsync<InvalidOperationException>(InferenceProcess.StartAsync("--Studio:Inference:Service:MaxPictures=many"));

        fault.Message.ShouldContain("PhotoStudio cannot start");
        fault.Message.ShouldContain("Studio:Inference:Service:MaxPictures");
    }

    private static async Task<JsonElement> GetAsync(InferenceServiceHost service, string path)
    {
        using var response = await service.Client.GetAsync(new Uri(path, UriKind.Relative));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.JsonAsync();
    }

    private static Task BecomesAsync(InferenceServiceHost service, string state, HttpStatusCode status) => Eventually.BecomesTrueAsync(
        async () =>
        {
            using var response = await service.Client.GetAsync(new Uri("/health", UriKind.Relative));
            var part = (await response.JsonAsync()).GetProperty("parts").GetProperty("inference");
            if (part.GetProperty("data").GetProperty("state").GetString() != state) return false;
            response.StatusCode.ShouldBe(status);
            return true;
        },
        $"the service is {state}");
}
