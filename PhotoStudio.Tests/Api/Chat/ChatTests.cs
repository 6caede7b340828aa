using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Api.Processing;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Chat;

/// <summary>Conversations over the whole studio: a message goes in, a picture and an answer come out.</summary>
public sealed class ChatTests(ChatTests.Host host) : IClassFixture<ChatTests.Host>
{
    private readonly string _guest = StoredJobs.NewGuest();

    [Theory]
    [InlineData("/v1")]
    [InlineData("/api/v1")]
    public async Task A_sentence_becomes_a_picture_in_the_gallery(string prefix)
    {
        var session = await OpenAsync(prefix);
        var posted = await SayAsync($"{prefix}/chat/sessions/{session}/messages", "generate a picture of a red lighthouse at sunset, no people");
        posted.GetProperty("status").GetString().ShouldBe("PROCESSING");

        var done = await EndOfAsync($"{prefix}/chat/sessions/{session}/messages/{posted.GetProperty("message_id").GetGuid()}");
        done.GetProperty("status").GetString().ShouldBe("DONE", done.GetRawText());
        done.GetProperty("intent").GetString().ShouldBe("generate");
        done.GetProperty("refined_prompt").GetString()!.ShouldContain("red lighthouse");
        done.GetProperty("reply").GetString().ShouldNotBeNullOrEmpty();
        TestFiles.Decode(await host.Studio.Client.GetByteArrayAsync(done.GetProperty("image_url").GetString())).Width.ShouldBeGreaterThan(100);

        var results = await GetAsync("/api/v1/processing/results");
        results.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())
            .ShouldContain(done.GetProperty("results")[0].GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task The_next_message_works_on_the_result_of_the_one_before()
    {
        var session = await OpenAsync("/api/v1");
        var first = await SayAndWaitAsync(session, "make this black and white", Photo());
        first.GetProperty("status").GetString().ShouldBe("DONE", first.GetRawText());
        var second = await SayAndWaitAsync(session, "now rotate it 90 degrees to the right");
        second.GetProperty("status").GetString().ShouldBe("DONE", second.GetRawText());
        second.GetProperty("intent").GetString().ShouldBe("rotate");

        var before = await PictureAsync(first);
        var after = await PictureAsync(second);
        (after.Width, after.Height).ShouldBe((before.Height, before.Width));
    }

    [Fact]
    public async Task Several_wishes_are_done_in_order()
    {
        var session = await OpenAsync("/api/v1");
        var done = await SayAndWaitAsync(session, "recorta la foto cuadrada y luego gírala 180 grados", Photo());
        done.GetProperty("status").GetString().ShouldBe("DONE", done.GetRawText());
        done.GetProperty("plan").EnumerateArray().Select(step => step.GetProperty("operation").GetString()).ShouldBe(["crop", "rotate"]);
        done.GetProperty("language").GetString().ShouldBe("es");
        var picture = await PictureAsync(done);
        picture.Width.ShouldBe(picture.Height);
    }

    [Fact]
    public async Task Smalltalk_and_a_missing_picture_are_answered_without_a_job()
    {
        var session = await OpenAsync("/api/v1");
        var hello = await SayAndWaitAsync(session, "hello there");
        (hello.GetProperty("status").GetString(), hello.GetProperty("intent").GetString()).ShouldBe(("DONE", "smalltalk"));
        hello.GetProperty("reply").GetString().ShouldNotBeNullOrEmpty();

        var asked = await SayAndWaitAsync(session, "remove the background");
        asked.GetProperty("status").GetString().ShouldBe("DONE");
        asked.GetProperty("reply").GetString().ShouldNotBeNullOrEmpty();
        asked.GetProperty("results").GetArrayLength().ShouldBe(0);
        (await GetAsync("/api/v1/processing/jobs/list")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Messages_that_come_at_once_are_all_answered_in_their_order()
    {
        var session = await OpenAsync("/api/v1");
        var path = $"/api/v1/chat/sessions/{session}/messages";
        var posted = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => SayAsync(path, $"hello {i}")));
        foreach (var message in posted) await EndOfAsync($"{path}/{message.GetProperty("message_id").GetGuid()}");
        var listed = await GetAsync(path);
        listed.GetProperty("count").GetInt32().ShouldBe(5);
        var messages = listed.GetProperty("messages").EnumerateArray().ToList();
        messages.Select(message => message.GetProperty("number").GetInt32()).ShouldBe([1, 2, 3, 4, 5]);
        var ends = messages.Select(message => message.GetProperty("finished_at").GetDateTimeOffset()).ToList();
        ends.ShouldBe(ends.Order());
    }

    [Fact]
    public async Task A_prompt_that_moderation_refuses_fails_with_an_answer()
    {
        var session = await OpenAsync("/api/v1");
        var failed = await SayAndWaitAsync(session, "generate a picture of a n4k3d woman");
        failed.GetProperty("status").GetString().ShouldBe("FAILED", failed.GetRawText());
        failed.GetProperty("error_code").GetString().ShouldBe("content_refused");
    }

    [Fact]
    public async Task A_repeated_message_with_a_key_is_one_message()
    {
        var session = await OpenAsync("/api/v1");
        var path = $"/api/v1/chat/sessions/{session}/messages";
        var first = await SayAsync(path, "hello", key: "k1");
        var again = await SayAsync(path, "hello", key: "k1");
        again.GetProperty("message_id").GetGuid().ShouldBe(first.GetProperty("message_id").GetGuid());
        using var other = await PostAsync(path, """{"content":"goodbye"}""", "k1");
        await other.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        (await GetAsync(path)).GetProperty("count").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Another_guest_finds_nothing()
    {
        var session = await OpenAsync("/api/v1");
        var message = (await SayAsync($"/api/v1/chat/sessions/{session}/messages", "hello")).GetProperty("message_id").GetGuid();
        var stranger = StoredJobs.NewGuest();
        foreach (var path in (string[])[$"/{session}", $"/{session}/messages", $"/{session}/messages/{message}", $"/{session}/events"])
        {
            using var response = await host.Studio.Client.GetAsync($"/api/v1/chat/sessions{path}", ("X-Guest-Id", stranger));
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }

        using var posted = await host.Studio.Client.PostAsync($"/api/v1/chat/sessions/{session}/messages", Http.Json("""{"content":"hi"}"""), [("X-Guest-Id", stranger)]);
        posted.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var deleted = await SendAsync(HttpMethod.Delete, $"/api/v1/chat/sessions/{session}", stranger);
        deleted.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "validation_failed")]
    [InlineData("""{"content":"   "}""", HttpStatusCode.BadRequest, "validation_failed")]
    [InlineData("""{"content":"x","image_base64":"bm90IGEgcGljdHVyZQ=="}""", HttpStatusCode.UnsupportedMediaType, "unsupported_picture")]
    public async Task Messages_that_are_none_are_refused(string json, HttpStatusCode status, string code)
    {
        var session = await OpenAsync("/api/v1");
        using var response = await PostAsync($"/api/v1/chat/sessions/{session}/messages", json);
        await response.ShouldBeProblemAsync(status, code);
    }

    [Fact]
    public async Task What_cannot_be_seen_is_taken_out_of_a_message()
    {
        var session = await OpenAsync("/api/v1");
        var done = await SayAndWaitAsync(session, "\u202Ehide\u202C the \u200Bback\u2060ground\u0000\u0007 please \U000E0041\U000E0042");
        done.GetProperty("status").GetString().ShouldBe("DONE", done.GetRawText());
        done.GetProperty("content").GetString().ShouldBe("hide the background please");
    }

    [Fact]
    public async Task A_message_of_the_greatest_length_ends_with_an_answer()
    {
        var session = await OpenAsync("/api/v1");
        var done = await SayAndWaitAsync(session, string.Concat(Enumerable.Repeat("xin chào bạn ơi ", 625)));
        done.GetProperty("status").GetString().ShouldBe("DONE", done.GetRawText()[..500]);
        done.GetProperty("language").GetString().ShouldBe("vi");
    }

    [Theory]
    [InlineData(10_001)]
    [InlineData(100_000)]
    public async Task A_message_that_is_too_long_is_refused_with_the_limit(int length)
    {
        var session = await OpenAsync("/api/v1");
        using var response = await PostAsync(
            $"/api/v1/chat/sessions/{session}/messages", JsonSerializer.Serialize(new Dictionary<string, string> { ["content"] = new('x', length) }));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.GetProperty("errors").GetProperty("content")[0].GetString().ShouldBe($"must have at most 10000 characters, not {length}.");
    }

    [Fact]
    public async Task The_open_conversation_is_answered_until_a_new_one_is_asked_for()
    {
        var first = await OpenAsync("/api/v1", isNew: false);
        (await OpenAsync("/api/v1", isNew: false)).ShouldBe(first);
        var second = await OpenAsync("/api/v1");
        second.ShouldNotBe(first);
        (await GetAsync("/api/v1/chat/sessions")).GetProperty("count").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_deleted_conversation_is_gone_while_its_work_goes_on()
    {
        var session = await OpenAsync("/api/v1");
        await SayAsync($"/api/v1/chat/sessions/{session}/messages", "generate a castle in the mountains");
        using var deleted = await SendAsync(HttpMethod.Delete, $"/api/v1/chat/sessions/{session}", _guest);
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var gone = await host.Studio.Client.GetAsync($"/api/v1/chat/sessions/{session}", ("X-Guest-Id", _guest));
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_gateway_opens_a_conversation_by_the_clients_own_name_and_answers_with_the_result()
    {
        using var form = new MultipartFormDataContent { { new StringContent("crop this to a square"), "message" }, { new StringContent("my-session"), "session_id" }, { Photo(), "image", "photo.png" } };
        using var response = await host.Studio.Client.PostAsync("/api/v1/ai-gateway/chat", form, [("X-Guest-Id", _guest)]);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var answer = await response.JsonAsync();
        (answer.GetProperty("session_id").GetString(), answer.GetProperty("intent").GetString(), answer.GetProperty("operation").GetString()).ShouldBe(("my-session", "crop", "crop"));
        answer.GetProperty("confidence").GetDouble().ShouldBeGreaterThan(0.3);
        var picture = await PictureAsync(answer);
        picture.Width.ShouldBe(picture.Height);

        using var next = await host.Studio.Client.PostAsync("/api/v1/ai-gateway/chat", Http.Json("""{"message":"rotate it 180 degrees","session_id":"my-session"}"""), [("X-Guest-Id", _guest)]);
        next.StatusCode.ShouldBe(HttpStatusCode.OK, await next.Content.ReadAsStringAsync());
        (await next.JsonAsync()).GetProperty("operation").GetString().ShouldBe("rotate");

        // B's endpoints know the studio's own ids only.
        using var unknown = await host.Studio.Client.GetAsync("/api/v1/chat/sessions/my-session", ("X-Guest-Id", _guest));
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_gateway_answers_at_once_when_that_is_preferred()
    {
        using var response = await host.Studio.Client.PostAsync(
            "/api/v1/ai-gateway/chat", Http.Json("""{"message":"paint a lake"}"""), [("X-Guest-Id", _guest), ("Prefer", "respond-async")]);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var done = await EndOfAsync(response.Headers.Location!.ToString());
        done.GetProperty("status").GetString().ShouldBe("DONE", done.GetRawText());
    }

    [Fact]
    public async Task Watchers_hear_of_a_message_until_it_is_done()
    {
        var session = await GetSessionAsync();
        using var listening = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var stream = await host.Studio.Client.GetStreamAsync(session.GetProperty("events_url").GetString(), listening.Token);
        using var reader = new StreamReader(stream);
        await SayAsync($"/api/v1/chat/sessions/{session.GetProperty("session_id").GetGuid()}/messages", "generate a quiet lake");
        var statuses = new List<string>();
        while (!statuses.Contains("DONE") && await reader.ReadLineAsync(listening.Token) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            var data = JsonDocument.Parse(line[6..]).RootElement;
            if (data.GetProperty("event_type").GetString() == "message") statuses.Add(data.GetProperty("message").GetProperty("status").GetString()!);
        }

        statuses.ShouldContain("PROCESSING");
        statuses[^1].ShouldBe("DONE");
    }

    private static ByteArrayContent Photo()
    {
        var content = new ByteArrayContent(TestFiles.Encode(TestPictures.Photo(120, 80, seed: 4), PictureFormat.Png));
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return content;
    }

    private async Task<JsonElement> GetSessionAsync()
    {
        using var response = await PostAsync("/api/v1/chat/sessions", """{"new":true}""");
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private async Task<Guid> OpenAsync(string prefix, bool isNew = true)
    {
        using var response = await PostAsync($"{prefix}/chat/sessions", isNew ? """{"new":true}""" : "{}");
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).GetProperty("session_id").GetGuid();
    }

    private async Task<JsonElement> SayAndWaitAsync(Guid session, string text, HttpContent? picture = null)
    {
        var path = $"/api/v1/chat/sessions/{session}/messages";
        if (picture is null) return await EndOfAsync($"{path}/{(await SayAsync(path, text)).GetProperty("message_id").GetGuid()}");
        using var form = new MultipartFormDataContent { { new StringContent(text), "content" }, { picture, "image", "photo.png" } };
        using var response = await host.Studio.Client.PostAsync(path, form, [("X-Guest-Id", _guest)]);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return await EndOfAsync($"{path}/{(await response.JsonAsync()).GetProperty("message_id").GetGuid()}");
    }

    private async Task<JsonElement> SayAsync(string path, string text, string? key = null)
    {
        using var response = await PostAsync(path, JsonSerializer.Serialize(new Dictionary<string, string> { ["content"] = text }), key);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private async Task<JsonElement> EndOfAsync(string path)
    {
        JsonElement message = default;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                message = await GetAsync(path);
                return message.GetProperty("status").GetString() != "PROCESSING";
            },
            "the message ends");
        return message;
    }

    private async Task<PhotoStudio.Imaging.Picture> PictureAsync(JsonElement message) =>
        TestFiles.Decode(await host.Studio.Client.GetByteArrayAsync(message.GetProperty("image_url").GetString()));

    private Task<HttpResponseMessage> PostAsync(string path, string json, string? key = null) => host.Studio.Client.PostAsync(
        path, Http.Json(json), key is null ? [("X-Guest-Id", _guest)] : [("X-Guest-Id", _guest), ("Idempotency-Key", key)]);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string guest)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Guest-Id", guest);
        return await host.Studio.Client.SendAsync(request);
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await host.Studio.Client.GetAsync(path, ("X-Guest-Id", _guest));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    public sealed class Host : IAsyncLifetime
    {
        internal StudioHost Studio { get; } = new();

        public Task InitializeAsync() => Studio.InitializeAsync();

        public Task DisposeAsync() => Studio.DisposeAsync();
    }
}
