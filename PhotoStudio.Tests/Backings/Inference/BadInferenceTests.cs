using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using PhotoStudio.Backings.Inference;
using PhotoStudio.Core.Inference;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Inference;

/// <summary>What a caller makes of a service that does not do as it should: nothing it says is believed, and every call ends.</summary>
public sealed class BadInferenceTests
{
    private const string Boundary = "limit";
    private const string Stream = $"multipart/mixed; boundary={Boundary}";
    private const string Engine = """{"engine":"e","tier":"builtin","version":"1","device":"cpu","milliseconds":1}""";

    private static readonly HttpInferenceOptions Options = new() { MaxResultBytes = 100_000, MaxProgressReports = 50 };

    private static readonly string OneOutput = Part("result", Result("""{"content_type":"image/png","extension":"png","width":1,"height":1,"bytes":3}"""));

    public static TheoryData<string, string, string> Garbage => new()
    {
        { "a page of HTML", "text/html", "<html><body>It works!</body></html>" },
        { "JSON and no stream", "application/json", "{}" },
        { "a stream without a boundary", "multipart/mixed", Part("result", Result("")) + End },
        { "no parts at all", Stream, End },
        { "progress and no result", Stream, Part("progress", """{"fraction":0.5}""") + End },
        { "progress that is no JSON", Stream, Part("progress", "half") + End },
        { "progress that is null", Stream, Part("progress", "null") + End },
        { "a part nobody knows", Stream, Part("surprise", "{}") + End },
        { "a part without a name", Stream, $"--{Boundary}\r\nContent-Type: application/json\r\n\r\n{{}}\r\n" + End },
        { "a result without an engine", Stream, Part("result", """{"outputs":[]}""") + End },
        { "a result without outputs", Stream, Part("result", $$"""{"engine":{{Engine}}}""") + End },
        { "an unknown tier", Stream, Part("result", $$"""{"engine":{{Engine.Replace("builtin", "magic")}},"outputs":[]}""") + End },
        { "a failure with an unknown fault", Stream, Part("failure", """{"status":1,"title":"t","detail":"d","code":"c","fault":"mine"}""") + End },
        { "an output that is missing", Stream, OneOutput + End },
        { "an output that is too short", Stream, OneOutput + Part("output", "ab") + End },
        { "an output that is too long", Stream, OneOutput + Part("output", "abcd") + End },
        { "an output too many", Stream, OneOutput + Part("output", "abc") + Part("output", "abc") + End },
        { "more bytes than accepted", Stream, Announcing("png", "image/png", 1, 100_001) + End },
        { "fewer bytes than none", Stream, Announcing("png", "image/png", 1, -1) + End },
        { "an extension that climbs out of its folder", Stream, Announcing("../../png", "image/png", 1, 3) + Part("output", "abc") + End },
        { "a content type that is none", Stream, Announcing("png", "image/png\\r\\nX: y", 1, 3) + Part("output", "abc") + End },
        { "an output without a size", Stream, Announcing("png", "image/png", 0, 3) + Part("output", "abc") + End },
        { "headers without an end", Stream, $"--{Boundary}\r\n" + string.Concat(Enumerable.Repeat("X-More: and more\r\n", 5_000)) },
        { "JSON without an end", Stream, $"--{Boundary}\r\nContent-Disposition: inline; name=progress\r\n\r\n" + new string(' ', 3 << 20) },
    };

