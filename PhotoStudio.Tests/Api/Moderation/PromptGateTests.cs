using System.Net;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Moderation;

public sealed class PromptGateTests(StudioHost studio) : IClassFixture<StudioHost>
{
    private const string Region = "boxes=[[4,4,8,8]]";
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Png);

    [Theory]
    [InlineData("a n4k3d woman", "sexual")]
    [InlineData("hai người bị chặt đầu", "violence")]
    [InlineData("hombre degollado", "violence")]
    public async Task A_prompt_that_is_refused_answers_422_and_makes_no_job(string prompt, string category)
    {
        var name = $"gate-{category}-{prompt.Length}";
        var response = await studio.Client.PostAsync($"/api/v1/operations/inpaint?{Region}&prompt={Uri.EscapeDataString(prompt)}&user_id={name}", Http.Raw(Photo));

        (await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "content_refused")).ToString().ShouldContain(category);
        var jobs = await (await studio.Client.GetAsync($"/api/v1/processing/jobs/list?user_id={name}")).JsonAsync();
        jobs.GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_harmless_prompt_passes()
    {
        var response = await studio.Client.PostAsync($"/api/v1/operations/inpaint?{Region}&prompt=a+bass+player+in+Scunthorpe", Http.Raw(Photo));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Jobs_pipelines_and_batches_are_refused_too()
    {
        var picture = System.Convert.ToBase64String(Photo);
        const string Step = """{"operation":"inpaint","parameters":{"boxes":[[4,4,8,8]],"prompt":"gore, dismembered body"}}""";
        foreach (var (path, body) in ((string, string)[])
        [
            ("/api/v1/processing/jobs", $$"""{"job_type":"inpaint","prompt":"gore, dismembered body","boxes":[[4,4,8,8]],"image":"{{picture}}"}"""),
            ("/api/v1/pipelines", $$"""{"steps":[{"operation":"flip"},{{Step}}],"image":"{{picture}}"}"""),
            ("/api/v1/batches", $$"""{"steps":[{{Step}}],"images":["{{picture}}"]}"""),
        ])
        {
            await (await studio.Client.PostAsync(path, Http.Json(body))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "content_refused");
        }
    }

    [Fact]
    public async Task Moderation_itself_may_be_asked_about_anything()
    {
        var response = await studio.Client.PostAsync("/api/v1/operations/moderate?prompt=porn", null);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        (await response.JsonAsync()).GetProperty("data").GetProperty("blocked").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_studio_that_does_not_moderate_refuses_nothing()
    {
        await using var open = await StudioHost.StartAsync(new() { Settings = new Dictionary<string, string?> { ["Studio:Moderation:Enabled"] = "false" } });
        var response = await open.Client.PostAsync($"/api/v1/operations/inpaint?{Region}&prompt=naked+woman", Http.Raw(Photo));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }
}
