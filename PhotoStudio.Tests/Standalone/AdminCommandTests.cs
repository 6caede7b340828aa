using System.Net;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Standalone.Commands;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Standalone;

public sealed class AdminCommandTests : IAsyncLifetime
{
    private static readonly byte[] Picture = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 3), PictureFormat.Png);
    private readonly StudioHost _studio = new() { RunsWorker = false };
    private readonly TemporaryFolder _elsewhere = new();

    public Task InitializeAsync() => _studio.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _studio.DisposeAsync();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task The_first_admin_is_made_beside_a_studio_that_runs_and_signs_in_with_the_password_shown()
    {
        var (status, output, _) = await RunAsync(_studio.Folder, "make-admin", "root@example.com");

        status.ShouldBe(0);
        using var login = await _studio.LoginAsync("root@example.com", output.Trim().Split(' ')[^1]);
        login.StatusCode.ShouldBe(HttpStatusCode.OK, await login.Content.ReadAsStringAsync());
        var root = People.ToPerson((await login.JsonAsync()).GetProperty("data"));
        using var audit = await _studio.Client.GetAsync("/api/v1/admin/audit", root.Auth);
        var entry = (await audit.JsonAsync()).GetProperty("data").EnumerateArray().Single();
        (entry.GetProperty("actor").GetString(), entry.GetProperty("action").GetString()).ShouldBe(("command line", "MakeAdmin"));
    }

    [Fact]
    public async Task An_account_gets_premium_and_is_locked_and_what_makes_no_sense_is_refused()
    {
        var ana = await _studio.RegisterAsync();

        (await RunAsync(_studio.Folder, "premium", ana.Email)).Output.ShouldContain("user, premium");
        (await RunAsync(_studio.Folder, "lock", ana.Email)).Output.ShouldContain("locked");
        (await RunAsync(_studio.Folder, "users", ana.Email)).Output.ShouldContain("1 of 1 accounts.");

        using var profile = await _studio.Client.GetAsync("/api/v1/auth/profile", ana.Auth);
        profile.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await RunAsync(_studio.Folder, "premium", "nobody@example.com")).Status.ShouldBe(1);
        (await RunAsync(_studio.Folder, "explode")).Status.ShouldBe(2);
        (await RunAsync(_studio.Folder, "dead-letters")).Output.ShouldContain("0 of 0 dead letters.");
    }

    [Fact]
    public async Task A_backup_of_a_studio_at_work_has_every_picture_that_its_database_names_and_is_put_back()
    {
        var ana = await _studio.RegisterAsync();
        await UploadAsync(ana);
        using var stop = new CancellationTokenSource();
        var working = Task.Run(async () =>
        {
            for (var i = 0; i < 8 && !stop.IsCancellationRequested; i++) await UploadAsync(ana);
        });

        var backup = _elsewhere.In("backup");
        (await RunAsync(_studio.Folder, "backup", backup)).Status.ShouldBe(0);
        await stop.CancelAsync();
        await working;

        (await RunAsync(_studio.Folder, "backup", backup)).Errors.ShouldContain("exists");
        (await RunAsync(_studio.Folder, "restore", backup)).Errors.ShouldContain("has a studio already");
        var restored = _elsewhere.In("restored");
        (await RunAsync(restored, "restore", backup)).Status.ShouldBe(0);
        (await RunAsync(restored, "users")).Output.ShouldContain(ana.Email);
        var files = Directory.EnumerateFiles(Path.Combine(restored, "blobs"), "*", SearchOption.AllDirectories).ToList();
        foreach (var file in files)
        {
            var original = Path.Combine(_studio.Folder, "blobs", Path.GetRelativePath(Path.Combine(restored, "blobs"), file));
            (await File.ReadAllBytesAsync(file)).ShouldBe(await File.ReadAllBytesAsync(original));
        }

        await using var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(restored, "studio.db")};Pooling=false");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = "SELECT blob_key FROM images";
        await using var reader = await command.ExecuteReaderAsync();
        var keys = new List<string>();
        while (await reader.ReadAsync()) keys.Add(reader.GetString(0));
        keys.ShouldNotBeEmpty();
        keys.ShouldAllBe(key => files.Any(file => file.Contains(Path.GetFileNameWithoutExtension(key), StringComparison.Ordinal)));
    }

    private static async Task<(int Status, string Output, string Errors)> RunAsync(string data, params string[] words)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var status = await AdminCommand.RunAsync(["admin", .. words, "--", $"--Studio:Data={data}"], output, errors);
        return (status, output.ToString(), errors.ToString());
    }

    private async Task UploadAsync(Person person)
    {
        using var form = Http.Form(Picture);
        using var stored = await _studio.Client.PostAsync("/api/v1/images/upload", form, person.Auth);
        stored.StatusCode.ShouldBe(HttpStatusCode.Created);
    }
}
