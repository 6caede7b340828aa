using System.Security.Cryptography;
using PhotoStudio.Backings.Blobs.Files;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Blobs.Files;

public sealed class SignedBlobUrlsTests
{
    private const string Key = "processed/0123456789abcdef/2026-05-04/job-1-0.png";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider _time = new();
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void Without_a_public_address_a_url_is_relative_and_resolves_to_its_key()
    {
        var urls = Urls(null);
        var url = urls.Sign(Key, Hour);

        url.ShouldStartWith($"/files/{Key}?expires=");
        urls.Resolve(new Uri(url, UriKind.Relative)).ShouldBe(Key);
        urls.Resolve(new Uri(url, UriKind.RelativeOrAbsolute)).ShouldBe(Key);
    }

    [Fact]
    public void Completed_by_a_client_a_relative_url_resolves_whatever_name_the_client_knows_the_studio_by()
    {
        var urls = Urls(null);
        urls.Resolve(new Uri("http://127.0.0.1:8000" + urls.Sign(Key, Hour))).ShouldBe(Key);
        urls.Resolve(new Uri("http://localhost:8000" + urls.Sign(Key, Hour, "a cat.png"))).ShouldBe(Key);
    }

    [Theory]
    [InlineData("https://studio.example")]
    [InlineData("https://studio.example/")]
    [InlineData("https://studio.example:8443/photos/")]
    public void With_a_public_address_a_url_is_absolute_and_resolves_with_or_without_it(string address)
    {
        var urls = Urls(address);
        var url = urls.Sign(Key, Hour, "mèo và chó.png");

        url.ShouldStartWith($"{address.TrimEnd('/')}/files/{Key}?");
        urls.Resolve(new Uri(url)).ShouldBe(Key);
        urls.Resolve(new Uri(url[address.TrimEnd('/').Length..], UriKind.Relative)).ShouldBe(Key);
    }

    [Theory]
    [InlineData("http://studio.example")]
    [InlineData("https://studio.example.evil.test")]
    [InlineData("https://studio.example:444")]
    [InlineData("ftp://studio.example")]
    public void An_address_that_is_not_ours_does_not_resolve(string other)
    {
        var urls = Urls("https://studio.example");
        var url = urls.Sign(Key, Hour)["https://studio.example".Length..];

        urls.Resolve(new Uri(other + url)).ShouldBeNull();
    }

    [Fact]
    public void A_url_works_until_it_expires()
    {
        var urls = Urls(null);
        var url = new Uri(urls.Sign(Key, TimeSpan.FromMinutes(5)), UriKind.Relative);

        _time.Advance(TimeSpan.FromSeconds(299));
        urls.Resolve(url).ShouldBe(Key);
        _time.Advance(TimeSpan.FromSeconds(1));
        urls.Resolve(url).ShouldBeNull();
    }

    [Fact]
    public void Whatever_is_altered_the_signature_notices()
    {
        var urls = Urls(null);
        var url = urls.Sign(Key, Hour, "cat.png");
        var expires = _time.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        string[] altered =
        [
            url.Replace("job-1-0.png", "job-1-1.png", StringComparison.Ordinal),
            url.Replace($"expires={expires}", $"expires={expires + 1}", StringComparison.Ordinal),
            url.Replace("cat.png", "dog.png", StringComparison.Ordinal),
            url.Replace("&download=cat.png", "", StringComparison.Ordinal),
            url + "&download=dog.png",
            url + "&expires=99999999999",
            url.Replace("signature=", "signature=A", StringComparison.Ordinal),
            url[..url.IndexOf("&signature", StringComparison.Ordinal)],
            url[..url.IndexOf('?', StringComparison.Ordinal)],
            url.Replace("/files/", "/other/", StringComparison.Ordinal),
            url.Replace("/files/", "/files/x/../", StringComparison.Ordinal),
            url.Replace("/files/", "//files/", StringComparison.Ordinal),
            urls.Sign(Key, Hour) + "&download=evil.html",
        ];

        urls.Resolve(new Uri(url, UriKind.Relative)).ShouldBe(Key);
        foreach (var candidate in altered)
        {
            candidate.ShouldNotBe(url);
            urls.Resolve(new Uri(candidate, UriKind.Relative)).ShouldBeNull(candidate);
        }
    }

    [Fact]
    public void Another_studios_signature_does_not_resolve()
    {
        var url = new SignedBlobUrls(RandomNumberGenerator.GetBytes(32), null, _time).Sign(Key, Hour);
        Urls(null).Resolve(new Uri(url, UriKind.Relative)).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("../secret")]
    [InlineData("a b")]
    public void A_malformed_key_is_not_signed(string key) => Should.Throw<ArgumentException>(() => Urls(null).Sign(key, Hour));

    private SignedBlobUrls Urls(string? address) => new(_secret, address is null ? null : new Uri(address), _time);
}
