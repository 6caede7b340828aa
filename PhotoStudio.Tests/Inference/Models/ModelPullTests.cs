using Microsoft.AspNetCore.Http;
using PhotoStudio.Core.Models;
using PhotoStudio.Inference.Models;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Models;

/// <summary>Fetching, against servers with good and bad habits.</summary>
public sealed class ModelPullTests : IDisposable
{
    private static readonly byte[] Content = Bytes(500_000, seed: 1);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_connection_that_is_cut_is_gone_on_with_from_there()
    {
        await using var server = await ModelServer.StartAsync(Content);
        server.CutAfter = number => number <= 2 ? 100_000 : null;

        await PullAsync(server.Url);

        server.Requests.ShouldBe(3);
        server.Ranges[0].ShouldBe("");
        server.Ranges.Skip(1).ShouldAllBe(range => range.StartsWith("bytes=") && range.EndsWith("- \"v1\""));
        Kept().ShouldBe(Content);
    }

    [Fact]
    public async Task A_server_that_keeps_cutting_is_gone_on_with_as_long_as_something_comes()
    {
        await using var server = await ModelServer.StartAsync(Content);
        server.CutAfter = _ => 40_000;

        await PullAsync(server.Url);

        server.Requests.ShouldBeGreaterThan(10);
        Kept().ShouldBe(Content);
    }

    [Fact]
    public async Task A_server_without_ranges_is_asked_for_all_of_it_again()
    {
        await using var server = await ModelServer.StartAsync(Content);
        server.KnowsRanges = false;
        server.CutAfter = number => number == 1 ? 100_000 : null;

        await PullAsync(server.Url);

        server.Requests.ShouldBe(2);
        Kept().ShouldBe(Content);
    }

    [Fact]
    public async Task A_server_that_tells_neither_length_nor_version_serves_as_well()
    {
        await using var server = await ModelServer.StartAsync(Content);
        (server.TellsLength, server.Tag) = (false, null);
        server.CutAfter = number => number == 1 ? 100_000 : null;

        await PullAsync(server.Url);

        Kept().ShouldBe(Content);
    }

    [Fact]
    public async Task A_file_that_changed_on_the_server_meanwhile_is_begun_anew()
    {
        await using var server = await ModelServer.StartAsync(Bytes(Content.Length, seed: 2));
        server.CutAfter = number => number == 1 ? 100_000 : null;
        server.Instead = (number, _) =>
        {
            if (number == 2) (server.Content, server.Tag) = (Content, "\"v2\"");
            return Task.FromResult(false);
        };

        await PullAsync(server.Url);

        server.Requests.ShouldBe(2);
        Kept().ShouldBe(Content);
    }

    [Fact]
    public async Task A_part_of_another_file_is_found_out_by_the_hash_and_begun_anew()
    {
        // Without a version, the server goes on with what it has now.
        await using var server = await ModelServer.StartAsync(Bytes(Content.Length, seed: 2));
        server.Tag = null;
        server.CutAfter = number => number == 1 ? 100_000 : null;
        server.Instead = (number, _) =>
        {
            if (number == 2) server.Content = Content;
            return Task.FromResult(false);
        };

        await PullAsync(server.Url);

        server.Requests.ShouldBe(3);
        server.Ranges[2].ShouldBe("");
        Kept().ShouldBe(Content);
    }

    [Fact]
    public async Task Wrong_bytes_are_refused_and_the_next_address_is_asked()
    {
        await using var wrong = await ModelServer.StartAsync(Bytes(Content.Length, seed: 2));
        await using var right = await ModelServer.StartAsync(Content);

        await PullAsync(wrong.Url, right.Url);

        (wrong.Requests, right.Requests).ShouldBe((1, 1));
        Kept().ShouldBe(Content);
    }

