using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Endpoints;

/// <summary>The service's <c>PUT /runs/{job}-{attempt}</c> as it is on the wire.</summary>
public sealed class RunOperationTests
{
    private const string Resize = """{"operation":"resize","parameters":{"width":32}}""";

    private static readonly byte[] Jpeg = TestFiles.Encode(TestPictures.Quarters(64, 48), PictureFormat.Jpeg);

    [Fact]
    public async Task A_run_streams_its_progress_then_its_result_then_its_outputs()
    {
        await using var service = await InferenceServiceHost.StartAsync();

        using var response = await PutAsync(service, Form(Resize, Jpeg));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var parts = await PartsAsync(response);
        parts.Select(part => part.Name).Distinct().ShouldBe(["progress", "result", "output"]);
        var last = Json(parts.Last(part => part.Name == "progress"));
        (last.GetProperty("fraction").GetDouble(), last.GetProperty("stage").GetString()).ShouldBe((1, "done"));
        var result = Json(parts.Single(part => part.Name == "result"));
        var output = result.GetProperty("outputs").EnumerateArray().ShouldHaveSingleItem();
        output.GetProperty("content_type").GetString().ShouldBe("image/jpeg");
        output.GetProperty("extension").GetString().ShouldBe("jpg");
        (output.GetProperty("width").GetInt32(), output.GetProperty("height").GetInt32()).ShouldBe((32, 24));
        var engine = result.GetProperty("engine");
        (engine.GetProperty("engine").GetString(), engine.GetProperty("tier").GetString()).ShouldBe(("lanczos", "builtin"));
        var file = parts[^1];
        (file.Name, file.ContentType).ShouldBe(("output", "image/jpeg"));
        file.Body.Length.ShouldBe(output.GetProperty("bytes").GetInt32());
        PictureAssert.Similar(TestFiles.Decode(file.Body), TestPictures.Quarters(32, 24), meanDifference: 10);
    }

    [Fact]
    public async Task The_request_may_come_after_the_pictures_and_in_chunks()
    {
        await using var service = await InferenceServiceHost.StartAsync();
        MultipartFormDataContent form = new()
        {
            { new ByteArrayContent(Jpeg), "image", "photo.jpg" },
            { new StringContent(Resize), "request" },
        };

        using var request = new HttpRequestMessage(HttpMethod.Put, "/runs/job-1") { Content = form };
        request.Headers.TransferEncodingChunked = true;
        using var response = await service.Client.SendAsync(request);

        (await PartsAsync(response))[^1].Name.ShouldBe("output");
    }

    [Fact]
    public async Task A_failure_that_is_known_at_once_is_a_problem_with_its_status()
    {
        await using var service = await InferenceServiceHost.StartAsync();

        using var garbage = await PutAsync(service, Form(Resize, "no picture"u8.ToArray()));
        using var unknown = await PutAsync(service, Form("""{"operation":"levitate","parameters":{}}""", Jpeg));

        await ShouldBeProblemAsync(garbage, HttpStatusCode.UnprocessableEntity, "undecodable_picture", isRetryable: false);
        await ShouldBeProblemAsync(unknown, HttpStatusCode.UnprocessableEntity, "unknown_operation", isRetryable: false);
    }

