using PhotoStudio.Backings.Data;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Data;

public sealed class StudioFolderLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_in_use_is_refused_with_who_uses_it_and_what_to_do()
    {
        StudioFolder folder = new(_folder.In("data"));
        using (StudioFolderLock.Take(folder))
        {
            var message = Should.Throw<InvalidOperationException>(() => StudioFolderLock.Take(folder)).Message;
            message.ShouldContain($"process {Environment.ProcessId}");
            message.ShouldContain(folder.Path);
            message.ShouldContain("--data");
        }

        StudioFolderLock.Take(folder).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused_by_the_settings_name()
    {
        File.WriteAllBytes(_folder.In("file"), [1]);
        Should.Throw<InvalidOperationException>(() => StudioFolderLock.Take(new StudioFolder(_folder.In("file", "data"))))
            .Message.ShouldContain("Studio:Data");
    }

    [FactWithMounts]
    public void A_read_only_folder_is_refused_by_the_settings_name()
    {
        using MountedFolder disk = new("size=64k");
        disk.Remount("ro");
        Should.Throw<InvalidOperationException>(() => StudioFolderLock.Take(new StudioFolder(disk.Path))).Message.ShouldContain("Studio:Data");
    }
}
