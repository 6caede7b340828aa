using System.Net;
using System.Text.Json;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Api.Processing;
using PhotoStudio.Tests.Support;
using Shouldly;

namespace PhotoStudio.Tests.Api.Images;

/// <summary>A guest, or the holder of a token, with pictures.</summary>
internal sealed class LibraryClient(StudioHost host, string? token = null)
{
    private readonly string _guest = StoredJobs.NewGuest();

    /// <summary>The guest's random id.</summary>
    public string Guest => _guest;

    /// <summary>A photograph as a JPEG; other seeds are other photographs.</summary>
    public static byte[] Photo(int seed = 1, int width = 320, int height = 240) =>
        TestFiles.Encode(TestPictures.Photo(width, height, seed), PictureFormat.Jpeg);

    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers) =>
        host.Client.SendAsync(method, path, content, [token is null ? ("X-Guest-Id", _guest) : ("Authorization", $"Bearer {token}"), .. headers]);

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<HttpResponseMessage> PostAsync(string path, string? json = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, json is null ? null : Http.Json(json), headers);

    /// <summary>Uploads; answers the raw response.</summary>
    public Task<HttpResponseMessage> TryUploadAsync(
        byte[] file, string fileName = "photo.jpg", (string Name, string Value)[]? fields = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, "/api/v1/images/upload", Http.Form(file, fileName: fileName, fields: fields ?? []), headers);

    /// <summary>Uploads; answers the picture.</summary>
    public async Task<JsonElement> UploadAsync(byte[] file, string fileName = "photo.jpg", params (string Name, string Value)[] fields)
    {
        using var response = await TryUploadAsync(file, fileName, fields);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).GetProperty("data");
    }

    /// <summary>Uploads; answers the picture's id.</summary>
    public async Task<Guid> UploadedAsync(int seed = 1, params (string Name, string Value)[] fields) =>
        (await UploadAsync(Photo(seed), fields: fields)).GetProperty("id").GetGuid();

    /// <summary>A body that has to be a success.</summary>
    public async Task<JsonElement> JsonAsync(string path) => await JsonAsync(HttpMethod.Get, path, null);

    /// <summary>A body that has to be a success.</summary>
    public async Task<JsonElement> JsonAsync(HttpMethod method, string path, string? json, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, json is null ? null : Http.Json(json), headers);
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.JsonAsync();
    }

    /// <summary>The ids of a list in D's envelope.</summary>
    public async Task<IReadOnlyList<Guid>> IdsAsync(string path) =>
        [.. (await JsonAsync(path)).GetProperty("data").EnumerateArray().Select(image => image.GetProperty("id").GetGuid())];

    /// <summary>The ids of a page of the gallery.</summary>
    public async Task<IReadOnlyList<Guid>> EntriesAsync(string path) =>
        [.. (await JsonAsync(path)).GetProperty("items").EnumerateArray().Select(image => image.GetProperty("id").GetGuid())];

    /// <summary>Tokens for tests: an administrator and a premium user.</summary>
    public sealed class Tokens : ITokenAuthenticator
    {
        public ValueTask<TokenIdentity?> AuthenticateAsync(string token, TokenCarrier carrier, CancellationToken cancellationToken) =>
            ValueTask.FromResult(token switch
            {
                "admin" => new TokenIdentity(Owner.User(Guid.Parse("018f0000-0000-7000-8000-0000000000ad"))) { Roles = ["admin"] },
                "premium" => new TokenIdentity(Owner.User(Guid.Parse("018f0000-0000-7000-8000-0000000000ee"))) { Roles = ["premium"] },
                "plain" => new TokenIdentity(Owner.User(Guid.Parse("018f0000-0000-7000-8000-0000000000aa"))),
                _ => null,
            });
    }
}