    [Fact]
    public async Task Wrong_bytes_alone_are_an_error_that_names_the_hash_and_nothing_is_kept()
    {
        byte[] wrong = Bytes(Content.Length, seed: 2);
        await using var server = await ModelServer.StartAsync(wrong);

        var fault = await FaultAsync(server.Url);

        fault.Fault.ShouldBe(ModelFault.NotDelivered);
        fault.Message.ShouldContain(ModelStoreUnderTest.Entry("x", wrong).Sha256!);
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(StatusCodes.Status404NotFound, 1)]
    [InlineData(StatusCodes.Status403Forbidden, 1)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, 3)]
    public async Task A_refusal_is_told_and_what_may_pass_is_tried_again(int status, int requests)
    {
        await using var server = await ModelServer.StartAsync(Content);
        server.Instead = (_, http) => Answer(http, status);

        var fault = await FaultAsync(server.Url);

        server.Requests.ShouldBe(requests);
        fault.Fault.ShouldBe(ModelFault.NotDelivered);
        fault.Message.ShouldContain($"{server.Url}: answers {status}");
    }

    [Fact]
    public async Task A_server_that_is_busy_for_a_moment_is_waited_for()
    {
        await using var server = await ModelServer.StartAsync(Content);
        server.Instead = (number, http) => number == 1 ? Answer(http, StatusCodes.Status429TooManyRequests) : Task.FromResult(false);

        await PullAsync(server.Url);

        Kept().ShouldBe(Content);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_asked_again_for_the_rest()
    {
        await using var server = await ModelServer.StartAsync(Content);
        server.Instead = async (number, http) =>
        {
            if (number > 1) return false;
            http.Response.Headers.ETag = server.Tag;
            http.Response.ContentLength = Content.Length;
            await http.Response.Body.WriteAsync(Content.AsMemory(0, 100_000));
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        await PullAsync(options => options.SilenceTimeout = TimeSpan.FromSeconds(1), server.Url);

        server.Ranges.ShouldBe(["", "bytes=100000- \"v1\""]);
        Kept().ShouldBe(Content);
    }

    [Fact]
    public async Task Redirects_are_followed_with_the_range()
    {
        await using var store = await ModelServer.StartAsync(Content);
        await using var front = await ModelServer.StartAsync(Content);
        store.CutAfter = number => number == 1 ? 100_000 : null;
        front.Instead = (_, http) =>
        {
            http.Response.Redirect(store.Url.AbsoluteUri);
            return Task.FromResult(true);
        };

        await PullAsync(front.Url);

        store.Requests.ShouldBe(2);
        store.Ranges[1].ShouldStartWith("bytes=");
        Kept().ShouldBe(Content);
    }

    [Fact]
    public async Task A_file_of_another_size_is_not_even_fetched()
    {
        await using var server = await ModelServer.StartAsync([.. Content, 1]);

        var fault = await FaultAsync(server.Url);

        fault.Message.ShouldContain("offers a file of 500,001 bytes, not of 500,000");
    }

    [Fact]
    public async Task A_file_that_is_longer_than_was_said_is_broken_off()
    {
        await using var server = await ModelServer.StartAsync([.. Content, .. Bytes(5_000_000, seed: 5)]);
        server.TellsLength = false;

        var fault = await FaultAsync(server.Url);

        fault.Message.ShouldContain("sends more than the model's bytes");
        Directory.GetFiles(_folder.In(".store", "partial")).Sum(file => new FileInfo(file).Length).ShouldBe(0);
    }

    [Fact]
    public async Task Of_a_model_whose_size_is_not_known_only_so_much_is_taken()
    {
        await using var server = await ModelServer.StartAsync(Content);
        server.TellsLength = false;

        var fault = await FaultAsync(Entry(server.Url) with { Bytes = null }, options => options.MaxBytes = 100_000);

        fault.Message.ShouldContain("sends more");
    }

    [Fact]
    public async Task A_page_of_a_portal_is_not_taken_for_the_model()
    {
        await using var server = await ModelServer.StartAsync("<html>Log in</html>"u8.ToArray());

        (await FaultAsync(server.Url)).Message.ShouldContain("offers a file of 19 bytes");
    }

    [Fact]
    public async Task A_mirror_of_the_house_is_asked_first_and_alone_where_that_is_wanted()
    {
        await using var mirror = await ModelServer.StartAsync(Content);
        await using var world = await ModelServer.StartAsync(Content);
        string? asked = null;
        mirror.Instead = (_, http) =>
        {
            asked = http.Request.Path;
            return Task.FromResult(false);
        };
        await PullAsync(options => options.Mirrors.Add(mirror.Folder + "/models/"), world.Url);
        (asked, world.Requests).ShouldBe(("/models/one.onnx", 0));

        File.Delete(_folder.In("one.onnx"));
        mirror.Instead = (_, http) => Answer(http, StatusCodes.Status404NotFound);
        await FaultAsync(
            Entry(world.Url),
            options =>
            {
                options.Mirrors.Add(mirror.Folder);
                options.MirrorsOnly = true;
            });
        world.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task What_one_address_began_another_one_ends()
    {
        await using var first = await ModelServer.StartAsync(Content);
        await using var second = await ModelServer.StartAsync(Content);
        first.CutAfter = _ => 200_000;
        first.Instead = (number, http) => number > 1 ? Answer(http, StatusCodes.Status404NotFound) : Task.FromResult(false);

        await PullAsync(first.Url, second.Url);

        second.Ranges.ShouldHaveSingleItem().ShouldMatch(@"^bytes=\d+-$");
        Kept().ShouldBe(Content);
    }

    [Fact]
    public async Task Two_that_fetch_the_same_model_fetch_it_once()
    {
        await using var server = await ModelServer.StartAsync(Content);
        var go = new TaskCompletionSource();
        server.Instead = async (_, _) =>
        {
            await go.Task;
            return false;
        };
        await using var one = Start(Entry(server.Url));
        await using var two = Start(Entry(server.Url));
        var waits = new ModelProgressLog();

        var first = one.Models.PullAsync("one", null, null, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => server.Requests == 1, "the first asks the server");
        var second = two.Models.PullAsync("one", null, waits, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => waits.Reports.Count > 0, "the second waits");
        waits.Reports[0].Stage.ShouldBe(ModelStage.Waiting);
        go.SetResult();

        (await first.SoonAsync()).State.ShouldBe(ModelState.Installed);
        (await second.SoonAsync()).State.ShouldBe(ModelState.Installed);
        server.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_of_the_same_name_that_is_something_else_is_left_as_it_is()
    {
        await using var server = await ModelServer.StartAsync(Content);
        await File.WriteAllTextAsync(_folder.In("one.onnx"), "mine");
        await using var studio = Start(Entry(server.Url));

        var report = await studio.Models.PullAsync("one", null, null, CancellationToken.None);

        Path.GetFileName(report.Path).ShouldBe($"one-{Entry().Sha256![..12]}.onnx");
        (await File.ReadAllTextAsync(_folder.In("one.onnx"))).ShouldBe("mine");
    }

    [FactWithMounts]
    public async Task A_folder_without_room_is_an_error_that_says_how_much_is_needed()
    {
        using var full = new MountedFolder("size=256k");
        await using var server = await ModelServer.StartAsync(Content);
        await using var studio = ModelAdministrationUnderTest.InProcess(full.Path, [Entry(server.Url)]);

        var fault = await Should.ThrowAsync<ModelException>(() => studio.Models.PullAsync("one", null, null, CancellationToken.None));

        fault.Fault.ShouldBe(ModelFault.NoSpace);
        fault.Message.ShouldContain("Studio:Models:Path");
        server.Requests.ShouldBe(0);
    }

    [FactWithMounts]
    public async Task A_folder_that_fills_up_meanwhile_is_an_error_and_the_rest_comes_when_there_is_room()
    {
        using var full = new MountedFolder("size=256k");
        await using var server = await ModelServer.StartAsync(Content);
        await using var studio = ModelAdministrationUnderTest.InProcess(full.Path, [Entry(server.Url) with { Bytes = null }]);

        var fault = await Should.ThrowAsync<ModelException>(() => studio.Models.PullAsync("one", null, null, CancellationToken.None));
        fault.Fault.ShouldBe(ModelFault.NoSpace);

        full.Remount("size=2m");
        (await studio.Models.PullAsync("one", null, null, CancellationToken.None)).State.ShouldBe(ModelState.Installed);
        server.Ranges[^1].ShouldStartWith("bytes=");
    }

    [FactWithMounts]
    public async Task A_folder_that_is_read_only_is_an_error_and_what_is_in_it_still_serves()
    {
        using var readOnly = new MountedFolder("size=4m");
        await using var server = await ModelServer.StartAsync(Content);
        var other = ModelStoreUnderTest.Entry("other", [1, 2, 3]);
        await File.WriteAllBytesAsync(Path.Combine(readOnly.Path, "other.onnx"), [1, 2, 3]);
        readOnly.Remount("ro");
        await using var studio = ModelAdministrationUnderTest.InProcess(readOnly.Path, [Entry(server.Url), other]);

        var fault = await Should.ThrowAsync<ModelException>(() => studio.Models.PullAsync("one", null, null, CancellationToken.None));

        fault.Fault.ShouldBe(ModelFault.NotWritable);
        fault.Message.ShouldContain("read-only");
        studio.Store.Find("other").ShouldNotBeNull();
        (await Should.ThrowAsync<ModelException>(() => studio.Models.RemoveAsync("other", CancellationToken.None)))
            .Fault.ShouldBe(ModelFault.NotWritable);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static ModelEntry Entry(params Uri[] urls) => ModelStoreUnderTest.Entry("one", Content, urls);

    private static Task<bool> Answer(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.FromResult(true);
    }

    private byte[] Kept() => File.ReadAllBytes(_folder.In("one.onnx"));

    private ModelAdministrationUnderTest Start(ModelEntry entry, Action<ModelStoreOptions>? configure = null) =>
        ModelAdministrationUnderTest.InProcess(_folder.Path, [entry], configure);

    private Task PullAsync(params Uri[] urls) => PullAsync(_ => { }, urls);

    private async Task PullAsync(Action<ModelStoreOptions> configure, params Uri[] urls)
    {
        await using var studio = Start(Entry(urls), configure);
        (await studio.Models.PullAsync("one", null, null, CancellationToken.None).SoonAsync()).State.ShouldBe(ModelState.Installed);
        studio.Store.Find("one").ShouldNotBeNull();
    }

    private Task<ModelException> FaultAsync(params Uri[] urls) => FaultAsync(Entry(urls), _ => { });

    private async Task<ModelException> FaultAsync(ModelEntry entry, Action<ModelStoreOptions> configure)
    {
        await using var studio = Start(entry, configure);
        return await Should.ThrowAsync<ModelException>(() => studio.Models.PullAsync("one", null, null, CancellationToken.None).SoonAsync());
    }
}
