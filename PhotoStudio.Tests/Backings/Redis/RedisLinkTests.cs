using Microsoft.Extensions.Diagnostics.HealthChecks;
using PhotoStudio.Backings.Redis;
using PhotoStudio.Core;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Redis;

public sealed class RedisLinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_script_runs_also_after_Redis_has_forgotten_it()
    {
        var server = await RedisServer.SharedAsync();
        await using var link = server.Open();
        RedisScript script = new($"return {Random.Shared.Next(1_000_000)} + ARGV[1]");
        var first = (long)await link.RunAsync(script, [], [1], default);

        await link.RunAsync("SCRIPT", ["FLUSH"], default);

        ((long)await link.RunAsync(script, [], [1], default)).ShouldBe(first);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_reported_soon_and_used_again_once_it_is_back()
    {
        await using var server = await RedisServer.StartAsync();
        await using var link = server.Open("t", TimeSpan.FromSeconds(2));
        await link.ConnectAsync(default);
        await server.StopAsync();

        await Should.ThrowAsync<RedisAwayException>(() => link.RunAsync("PING", [], default).SoonAsync());

        await server.StartAgainAsync();
        await Eventually.BecomesTrueAsync(() => RedisServer.AnswersAsync(link), "Redis is used again");
    }

    [Theory]
    [InlineData("127.0.0.1:1,password=hunter2", "does not answer")]
    [InlineData("SERVER,password=hunter2", "password")]
    public async Task A_wrong_connection_string_ends_the_start_with_an_error_that_names_the_setting_and_no_secret(string location, string says)
    {
        await using var server = await RedisServer.StartAsync();
        await using (var link = server.Open()) await link.RunAsync("CONFIG", ["SET", "requirepass", "another"], default);
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:redis"] = location.Replace("SERVER", server.ConnectionString, StringComparison.Ordinal),
            ["Studio:Redis:Timeout"] = "00:00:01",
        };

        var error = await Should.ThrowAsync<StorageException>(() => WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Settings = settings }));

        error.Message.ShouldContain("ConnectionStrings:redis");
        error.Message.ShouldContain(says);
        error.Message.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("noeviction", HealthStatus.Healthy)]
    [InlineData("allkeys-lru", HealthStatus.Degraded)]
    public async Task A_server_that_may_throw_entries_away_is_degraded(string policy, HealthStatus status)
    {
        await using var server = await RedisServer.StartAsync("--maxmemory-policy", policy);
        await using var link = server.Open();

        var health = await new RedisHealth(link).CheckHealthAsync(new HealthCheckContext());

        health.Status.ShouldBe(status);
        if (status == HealthStatus.Degraded) health.Description.ShouldNotBeNull().ShouldContain(policy);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_degraded_and_not_unhealthy()
    {
        await using var server = await RedisServer.StartAsync();
        await using var link = server.Open("t", TimeSpan.FromSeconds(2));
        await link.ConnectAsync(default);
        await server.StopAsync();

        (await new RedisHealth(link).CheckHealthAsync(new HealthCheckContext())).Status.ShouldBe(HealthStatus.Degraded);
    }
}
