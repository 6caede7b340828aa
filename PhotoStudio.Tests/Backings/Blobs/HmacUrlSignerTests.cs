using PhotoStudio.Backings.Blobs;
using PhotoStudio.Backings.Blobs.Files;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Blobs;

public sealed class HmacUrlSignerTests
{
    private const string Path = "/api/v1/processing/jobs/018f/events";
    private readonly ManualTimeProvider _clock = new();
    private readonly byte[] _key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Fact]
    public void A_signed_path_opens_until_it_expires()
    {
        var signer = new HmacUrlSigner(_key, _clock);
        var query = QueryOf(signer.Sign(Path, TimeSpan.FromMinutes(5)));

        signer.Verify(Path, query).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(5));
        signer.Verify(Path, query).ShouldBeFalse();
    }

    [Fact]
    public void A_signature_opens_no_other_path_and_no_later_hour()
    {
        var signer = new HmacUrlSigner(_key, _clock);
        var query = QueryOf(signer.Sign(Path, TimeSpan.FromMinutes(5)));

        signer.Verify("/api/v1/processing/jobs/018e/events", query).ShouldBeFalse();
        signer.Verify(Path, query.Replace("expires=1", "expires=9", StringComparison.Ordinal)).ShouldBeFalse();
        signer.Verify(Path, query + "&signature=again").ShouldBeFalse();
        signer.Verify(Path, "").ShouldBeFalse();
        signer.Verify(Path, null).ShouldBeFalse();
        new HmacUrlSigner([.. _key.Reverse()], _clock).Verify(Path, query).ShouldBeFalse();
    }

    [Fact]
    public void A_signed_blob_url_with_the_same_key_is_no_signature_of_a_path()
    {
        var url = new SignedBlobUrls(_key, null, _clock).Sign("path", TimeSpan.FromMinutes(5));
        new HmacUrlSigner(_key, _clock).Verify("path", QueryOf(url)).ShouldBeFalse();
        new HmacUrlSigner(_key, _clock).Verify("/files/path", QueryOf(url)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("/with?query=1")]
    [InlineData("/with\nbreak")]
    public void Only_a_plain_absolute_path_is_signed(string path) =>
        Should.Throw<ArgumentException>(() => new HmacUrlSigner(_key, _clock).Sign(path, TimeSpan.FromMinutes(1)));

    private static string QueryOf(string url) => url[url.IndexOf('?', StringComparison.Ordinal)..];
}
