using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Webhooks;

public sealed class WebhookTests : IAsyncLifetime
{
    private static readonly byte[] Picture = TestFiles.Encode(TestPictures.Gradient(8, 8), PictureFormat.Png);
    private readonly ConcurrentQueue<Message> _messages = [];
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;
    private WebServer _receiver = null!;
    private WebServer _other = null!;
    private StudioHost _studio = null!;
    private Person _ana = null!;

    public async Task InitializeAsync()
    {
        _receiver = await WebServer.StartAsync(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            _messages.Enqueue(new Message(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync()));
            await _answer(http);
        });
        _other = await WebServer.StartAsync(_ => Task.CompletedTask);
        _studio = await StudioHost.StartAsync(new StudioHost
        {
            Settings =
            {
                ["Studio:Egress:AllowedNetworks:0"] = "127.0.0.0/8",
                ["Studio:Egress:AllowedPorts:0"] = $"{_receiver.Port}",
                ["Studio:Egress:AllowedPorts:1"] = $"{_other.Port}",
                ["Studio:Webhooks:PollInterval"] = "00:00:00.100",
                ["Studio:Webhooks:Timeout"] = "00:00:02",
            },
        });
        _ana = await _studio.RegisterAsync();
    }

    public async Task DisposeAsync()
    {
        await _studio.DisposeAsync();
        await _receiver.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task The_end_of_a_job_is_told_once_and_signed_as_Standard_Webhooks_say()
    {
        var (id, secret) = await CreateAsync($$"""{"url":"{{_receiver.Url("/hook")}}","description":"mine"}""");

        var job = await ResizeAsync();

        var message = await NextAsync();
        Verify(message, secret).ShouldBeTrue();
        Verify(message with { Body = message.Body + " " }, secret).ShouldBeFalse();
        message.Headers["Content-Type"].ShouldBe("application/json");
        var sent = DateTimeOffset.FromUnixTimeSeconds(long.Parse(message.Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        (DateTimeOffset.UtcNow - sent).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(5));
        var body = JsonSerializer.Deserialize<JsonElement>(message.Body);
        body.GetProperty("type").GetString().ShouldBe("job.completed");
        var data = body.GetProperty("data");
        (data.GetProperty("job_id").GetGuid(), data.GetProperty("operation").GetString(), data.GetProperty("status").GetString()).ShouldBe((job, "resize", "completed"));
        data.GetProperty("results").GetArrayLength().ShouldBe(1);

        var delivery = await DeliveryAsync("delivered");
        delivery.GetProperty("message_id").GetString().ShouldBe(message.Headers["webhook-id"]);
        delivery.GetProperty("webhook_id").GetGuid().ShouldBe(id);
        delivery.GetProperty("attempts").EnumerateArray().Single().GetProperty("status").GetInt32().ShouldBe(200);
        _messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_broken_receiver_is_tried_again_with_the_same_id_and_content()
    {
        var answers = 0;
        _answer = http =>
        {
            http.Response.StatusCode = Interlocked.Increment(ref answers) == 1 ? 500 : 204;
            return Task.CompletedTask;
        };
        var (_, secret) = await CreateAsync($$"""{"url":"{{_receiver.Url()}}"}""");
        await ResizeAsync();

        var (first, second) = (await NextAsync(), await NextAsync());

        (second.Headers["webhook-id"], second.Body).ShouldBe((first.Headers["webhook-id"], first.Body));
        Verify(second, secret).ShouldBeTrue();
        var attempts = (await DeliveryAsync("delivered")).GetProperty("attempts").EnumerateArray().ToList();
        attempts.Select(attempt => attempt.GetProperty("status").GetInt32()).ShouldBe([204, 500]);
        attempts[1].GetProperty("error").GetString()!.ShouldContain("500");
    }

    [Fact]
    public async Task A_slow_receiver_keeps_nobody_elses_messages_waiting_and_its_log_says_why()
    {
        var gate = new TaskCompletionSource();
        _answer = async http => await gate.Task.WaitAsync(http.RequestAborted);
        await CreateAsync($$"""{"url":"{{_receiver.Url()}}"}""");
        await CreateAsync($$"""{"url":"{{_other.Url()}}"}""");

        for (var i = 0; i < 6; i++) await ResizeAsync();

        await Eventually.BecomesTrueAsync(() => _other.Requests == 6, "the other receiver has all of its messages");
        await Eventually.BecomesTrueAsync(
            async () => (await DeliveriesAsync("pending")).Any(delivery => delivery.GetProperty("attempts").EnumerateArray()
                .Any(attempt => attempt.GetProperty("error").GetString()!.Contains("no answer within 2 s", StringComparison.Ordinal))),
            "the slow receiver's log says that it did not answer");
        gate.SetResult();
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _answer = http =>
        {
            http.Response.Redirect(_other.Url("/inside"));
            return Task.CompletedTask;
        };
        await CreateAsync($$"""{"url":"{{_receiver.Url()}}"}""");
        await ResizeAsync();
        await NextAsync();

        await Eventually.BecomesTrueAsync(
            async () => (await DeliveriesAsync("pending")).Any(delivery => delivery.GetProperty("attempts").GetArrayLength() == 1), "the attempt is written down");

        var attempt = (await DeliveriesAsync("pending")).Single().GetProperty("attempts")[0];
        attempt.GetProperty("status").GetInt32().ShouldBe(302);
        attempt.GetProperty("error").GetString()!.ShouldContain("redirects are not followed");
        _other.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_that_leads_inwards_is_not_connected_to()
    {
        await using var strict = await StudioHost.StartAsync(new StudioHost
        {
            Settings = { ["Studio:Egress:AllowedPorts:0"] = $"{_receiver.Port}", ["Studio:Webhooks:PollInterval"] = "00:00:00.100" },
        });
        var ben = await strict.RegisterAsync();
        using var literal = await PostAsync(strict, ben, "/api/v1/webhooks", $$"""{"url":"{{_receiver.Url()}}"}""");
        (await literal.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["url"]);

        using var named = await PostAsync(strict, ben, "/api/v1/webhooks", $$"""{"url":"{{_receiver.Url(host: "localhost")}}"}""");
        var id = (await named.JsonAsync()).GetProperty("data").GetProperty("id").GetGuid();
        using var test = await PostAsync(strict, ben, $"/api/v1/webhooks/{id}/test", "");
        var delivery = (await test.JsonAsync()).GetProperty("data").GetProperty("id").GetGuid();

        await Eventually.BecomesTrueAsync(
            async () =>
            {
                using var shown = await strict.Client.GetAsync($"/api/v1/webhooks/deliveries/{delivery}", ben.Auth);
                var attempts = (await shown.JsonAsync()).GetProperty("data").GetProperty("attempts");
                return attempts.GetArrayLength() == 1 && attempts[0].GetProperty("error").GetString()!.Contains("not public", StringComparison.Ordinal);
            },
            "the attempt was refused");
        _receiver.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task While_secrets_overlap_both_sign_and_afterwards_the_new_one_alone()
    {
        var (id, old) = await CreateAsync($$"""{"url":"{{_receiver.Url()}}"}""");
        var next = await RotateAsync(id, """{"overlap_hours":1}""");
        await PostOkAsync($"/api/v1/webhooks/{id}/test", "");
        var during = await NextAsync();

        var last = await RotateAsync(id, """{"overlap_hours":0}""");
        await PostOkAsync($"/api/v1/webhooks/{id}/test", "");
        var after = await NextAsync();

        during.Headers["webhook-signature"].Split(' ').Length.ShouldBe(2);
        (Verify(during, old), Verify(during, next)).ShouldBe((true, true));
        (Verify(after, old), Verify(after, next), Verify(after, last)).ShouldBe((false, false, true));
    }

    [Fact]
    public async Task A_job_with_a_webhook_url_is_told_there_signed_with_the_secret_for_jobs()
    {
        var job = await ResizeAsync($"&webhook_url={Uri.EscapeDataString(_receiver.Url("/once"))}");

        var message = await NextAsync();

        using var response = await _studio.Client.GetAsync("/api/v1/webhooks/job-secret", _ana.Auth);
        Verify(message, (await response.JsonAsync()).GetProperty("data").GetProperty("secret").GetString()!).ShouldBeTrue();
        JsonSerializer.Deserialize<JsonElement>(message.Body).GetProperty("data").GetProperty("job_id").GetGuid().ShouldBe(job);
        using var body = Http.Raw(Picture);
        using var refused = await _studio.Client.PostAsync("/api/v1/operations/resize?width=4&webhook_url=ftp://example.com", body, _ana.Auth);
        (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["webhook_url"]);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_not_told_any_more()
    {
        _answer = http =>
        {
            http.Response.StatusCode = 410;
            return Task.CompletedTask;
        };
        var (id, _) = await CreateAsync($$"""{"url":"{{_receiver.Url()}}"}""");
        await ResizeAsync();

        (await DeliveryAsync("failed")).GetProperty("attempts")[0].GetProperty("status").GetInt32().ShouldBe(410);

        using var shown = await _studio.Client.GetAsync($"/api/v1/webhooks/{id}", _ana.Auth);
        (await shown.JsonAsync()).GetProperty("data").GetProperty("enabled").GetBoolean().ShouldBeFalse();
        await ResizeAsync();
        (await DeliveriesAsync("pending")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_is_delivered_again_when_its_owner_asks()
    {
        await CreateAsync($$"""{"url":"{{_receiver.Url()}}"}""");
        await ResizeAsync();
        var first = await NextAsync();
        var id = (await DeliveryAsync("delivered")).GetProperty("id").GetGuid();

        await PostOkAsync($"/api/v1/webhooks/deliveries/{id}/replay", "");

        var again = await NextAsync();
        (again.Headers["webhook-id"], again.Body).ShouldBe((first.Headers["webhook-id"], first.Body));
    }

    [Fact]
    public async Task Only_the_events_that_were_chosen_are_told_and_faults_are_named()
    {
        var (id, _) = await CreateAsync($$"""{"url":"{{_receiver.Url()}}","events":["job.failed"]}""");
        await ResizeAsync();
        await PostOkAsync($"/api/v1/webhooks/{id}/test", "");

        JsonSerializer.Deserialize<JsonElement>((await NextAsync()).Body).GetProperty("type").GetString().ShouldBe("webhook.test");

        using var faulty = await PostAsync(_studio, _ana, "/api/v1/webhooks", """{"url":"http://user:pass@example.com/","events":["job.exploded"]}""");
        (await faulty.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["url", "events"], ignoreOrder: true);
    }

    /// <summary>As the specification says, by nothing of the studio's own.</summary>
    private static bool Verify(Message message, string secret)
    {
        var signed = $"{message.Headers["webhook-id"]}.{message.Headers["webhook-timestamp"]}.{message.Body}";
        using var hmac = new HMACSHA256(System.Convert.FromBase64String(secret.Split("whsec_")[1]));
        var expected = $"v1,{System.Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(signed)))}";
        return message.Headers["webhook-signature"].Split(' ').Contains(expected);
    }

    private static Task<HttpResponseMessage> PostAsync(StudioHost studio, Person person, string path, string json) =>
        studio.Client.PostAsync(path, Http.Json(json), person.Auth);

    private async Task<JsonElement> PostOkAsync(string path, string json)
    {
        using var response = await PostAsync(_studio, _ana, path, json);
        var body = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonSerializer.Deserialize<JsonElement>(body).GetProperty("data");
    }

    private async Task<(Guid Id, string Secret)> CreateAsync(string json)
    {
        var made = await PostOkAsync("/api/v1/webhooks", json);
        return (made.GetProperty("id").GetGuid(), made.GetProperty("secret").GetString()!);
    }

    private async Task<string> RotateAsync(Guid id, string json) =>
        (await PostOkAsync($"/api/v1/webhooks/{id}/rotate-secret", json)).GetProperty("secret").GetString()!;

    private async Task<Guid> ResizeAsync(string more = "")
    {
        using var body = Http.Raw(Picture);
        using var response = await _studio.Client.PostAsync($"/api/v1/operations/resize?width=4{more}", body, _ana.Auth, ("Accept", "application/json"));
        var answer = await response.JsonAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, answer.ToString());
        return answer.GetProperty("id").GetGuid();
    }

    private async Task<Message> NextAsync()
    {
        Message? message = null;
        await Eventually.BecomesTrueAsync(() => _messages.TryDequeue(out message), "a message has come");
        return message!;
    }

    private async Task<JsonElement> DeliveryAsync(string status)
    {
        IReadOnlyList<JsonElement> found = [];
        await Eventually.BecomesTrueAsync(async () => (found = await DeliveriesAsync(status)).Count > 0, $"a message is {status}");
        return found[0];
    }

    private async Task<IReadOnlyList<JsonElement>> DeliveriesAsync(string status)
    {
        using var response = await _studio.Client.GetAsync($"/api/v1/webhooks/deliveries?status={status}", _ana.Auth);
        return [.. (await response.JsonAsync()).GetProperty("data").EnumerateArray()];
    }

    private sealed record Message(IReadOnlyDictionary<string, string> Headers, string Body);
}
