using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Shell;

public sealed class AspireCommandTests : IDisposable
{
    private readonly StudioCopy _copy = new();

    public void Dispose() => _copy.Dispose();

    [Fact]
    public async Task The_portable_edition_says_what_is_missing_and_what_does_the_same_without_it()
    {
        _copy.Environment["FAKE_RESTORE_OUTPUT"] = "error NU1101: Unable to find package Aspire.Hosting.AppHost.";
        _copy.Environment["FAKE_RESTORE_STATUS"] = "1";

        var call = await _copy.Studio("aspire");

        call.Status.ShouldBe(1);
        call.Errors.ShouldContain("the package feed lacks Aspire.Hosting.AppHost");
        call.Errors.ShouldContain("./studio run");
        _copy.Calls.ShouldNotContain(line => line.StartsWith("dotnet run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_topology_is_built_and_started_over_HTTP_with_what_it_was_told()
    {
        _copy.Environment["STUDIO_EDITION"] = "aspire";

        (await _copy.Studio("aspire", "--containers", "always", "--", "--Studio:Workers=4")).Status.ShouldBe(0);

        _copy.Calls.ShouldContain(line => line.StartsWith("dotnet build", StringComparison.Ordinal) && line.Contains("PhotoStudio.AppHost.csproj"));
        _copy.Calls[^1].ShouldEndWith("--launch-profile http -- --Studio:Containers=always --Studio:Workers=4");
    }

    [Fact]
    public async Task HTTPS_is_a_choice()
    {
        _copy.Environment["STUDIO_EDITION"] = "aspire";

        await _copy.Studio("aspire", "--https", "--containers=always");

        _copy.Calls[^1].ShouldContain("--launch-profile https");
    }

    [Theory]
    [InlineData("aspire does not know '--port'", "--port")]
    [InlineData("--containers takes auto, always or never", "--containers", "maybe")]
    [InlineData("--containers takes auto, always or never", "--containers")]
    public async Task What_it_does_not_know_is_refused_before_anything_is_built(string says, params string[] arguments)
    {
        var call = await _copy.Studio(["aspire", .. arguments]);

        call.Status.ShouldNotBe(0);
        call.Errors.ShouldContain(says);
        _copy.Calls.ShouldBeEmpty();
    }
}
