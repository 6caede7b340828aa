using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Shell;

public sealed class RunCommandTests : IDisposable
{
    private readonly StudioCopy _copy = new();

    public RunCommandTests() => _copy.Environment["STUDIO_EDITION"] = "portable";

    public void Dispose() => _copy.Dispose();

    [Fact]
    public async Task The_first_start_fetches_and_builds_and_the_second_does_neither()
    {
        (await _copy.Studio("run")).Status.ShouldBe(0);
        _copy.Calls.ShouldContain(call => call.StartsWith("npm ci", StringComparison.Ordinal));
        _copy.Calls.ShouldContain(call => call.StartsWith("dotnet build", StringComparison.Ordinal));
        _copy.ForgetCalls();

        StudioCall second = await _copy.Studio("run");

        second.Status.ShouldBe(0);
        second.Errors.ShouldBeEmpty();
        _copy.Calls.ShouldHaveSingleItem().ShouldContain("PhotoStudio.Standalone.dll");
    }

    [Fact]
    public async Task The_process_gets_the_address_the_data_folder_and_the_environment()
    {
        _copy.Environment["ASPNETCORE_URLS"] = "http://*:80";

        StudioCall call = await _copy.Studio("run", "--port=9999", "--data", "some photos", "--", "--Studio:Guests=false", "a b");

        call.Output.ShouldContain("address: \n");
        string[] arguments = call.Arguments;
        After(arguments, "--port").ShouldBe("9999");
        After(arguments, "--data").ShouldBe(Path.Combine(Path.GetDirectoryName(_copy.Root)!, "some photos"));
        arguments[^2..].ShouldBe(["--Studio:Guests=false", "a b"]);
        call.Output.ShouldContain("environment: Development");
    }

    [Fact]
    public async Task The_photos_live_beside_the_command_unless_told_otherwise() =>
        (await _copy.Studio("run")).Arguments[1..].ShouldBe(["--data", _copy.PathOf("data")]);

    [Fact]
    public async Task An_environment_an_address_and_a_data_folder_that_are_set_are_left_alone()
    {
        _copy.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        _copy.Environment["ASPNETCORE_URLS"] = "http://*:80";
        _copy.Environment["Studio__Data"] = "/srv/photos";

        StudioCall call = await _copy.Studio("run");

        call.Output.ShouldContain("environment: Production");
        call.Output.ShouldContain("address: http://*:80");
        call.Arguments.ShouldHaveSingleItem().ShouldEndWith("PhotoStudio.Standalone.dll");
    }

    [Theory]
    [InlineData("--port", "0")]
    [InlineData("--port", "65536")]
    [InlineData("--port", "http")]
    [InlineData("--port")]
    [InlineData("--data")]
    [InlineData("--data=")]
    [InlineData("--colour", "red")]
    public async Task A_command_line_that_makes_no_sense_is_refused_before_anything_is_done(params string[] arguments)
    {
        StudioCall call = await _copy.Studio(["run", .. arguments]);

        call.Status.ShouldBe(2);
        call.Errors.ShouldStartWith("studio: ");
        _copy.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("edited")]
    [InlineData("added")]
    [InlineData("deleted")]
    public async Task A_source_that_was_changed_is_built_again(string change)
    {
        _copy.Write("PhotoStudio.Core/Picture.cs", "// one");
        await _copy.Studio("run");
        _copy.ForgetCalls();

        if (change == "edited") _copy.Write("PhotoStudio.Core/Picture.cs", "// another");
        if (change == "added") _copy.Write("PhotoStudio.Core/Frame.cs", "// one");
        if (change == "deleted") File.Delete(_copy.PathOf("PhotoStudio.Core/Picture.cs"));
        await _copy.Studio("run");

        _copy.Calls.ShouldContain(call => call.StartsWith("dotnet build", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_test_is_no_reason_to_build_the_studio_again()
    {
        await _copy.Studio("run");
        _copy.ForgetCalls();

        _copy.Write("PhotoStudio.Tests/NewTests.cs", "// one");
        await _copy.Studio("run");

        _copy.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Starts_at_the_same_time_set_up_once()
    {
        StudioCall[] calls = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _copy.Studio("run")));

        calls.ShouldAllBe(call => call.Status == 0);
        _copy.Calls.Count(call => call.StartsWith("dotnet build", StringComparison.Ordinal)).ShouldBe(1);
        _copy.Calls.Count(call => call.StartsWith("npm ci", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_build_that_fails_shows_the_compilers_errors_and_is_tried_again()
    {
        _copy.Environment["FAKE_BUILD_OUTPUT"] = "Program.cs(1,1): error CS1002: ; expected";

        StudioCall call = await _copy.Studio("run");
        call.Status.ShouldBe(1);
        call.Errors.ShouldContain("error CS1002: ; expected");

        _copy.Environment.Remove("FAKE_BUILD_OUTPUT");
        (await _copy.Studio("run")).Status.ShouldBe(0);
    }

    [Fact]
    public async Task An_npm_registry_that_does_not_answer_is_a_clear_error()
    {
        _copy.Environment["FAKE_NPM_OUTPUT"] = "npm error code ENOTFOUND";

        StudioCall call = await _copy.Studio("run");

        call.Status.ShouldBe(1);
        call.Errors.ShouldContain("npm could not install build/native");
        call.Errors.ShouldContain("npm error code ENOTFOUND");
        call.Errors.ShouldContain("Check the network");
    }

    [Fact]
    public async Task A_lock_file_newer_than_what_is_installed_is_installed_again()
    {
        await _copy.Studio("run");
        _copy.ForgetCalls();

        File.SetLastWriteTimeUtc(_copy.PathOf("build/native/package-lock.json"), File.GetLastWriteTimeUtc(_copy.PathOf(
            "build/native/node_modules/.package-lock.json")).AddMinutes(1));
        await _copy.Studio("run");

        _copy.Calls.ShouldContain(call => call.StartsWith("npm ci", StringComparison.Ordinal));
    }

    private static string After(string[] arguments, string name) => arguments[Array.IndexOf(arguments, name) + 1];
}