    [Fact]
    public async Task Without_a_ready_engine_the_answer_is_503_and_final_and_when_an_engine_breaks_500_and_not()
    {
        var engine = new ScriptedEngine
        {
            Missing = "The model edsr is not installed.",
            Script = (_, _) => throw new InvalidOperationException("/secret/path exploded"),
        };
        await using var service = await InferenceServiceHost.StartAsync(InferenceSetup.With(engine));

        using var missing = await PutAsync(service, Form(Resize, Jpeg));
        engine.Missing = null;
        using var broken = await PutAsync(service, Form(Resize, Jpeg));

        await ShouldBeProblemAsync(missing, HttpStatusCode.ServiceUnavailable, "engine_unavailable", isRetryable: false);
        missing.Headers.RetryAfter.ShouldBeNull();
        var problem = await ShouldBeProblemAsync(broken, HttpStatusCode.InternalServerError, "engine_broken", isRetryable: true);
        problem.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_failure_after_the_first_progress_is_a_part_of_the_stream()
    {
        var engine = new ScriptedEngine
        {
            Script = async (run, cancellationToken) =>
            {
                run.Progress.Report(new(0.5, "painting"));
                await Task.Delay(1, cancellationToken);
                throw new InferenceException(InferenceFault.InvalidInput, "no_face", "There is no face in the picture.");
            },
        };
        await using var service = await InferenceServiceHost.StartAsync(InferenceSetup.With(engine));

        using var response = await PutAsync(service, Form(Resize, Jpeg));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var parts = await PartsAsync(response);
        parts.Select(part => part.Name).ShouldBe(["progress", "failure"]);
        parts[^1].ContentType.ShouldBe("application/problem+json");
        var failure = Json(parts[^1]);
        (failure.GetProperty("status").GetInt32(), failure.GetProperty("code").GetString()).ShouldBe((422, "no_face"));
        failure.GetProperty("retryable").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task When_every_slot_and_place_in_the_queue_is_taken_the_answer_is_429_before_the_pictures_are_sent()
    {
        var gate = new TaskCompletionSource();
        var engine = ScriptedEngine.WaitingFor(gate.Task);
        await using var service = await InferenceServiceHost.StartAsync(InferenceSetup.With(engine, ("Slots", 1), ("QueueLength", 1)));
        var first = PutAsync(service, Form(Resize, Jpeg));
        var second = PutAsync(service, Form(Resize, Jpeg));
        await Eventually.BecomesTrueAsync(() => engine.Running == 1, "the engine runs");
        await Eventually.BecomesTrueAsync(async () => (await PutAsync(service, Form(Resize, []))).StatusCode == HttpStatusCode.TooManyRequests, "it is full");

        await using var connection = await service.ConnectAsync();
        await connection.WriteAsync(
            "PUT /runs/job-3 HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\nExpect: 100-continue\r\n\r\n"u8.ToArray());
        using StreamReader reader = new(connection, Encoding.ASCII);
        var answer = await reader.ReadLineAsync().SoonAsync();

        answer.ShouldBe("HTTP/1.1 429 Too Many Requests");
        using var third = await PutAsync(service, Form(Resize, Jpeg));
        await ShouldBeProblemAsync(third, HttpStatusCode.TooManyRequests, "inference_busy", isRetryable: true);
        third.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        gate.SetResult();
        (await first.SoonAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.SoonAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_goes_away_stops_the_engine_and_leaves_the_queue()
    {
        var engine = ScriptedEngine.WaitingFor(new TaskCompletionSource().Task);
        await using var service = await InferenceServiceHost.StartAsync(InferenceSetup.With(engine, ("Slots", 1), ("QueueLength", 1)));
        using CancellationTokenSource first = new(), second = new();
        var running = PutAsync(service, Form(Resize, Jpeg), first.Token);
        await Eventually.BecomesTrueAsync(() => engine.Running == 1, "the engine runs");
        var waiting = PutAsync(service, Form(Resize, Jpeg), second.Token);
        await Eventually.BecomesTrueAsync(() => HealthAsync(service, "waiting", "1"), "one waits");

        await second.CancelAsync();
        await Eventually.BecomesTrueAsync(() => HealthAsync(service, "waiting", "0"), "nobody waits");
        engine.Running.ShouldBe(1);
        await first.CancelAsync();
        await Eventually.BecomesTrueAsync(() => engine.Running == 0, "the engine has stopped");

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        engine.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_goes_away_in_the_middle_of_the_upload_gives_the_place_back()
    {
        await using var service = await InferenceServiceHost.StartAsync(InferenceSetup.With(new ScriptedEngine(), ("Slots", 1), ("QueueLength", 0)));
        await using (var connection = await service.ConnectAsync())
        {
            await connection.WriteAsync(
                "PUT /runs/job-1 HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000\r\n\r\n--b\r\n"u8.ToArray());
            await Eventually.BecomesTrueAsync(
                async () => (await PutAsync(service, Form(Resize, Jpeg))).StatusCode == HttpStatusCode.TooManyRequests, "the place is taken");
        }

        await Eventually.BecomesTrueAsync(
            async () => (await PutAsync(service, Form(Resize, Jpeg))).StatusCode == HttpStatusCode.OK, "the place is free");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"operation":"resize"}""")]
    [InlineData("""{"operation":null,"parameters":{}}""")]
    [InlineData("""{"operation":7,"parameters":{}}""")]
    [InlineData("""{"operation":"resize","parameters":{"width":NaN}}""")]
    [InlineData("\xff\xfe")]
    public async Task A_request_that_makes_no_sense_is_a_problem(string request)
    {
        await using var service = await InferenceServiceHost.StartAsync();

        using var response = await PutAsync(service, Form(request, Jpeg));

        (await ShouldBeProblemAsync(response, HttpStatusCode.BadRequest, "malformed_request", isRetryable: false)).ShouldContain("request");
    }

    [Fact]
    public async Task A_form_that_is_not_what_it_should_be_is_a_problem()
    {
        await using var service = await InferenceServiceHost.StartAsync(new(null, new Dictionary<string, string?> { ["Service:MaxPictures"] = "2" }));
        async Task<string> ProblemAsync(HttpContent content, HttpStatusCode status, string code)
        {
            using var response = await PutAsync(service, content);
            return await ShouldBeProblemAsync(response, status, code, isRetryable: false);
        }

        (await ProblemAsync(new StringContent(Resize), HttpStatusCode.UnsupportedMediaType, "unsupported_media_type")).ShouldContain("multipart/form-data");
        await ProblemAsync(Typed("multipart/form-data", ""), HttpStatusCode.BadRequest, "malformed_request");
        await ProblemAsync(Typed($"multipart/form-data; boundary={new string('b', 71)}", ""), HttpStatusCode.BadRequest, "malformed_request");
        await ProblemAsync(Typed("multipart/form-data; boundary=b", "--b\r\nContent-Disp"), HttpStatusCode.BadRequest, "malformed_request");
        await ProblemAsync(Typed("multipart/form-data; boundary=b", "--b\r\n\r\n{}\r\n--b--\r\n"), HttpStatusCode.BadRequest, "malformed_request");
        await ProblemAsync(Typed("multipart/form-data; boundary=b", "--b--\r\n"), HttpStatusCode.BadRequest, "malformed_request");
        (await ProblemAsync(new MultipartFormDataContent { { new StringContent(Resize), "request" }, { new StringContent(Resize), "request" } }, HttpStatusCode.BadRequest, "malformed_request"))
            .ShouldContain("twice");
        (await ProblemAsync(Form(Resize, Jpeg, Jpeg, Jpeg), HttpStatusCode.RequestEntityTooLarge, "request_too_large")).ShouldContain("2 pictures");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_bytes_than_accepted_are_refused(bool isChunked)
    {
        await using var service = await InferenceServiceHost.StartAsync(new(null, new Dictionary<string, string?> { ["Service:MaxRequestBytes"] = "100000" }));
        using var request = new HttpRequestMessage(HttpMethod.Put, "/runs/job-1") { Content = Form(Resize, new byte[150_000]) };
        request.Headers.TransferEncodingChunked = isChunked;

        using var response = await service.Client.SendAsync(request);

        (await ShouldBeProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "request_too_large", isRetryable: false)).ShouldContain("100,000");
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("a%20b")]
    [InlineData("a%2Fb")]
    [InlineData("%C3%A9")]
    public async Task An_id_that_is_none_is_refused(string run)
    {
        await using var service = await InferenceServiceHost.StartAsync();

        using var response = await service.Client.PutAsync(new Uri($"/runs/{run}", UriKind.Relative), Form(Resize, Jpeg));

        await ShouldBeProblemAsync(response, HttpStatusCode.BadRequest, "malformed_request", isRetryable: false);
    }

    private static Task<HttpResponseMessage> PutAsync(InferenceServiceHost service, HttpContent form, CancellationToken cancellationToken = default) =>
        service.Client.PutAsync(new Uri("/runs/job-1", UriKind.Relative), form, cancellationToken);

    private static MultipartFormDataContent Form(string request, params byte[][] pictures)
    {
        MultipartFormDataContent form = new() { { new ByteArrayContent(Encoding.Latin1.GetBytes(request)), "request" } };
        foreach (var picture in pictures) form.Add(new ByteArrayContent(picture), "image", "photo.jpg");
        return form;
    }

    private static ByteArrayContent Typed(string type, string body)
    {
        ByteArrayContent content = new(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type).ShouldBeTrue();
        return content;
    }

    private static async Task<bool> HealthAsync(InferenceServiceHost service, string figure, string value)
    {
        var body = await service.Client.GetStringAsync(new Uri("/health", UriKind.Relative));
        return body.Contains(string.Create(CultureInfo.InvariantCulture, $"\"{figure}\":{value}"), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<(string Name, string? ContentType, byte[] Body)>> PartsAsync(HttpResponseMessage response)
    {
        var type = response.Content.Headers.ContentType.ShouldNotBeNull();
        type.MediaType.ShouldBe("multipart/mixed");
        MultipartReader reader = new(type.Parameters.Single().Value!, await response.Content.ReadAsStreamAsync());
        List<(string, string?, byte[])> parts = [];
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            using MemoryStream body = new();
            await section.Body.CopyToAsync(body);
            section.Headers![HeaderNames.ContentLength].ToString().ShouldBe(body.Length.ToString(CultureInfo.InvariantCulture));
            parts.Add((ContentDispositionHeaderValue.Parse(section.ContentDisposition).Name.ToString(), section.ContentType, body.ToArray()));
        }

        return parts;
    }

    private static JsonElement Json((string Name, string? ContentType, byte[] Body) part) => JsonSerializer.Deserialize<JsonElement>(part.Body);

    private static async Task<string> ShouldBeProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code, bool isRetryable)
    {
        var problem = await response.JsonAsync();
        response.StatusCode.ShouldBe(status, problem.ToString());
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("code").GetString().ShouldBe(code, problem.ToString());
        problem.GetProperty("retryable").GetBoolean().ShouldBe(isRetryable);
        problem.GetProperty("trace_id").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        return problem.GetProperty("detail").GetString().ShouldNotBeNull();
    }
}