    private static string End => $"--{Boundary}--\r\n";

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Garbage_is_a_failure_that_is_worth_another_try(string what, string contentType, string body)
    {
        await using var service = await WebServer.StartAsync(http => AnswerAsync(http, contentType, body));

        var fault = await FaultAsync(service);

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.Broken, "inference_garbled"), what);
        fault.Message.ShouldNotContain("127.0.0.1");
    }

    [Fact]
    public async Task An_honest_answer_is_read()
    {
        await using var service = await WebServer.StartAsync(http => AnswerAsync(http, Stream, OneOutput + Part("output", "abc") + End));

        using var client = HttpInferenceClient.Of(new Uri(service.Url("/")), Options);
        var result = await client.RunAsync(Request, null, CancellationToken.None);

        Encoding.ASCII.GetString(result.Outputs.ShouldHaveSingleItem().File.Span).ShouldBe("abc");
        result.Engine.ShouldBe(new("e", EngineTier.Builtin, "1", "cpu", 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_that_breaks_off_is_a_failure_that_is_worth_another_try(bool isClean)
    {
        var whole = Part("progress", """{"fraction":0.5}""") + OneOutput + Part("output", "abc");
        for (var length = 0; length < whole.Length; length += 29)
        {
            var part = whole[..length];
            await using var service = await WebServer.StartAsync(async http =>
            {
                await AnswerAsync(http, Stream, part);
                await http.Response.Body.FlushAsync();
                if (!isClean) http.Abort();
            });

            var fault = await FaultAsync(service);

            fault.Fault.ShouldBe(InferenceFault.Broken, $"after {length} bytes");
            if (!isClean) fault.Code.ShouldBe("inference_lost", $"after {length} bytes");
        }
    }

    [Fact]
    public async Task Progress_without_end_is_cut_off()
    {
        await using var service = await WebServer.StartAsync(http => ForeverAsync(http, Part("progress", """{"fraction":0.5}""")));

        (await FaultAsync(service)).Code.ShouldBe("inference_garbled");
    }

    [Fact]
    public async Task An_output_without_end_is_cut_off()
    {
        await using var service = await WebServer.StartAsync(async http =>
        {
            await AnswerAsync(http, Stream, OneOutput + $"--{Boundary}\r\nContent-Disposition: inline; name=output\r\n\r\n");
            await ForeverAsync(http, new string('x', 10_000));
        });

        (await FaultAsync(service)).Code.ShouldBe("inference_garbled");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_service_that_hangs_is_left_and_hears_of_it(bool answersFirst)
    {
        TaskCompletionSource left = new();
        await using var service = await WebServer.StartAsync(async http =>
        {
            using var registration = http.RequestAborted.Register(() => left.TrySetResult());
            if (answersFirst) await AnswerAsync(http, Stream, Part("progress", """{"fraction":0.5}""") + $"--{Boundary}\r\n");
            if (answersFirst) await http.Response.Body.FlushAsync();
            await left.Task;
        });
        ManualTimeProvider time = new();
        ProgressLog progress = new();
        using var client = HttpInferenceClient.Of(new Uri(service.Url("/")), Options, time);
        var run = client.RunAsync(Request, progress, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => service.Requests == 1 && (!answersFirst || progress.Reports.Count > 0), "the service has the run");

        // When exactly the answer's first bytes come, which wind the clock up again, cannot be seen from here.
        await Eventually.BecomesTrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(31));
                return run.IsCompleted;
            },
            "the caller gives up");

        (await Should.ThrowAsync<InferenceException>(() => run)).Code.ShouldBe("inference_silent");
        await left.Task.SoonAsync();
    }

    [Fact]
    public async Task A_run_that_never_ends_is_left_after_all()
    {
        await using var service = await WebServer.StartAsync(async http =>
        {
            await AnswerAsync(http, Stream, $"--{Boundary}\r\nContent-Disposition: inline; name=progress\r\n\r\n");
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync(" ");
                await http.Response.Body.FlushAsync();
                await Task.Delay(10);
            }
        });
        ManualTimeProvider time = new();
        HttpInferenceOptions options = new() { SilenceTimeout = TimeSpan.FromHours(1), RunTimeout = TimeSpan.FromMinutes(1) };
        using var client = HttpInferenceClient.Of(new Uri(service.Url("/")), options, time);
        var run = client.RunAsync(Request, null, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => service.Requests == 1, "the service has the run");

        time.Advance(TimeSpan.FromMinutes(2));

        (await Should.ThrowAsync<InferenceException>(() => run.SoonAsync())).Code.ShouldBe("inference_too_slow");
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "120", 120)]
    [InlineData(503, null, null)]
    [InlineData(429, "soon", null)]
    public async Task A_refusal_says_when_to_come_back(int status, string? retryAfter, int? seconds)
    {
        await using var service = await WebServer.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
            return AnswerAsync(http, "text/plain", "Come back later.");
        });

        var fault = await FaultAsync(service);

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.Busy, "inference_busy"));
        fault.RetryAfter.ShouldBe(seconds is { } after ? TimeSpan.FromSeconds(after) : null);
    }

    [Theory]
    [InlineData(200, "garbled")]
    [InlineData(204, "garbled")]
    [InlineData(302, "garbled")]
    [InlineData(404, "garbled")]
    [InlineData(500, "garbled")]
    [InlineData(502, "garbled")]
    public async Task An_empty_answer_of_another_service_is_worth_another_try(int status, string code)
    {
        await using var service = await WebServer.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });

        var fault = await FaultAsync(service);

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.Broken, $"inference_{code}"));
        service.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_problem_without_end_or_sense_is_no_refusal()
    {
        await using var service = await WebServer.StartAsync(http =>
        {
            http.Response.StatusCode = 422;
            return AnswerAsync(http, "application/problem+json", "{\"code\":\"" + new string('x', 1 << 20));
        });

        (await FaultAsync(service)).Code.ShouldBe("inference_garbled");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"engines":null}""")]
    [InlineData("""{"engines":[{"operation":"resize"}]}""")]
    public async Task A_list_of_engines_that_makes_no_sense_is_none(string body)
    {
        await using var service = await WebServer.StartAsync(http => AnswerAsync(http, "application/json", body));
        using var client = HttpInferenceClient.Of(new Uri(service.Url("/")));

        (await Should.ThrowAsync<InferenceException>(() => client.EnginesAsync(CancellationToken.None))).Code.ShouldBe("inference_unreachable");
    }

    [Fact]
    public async Task A_server_that_speaks_no_http_is_a_failure_that_is_worth_another_try()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var connection = await listener.AcceptTcpClientAsync();
            await connection.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.6\r\n"u8.ToArray());
        });
        using var client = HttpInferenceClient.Of(new Uri($"http://{listener.LocalEndpoint}"));

        var fault = await Should.ThrowAsync<InferenceException>(() => client.RunAsync(Request, null, CancellationToken.None));

        fault.Fault.ShouldBe(InferenceFault.Broken);
        await answering.SoonAsync();
    }

    private static InferenceRequest Request { get; } = new("job-1", "resize", """{"width":32}""", [new("image", new byte[1000])]);

    private static string Result(string outputs) => $$"""{"engine":{{Engine}},"outputs":[{{outputs}}]}""";

    private static string Announcing(string extension, string contentType, int width, int bytes) => Part(
        "result",
        Result($$"""{"content_type":"{{contentType}}","extension":"{{extension}}","width":{{width}},"height":1,"bytes":{{bytes}}}"""));

    private static string Part(string name, string body) =>
        $"--{Boundary}\r\nContent-Disposition: inline; name={name}\r\nContent-Type: application/json\r\n\r\n{body}\r\n";

    private static Task AnswerAsync(HttpContext http, string contentType, string body)
    {
        http.Response.ContentType = contentType;
        return http.Response.WriteAsync(body, http.RequestAborted);
    }

    private static async Task ForeverAsync(HttpContext http, string text)
    {
        if (!http.Response.HasStarted) http.Response.ContentType = Stream;
        while (!http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.WriteAsync(text);
            await http.Response.Body.FlushAsync();
        }
    }

    private static async Task<InferenceException> FaultAsync(WebServer service)
    {
        using var client = HttpInferenceClient.Of(new Uri(service.Url("/")), Options);
        return await Should.ThrowAsync<InferenceException>(() => client.RunAsync(Request, null, CancellationToken.None).SoonAsync());
    }
}
