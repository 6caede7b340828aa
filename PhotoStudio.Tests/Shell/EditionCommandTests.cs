using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Shell;

public sealed class EditionCommandTests : IDisposable
{
    private readonly StudioCopy _copy = new();

    public void Dispose() => _copy.Dispose();

    [Fact]
    public async Task A_feed_that_carries_everything_selects_aspire()
    {
        StudioCall call = await _copy.Studio("edition");

        call.Status.ShouldBe(0);
        call.LastLine.ShouldStartWith("aspire (");
        (await File.ReadAllTextAsync(_copy.PathOf(".studio/edition.props"))).ShouldContain(">aspire</StudioEdition>");
    }

    [Theory]
    [InlineData("error NU1101: Unable to find package Aspire.Hosting.AppHost. No packages exist with this id in source(s): feed")]
    [InlineData("error NU1102: Unable to find package Aspire.Hosting.AppHost with version (= 13.5.4)")]
    [InlineData("error NU1103: Unable to find package Aspire.Hosting.AppHost with version (= 13.5.4)")]
    [InlineData("error NU1102: Unable to find package Aspire.Hosting.AppHost with version 13\nerror NU1101: Unable to find package B.")]
    public async Task A_feed_that_lacks_a_package_selects_portable_and_names_it(string output)
    {
        FeedAnswers(output);

        StudioCall call = await _copy.Studio("edition");

        call.Status.ShouldBe(0);
        call.LastLine.ShouldBe("portable (the package feed lacks Aspire.Hosting.AppHost)");
    }

    [Theory]
    [InlineData("error NU1301: Unable to load the service index for source https://feed/: The request was canceled (timeout).")]
    [InlineData("error NU1301: Response status code does not indicate success: 401 (Unauthorized).")]
    [InlineData("error NU1301: Response status code does not indicate success: 503 (Service Unavailable).")]
    [InlineData("error NU1101: Unable to find package A.\nerror NU1301: Unable to load the service index for source https://feed/.")]
    [InlineData("error NU1100: Unable to resolve 'A (>= 1.0.0)' for 'net10.0'. No sources.")]
    [InlineData("error MSB4236: The SDK 'Microsoft.NET.Sdk' specified could not be found.")]
    [InlineData("Killed")]
    public async Task Any_other_failure_of_the_feed_is_an_error_that_decides_nothing(string output)
    {
        FeedAnswers(output);

        StudioCall call = await _copy.Studio("edition");

        call.Status.ShouldBe(1);
        call.Output.ShouldBeEmpty();
        call.Errors.ShouldContain(output.Split('\n')[^1]);
        call.Errors.ShouldContain("STUDIO_EDITION=portable");
        File.Exists(_copy.PathOf(".studio/edition.props")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_feed_that_never_answers_is_an_error_that_decides_nothing()
    {
        _copy.Environment["FAKE_RESTORE_HANGS"] = "yes";
        _copy.Environment["STUDIO_PROBE_TIMEOUT"] = "0.2";

        StudioCall call = await _copy.Studio("edition");

        call.Status.ShouldBe(1);
        call.Errors.ShouldContain("did not answer within 0.2 seconds");
        File.Exists(_copy.PathOf(".studio/edition.props")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_feed_is_asked_once_and_again_only_on_request()
    {
        await _copy.Studio("edition");
        FeedAnswers("error NU1101: Unable to find package Aspire.Hosting.AppHost.");

        (await _copy.Studio("edition")).LastLine.ShouldStartWith("aspire");
        (await _copy.Studio("edition", "--probe")).LastLine.ShouldStartWith("portable");
        (await _copy.Studio("edition")).LastLine.ShouldStartWith("portable");
        _copy.Calls.Count(call => call.StartsWith("dotnet restore", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_probe_that_fails_leaves_the_known_edition_alone()
    {
        await _copy.Studio("edition");
        FeedAnswers("error NU1301: Unable to load the service index.");

        (await _copy.Studio("edition", "--probe")).Status.ShouldBe(1);
        (await _copy.Studio("edition")).LastLine.ShouldStartWith("aspire");
    }

    [Fact]
    public async Task The_variable_chooses_without_asking_and_only_while_it_is_set()
    {
        _copy.Environment["STUDIO_EDITION"] = "portable";
        (await _copy.Studio("edition")).LastLine.ShouldBe("portable (chosen by STUDIO_EDITION)");
        _copy.Calls.ShouldBeEmpty();

        _copy.Environment.Remove("STUDIO_EDITION");
        (await _copy.Studio("edition")).LastLine.ShouldStartWith("aspire");
    }

    [Fact]
    public async Task An_unknown_edition_is_refused_by_name()
    {
        _copy.Environment["STUDIO_EDITION"] = "deluxe";

        StudioCall call = await _copy.Studio("run");

        call.Status.ShouldBe(1);
        call.Errors.ShouldContain("'deluxe'; it can be aspire or portable");
        _copy.Calls.ShouldBeEmpty();
    }

    private void FeedAnswers(string output)
    {
        _copy.Environment["FAKE_RESTORE_OUTPUT"] = output;
        _copy.Environment["FAKE_RESTORE_STATUS"] = "1";
    }
}
