using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings;

public sealed class BackingsServicesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_is_kept_in_the_data_folder()
    {
        await using var studio = await WorkerUnderTest.StartAsync(_folder);
        var job = await studio.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));
        var url = studio.Services.GetRequiredService<IBlobUrls>().Sign(job.Inputs[0].BlobKey, TimeSpan.FromHours(1));

        url.ShouldStartWith("/files/images/uploads/");
        File.Exists(_folder.In("data", "studio.db")).ShouldBeTrue();
        File.Exists(_folder.In("data", "signing.key")).ShouldBeTrue();
        File.Exists(_folder.In(["data", "blobs", .. job.Inputs[0].BlobKey.Split('/')])).ShouldBeTrue();
    }

    [Fact]
    public async Task With_a_database_server_two_processes_share_its_jobs_and_keep_no_database_of_their_own()
    {
        var server = await PostgresServer.SharedAsync();
        var location = server.ConnectionString(await server.CreateDatabaseAsync());
        WorkerSetup Setup(bool works) => new()
        {
            WithWorker = works,
            Settings = new Dictionary<string, string?> { ["ConnectionStrings:studio"] = location },
        };
        await using var front = await WorkerUnderTest.StartAsync(_folder, Setup(works: false));
        await using var worker = await WorkerUnderTest.StartAsync(_folder, Setup(works: true));
        var job = await front.SubmitAsync(TestJobs.Resize(TestJobs.Someone()));

        // No bell reaches from one process to the other; the worker looks into the database from time to time.
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                worker.Time.Advance(TimeSpan.FromSeconds(1));
                return (await front.Jobs.FindAsync(job.Id, default))!.State == JobState.Completed;
            },
            "the job is done");

        File.Exists(_folder.In("data", "studio.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task Urls_outlive_the_process_that_signed_them()
    {
        ManualTimeProvider time = new();
        string url;
        await using (var first = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time }))
            url = first.Services.GetRequiredService<IBlobUrls>().Sign("a/b.png", TimeSpan.FromHours(1));

        await using var second = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { Time = time });
        second.Services.GetRequiredService<IBlobUrls>().Resolve(new Uri(url, UriKind.Relative)).ShouldBe("a/b.png");
    }

    [Fact]
    public async Task With_a_public_address_and_a_secret_urls_are_absolute_and_need_no_key_file()
    {
        await using var studio = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup
        {
            Settings = new Dictionary<string, string?>
            {
                ["Studio:PublicUrl"] = "https://studio.example/",
                ["Studio:Files:SigningKey"] = "0123456789abcdef0123456789abcdef",
            },
        });

        studio.Services.GetRequiredService<IBlobUrls>().Sign("a/b.png", TimeSpan.FromHours(1)).ShouldStartWith("https://studio.example/files/a/b.png?");
        File.Exists(_folder.In("data", "signing.key")).ShouldBeFalse();
    }
}
