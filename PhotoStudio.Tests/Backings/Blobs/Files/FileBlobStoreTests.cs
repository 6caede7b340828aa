using System.Runtime.Versioning;
using PhotoStudio.Backings.Blobs.Files;
using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Blobs.Files;

[SupportedOSPlatform("linux")]
public sealed class FileBlobStoreTests : BlobStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    public FileBlobStoreTests() => Store = new FileBlobStore(_folder.Path, _time);

    protected override IBlobStore Store { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_blob_is_a_file_at_the_path_its_key_spells()
    {
        await PutAsync("processed/owner/job.png", [1, 2, 3], "image/png");

        File.ReadAllBytes(_folder.In("processed", "owner", "job.png")).ShouldBe([1, 2, 3]);
        Directory.GetFiles(_folder.In("processed", "owner")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task It_says_when_a_blob_was_stored_by_its_clock()
    {
        var put = await PutAsync("a.png", [1]);
        put!.StoredAt.ShouldBe(_time.GetUtcNow());
    }

    [Fact]
    public async Task What_a_crash_left_half_written_is_gone_at_the_next_start_and_what_is_being_written_is_not()
    {
        Directory.CreateDirectory(_folder.In(".incoming"));
        File.WriteAllBytes(_folder.In(".incoming", "left-by-a-crash"), new byte[1000]);
        TaskCompletionSource<int> rest = new();
        var writing = Store.TryPutAsync("slow.bin", new SlowStream(rest.Task), "application/octet-stream", default);

        _ = new FileBlobStore(_folder.Path, _time);

        Directory.GetFiles(_folder.In(".incoming")).ShouldNotContain(path => path.EndsWith("crash", StringComparison.Ordinal));
        rest.SetResult(0);
        (await writing)!.Length.ShouldBe(3);
        Directory.GetFiles(_folder.In(".incoming")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Emptied_folders_are_removed_and_the_root_stays()
    {
        await PutAsync("a/b/one.png", [1]);
        await PutAsync("a/two.png", [1]);

        await Store.DeleteAsync("a/b/one.png", default);
        Directory.Exists(_folder.In("a", "b")).ShouldBeFalse();
        await Store.DeleteAsync("a/two.png", default);

        Directory.Exists(_folder.In("a")).ShouldBeFalse();
        Directory.Exists(_folder.Path).ShouldBeTrue();
    }

    [Fact]
    public async Task A_blob_in_the_way_of_a_folder_is_a_storage_fault_that_changes_nothing()
    {
        await PutAsync("a", [1]);
        await Should.ThrowAsync<StorageException>(() => PutAsync("a/b.png", [2]));
        (await ReadAsync("a")).ShouldBe([1]);
    }

    [Fact]
    public async Task A_root_that_cannot_be_made_is_a_storage_fault_without_a_path_in_its_message()
    {
        File.WriteAllBytes(_folder.In("file"), [1]);
        FileBlobStore store = new(_folder.In("file", "blobs"), _time);

        var fault = await Should.ThrowAsync<StorageException>(() => store.TryPutAsync("a.png", new MemoryStream([1]), "image/png", default));

        fault.Message.ShouldContain("Studio:Data");
        fault.Message.ShouldNotContain(_folder.Path);
        (await store.FindAsync("a.png", default)).ShouldBeNull();
    }

    [FactWithMounts]
    public async Task On_a_full_disk_a_write_fails_clearly_leaves_nothing_and_works_once_there_is_room()
    {
        using MountedFolder disk = new("size=256k");
        FileBlobStore store = new(disk.Path, _time);
        await store.TryPutAsync("old.bin", new MemoryStream(new byte[100_000]), "application/octet-stream", default);

        var fault = await Should.ThrowAsync<StorageException>(() =>
            store.TryPutAsync("new.bin", new MemoryStream(new byte[200_000]), "application/octet-stream", default));

        fault.Message.ShouldContain("is full");
        (await store.FindAsync("new.bin", default)).ShouldBeNull();
        (await store.FindAsync("old.bin", default))!.Length.ShouldBe(100_000);
        Directory.GetFiles(Path.Combine(disk.Path, ".incoming")).ShouldBeEmpty();

        await store.DeleteAsync("old.bin", default);
        (await store.TryPutAsync("new.bin", new MemoryStream(new byte[200_000]), "application/octet-stream", default)).ShouldNotBeNull();
    }

    [FactWithMounts]
    public async Task On_a_read_only_disk_a_write_fails_clearly_and_reading_goes_on()
    {
        using MountedFolder disk = new("size=1m");
        FileBlobStore store = new(disk.Path, _time);
        await store.TryPutAsync("old.bin", new MemoryStream([1, 2]), "application/octet-stream", default);
        disk.Remount("ro");

        var put = await Should.ThrowAsync<StorageException>(() => store.TryPutAsync("new.bin", new MemoryStream([3]), "image/png", default));
        var delete = await Should.ThrowAsync<StorageException>(() => store.DeleteAsync("old.bin", default));

        put.Message.ShouldContain("read-only");
        delete.Message.ShouldContain("read-only");
        (await store.FindAsync("old.bin", default))!.Length.ShouldBe(2);
    }

    [FactAsOrdinaryUser]
    public async Task In_a_folder_of_somebody_else_a_write_fails_clearly()
    {
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            var fault = await Should.ThrowAsync<StorageException>(() => PutAsync("a.png", [1]));
            fault.Message.ShouldContain("not allowed");
        }
        finally
        {
            File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Three bytes, then nothing until it is told that this is the end.</summary>
    private sealed class SlowStream(Task<int> rest) : MemoryStream([1, 2, 3])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? base.ReadAsync(buffer, cancellationToken) : new ValueTask<int>(rest);
    }
}
