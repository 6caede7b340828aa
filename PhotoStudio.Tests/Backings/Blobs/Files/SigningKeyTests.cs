using PhotoStudio.Backings.Blobs.Files;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Blobs.Files;

public sealed class SigningKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_key_is_made_once_and_is_the_same_ever_after()
    {
        var key = SigningKey.FromFile(_folder.In("data", "signing.key"));

        key.Length.ShouldBe(32);
        key.ShouldContain(value => value != 0);
        SigningKey.FromFile(_folder.In("data", "signing.key")).ShouldBe(key);
        Directory.GetFileSystemEntries(_folder.In("data")).ShouldHaveSingleItem();
    }

    [Fact]
    public void Only_the_studios_user_may_read_it()
    {
        if (OperatingSystem.IsWindows()) return;
        SigningKey.FromFile(_folder.In("signing.key"));
        File.GetUnixFileMode(_folder.In("signing.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Of_many_who_make_it_at_once_all_get_the_same()
    {
        for (var round = 0; round < 20; round++)
        {
            var path = _folder.In($"signing-{round}.key");
            using Barrier start = new(8);
            var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Convert.ToHexString(SigningKey.FromFile(path));
                },
                TaskCreationOptions.LongRunning)));

            keys.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void A_file_that_is_no_key_is_named_and_left_alone()
    {
        File.WriteAllBytes(_folder.In("signing.key"), [1, 2, 3]);

        Should.Throw<InvalidOperationException>(() => SigningKey.FromFile(_folder.In("signing.key"))).Message.ShouldContain("signing.key");
        File.ReadAllBytes(_folder.In("signing.key")).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_configured_secret_that_is_too_short_is_refused_by_the_settings_name()
    {
        Should.Throw<InvalidOperationException>(() => SigningKey.FromText("short")).Message.ShouldContain("Studio:Files:SigningKey");
        SigningKey.FromText(new string('s', 32)).Length.ShouldBe(32);
    }
}
