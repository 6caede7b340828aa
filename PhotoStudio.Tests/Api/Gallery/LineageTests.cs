using System.Text.Json;
using PhotoStudio.Tests.Api.Images;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Gallery;

/// <summary>The way back from a result to its originals, over jobs that ran.</summary>
public sealed class LineageTests : IAsyncLifetime
{
    private readonly StudioHost _host = new();
    private LibraryClient _me = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _me = new LibraryClient(_host);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_result_of_results_leads_back_to_the_upload()
    {
        var upload = await _me.UploadedAsync();
        var first = await RunAsync("resize", upload, "\"width\":64");
        var second = await RunAsync("rotate", first, "\"angle\":90");

        var lineage = await _me.JsonAsync($"/v1/gallery/{second}/lineage");

        lineage.GetProperty("complete").GetBoolean().ShouldBeTrue();
        lineage.GetProperty("nodes").EnumerateArray()
            .Select(node => (node.GetProperty("id").GetGuid(), node.GetProperty("depth").GetInt32(), node.GetProperty("kind").GetString(), node.GetProperty("operation").GetString()))
            .ShouldBe([(second, 0, "result", "rotate"), (first, 1, "result", "resize"), (upload, 2, "upload", null)]);
        lineage.GetProperty("originals").EnumerateArray().Select(id => id.GetGuid()).ShouldBe([upload]);
    }

    [Fact]
    public async Task What_was_removed_is_named_as_removed_and_a_pipeline_leads_straight_to_its_picture()
    {
        var upload = await _me.UploadedAsync();
        var run = await _me.JsonAsync(
            HttpMethod.Post,
            "/api/v1/pipelines",
            $$"""{"image_id":"{{upload}}","steps":[{"operation":"resize","parameters":{"width":64} },{"operation":"flip"}]}""",
            ("Accept", "application/json"));
        var result = run.GetProperty("results")[0].GetProperty("id").GetGuid();
        Ids(await _me.JsonAsync($"/v1/gallery/{result}/lineage")).ShouldBe([result, upload]);
        (await _me.EntriesAsync("/v1/gallery")).ShouldBe([result]);

        await _me.SendAsync(HttpMethod.Delete, $"/api/v1/images/{upload}/permanent");
        var lineage = await _me.JsonAsync($"/v1/gallery/{result}/lineage");
        Ids(lineage).ShouldBe([result, upload]);
        lineage.GetProperty("nodes")[1].GetProperty("kind").GetString().ShouldBe("removed");
        lineage.GetProperty("originals").GetArrayLength().ShouldBe(0);
    }

    private static IEnumerable<Guid> Ids(JsonElement lineage) => lineage.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetGuid());

    private async Task<Guid> RunAsync(string operation, Guid picture, string parameters)
    {
        var job = await _me.JsonAsync(
            HttpMethod.Post, "/api/v1/processing/jobs", $$"""{"job_type":"{{operation}}","image_id":"{{picture}}",{{parameters}}}""", ("Prefer", "wait=60"));
        return job.GetProperty("data").GetProperty("results")[0].GetProperty("id").GetGuid();
    }
}
