using PhotoStudio.Core.Models;
using PhotoStudio.Inference.Models;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What holds for <see cref="IModelAdministration"/> however it is reached.</summary>
public abstract class ModelAdministrationContract : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The file of the model <c>one</c>.</summary>
    protected static byte[] Content { get; } = Bytes(300_000, seed: 3);

    /// <summary>The file of the restricted model <c>two</c>.</summary>
    private static byte[] Second { get; } = Bytes(5000, seed: 8);

    /// <summary>The folder of models.</summary>
    protected string Folder => _folder.Path;

    /// <summary>Starts it with a catalogue.</summary>
    protected abstract Task<ModelAdministrationUnderTest> StartAsync(IReadOnlyList<ModelEntry> models);

    [Fact]
    public async Task A_model_is_fetched_and_ready_and_says_what_it_is()
    {
        await using var server = await ModelServer.StartAsync(Content);
        await using var studio = await StartAsync([Entry(server.Url)]);
        studio.Store.Find("one").ShouldBeNull();
        var progress = new ModelProgressLog();

        var report = await studio.Models.PullAsync("one", acceptedBy: null, progress, CancellationToken.None);

        (report.Id, report.State, report.Missing, report.Bytes).ShouldBe(("one", ModelState.Installed, null, Content.Length));
        report.Path.ShouldBe(Path.Combine(Folder, "one.onnx"));
        (await File.ReadAllBytesAsync(report.Path!)).ShouldBe(Content);
        studio.Store.Find("one")!.Path.ShouldBe(report.Path);
        progress.Reports.ShouldAllBe(each => each.Stage == ModelStage.Fetching && each.Total == Content.Length);
        progress.Reports.Select(each => each.Bytes).ShouldBe(progress.Reports.Select(each => each.Bytes).Order());
        progress.Reports[^1].Bytes.ShouldBe(Content.Length);
        Directory.GetFiles(Path.Combine(Folder, ".store", "partial")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_that_is_here_is_not_fetched_again()
    {
        await using var server = await ModelServer.StartAsync(Content);
        await using var studio = await StartAsync([Entry(server.Url)]);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "brought by hand.onnx"), Content);

        (await studio.Models.PullAsync("one", null, null, CancellationToken.None)).State.ShouldBe(ModelState.Installed);

        server.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task The_list_has_every_model_its_licence_and_what_is_unknown_in_the_folders()
    {
        await using var studio = await StartAsync([Entry(), Restricted()]);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "stranger.onnx"), [1, 2, 3]);

        var list = await studio.Models.ListAsync(CancellationToken.None);

        list.Models.Select(model => (model.Id, model.State)).ShouldBe([("one", ModelState.NotInstalled), ("two", ModelState.NotInstalled)]);
        list.Models[0].Licence.ShouldBe(new ModelLicenceReport("MIT", Restricted: false, Accepted: true));
        list.Models[1].Licence.ShouldBe(new ModelLicenceReport("Mine", Restricted: true, Accepted: false, "Do no harm."));
        list.Models[0].Missing!.ShouldContain("./studio models pull one");
        list.Models[0].Operations.ShouldBe(["upscale"]);
        list.Folders.ShouldBe([Folder]);
        list.Unknown.ShouldHaveSingleItem().ShouldBe(new UnknownModelFile(Path.Combine(Folder, "stranger.onnx"), 3));
    }

    [Fact]
    public async Task A_restricted_licence_has_to_be_accepted_before_anything_is_fetched()
    {
        await using var server = await ModelServer.StartAsync(Second);
        await using var studio = await StartAsync([Restricted(server.Url)]);

        var refusal = await FaultAsync(() => studio.Models.PullAsync("two", null, null, CancellationToken.None));
        refusal.Fault.ShouldBe(ModelFault.LicenceNotAccepted);
        refusal.Message.ShouldContain("Do no harm.");
        refusal.Message.ShouldContain("--accept-license");
        server.Requests.ShouldBe(0);

        var report = await studio.Models.PullAsync("two", "ann", null, CancellationToken.None);
        (report.State, report.Licence.Accepted).ShouldBe((ModelState.Installed, true));
        var note = await File.ReadAllTextAsync(Path.Combine(Folder, ".store", "licences", "two.json"));
        note.ShouldContain("ann");
    }

    [Fact]
    public async Task A_restricted_model_that_is_here_is_used_once_its_licence_is_accepted()
    {
        await using var studio = await StartAsync([Restricted()]);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "two.onnx"), Second);
        (await studio.Models.ListAsync(CancellationToken.None)).Models.Single().State.ShouldBe(ModelState.LicenceNotAccepted);

        (await studio.Models.AcceptAsync("two", "ann", CancellationToken.None)).State.ShouldBe(ModelState.Installed);

        studio.Store.Find("two").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_file_is_taken_in_by_its_hash()
    {
        await using var studio = await StartAsync([Entry()]);
        using var file = new MemoryStream(Content);

        var report = await studio.Models.ImportAsync(file, null, null, null, CancellationToken.None);

        (report.Id, report.State).ShouldBe(("one", ModelState.Installed));
        (await File.ReadAllBytesAsync(report.Path!)).ShouldBe(Content);
        studio.Store.Find("one").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_file_that_is_no_model_or_another_one_is_refused_and_not_kept()
    {
        await using var studio = await StartAsync([Entry(), Restricted()]);

        var stranger = await FaultAsync(() => ImportAsync(studio, Bytes(Content.Length, seed: 4), null, null));
        stranger.Fault.ShouldBe(ModelFault.WrongFile);
        stranger.Message.ShouldContain("Model one has that size and another hash");
        var other = await FaultAsync(() => ImportAsync(studio, Content, "two", "ann"));
        other.Fault.ShouldBe(ModelFault.WrongFile);
        other.Message.ShouldContain("is Model one (one), not Model two");
        (await FaultAsync(() => ImportAsync(studio, Second, null, null))).Fault.ShouldBe(ModelFault.LicenceNotAccepted);

        Directory.GetFiles(Folder).ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(Folder, ".store", "partial")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_without_a_published_hash_is_whatever_its_user_brings_for_it()
    {
        var supplied = Restricted() with { Sha256 = null, Bytes = null, Urls = [] };
        await using var studio = await StartAsync([Entry(), supplied]);
        (await FaultAsync(() => studio.Models.PullAsync("two", "ann", null, CancellationToken.None))).Fault.ShouldBe(ModelFault.UserSupplied);

        var report = await ImportAsync(studio, [1, 2, 3], "two", "ann");

        (report.Id, report.State).ShouldBe(("two", ModelState.Installed));
        (await File.ReadAllBytesAsync(studio.Store.Find("two")!.Path)).ShouldBe([1, 2, 3]);
        (await studio.Models.VerifyAsync("two", null, CancellationToken.None)).State.ShouldBe(ModelState.Installed);
    }

    [Fact]
    public async Task A_file_that_changed_is_found_out_and_no_longer_used()
    {
        await using var studio = await StartAsync([Entry()]);
        var report = await ImportAsync(studio, Content, null, null);
        var progress = new ModelProgressLog();
        (await studio.Models.VerifyAsync("one", progress, CancellationToken.None)).State.ShouldBe(ModelState.Installed);
        progress.Reports.ShouldAllBe(each => each.Stage == ModelStage.Checking);

        // As a disk that fails does it: size and time stay.
        var written = File.GetLastWriteTimeUtc(report.Path!);
        await File.WriteAllBytesAsync(report.Path!, Bytes(Content.Length, seed: 9));
        File.SetLastWriteTimeUtc(report.Path!, written);

        var fault = await FaultAsync(() => studio.Models.VerifyAsync("one", null, CancellationToken.None));
        fault.Fault.ShouldBe(ModelFault.Damaged);
        fault.Message.ShouldContain("./studio models pull one");
        studio.Store.Find("one").ShouldBeNull();
    }

    [Fact]
    public async Task A_model_is_removed_with_every_copy_and_what_was_left_of_a_download()
    {
        await using var studio = await StartAsync([Entry()]);
        await ImportAsync(studio, Content, null, null);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "copy.onnx"), Content);

        (await studio.Models.RemoveAsync("one", CancellationToken.None)).State.ShouldBe(ModelState.NotInstalled);

        Directory.GetFiles(Folder).ShouldBeEmpty();
        studio.Store.Find("one").ShouldBeNull();
        (await FaultAsync(() => studio.Models.RemoveAsync("one", CancellationToken.None))).Fault.ShouldBe(ModelFault.NotInstalled);
        (await FaultAsync(() => studio.Models.VerifyAsync("one", null, CancellationToken.None))).Fault.ShouldBe(ModelFault.NotInstalled);
    }

    [Fact]
    public async Task What_the_catalogue_does_not_have_is_unknown_and_what_comes_near_is_named()
    {
        await using var studio = await StartAsync([Entry()]);

        var fault = await FaultAsync(() => studio.Models.PullAsync("on", null, null, CancellationToken.None));
        fault.Fault.ShouldBe(ModelFault.UnknownModel);
        fault.Message.ShouldContain("There are one.");
        (await FaultAsync(() => studio.Models.RemoveAsync("../../etc/passwd", CancellationToken.None))).Fault.ShouldBe(ModelFault.UnknownModel);
    }

    [Fact]
    public async Task Where_nobody_answers_one_error_says_so_and_what_to_do()
    {
        await using var studio = await StartAsync([Entry(new Uri("http://127.0.0.1:9/a.onnx"), new Uri("http://no-such-host.invalid/b.onnx"))]);

        var fault = await FaultAsync(() => studio.Models.PullAsync("one", null, null, CancellationToken.None));

        fault.Fault.ShouldBe(ModelFault.Unreachable);
        fault.Message.ShouldStartWith("Model one could not be fetched: this machine reaches none of its addresses.");
        fault.Message.ShouldContain("./studio models import FILE");
    }

    [Fact]
    public async Task A_pull_that_is_called_off_goes_on_from_there_next_time()
    {
        await using var server = await ModelServer.StartAsync(Content);
        using var cancel = new CancellationTokenSource();
        server.Instead = async (number, http) =>
        {
            if (number > 1) return false;
            http.Response.Headers.ETag = server.Tag;
            http.Response.ContentLength = Content.Length;
            await http.Response.Body.WriteAsync(Content.AsMemory(0, 200_000));
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        await using var studio = await StartAsync([Entry(server.Url)]);

        var pull = studio.Models.PullAsync("one", null, null, cancel.Token);
        var partial = Path.Combine(Folder, ".store", "partial");
        await Eventually.BecomesTrueAsync(
            () => Directory.Exists(partial) && Directory.GetFiles(partial).Any(file => new FileInfo(file).Length == 200_000),
            "the first part has come");
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => pull);

        (await studio.Models.PullAsync("one", null, null, CancellationToken.None)).State.ShouldBe(ModelState.Installed);
        server.Ranges.ShouldBe(["", "bytes=200000- \"v1\""]);
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Bytes that look like nothing.</summary>
    protected static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The model <c>one</c>.</summary>
    protected static ModelEntry Entry(params Uri[] urls) => ModelStoreUnderTest.Entry("one", Content, urls);

    private static ModelEntry Restricted(params Uri[] urls) =>
        ModelStoreUnderTest.Entry("two", Second, urls) with { Licence = new("Mine", Restricted: true, "Do no harm.") };

    private static async Task<ModelReport> ImportAsync(ModelAdministrationUnderTest studio, byte[] content, string? id, string? acceptedBy)
    {
        using var file = new MemoryStream(content);
        return await studio.Models.ImportAsync(file, id, acceptedBy, null, CancellationToken.None);
    }

    private static Task<ModelException> FaultAsync(Func<Task<ModelReport>> action) => Should.ThrowAsync<ModelException>(action);
}
