using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace PhotoStudio.Tests.Support;

/// <summary>Requests and answers as the tests of the Api write and read them.</summary>
public static class Http
{
    /// <summary>A JSON body.</summary>
    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    /// <summary>A raw body.</summary>
    public static ByteArrayContent Raw(byte[] bytes, string? contentType = "image/png")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return content;
    }

    /// <summary>A multipart form with one file and some fields.</summary>
    public static MultipartFormDataContent Form(
        byte[] file, string part = "image", string fileName = "photo.png", params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(file), part, fileName } };
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        return form;
    }

    /// <summary>Sends a POST with headers.</summary>
    public static Task<HttpResponseMessage> PostAsync(
        this HttpClient client, string path, HttpContent content, params (string Name, string Value)[] headers) =>
        client.SendAsync(HttpMethod.Post, path, content, headers);

    /// <summary>Sends a GET with headers.</summary>
    public static Task<HttpResponseMessage> GetAsync(this HttpClient client, string path, params (string Name, string Value)[] headers) =>
        client.SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>Sends a request with headers.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        return await client.SendAsync(request);
    }

    /// <summary>The body as JSON.</summary>
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Checks that the answer is a problem in full, and answers its body.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        problem.GetProperty("code").GetString().ShouldBe(code, text);
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("success").GetBoolean().ShouldBeFalse();
        problem.GetProperty("type").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.Detail().ShouldNotBeNullOrEmpty();
        problem.GetProperty("instance").GetString().ShouldBe(response.RequestMessage!.RequestUri!.AbsolutePath);
        problem.GetProperty("trace_id").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }

    /// <summary>Checks that the answer is a problem in full, and answers its body.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(
        this Task<HttpResponseMessage> response, HttpStatusCode status, string code) =>
        await (await response).ShouldBeProblemAsync(status, code);

    /// <summary>What a problem says of this occurrence.</summary>
    public static string Detail(this JsonElement problem) => problem.GetProperty("detail").GetString()!;

    /// <summary>The messages of a field of a validation problem, as one text; empty when it has none.</summary>
    public static string Fault(this JsonElement problem, string field) =>
        problem.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out var messages)
            ? string.Join(' ', messages.EnumerateArray().Select(message => message.GetString()))
            : "";

    /// <summary>The names of the fields that have faults.</summary>
    public static string[] FaultyFields(this JsonElement problem) =>
        problem.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateObject().Select(member => member.Name)] : [];
}
