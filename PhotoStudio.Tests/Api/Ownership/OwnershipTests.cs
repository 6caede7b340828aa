using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Chat;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Ownership;

/// <summary>
/// Walks the OpenAPI document: whatever endpoint takes an id, nobody but its owner learns whether there is such a thing. An endpoint whose ids this
/// walk has no example of fails it; give <see cref="SeedAsync"/> one.
/// </summary>
public sealed class OwnershipTests : IAsyncLifetime
{
    private const string Secret = "short";

    /// <summary>Parameters that name no owner's thing.</summary>
    private static readonly HashSet<string> Public = new(StringComparer.Ordinal) { "name", "documentName", "slug" };

    /// <summary>Paths whose permission is the signature of the URL; FilesTests have them.</summary>
    private static readonly HashSet<string> Signed = new(StringComparer.Ordinal) { "/files/{key}" };

    /// <summary>Paths of what is nobody's: administration, which is for a role; models; styles; and what its owner shows to everyone.</summary>
    private static readonly string[] Everyones = ["/api/v1/admin/", "/v1/models/", "/api/v1/images/public/", "/api/v1/styles/"];

    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Jpeg);

    private readonly StudioHost _studio = new() { Settings = { ["Studio:Auth:JwtSecret"] = Secret, ["Studio:Webhooks:Deliver"] = "false" } };
    private readonly List<string> _ids = [];
    private Person _ana = null!;

    public async Task InitializeAsync()
    {
        await _studio.InitializeAsync();
        _ana = await _studio.RegisterAsync();
        await SeedAsync();
    }

    public Task DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task Nobody_but_the_owner_reaches_anything_by_its_id()
    {
        var ben = await _studio.RegisterAsync();
        var (_, key) = await _studio.MakeKeyAsync(ben);
        var (_, service) = await _studio.MakeKeyAsync(ben, "act_as");
        var (_, own) = await _studio.MakeKeyAsync(_ana, "act_as");
        (string Who, string Query, (string, string)[] Headers)[] others =
        [
            ("another account", "", [ben.Auth]),
            ("another account's key", "", [("X-Api-Key", key)]),
            ("a service key that names the owner", $"?user_id={_ana.Id}", [("X-Api-Key", service)]),
            ("the owner's own service key", $"?user_id={_ana.Id}", [("X-Api-Key", own)]),
            ("another issuer's token with the owner's id", "", [("Authorization", $"Bearer {Sign(_ana.Id.ToString("D"))}")]),
            ("a guest", "", []),
            ("a guest who names the owner", $"?user_id={_ana.Id}", []),
            ("a guest with an id", "", [("X-Guest-Id", new string('0', 32))]),
        ];

        var walked = 0;
        foreach (var (path, method) in await EndpointsAsync())
        {
            foreach (var (who, query, headers) in others)
            {
                var nobodys = await StatusAsync(method, Fill(path, Guid.NewGuid().ToString("D")) + query, headers);
                nobodys.ShouldBeOneOf([HttpStatusCode.NotFound, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden], $"{method} {path}, by {who}, an id that nobody has");
                foreach (var id in _ids)
                    (await StatusAsync(method, Fill(path, id) + query, headers)).ShouldBe(nobodys, $"{method} {path}, by {who}, {id}");
                walked++;
            }
        }

        walked.ShouldBeGreaterThan(100);

        // The owner still has everything: none of those requests did anything.
        foreach (var (path, _) in (await EndpointsAsync()).Where(endpoint => endpoint.Method == "get"))
        {
            var answers = new List<HttpStatusCode>();
            foreach (var id in _ids) answers.Add(await StatusAsync("get", Fill(path, id), [_ana.Auth]));
            answers.ShouldContain(status => (int)status < 400, $"GET {path}: this walk has no example of its ids, or it is gone");
        }
    }

    /// <summary>One thing of each kind that has an id.</summary>
    private async Task SeedAsync()
    {
        var done = await JsonAsync(_studio.Client.PostAsync("/api/v1/operations/resize?width=8", Http.Raw(Photo), _ana.Auth, ("Accept", "application/json")));
        _ids.Add(done.GetProperty("id").GetString()!);
        _ids.Add(done.GetProperty("results")[0].GetProperty("id").GetString()!);

        var upload = await JsonAsync(_studio.Client.PostAsync("/api/v1/images/upload", Http.Form(Photo), _ana.Auth));
        _ids.Add(upload.GetProperty("data").GetProperty("id").GetString()!);

        using var steps = Http.Form(Photo, fields: [("steps", """[{"operation":"resize","parameters":{"width":16}},{"operation":"flip"}]""")]);
        var pipeline = await JsonAsync(_studio.Client.PostAsync("/api/v1/pipelines", steps, _ana.Auth, ("Accept", "application/json")));
        _ids.Add(pipeline.GetProperty("id").GetString()!);

        using var pictures = Http.Form(Photo, part: "images", fields: [("operation", "resize"), ("width", "8")]);
        var batch = await JsonAsync(_studio.Client.PostAsync("/api/v1/batches", pictures, _ana.Auth));
        _ids.Add(batch.GetProperty("id").GetString()!);

        // A feature's status knows the tasks of its own operation only.
        foreach (var operation in (string[])["generate", "upscale", "reimagine", "relight", "expand"])
        {
            var task = await JsonAsync(_studio.Client.PostAsync("/api/v1/processing/jobs", JobOf(operation), _ana.Auth));
            _ids.Add(task.GetProperty("data").GetProperty("id").GetString()!);
        }

        var template = await JsonAsync(_studio.Client.PostAsync("/api/v1/processing/templates", Http.Json("""{"name":"Flip it","job_type":"flip"}"""), _ana.Auth));
        _ids.Add(template.GetProperty("data").GetProperty("id").GetString()!);

        var (key, _) = await _studio.MakeKeyAsync(_ana);
        _ids.Add(key.ToString("D"));
        var webhook = await JsonAsync(_studio.Client.PostAsync("/api/v1/webhooks", Http.Json("""{"url":"https://example.com/hook","enabled":false}"""), _ana.Auth));
        _ids.Add(webhook.GetProperty("data").GetProperty("id").GetString()!);
        var message = await JsonAsync(_studio.Client.PostAsync($"/api/v1/webhooks/{_ids[^1]}/test", Http.Json(""), _ana.Auth));
        _ids.Add(message.GetProperty("data").GetProperty("id").GetString()!);
        await SeedUploadSessionAsync();
        await SeedConversationAsync();
    }

    /// <summary>A conversation with a message of the same id, since a path with both is filled with one id.</summary>
    private async Task SeedConversationAsync()
    {
        var opened = await JsonAsync(_studio.Client.PostAsync("/api/v1/chat/sessions", Http.Json("""{"new":true}"""), _ana.Auth));
        var id = opened.GetProperty("session_id").GetGuid();
        var chat = _studio.Provider.GetRequiredService<IChatStore>();
        (await chat.AppendAsync(Owner.User(_ana.Id), id, new ChatDraft(id, "hello"), default)).ShouldBeOfType<AppendOutcome.Added>();
        _ids.Add(id.ToString("D"));
    }

    private static HttpContent JobOf(string operation) => operation switch
    {
        "generate" => Http.Json("""{"job_type":"generate","prompt":"a quiet lake","width":128,"height":128}"""),
        "expand" => Http.Form(Photo, fields: [("job_type", "expand"), ("left", "8")]),
        _ => Http.Form(Photo, fields: [("job_type", operation)]),
    };

    /// <summary>An upload that comes in several requests.</summary>
    private async Task SeedUploadSessionAsync()
    {
        using var nothing = new ByteArrayContent([]);
        using var begun = await _studio.Client.PostAsync(
            "/api/v1/images/uploads", nothing, _ana.Auth, ("Tus-Resumable", "1.0.0"), ("Upload-Length", $"{Photo.Length}"), ("Upload-Metadata", "filename cGhvdG8uanBn"));
        begun.StatusCode.ShouldBe(HttpStatusCode.Created, await begun.Content.ReadAsStringAsync());
        _ids.Add(begun.Headers.Location!.OriginalString.Split('/')[^1]);
    }

    private static string Fill(string path, string id)
    {
        var filled = new StringBuilder(path).Replace("/sizes/{name}", "/sizes/thumb");
        for (var open = path.IndexOf('{', StringComparison.Ordinal); open >= 0; open = filled.ToString().IndexOf('{', StringComparison.Ordinal))
        {
            var close = filled.ToString().IndexOf('}', StringComparison.Ordinal);
            filled.Remove(open, close - open + 1).Insert(open, id);
        }

        return filled.ToString();
    }

    private static string Sign(string subject)
    {
        var signed = $"{WebEncoders.Base64UrlEncode("""{"alg":"HS256"}"""u8)}.{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes($$"""{"sub":"{{subject}}"}"""))}";
        return $"{signed}.{WebEncoders.Base64UrlEncode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Every endpoint of the document whose path has an id.</summary>
    private async Task<IReadOnlyList<(string Path, string Method)>> EndpointsAsync()
    {
        var document = await JsonAsync(_studio.Client.GetAsync("/openapi.json"));
        return
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               where !Signed.Contains(path.Name) && !Everyones.Any(start => path.Name.StartsWith(start, StringComparison.Ordinal)) && Parameters(path.Name).Any(name => !Public.Contains(name))
               from method in path.Value.EnumerateObject()
               where method.Name is "get" or "post" or "put" or "patch" or "delete" or "head"
               select (path.Name, method.Name),
        ];
    }

    private static IEnumerable<string> Parameters(string path) =>
        path.Split('{').Skip(1).Select(part => part.Split('}')[0]);

    private async Task<HttpStatusCode> StatusAsync(string method, string path, (string, string)[] headers)
    {
        // Enough for whatever looks at the body before it looks for the thing.
        var body = method is "get" or "head" or "delete" ? null : Http.Json("""{"rating":5,"is_favorite":true,"title":"x","comment":"x","name":"x","tag":"x","tags":["x"],"image_url":"x"}""");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), new Uri(path, UriKind.Relative)) { Content = body };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (path.Contains("/images/uploads/", StringComparison.Ordinal))
        {
            // The tus protocol wants its own headers before it looks at anything.
            request.Headers.TryAddWithoutValidation("Tus-Resumable", "1.0.0");
            request.Headers.TryAddWithoutValidation("Upload-Offset", "0");
            if (method == "patch") request.Content = new ByteArrayContent([]) { Headers = { ContentType = new("application/offset+octet-stream") } };
        }

        using var response = await _studio.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        return response.StatusCode;
    }

    private static async Task<JsonElement> JsonAsync(Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
