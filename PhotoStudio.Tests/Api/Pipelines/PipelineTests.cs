using System.Net;
using System.Text.Json;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Pipelines;

/// <summary>Pipelines over the whole studio, with its own engines.</summary>
public sealed class PipelineTests : IAsyncLifetime
{
    private const string Path = "/api/v1/pipelines";
    private const string Steps = """[{"operation":"crop","parameters":{"x":10,"y":0,"width":40,"height":40}},{"operation":"rotate","angle":90},{"operation":"resize","parameters":{"width":20,"output_format":"png"}}]""";
    private static readonly (string, string) Ana = ("X-Guest-Id", "0123456789abcdef0123456789abcdef");
    private static readonly (string, string) Json = ("Accept", "application/json");
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Png);

    private readonly StudioHost _studio = new();

    public Task InitializeAsync() => _studio.InitializeAsync();

    public Task DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task The_last_steps_picture_is_what_the_single_steps_make_one_after_the_other()
    {
        using var response = await PostAsync(Http.Form(Photo, fields: ("steps", Steps)));

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        response.Headers.GetValues("X-Studio-Pipeline").Single().ShouldNotBeNullOrEmpty();
        var actual = Decode(await response.Content.ReadAsByteArrayAsync());

        var file = Photo;
        foreach (var step in (string[])["crop?x=10&y=0&width=40&height=40", "rotate?angle=90", "resize?width=20&output_format=png"])
            file = await (await _studio.Client.PostAsync($"/api/v1/operations/{step}", Http.Raw(file), Ana)).Content.ReadAsByteArrayAsync();
        PictureAssert.Same(actual, Decode(file));
    }

    [Fact]
    public async Task As_json_every_step_is_told_and_only_the_last_picture_is_kept()
    {
        var pipeline = await RunAsync(Steps);

        pipeline.GetProperty("status").GetString().ShouldBe("completed");
        pipeline.GetProperty("progress").GetDouble().ShouldBe(1);
        OfSteps(pipeline, "status").ShouldBe(["completed", "completed", "completed"]);
        OfSteps(pipeline, "operation").ShouldBe(["crop", "rotate", "resize"]);
        Results(pipeline).ShouldBe([0, 0, 1]);
        var result = pipeline.GetProperty("results").EnumerateArray().ShouldHaveSingleItem();
        result.GetProperty("width").GetInt32().ShouldBe(20);
        (await _studio.Client.GetAsync(result.GetProperty("url").GetString()!)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var history = await (await _studio.Client.GetAsync("/api/v1/processing/results", Ana)).JsonAsync();
        history.GetProperty("pagination").GetProperty("count").GetInt32().ShouldBe(1);

        var id = pipeline.GetProperty("id").GetString();
        var shown = await (await _studio.Client.GetAsync($"{Path}/{id}", Ana)).JsonAsync();
        shown.GetProperty("status").GetString().ShouldBe("completed");
        var step = shown.GetProperty("steps")[2];
        step.GetProperty("metadata").GetProperty("engine").GetString().ShouldNotBeNullOrEmpty();
        var job = await (await _studio.Client.GetAsync($"/api/v1/processing/jobs/{step.GetProperty("job_id").GetString()}", Ana)).JsonAsync();
        job.GetProperty("data").GetProperty("pipeline_id").GetString().ShouldBe(id);
        var list = await (await _studio.Client.GetAsync(Path, Ana)).JsonAsync();
        list.GetProperty("data").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe(id);
    }

    [Fact]
    public async Task Asked_to_the_studio_keeps_every_steps_picture()
    {
        var pipeline = await RunAsync(Steps, ("keep_intermediate", "true"));

        pipeline.GetProperty("keep_intermediate").GetBoolean().ShouldBeTrue();
        Results(pipeline).ShouldBe([1, 1, 1]);
        (await _studio.BlobsAsync("processed/")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Steps_come_as_json_with_the_picture_in_any_form()
    {
        var body = $$"""{"image":"{{Convert.ToBase64String(Photo)}}","steps":[{"operation":"flip"}]}""";
        using var response = await _studio.Client.PostAsync(Path, Http.Json(body), Ana);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var picture = Decode(await response.Content.ReadAsByteArrayAsync());
        (picture.Width, picture.Height).ShouldBe((64, 48));
    }

    [Fact]
    public async Task A_step_that_fails_ends_it_with_the_reason_and_keeps_what_was_made_before()
    {
        const string tooFar = """[{"operation":"resize","width":20},{"operation":"crop","x":500,"y":0,"width":5,"height":5},{"operation":"flip"}]""";
        var problem = await PostAsync(Http.Form(Photo, fields: ("steps", tooFar))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "box_outside_picture");
        problem.Detail().ShouldStartWith("Step 2 of 3 (crop): ");

        var list = await (await _studio.Client.GetAsync(Path, Ana)).JsonAsync();
        var pipeline = list.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        pipeline.GetProperty("status").GetString().ShouldBe("failed");
        pipeline.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        OfSteps(pipeline, "status").ShouldBe(["completed", "failed", "skipped"]);
        Results(pipeline).ShouldBe([1, 0, 0]);
    }

    [Fact]
    public async Task Every_fault_of_every_step_is_reported_at_once()
    {
        const string steps = """[{"operation":"resize","parameters":{"width":0,"colour":"red"}},{"operation":"resize","parameters":{"width":"wide","height":99999}},{"operation":"polish"},{"parameters":{}},7]""";
        var problem = await PostAsync(Http.Form("no picture"u8.ToArray(), fields: [("steps", steps), ("width", "3"), ("keep_intermediate", "perhaps")]))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");

        problem.FaultyFields().ShouldBe(
            ["image", "keep_intermediate", "steps[0].colour", "steps[0].width", "steps[1].height", "steps[1].width", "steps[2].operation", "steps[3].operation", "steps[4]", "width"],
            ignoreOrder: true);
        problem.Fault("steps[2].operation").ShouldContain("There is no operation named 'polish'");
        (await _studio.BlobsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[]", "steps", "must have 1 to 20 steps, not 0.")]
    [InlineData("{}", "steps", "must be a list of steps.")]
    [InlineData("[", "steps", "is not valid JSON.")]
    [InlineData("", "steps", "is required")]
    [InlineData("""[{"operation":"flip","operation":"resize"}]""", "steps", "is not valid JSON.")]
    [InlineData("""[{"operation":"resize","width":3,"parameters":{"width":4}}]""", "steps[0].width", "is given more than once.")]
    [InlineData("""[{"operation":"resize","parameters":[]}]""", "steps[0].parameters", "must be an object of parameters by name.")]
    public async Task Steps_that_make_no_sense_are_refused(string steps, string field, string message)
    {
        var problem = await PostAsync(Http.Form(Photo, fields: ("steps", steps))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.Fault(field).ShouldContain(message);
    }

    [Fact]
    public async Task Too_many_steps_are_refused()
    {
        var steps = $"[{string.Join(',', Enumerable.Repeat("""{"operation":"flip"}""", 21))}]";
        var problem = await PostAsync(Http.Form(Photo, fields: ("steps", steps))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.Fault("steps").ShouldBe("must have 1 to 20 steps, not 21.");
        (await PostAsync(Http.Form(Photo, fields: ("steps", $"[{string.Join(',', Enumerable.Repeat("""{"operation":"flip"}""", 20))}]"))))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_owners_pipeline_is_not_there()
    {
        var id = (await RunAsync(Steps)).GetProperty("id").GetString();
        var bob = ("X-Guest-Id", "fedcba9876543210fedcba9876543210");
        await _studio.Client.GetAsync($"{Path}/{id}", bob).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _studio.Client.GetAsync($"{Path}/{id}/events", bob).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _studio.Client.SendAsync(HttpMethod.Post, $"{Path}/{id}/cancel", null, bob).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        (await (await _studio.Client.GetAsync(Path, bob)).JsonAsync()).GetProperty("data").GetArrayLength().ShouldBe(0);
        await _studio.Client.SendAsync(HttpMethod.Post, $"{Path}/{id}/cancel", null, Ana).ShouldBeProblemAsync(HttpStatusCode.Conflict, "conflict");
        await _studio.Client.GetAsync($"{Path}/{id}/events?expires=1&signature=x").ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private Task<HttpResponseMessage> PostAsync(HttpContent content) => _studio.Client.PostAsync(Path, content, Ana);

    private async Task<JsonElement> RunAsync(string steps, params (string, string)[] fields)
    {
        using var response = await _studio.Client.PostAsync(Path, Http.Form(Photo, fields: [("steps", steps), .. fields]), Ana, Json);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private static string?[] OfSteps(JsonElement pipeline, string member) =>
        [.. pipeline.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty(member).GetString())];

    private static int[] Results(JsonElement pipeline) =>
        [.. pipeline.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("results").GetArrayLength())];

    private static PhotoStudio.Imaging.Picture Decode(byte[] file) => new VipsPictureCodec().Decode(file, PictureLimits.Default);
}
