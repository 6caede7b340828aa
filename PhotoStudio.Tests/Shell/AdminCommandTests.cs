using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Shell;

public sealed class AdminCommandTests : IDisposable
{
    private readonly StudioCopy _copy = new();

    public AdminCommandTests() => _copy.Environment["STUDIO_EDITION"] = "portable";

    public void Dispose() => _copy.Dispose();

    [Fact]
    public async Task The_words_go_to_the_standalone_program_as_they_are()
    {
        StudioCall call = await _copy.Studio("admin", "make-admin", "ana@example.com");

        call.Status.ShouldBe(0);
        call.Arguments[0].ShouldEndWith("PhotoStudio.Standalone.dll");
        call.Arguments[1..].ShouldBe(["admin", "make-admin", "ana@example.com"]);
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        StudioCall call = await _copy.Studio("admin", "--help");

        call.Status.ShouldBe(0);
        foreach (string word in (string[])["make-admin", "premium", "lock", "users", "dead-letters", "backup", "restore"]) call.Output.ShouldContain(word);
    }
}
