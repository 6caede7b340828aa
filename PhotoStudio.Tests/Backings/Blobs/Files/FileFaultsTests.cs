using PhotoStudio.Backings.Blobs.Files;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Blobs.Files;

public sealed class FileFaultsTests
{
    [Theory]
    [InlineData(28, "disk that holds the studio's data is full")]
    [InlineData(122, "disk that holds the studio's data is full")]
    [InlineData(30, "read-only file system")]
    [InlineData(5, "Check Studio:Data")]
    public void Each_fault_of_the_file_system_has_a_sentence_an_operator_can_act_on(int errno, string expected)
    {
        var fault = FileFaults.ToStorageException(new IOException("Refused: /secret/path", errno));

        fault.Message.ShouldContain(expected);
        fault.Message.ShouldNotContain("/secret");
    }

    [Fact]
    public void A_denied_permission_names_the_setting()
    {
        FileFaults.ToStorageException(new UnauthorizedAccessException("Denied: /secret/path", new IOException("denied", 13)))
            .Message.ShouldSatisfyAllConditions(
                message => message.ShouldContain("not allowed"),
                message => message.ShouldContain("Studio:Data"),
                message => message.ShouldNotContain("/secret"));
    }
}
