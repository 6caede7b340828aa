using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace PhotoStudio.AppHost.Tests;

/// <summary>
/// The whole topology, started by Aspire's orchestrator: with containers where a runtime answers, otherwise with the servers of this
/// machine. <c>STUDIO_TEST_CONTAINERS</c> (auto, always, never) chooses.
/// </summary>
public sealed class TopologyTests : IAsyncLifetime
{
    /// <summary>Images of servers may have to be fetched first.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private DistributedApplication _studio = null!;

    public async Task InitializeAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        var containers = Environment.GetEnvironmentVariable("STUDIO_TEST_CONTAINERS") is { Length: > 0 } chosen ? chosen : "auto";
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.PhotoStudio_AppHost>(
            [$"--Studio:Containers={containers}", "--Studio:Workers=1"], patience.Token);
        _studio = await builder.BuildAsync(patience.Token);
        await _studio.StartAsync(patience.Token);
        foreach (var service in new[] { "inference", "worker", "api" })
            await _studio.ResourceNotifications.WaitForResourceHealthyAsync(service, patience.Token);
    }

    public async Task DisposeAsync() => await _studio.DisposeAsync();

    [Fact]
    public async Task A_picture_goes_through_the_queue_a_worker_and_inference_and_comes_back_with_the_size_asked_for()
    {
        using var client = _studio.CreateHttpClient("api", "http");
        client.Timeout = Patience;
        var painted = await PictureAsync(client, "/api/v1/operations/generate?prompt=a+red+house&width=128&height=96&seed=9&output_format=png", []);
        SizeOf(painted).ShouldBe((128, 96));

        var small = await PictureAsync(client, "/api/v1/operations/resize?width=64&output_format=png", painted);

        SizeOf(small).ShouldBe((64, 48));
    }

    [Fact]
    public async Task Every_backing_that_the_topology_hands_out_is_in_use_and_well()
    {
        using var client = _studio.CreateHttpClient("api", "http");

        var health = JsonNode.Parse(await client.GetStringAsync(new Uri("/health", UriKind.Relative)))!;

        foreach (var part in new[] { "database", "blobs", "redis", "inference" })
            ((string?)health["parts"]?[part]?["status"]).ShouldBe("healthy", health.ToJsonString());
    }

    [Fact]
    public async Task The_first_admin_signs_in_with_the_password_that_the_topology_made_and_with_no_other()
    {
        using var client = _studio.CreateHttpClient("api", "http");
        var password = _studio.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .OfType<ParameterResource>().Single(parameter => parameter.Name == "admin-password");

        (await SignInAsync(client, "guess")).ShouldBe(HttpStatusCode.Unauthorized);
        (await SignInAsync(client, (await password.GetValueAsync(default))!)).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> SignInAsync(HttpClient client, string password)
    {
        var credentials = new JsonObject { ["email"] = "admin@example.com", ["password"] = password };
        using var response = await client.PostAsJsonAsync(new Uri("/api/v1/auth/login", UriKind.Relative), credentials);
        return response.StatusCode;
    }

    private static async Task<byte[]> PictureAsync(HttpClient client, string path, byte[] picture)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(picture) };
        request.Headers.Accept.ParseAdd("image/*");
        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, System.Text.Encoding.UTF8.GetString(answer[..Math.Min(answer.Length, 500)]));
        return answer;
    }

    /// <summary>Width and height, from the header chunk of a PNG file.</summary>
    private static (int Width, int Height) SizeOf(byte[] png)
    {
        png[..8].ShouldBe([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        return (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }
}
