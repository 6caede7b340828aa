using System.Net;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Quotas;

public sealed class QuotaTests : IAsyncLifetime
{
    private const string Edit = "/api/v1/operations/remove-background";
    private static readonly byte[] Picture = TestFiles.Encode(TestPictures.Gradient(8, 8), PhotoStudio.Imaging.Codecs.PictureFormat.Png);
    private readonly StudioHost _studio = new() { RunsWorker = false };

    public Task InitializeAsync() => _studio.InitializeAsync();

    public Task DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task Of_60_edits_at_once_20_are_accepted_and_the_others_say_when_there_are_new_ones()
    {
        var ana = await _studio.RegisterAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => EditAsync(ana)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted).ShouldBe(20);
        var left = answers.Where(answer => answer.StatusCode == HttpStatusCode.Accepted).Select(answer => Left(answer, "edit")).Order();
        left.ShouldBe(Enumerable.Range(0, 20));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Accepted))
        {
            await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota_exceeded");
            refused.Headers.GetValues("RateLimit-Policy").ShouldContain("\"edit\";q=20;w=86400");
            Left(refused, "edit").ShouldBe(0);
            refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        }

        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Cancelling_gives_one_back_and_cancelling_again_gives_nothing()
    {
        var ana = await _studio.RegisterAsync();
        using var first = await EditAsync(ana);
        var job = (await first.JsonAsync()).GetProperty("id").GetGuid();
        using var second = await EditAsync(ana);
        Left(second, "edit").ShouldBe(18);

        for (var i = 0; i < 2; i++)
        {
            using var cancelled = await _studio.Client.PostAsync($"/api/v1/processing/jobs/{job}/cancel", null!, ana.Auth);
            cancelled.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var third = await EditAsync(ana);
        Left(third, "edit").ShouldBe(18);
    }

    [Fact]
    public async Task What_is_free_of_charge_shows_no_quota_and_guests_have_none_in_Development()
    {
        var ana = await _studio.RegisterAsync();
        using var flipped = await PostAsync("/api/v1/operations/flip?direction=horizontal", ana.Auth);
        flipped.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        flipped.Headers.GetValues("RateLimit").ShouldNotContain(value => value.StartsWith("\"edit\"", StringComparison.Ordinal));

        for (var i = 0; i < 22; i++)
        {
            using var guest = await PostAsync(StudioHost.Named(Edit, "bob"));
            guest.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }
    }

    [Fact]
    public async Task A_pipeline_that_costs_more_than_is_left_is_refused_and_keeps_nothing()
    {
        var ana = await _studio.RegisterAsync();
        for (var i = 0; i < 19; i++) (await EditAsync(ana)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var before = (await _studio.BlobsAsync()).Count;
        using var form = Http.Form(Picture, fields: ("steps", """[{"operation":"enhance"},{"operation":"denoise"}]"""));

        using var refused = await _studio.Client.PostAsync("/api/v1/pipelines", form, ana.Auth, ("Prefer", "respond-async"));

        var problem = await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota_exceeded");
        problem.Detail().ShouldContain("1 are left");
        (await _studio.BlobsAsync()).Count.ShouldBe(before);
    }

    [Fact]
    public async Task The_eleventh_upload_of_a_day_is_refused_and_not_kept()
    {
        var ana = await _studio.RegisterAsync();
        for (var i = 0; i < 10; i++)
        {
            using var stored = await UploadAsync(ana);
            stored.StatusCode.ShouldBe(HttpStatusCode.Created);
            Left(stored, "uploads").ShouldBe(9 - i);
        }

        var before = (await _studio.BlobsAsync()).Count;
        using var refused = await UploadAsync(ana);

        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota_exceeded");
        Left(refused, "uploads").ShouldBe(0);
        (await _studio.BlobsAsync()).Count.ShouldBe(before);
    }

    private static int Left(HttpResponseMessage response, string kind)
    {
        var parts = response.Headers.GetValues("RateLimit").Single(value => value.StartsWith($"\"{kind}\"", StringComparison.Ordinal)).Split(';');
        return int.Parse(parts[1]["r=".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private Task<HttpResponseMessage> EditAsync(Person person) => PostAsync(Edit, person.Auth);

    private async Task<HttpResponseMessage> PostAsync(string path, params (string, string)[] headers)
    {
        using var body = Http.Raw(Picture);
        return await _studio.Client.PostAsync(path, body, [.. headers, ("Prefer", "respond-async")]);
    }

    private async Task<HttpResponseMessage> UploadAsync(Person person)
    {
        using var form = Http.Form(Picture);
        return await _studio.Client.PostAsync("/api/v1/images/upload", form, person.Auth);
    }
}
