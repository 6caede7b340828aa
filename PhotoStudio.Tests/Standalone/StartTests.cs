using System.Net;
using System.Net.Sockets;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Standalone;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("--Studio:Worker:Slots=-1", "Studio:Worker:Slots is '-1'; it must be a number from 1 to 1024.")]
    [InlineData("--Studio:Worker:Slots=many", "'many' at 'Studio:Worker:Slots'")]
    [InlineData("--Studio:Cors:Origins:0=somewhere", "Studio:Cors:Origins: 'somewhere' is no origin")]
    [InlineData("--Studio:Uploads:AllowedExtensions:0=exe", "Studio:Uploads:AllowedExtensions must hold picture formats")]
    [InlineData("--Studio:Files:SigningKey=short", "Studio:Files:SigningKey must have at least 32 characters")]
    public async Task A_setting_that_makes_no_sense_is_told_in_one_line(string argument, string message) =>
        (await RefusalAsync(argument)).ShouldContain(message);

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var refusal = await RefusalAsync("--port", $"{port}");

        refusal.ShouldContain($"{port}: address already in use. Choose another port (--port, ASPNETCORE_URLS).");
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_told_in_one_line()
    {
        var file = Path.Combine(_data.Path, "file");
        await File.WriteAllTextAsync(file, "");

        (await RefusalAsync("--data", file)).ShouldContain($"The data folder {file} cannot be written");
    }

    /// <summary>What a studio that does not start says, which is one line.</summary>
    private async Task<string> RefusalAsync(params string[] arguments)
    {
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => StudioProcess.StartAsync(_data.Path, arguments));
        refused.Message.ShouldStartWith("The studio ended with 1:");
        refused.Message.ShouldNotContain("   at ");
        return refused.Message.Split('\n').Where(line => line.StartsWith("PhotoStudio cannot start: ", StringComparison.Ordinal)).ShouldHaveSingleItem();
    }
}
