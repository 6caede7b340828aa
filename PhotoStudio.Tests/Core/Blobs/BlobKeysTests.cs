using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Blobs;

public sealed class BlobKeysTests
{
    [Fact]
    public void Made_keys_are_valid_and_keep_attempts_apart()
    {
        var owner = Owner.Guest("g");
        var created = new DateTimeOffset(2026, 2, 3, 23, 59, 0, TimeSpan.Zero);
        var job = Guid.CreateVersion7();

        var key = BlobKeys.Result(owner, created, job, 2, 0, "png");

        key.ShouldBe($"processed/{owner.StorageName}/2026-02-03/{job:N}-2-0.png");
        key.ShouldStartWith(BlobKeys.ResultPrefix(owner, created, job));
        BlobKeys.IsValid(key).ShouldBeTrue();
        BlobKeys.IsValid(BlobKeys.Upload(owner, job, "jpg")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData("a/.hidden")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a/\0b")]
    [InlineData("é")]
    public void Keys_that_could_leave_the_store_are_not_valid(string key) => BlobKeys.IsValid(key).ShouldBeFalse();

    [Fact]
    public void A_key_has_a_longest_length() => BlobKeys.IsValid(new string('a', BlobKeys.MaxLength + 1)).ShouldBeFalse();
}
