using System.Security.Cryptography;
using System.Text;
using PhotoStudio.Core.Blobs;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every blob store does. An adapter's tests inherit it and say how to open an empty store.</summary>
public abstract class BlobStoreContract
{
    /// <summary>The store under test; empty when a test begins.</summary>
    protected abstract IBlobStore Store { get; }

    [Fact]
    public async Task What_was_put_is_found_and_read_again_byte_for_byte()
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var put = await PutAsync("processed/owner/2026-05-04/job-1-0.png", bytes, "image/png");

        put.ShouldNotBeNull();
        put.Length.ShouldBe(bytes.Length);
        (await Store.FindAsync(put.Key, default)).ShouldBe(put);
        (await ReadAsync(put.Key)).ShouldBe(bytes);
    }

    [Fact]
    public async Task An_empty_blob_is_a_blob()
    {
        (await PutAsync("empty.bin", []))!.Length.ShouldBe(0);
        (await ReadAsync("empty.bin")).ShouldBe([]);
    }

    [Theory]
    [InlineData("picture.png", "image/png")]
    [InlineData("picture.png", "image/jpeg")]
    [InlineData("no-extension", "image/webp")]
    [InlineData("data.unknown", "application/vnd.studio+json; charset=utf-8")]
    public async Task The_content_type_is_kept_whatever_the_key_looks_like(string key, string contentType)
    {
        (await PutAsync(key, [1], contentType))!.ContentType.ShouldBe(contentType);
        (await Store.FindAsync(key, default))!.ContentType.ShouldBe(contentType);
        (await ListAsync("")).Single().ContentType.ShouldBe(contentType);
    }

    [Fact]
    public async Task A_taken_key_keeps_its_bytes_and_its_type()
    {
        await PutAsync("a.png", [1, 2, 3], "image/png");

        (await PutAsync("a.png", [4, 5], "image/jpeg")).ShouldBeNull();

        (await ReadAsync("a.png")).ShouldBe([1, 2, 3]);
        (await Store.FindAsync("a.png", default))!.ContentType.ShouldBe("image/png");
    }

    [Fact]
    public async Task Of_many_who_write_one_key_at_once_exactly_one_wins_and_its_bytes_stay()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = $"race/{round}.bin";
            var puts = await Task.WhenAll(Enumerable.Range(1, 8).Select(writer => Task.Run(async () =>
                (Writer: writer, Blob: await PutAsync(key, Enumerable.Repeat((byte)writer, 50_000 + writer).ToArray())))));

            var winner = puts.Where(put => put.Blob is not null).ShouldHaveSingleItem();
            (await ReadAsync(key)).ShouldBe(Enumerable.Repeat((byte)winner.Writer, 50_000 + winner.Writer));
            (await Store.FindAsync(key, default))!.ETag.ShouldBe(winner.Blob!.ETag);
        }
    }

    [Fact]
    public async Task Nothing_is_seen_of_a_write_that_broke_off()
    {
        await Should.ThrowAsync<InvalidOperationException>(() =>
            Store.TryPutAsync("broken.png", new BreakingStream(100_000), "image/png", default));

        (await Store.FindAsync("broken.png", default)).ShouldBeNull();
        (await Store.OpenReadAsync("broken.png", null, default)).ShouldBeNull();
        (await ListAsync("")).ShouldBeEmpty();
        (await PutAsync("broken.png", [7])).ShouldNotBeNull();
    }

    [Fact]
    public async Task Nothing_is_seen_of_a_write_that_was_cancelled()
    {
        using CancellationTokenSource cancellation = new();
        await Should.ThrowAsync<OperationCanceledException>(() =>
            Store.TryPutAsync("cancelled.png", new BreakingStream(100_000, cancellation), "image/png", cancellation.Token));

        (await Store.FindAsync("cancelled.png", default)).ShouldBeNull();
        (await ListAsync("")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_not_deleted()
    {
        (await Store.FindAsync("nothing/here.png", default)).ShouldBeNull();
        (await Store.OpenReadAsync("nothing/here.png", null, default)).ShouldBeNull();
        (await Store.DeleteAsync("nothing/here.png", default)).ShouldBeFalse();
    }

    [Fact]
    public async Task What_comes_before_the_last_slash_of_a_key_is_no_blob()
    {
        await PutAsync("folder/inner/a.png", [1]);

        (await Store.FindAsync("folder", default)).ShouldBeNull();
        (await Store.OpenReadAsync("folder/inner", null, default)).ShouldBeNull();
        (await Store.DeleteAsync("folder", default)).ShouldBeFalse();
        (await Store.FindAsync("folder/inner/a.png/b.png", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_deleted_blob_is_gone_and_its_key_free_again()
    {
        var first = await PutAsync("a/b/c.png", [1, 2], "image/gif");
        (await Store.DeleteAsync("a/b/c.png", default)).ShouldBeTrue();

        (await Store.FindAsync("a/b/c.png", default)).ShouldBeNull();
        (await ListAsync("")).ShouldBeEmpty();
        (await Store.DeleteAsync("a/b/c.png", default)).ShouldBeFalse();

        var second = await PutAsync("a/b/c.png", [3, 4], "image/png");
        second!.ETag.ShouldNotBe(first!.ETag);
        second.ContentType.ShouldBe("image/png");
        (await ReadAsync("a/b/c.png")).ShouldBe([3, 4]);
    }

    [Theory]
    [InlineData(0, null, "0123456789")]
    [InlineData(3, null, "3456789")]
    [InlineData(0, 4L, "0123")]
    [InlineData(3, 4L, "3456")]
    [InlineData(8, 100L, "89")]
    [InlineData(9, 1L, "9")]
    [InlineData(10, null, "")]
    [InlineData(50, 3L, "")]
    [InlineData(4, 0L, "")]
    public async Task A_range_reads_its_bytes_and_is_cut_to_the_blobs_end(long offset, long? length, string expected)
    {
        await PutAsync("digits.txt", Encoding.ASCII.GetBytes("0123456789"));

        Encoding.ASCII.GetString(await ReadAsync("digits.txt", new BlobRange(offset, length))).ShouldBe(expected);
    }

    [Fact]
    public async Task A_range_that_can_be_sought_in_stays_within_itself()
    {
        await PutAsync("digits.txt", Encoding.ASCII.GetBytes("0123456789"));
        await using var stream = (await Store.OpenReadAsync("digits.txt", new BlobRange(2, 5), default))!;
        if (!stream.CanSeek) return;

        stream.Length.ShouldBe(5);
        stream.Seek(-2, SeekOrigin.End).ShouldBe(3);
        using StreamReader reader = new(stream, Encoding.ASCII);
        (await reader.ReadToEndAsync()).ShouldBe("56");
    }

    [Fact]
    public async Task A_negative_range_is_refused()
    {
        await PutAsync("a.bin", [1]);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Store.OpenReadAsync("a.bin", new BlobRange(-1), default));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Store.OpenReadAsync("a.bin", new BlobRange(0, -1), default));
    }

    [Fact]
    public async Task A_blob_that_is_being_read_can_be_deleted_and_is_read_to_its_end()
    {
        var bytes = RandomNumberGenerator.GetBytes(400_000);
        await PutAsync("read-me.bin", bytes);
        await using var stream = (await Store.OpenReadAsync("read-me.bin", null, default))!;
        var head = new byte[1000];
        await stream.ReadExactlyAsync(head);

        (await Store.DeleteAsync("read-me.bin", default)).ShouldBeTrue();

        using MemoryStream rest = new();
        await stream.CopyToAsync(rest);
        head.Concat(rest.ToArray()).ShouldBe(bytes);
    }

    [Fact]
    public async Task A_listing_has_the_keys_of_the_prefix_in_ordinal_order()
    {
        string[] keys = ["a/x.png", "a-b/x.png", "a.png", "a/b/y.png", "a/B.png", "a/b.png", "ab/z.png", "A/x.png", "b.png", "a/b-c.png"];
        foreach (var key in keys) await PutAsync(key, [1]);

        (await KeysAsync("")).ShouldBe(keys.Order(StringComparer.Ordinal));
        (await KeysAsync("a")).ShouldBe(keys.Where(key => key.StartsWith('a')).Order(StringComparer.Ordinal));
        (await KeysAsync("a/")).ShouldBe(["a/B.png", "a/b-c.png", "a/b.png", "a/b/y.png", "a/x.png"]);
        (await KeysAsync("a/b")).ShouldBe(["a/b-c.png", "a/b.png", "a/b/y.png"]);
        (await KeysAsync("a/b.png")).ShouldBe(["a/b.png"]);
        (await KeysAsync("a/b.png/")).ShouldBeEmpty();
        (await KeysAsync("nothing")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_listing_survives_deletions_on_the_way()
    {
        for (var i = 0; i < 30; i++) await PutAsync($"many/{i:00}/x.png", [1]);

        List<string> seen = [];
        await foreach (var blob in Store.ListAsync("many/", default))
        {
            seen.Add(blob.Key);
            await Store.DeleteAsync(blob.Key, default);
        }

        seen.Count.ShouldBe(30);
        (await KeysAsync("many/")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a.png")]
    [InlineData("a//b.png")]
    [InlineData("a/")]
    [InlineData("../a.png")]
    [InlineData("a/../../etc/passwd")]
    [InlineData("a/.hidden")]
    [InlineData("a\\b.png")]
    [InlineData("a b.png")]
    [InlineData("ä.png")]
    [InlineData("a\0.png")]
    public async Task A_malformed_key_is_refused_everywhere(string key)
    {
        await Should.ThrowAsync<ArgumentException>(() => PutAsync(key, [1]));
        await Should.ThrowAsync<ArgumentException>(() => Store.FindAsync(key, default));
        await Should.ThrowAsync<ArgumentException>(() => Store.OpenReadAsync(key, null, default));
        await Should.ThrowAsync<ArgumentException>(() => Store.DeleteAsync(key, default));
    }

    [Theory]
    [InlineData("../")]
    [InlineData("/")]
    [InlineData("a/.")]
    [InlineData("a//")]
    public async Task A_malformed_prefix_is_refused(string prefix)
    {
        await Should.ThrowAsync<ArgumentException>(() => KeysAsync(prefix));
    }

    [Fact]
    public async Task The_longest_key_is_accepted_and_one_longer_is_not()
    {
        // Segments of 100 characters: file systems allow no name over 255.
        var key = string.Join('/', Enumerable.Repeat(new string('k', 100), 5)) + "/12.png";
        key = key.PadRight(BlobKeys.MaxLength, 'x');
        key.Length.ShouldBe(BlobKeys.MaxLength);

        (await PutAsync(key, [1])).ShouldNotBeNull();
        (await KeysAsync("")).ShouldBe([key]);
        await Should.ThrowAsync<ArgumentException>(() => PutAsync(key + "x", [1]));
    }

    [Fact]
    public async Task Folders_come_and_go_while_others_write_into_them()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                var key = $"shared/day/{writer}-{i}.bin";
                (await PutAsync(key, [(byte)writer])).ShouldNotBeNull();
                (await Store.DeleteAsync(key, default)).ShouldBeTrue();
            }
        })));

        (await KeysAsync("")).ShouldBeEmpty();
    }

    protected Task<BlobInfo?> PutAsync(string key, byte[] bytes, string contentType = "application/octet-stream") =>
        Store.TryPutAsync(key, new MemoryStream(bytes), contentType, default);

    protected async Task<byte[]> ReadAsync(string key, BlobRange? range = null)
    {
        await using var stream = (await Store.OpenReadAsync(key, range, default)).ShouldNotBeNull();
        using MemoryStream copy = new();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private async Task<List<BlobInfo>> ListAsync(string prefix)
    {
        List<BlobInfo> blobs = [];
        await foreach (var blob in Store.ListAsync(prefix, default)) blobs.Add(blob);
        return blobs;
    }

    private async Task<List<string>> KeysAsync(string prefix) => [.. (await ListAsync(prefix)).Select(blob => blob.Key)];

    /// <summary>Gives some bytes, then throws, or cancels if it was given something to cancel.</summary>
    private sealed class BreakingStream(int bytes, CancellationTokenSource? cancellation = null) : MemoryStream(new byte[bytes])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length) return await base.ReadAsync(buffer[..Math.Min(buffer.Length, 10_000)], cancellationToken);
            if (cancellation is null) throw new InvalidOperationException("The sender broke off.");
            await cancellation.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return 0;
        }
    }
}
