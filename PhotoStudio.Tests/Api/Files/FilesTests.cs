using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Files;

public sealed class FilesTests : IAsyncLifetime
{
    private const string Key = "processed/abc/2026-05-04/some-1-0.png";
    private readonly byte[] _file = TestFiles.Encode(TestPictures.Quarters(60, 40), PictureFormat.Png);
    private readonly StudioHost _host = new() { RunsWorker = false, Environment = "Production" };

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        await _host.Provider.GetRequiredService<IBlobStore>().TryPutAsync(Key, new MemoryStream(_file), "image/png", CancellationToken.None);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_signed_url_serves_the_bytes_without_a_token_and_may_be_kept_until_it_expires()
    {
        using var response = await _host.Client.GetAsync(Sign());
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(_file);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        var cache = response.Headers.CacheControl!;
        cache.Private.ShouldBeTrue();
        cache.Extensions.ShouldContain(extension => extension.Name == "immutable");
        cache.MaxAge!.Value.ShouldBeInRange(TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Ranges_and_conditional_requests_are_honoured()
    {
        var url = Sign();
        using var range = await _host.Client.GetAsync(url, ("Range", "bytes=-5"));
        range.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await range.Content.ReadAsByteArrayAsync()).ShouldBe(_file[^5..]);
        using var known = await _host.Client.GetAsync(url, ("If-None-Match", range.Headers.ETag!.ToString()));
        known.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var head = await _host.Client.SendAsync(HttpMethod.Head, url, null);
        head.Content.Headers.ContentLength.ShouldBe(_file.Length);
    }

    [Fact]
    public async Task A_download_name_is_the_name_it_is_saved_under()
    {
        using var response = await _host.Client.GetAsync(Sign("ảnh \"mới\".png"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var disposition = response.Content.Headers.ContentDisposition!;
        disposition.DispositionType.ShouldBe("attachment");
        disposition.FileNameStar.ShouldBe("ảnh \"mới\".png");
    }

    [Fact]
    public async Task An_altered_an_expired_and_an_unsigned_url_are_refused()
    {
        var url = Sign();
        string[] bad =
        [
            $"/files/{Key}",
            url.Replace("some-1-0", "some-1-1", StringComparison.Ordinal),
            url.Replace("expires=", "expires=9", StringComparison.Ordinal),
            url[..^2] + "xx",
            $"{url}&download=other.html",
            _host.Provider.GetRequiredService<IBlobUrls>().Sign(Key, TimeSpan.FromSeconds(-1)),
            "/files/../studio.db?expires=9&signature=x",
        ];
        foreach (var path in bad)
        {
            using var response = await _host.Client.GetAsync(path);
            response.StatusCode.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }

        using var altered = await _host.Client.GetAsync(url[..^2] + "xx");
        await altered.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_file_that_is_gone_is_a_404()
    {
        using var response = await _host.Client.GetAsync(_host.Provider.GetRequiredService<IBlobUrls>().Sign("processed/abc/gone.png", TimeSpan.FromHours(1)));
        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    private string Sign(string? name = null) => _host.Provider.GetRequiredService<IBlobUrls>().Sign(Key, TimeSpan.FromHours(1), name);
}
