using System.Security.Cryptography;
using Azure.Storage.Blobs;
using PhotoStudio.Backings.Blobs.Azure;
using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Blobs.Azure;

public sealed class AzureBlobStoreTests : BlobStoreContract, IAsyncLifetime
{
    private AzureBlobStore _store = null!;

    protected override IBlobStore Store => _store;

    public async Task InitializeAsync()
    {
        _store = Open((await AzuriteServer.SharedAsync()).ConnectionString);
        await _store.PrepareAsync(default);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(4 * 1024 * 1024 - 1)]
    [InlineData(4 * 1024 * 1024)]
    [InlineData(4 * 1024 * 1024 + 1)]
    [InlineData(9 * 1024 * 1024)]
    public async Task A_blob_of_several_blocks_is_written_once_and_read_in_parts(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        var put = (await PutAsync("large.bin", bytes, "image/tiff")).ShouldNotBeNull();

        (await PutAsync("large.bin", [1])).ShouldBeNull();
        (await Store.FindAsync("large.bin", default)).ShouldBe(put);
        (await ReadAsync("large.bin")).ShouldBe(bytes);
        (await ReadAsync("large.bin", new BlobRange(length - 10))).ShouldBe(bytes[^10..]);
        (await ReadAsync("large.bin", new BlobRange(1000, 3_000_000))).ShouldBe(bytes[1000..3_001_000]);
    }

    [Fact]
    public async Task Of_several_who_write_a_blob_of_several_blocks_at_once_exactly_one_wins()
    {
        var puts = await Task.WhenAll(Enumerable.Range(1, 4).Select(writer => Task.Run(async () =>
            (Writer: writer, Blob: await PutAsync("race.bin", Enumerable.Repeat((byte)writer, 9_000_000).ToArray())))));

        var winner = puts.Where(put => put.Blob is not null).ShouldHaveSingleItem();
        (await ReadAsync("race.bin")).ShouldAllBe(value => value == (byte)winner.Writer);
    }

    [Fact]
    public async Task A_list_goes_on_over_its_pages()
    {
        var store = Open((await AzuriteServer.SharedAsync()).ConnectionString, pageSize: 10);
        await store.PrepareAsync(default);
        for (var i = 0; i < 25; i++) await store.TryPutAsync($"many/{i:D2}.png", new MemoryStream([1]), "image/png", default);

        var keys = new List<string>();
        await foreach (var blob in store.ListAsync("many/", default)) keys.Add(blob.Key);

        keys.ShouldBe(Enumerable.Range(0, 25).Select(i => $"many/{i:D2}.png"));
    }

    [Fact]
    public async Task A_storage_that_is_not_there_is_reported_without_its_key()
    {
        var gone = Open("DefaultEndpointsProtocol=http;AccountName=a;AccountKey=aHVudGVyMg==;BlobEndpoint=http://127.0.0.1:1/a;");

        var error = await Should.ThrowAsync<StorageException>(() => gone.PrepareAsync(default));

        error.Message.ShouldContain("ConnectionStrings:blobs");
        error.Message.ShouldNotContain("aHVudGVyMg");
        await Should.ThrowAsync<StorageException>(() => gone.FindAsync("a.png", default));
        await Should.ThrowAsync<StorageException>(() => gone.TryPutAsync("a.png", new MemoryStream([1]), "image/png", default));
    }

    [Fact]
    public async Task A_wrong_key_is_reported_as_such()
    {
        var wrong = (await AzuriteServer.SharedAsync()).ConnectionString.Replace("Eby8vdM0", "Aby8vdM0", StringComparison.Ordinal);

        (await Should.ThrowAsync<StorageException>(() => Open(wrong).PrepareAsync(default))).Message.ShouldContain("refuses the key");
    }

    private static AzureBlobStore Open(string connectionString, int? pageSize = null)
    {
        var account = new BlobServiceClient(connectionString, new BlobClientOptions { Retry = { MaxRetries = 0 } });
        return new AzureBlobStore(account.GetBlobContainerClient(AzuriteServer.NewContainer()), pageSize);
    }
}
