using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PhotoStudio.AppHost.Services;

namespace PhotoStudio.AppHost.Commands;

/// <summary>Calls the API as its first admin, whom the topology made.</summary>
internal sealed class AdminClient(EndpointReference api, StudioSecrets secrets) : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends a request and answers the JSON that comes back.</summary>
    /// <exception cref="HttpRequestException">The API cannot be reached or refuses; the message says what it said.</exception>
    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        if (_client.BaseAddress is null) await SignInAsync(cancellationToken);
        return await AskAsync(method, path, body, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        var credentials = new JsonObject
        {
            ["email"] = await secrets.AdminEmail.Resource.GetValueAsync(cancellationToken),
            ["password"] = await secrets.AdminPassword.Value.Resource.GetValueAsync(cancellationToken),
        };
        _client.BaseAddress = new Uri(api.Url);
        var answer = await AskAsync(HttpMethod.Post, "/api/v1/auth/login", credentials, cancellationToken);
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)answer?["data"]?["token"]);
    }

    private async Task<JsonNode?> AskAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await _client.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var answer = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true && text.Length > 0
            ? JsonNode.Parse(text)
            : null;
        return response.IsSuccessStatusCode
            ? answer
            : throw new HttpRequestException(
                $"{method} {path} was answered with {(int)response.StatusCode}: {(string?)answer?["detail"] ?? (string?)answer?["message"] ?? text}");
    }
}
