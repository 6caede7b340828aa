using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Pictures.Egress;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Pictures.Egress;

public sealed class ImageUrlTests
{
    private const string Resize = "/api/v1/operations/resize?width=8";
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Jpeg);

    [Theory]
    [InlineData("http://127.0.0.1/a.png", "loopback")]
    [InlineData("http://127.1/a.png", "loopback in short")]
    [InlineData("http://2130706433/a.png", "decimal")]
    [InlineData("http://0177.0.0.1/a.png", "octal")]
    [InlineData("http://017700000001/a.png", "octal in one number")]
    [InlineData("http://0x7f.0.0.1/a.png", "hexadecimal")]
    [InlineData("http://0x7f000001/a.png", "hexadecimal in one number")]
    [InlineData("http://10.0.0.1/a.png", "private")]
    [InlineData("http://172.16.0.1/a.png", "private")]
    [InlineData("http://192.168.1.1/a.png", "private")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "link-local: cloud metadata")]
    [InlineData("http://100.64.0.1/a.png", "carrier-grade NAT")]
    [InlineData("http://0.0.0.0/a.png", "this host")]
    [InlineData("http://[::1]/a.png", "IPv6 loopback")]
    [InlineData("http://[::]/a.png", "IPv6 unspecified")]
    [InlineData("http://[::ffff:127.0.0.1]/a.png", "IPv6-mapped loopback")]
    [InlineData("http://[::ffff:7f00:1]/a.png", "IPv6-mapped loopback in hexadecimal")]
    [InlineData("http://[::ffff:169.254.169.254]/a.png", "IPv6-mapped link-local")]
    [InlineData("http://[64:ff9b::7f00:1]/a.png", "NAT64")]
    [InlineData("http://[2002:7f00:1::]/a.png", "6to4")]
    [InlineData("http://[fd00::1]/a.png", "IPv6 unique local")]
    [InlineData("http://[fe80::1]/a.png", "IPv6 link-local")]
    [InlineData("http://localhost/a.png", "a name of loopback")]
    [InlineData("http://LOCALHOST/a.png", "a name of loopback in capitals")]
    [InlineData("http://example.com:22/a.png", "a port that is not the web's")]
    [InlineData("http://user:secret@example.com/a.png", "credentials")]
    [InlineData("file:///etc/passwd", "a file")]
    [InlineData("ftp://example.com/a.png", "ftp")]
    [InlineData("gopher://example.com/_a", "gopher")]
    public async Task Addresses_that_are_not_public_are_not_fetched_from(string url, string why)
    {
        await using var studio = await StudioHost.StartAsync();
        var response = await studio.Client.PostAsync(Resize, Http.Json($$"""{"image_url":{{JsonSerializer.Serialize(url)}}}"""));
        (await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "image_url_forbidden"))
            .Detail().ShouldNotContain("169.254.169.254", Case.Sensitive, why);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("photo.png")]
    [InlineData("http://")]
    [InlineData("http://exa mple.com/")]
    [InlineData("http://999.999.999.999.999:99999/")]
    public async Task What_is_no_absolute_url_is_a_fault_of_its_field(string url)
    {
        await using var studio = await StudioHost.StartAsync();
        var response = await studio.Client.PostAsync(Resize, Http.Json($$"""{"image_url":{{JsonSerializer.Serialize(url)}}}"""));
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["image_url"]);
    }

    [Fact]
    public async Task A_picture_at_a_public_address_is_fetched_and_stored()
    {
        await using var web = await WebServer.StartAsync(http => http.Response.Body.WriteAsync(Photo).AsTask());
        await using var studio = await OpenStudioAsync(web.Port);
        var response = await PostAsync(studio, web.Url());
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        // The job runs at once, so its result may be there already.
        var stored = (await studio.BlobsAsync("images/uploads/")).ShouldHaveSingleItem();
        await using var blob = await studio.Provider.GetRequiredService<IBlobStore>().OpenReadAsync(stored, null, default);
        using var copy = new MemoryStream();
        await blob!.CopyToAsync(copy);
        copy.ToArray().ShouldBe(Photo);
    }

    [Fact]
    public async Task A_name_that_resolves_to_a_private_address_is_forbidden()
    {
        await using var web = await WebServer.StartAsync(http => http.Response.Body.WriteAsync(Photo).AsTask());
        await using var studio = await RebindingStudioAsync(web.Port, [IPAddress.Loopback]);
        await PostAsync(studio, web.Url(host: "evil.example"))
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "image_url_forbidden");
        web.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_that_changes_its_mind_between_check_and_connection_gains_nothing()
    {
        // 203.0.113.0/24 is allowed in this test: it stands for the public internet, and nothing answers there.
        await using var web = await WebServer.StartAsync(http => http.Response.Body.WriteAsync(Photo).AsTask());
        var resolver = new ScriptedResolver([IPAddress.Parse("203.0.113.7")], [IPAddress.Loopback]);
        await using var studio = await StudioHost.StartAsync(new StudioHost
        {
            Settings =
            {
                ["Studio:Egress:AllowedNetworks:0"] = "203.0.113.0/24",
                ["Studio:Egress:AllowedPorts:0"] = Text(web.Port),
                ["Studio:Egress:Timeout"] = "00:00:01",
            },
            Services = services => services.AddSingleton<IHostResolver>(resolver),
        });

        var first = await PostAsync(studio, web.Url(host: "rebind.example"));
        (await first.JsonAsync()).GetProperty("code").GetString().ShouldBeOneOf("image_url_timeout", "image_url_failed");
        resolver.Asked.ShouldBe(["rebind.example"]);

        var second = await PostAsync(studio, web.Url(host: "rebind.example"));
        await second.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "image_url_forbidden");
        web.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_with_a_public_and_a_private_address_is_only_ever_reached_at_the_public_one()
    {
        await using var web = await WebServer.StartAsync(http => http.Response.Body.WriteAsync(Photo).AsTask());
        var gate = new EgressGate(
            Options.Create(new EgressOptions { AllowedNetworks = ["127.0.0.0/8"], AllowedPorts = [web.Port] }),
            new ScriptedResolver([IPAddress.Parse("10.0.0.1"), IPAddress.Parse("::1"), IPAddress.Loopback]));
        await using var connection = await gate.ConnectAsync(new DnsEndPoint("mixed.example", web.Port), default);
        connection.CanWrite.ShouldBeTrue();
    }

    [Theory]
    [InlineData("http://10.0.0.1/a.png")]
    [InlineData("http://[::ffff:10.0.0.1]/a.png")]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//192.168.0.1/a.png")]
    public async Task A_redirect_to_a_forbidden_address_is_not_followed(string target)
    {
        await using var web = await WebServer.StartAsync(http =>
        {
            http.Response.StatusCode = StatusCodes.Status302Found;
            http.Response.Headers.Location = target;
            return Task.CompletedTask;
        });
        await using var studio = await OpenStudioAsync(web.Port);
        await PostAsync(studio, web.Url()).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "image_url_forbidden");
        web.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_redirect_to_a_name_of_a_private_address_is_not_followed()
    {
        await using var web = await WebServer.StartAsync(http =>
        {
            http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            http.Response.Headers.Location = $"http://inside.example:{http.Connection.LocalPort}/photo.jpg";
            return Task.CompletedTask;
        });
        var resolver = new ScriptedResolver([IPAddress.Loopback], [IPAddress.Parse("10.0.0.1")]);
        await using var studio = await OpenStudioAsync(web.Port, resolver);
        await PostAsync(studio, web.Url(host: "outside.example"))
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "image_url_forbidden");
        resolver.Asked.ShouldBe(["outside.example", "inside.example"]);
        web.Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Three_redirects_are_followed_and_no_more(int redirects, bool arrives)
    {
        await using var web = await WebServer.StartAsync(http =>
        {
            var left = int.Parse(http.Request.Path.Value![1..], CultureInfo.InvariantCulture);
            if (left == 0) return http.Response.Body.WriteAsync(Photo).AsTask();
            http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            http.Response.Headers.Location = $"/{left - 1}";
            return Task.CompletedTask;
        });
        await using var studio = await OpenStudioAsync(web.Port);
        var response = await PostAsync(studio, web.Url($"/{redirects}"));
        if (arrives) response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        else await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "image_url_failed");
    }

    [Fact]
    public async Task A_server_that_drips_is_cut_off_by_the_total_time()
    {
        await using var web = await WebServer.StartAsync(async http =>
        {
            http.Response.ContentLength = Photo.Length;
            foreach (var value in Photo)
            {
                await http.Response.Body.WriteAsync(new[] { value }, http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await Task.Delay(50, http.RequestAborted);
            }
        });
        await using var studio = await OpenStudioAsync(web.Port, timeout: "00:00:00.5");
        await PostAsync(studio, web.Url()).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "image_url_timeout");
        (await studio.BlobsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_sends_too_much_is_cut_off_at_the_limit(bool saysSo)
    {
        await using var web = await WebServer.StartAsync(async http =>
        {
            if (saysSo) http.Response.ContentLength = 1L << 40;
            var block = new byte[1 << 20];
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(block, http.RequestAborted);
        });
        await using var studio = await OpenStudioAsync(web.Port);
        await PostAsync(studio, web.Url()).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    [Fact]
    public async Task A_compressed_answer_is_not_unpacked()
    {
        await using var web = await WebServer.StartAsync(http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return http.Response.Body.WriteAsync(new byte[] { 0x1F, 0x8B, 8, 0 }).AsTask();
        });
        await using var studio = await OpenStudioAsync(web.Port);
        await PostAsync(studio, web.Url()).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "image_url_failed");
    }

    [Fact]
    public async Task What_the_server_says_instead_of_a_picture_is_told()
    {
        await using var web = await WebServer.StartAsync(http =>
        {
            http.Response.StatusCode = http.Request.Path == "/gone" ? 410 : 200;
            return http.Response.WriteAsync("<!doctype html><html>No picture</html>");
        });
        await using var studio = await OpenStudioAsync(web.Port);
        var gone = await PostAsync(studio, web.Url("/gone"))
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "image_url_failed");
        gone.Detail().ShouldContain("410");
        await PostAsync(studio, web.Url("/page")).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture");
    }

    [Fact]
    public async Task Nothing_of_the_callers_request_reaches_the_server_that_is_fetched_from()
    {
        var headers = new ConcurrentBag<string>();
        await using var web = await WebServer.StartAsync(http =>
        {
            foreach (var name in http.Request.Headers.Keys) headers.Add(name);
            return http.Response.Body.WriteAsync(Photo).AsTask();
        });
        await using var studio = await OpenStudioAsync(web.Port);
        await PostAsync(studio, web.Url());
        headers.Order(StringComparer.Ordinal).ShouldBe(["Accept", "Accept-Encoding", "Connection", "Host", "User-Agent"]);
    }

    [Fact]
    public async Task The_studios_own_signed_urls_are_read_without_a_request()
    {
        await using var studio = await StudioHost.StartAsync();
        var first = await studio.Client.PostAsync(Resize, Http.Raw(Photo), ("Prefer", "respond-async"));
        var id = (await first.JsonAsync()).GetProperty("id").GetGuid();
        var job = await studio.Provider.GetRequiredService<IJobStore>().FindAsync(id, default);
        var url = studio.Provider.GetRequiredService<IBlobUrls>().Sign(job!.Inputs[0].BlobKey, TimeSpan.FromMinutes(1));

        (await PostAsync(studio, url)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(studio, $"http://studio.example{url}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://studio.example")]
    [InlineData("http://127.0.0.1:8000")]
    public async Task One_of_the_studios_own_links_that_no_longer_works_says_why(string host)
    {
        await using var studio = await StudioHost.StartAsync();
        var urls = studio.Provider.GetRequiredService<IBlobUrls>();
        var key = "images/uploads/0123456789abcdef/1.png";
        var expired = await PostAsync(studio, host + urls.Sign(key, TimeSpan.FromSeconds(-1))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "image_url_expired");
        expired.Detail().ShouldContain("has expired");
        var altered = host + urls.Sign(key, TimeSpan.FromMinutes(1)).Replace("signature=", "signature=A", StringComparison.Ordinal);
        (await PostAsync(studio, altered).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "image_url_altered")).Detail().ShouldContain("was altered");
        var gone = await PostAsync(studio, host + urls.Sign(key, TimeSpan.FromMinutes(1))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        gone.Detail().ShouldContain("no longer stored");
    }

    [Fact]
    public async Task A_call_that_is_refused_anyway_fetches_nothing()
    {
        await using var web = await WebServer.StartAsync(http => http.Response.Body.WriteAsync(Photo).AsTask());
        await using var studio = await OpenStudioAsync(web.Port);
        var response = await studio.Client.PostAsync("/api/v1/operations/resize?width=0", Http.Json($$"""{"image_url":"{{web.Url()}}"}"""));
        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        web.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Production_does_not_start_with_networks_opened()
    {
        await using var studio = new StudioHost
        {
            Environment = Environments.Production,
            Settings = { ["Studio:Egress:AllowedNetworks:0"] = "127.0.0.0/8" },
        };
        var refusal = await Should.ThrowAsync<OptionsValidationException>(studio.InitializeAsync);
        refusal.Message.ShouldContain("Studio:Egress:AllowedNetworks");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Task<HttpResponseMessage> PostAsync(StudioHost studio, string url) =>
        studio.Client.PostAsync(Resize, Http.Json($$"""{"image_url":{{JsonSerializer.Serialize(url)}}}"""), ("Prefer", "respond-async"));

    /// <summary>A studio for which the loopback address stands for the public internet.</summary>
    private static Task<StudioHost> OpenStudioAsync(int port, IHostResolver? resolver = null, string timeout = "00:00:20") =>
        StudioHost.StartAsync(new StudioHost
        {
            Settings =
            {
                ["Studio:Egress:AllowedNetworks:0"] = "127.0.0.0/8",
                ["Studio:Egress:AllowedPorts:0"] = Text(port),
                ["Studio:Egress:Timeout"] = timeout,
            },
            Services = services =>
            {
                if (resolver is not null) services.AddSingleton(resolver);
            },
        });

    private static Task<StudioHost> RebindingStudioAsync(int port, IPAddress[] answer) => StudioHost.StartAsync(new StudioHost
    {
        Settings = { ["Studio:Egress:AllowedPorts:0"] = Text(port) },
        Services = services => services.AddSingleton<IHostResolver>(new ScriptedResolver(answer)),
    });

    /// <summary>Gives one answer after the other; the last one stays.</summary>
    private sealed class ScriptedResolver(params IPAddress[][] answers) : IHostResolver
    {
        private readonly List<string> _asked = [];

        public IReadOnlyList<string> Asked => _asked;

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            var answer = answers[Math.Min(_asked.Count, answers.Length - 1)];
            _asked.Add(host);
            return Task.FromResult<IReadOnlyList<IPAddress>>(answer);
        }
    }
}
