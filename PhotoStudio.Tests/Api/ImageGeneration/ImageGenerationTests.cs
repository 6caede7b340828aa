using System.Net;
using System.Text.Json;
using PhotoStudio.Tests.Api.Processing;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.ImageGeneration;

/// <summary>Pictures from words over the whole studio.</summary>
public sealed class ImageGenerationTests(ImageGenerationTests.Host host) : IClassFixture<ImageGenerationTests.Host>
{
    private readonly string _guest = StoredJobs.NewGuest();

    [Theory]
    [InlineData("/api/v1/image-generation/generate")]
    [InlineData("/api/v1/image-generation/generate/")]
    public async Task Generate_answers_the_picture_and_stores_nothing(string path)
    {
        var body = await PostAsync(path, """{"prompt":"a lake with a zeppelin","negative_prompt":"boats","width":160,"height":128,"seed":5,"num_inference_steps":20,"guidance_scale":7}""");
        body.GetProperty("success").GetBoolean().ShouldBeTrue();
        body.GetProperty("request_id").GetGuid().ShouldNotBe(Guid.Empty);
        var picture = TestFiles.Decode(body.GetProperty("image_bytes").GetBytesFromBase64());
        (picture.Width, picture.Height).ShouldBe((160, 128));
        var metadata = body.GetProperty("metadata");
        (metadata.GetProperty("model").GetString(), metadata.GetProperty("steps").GetInt32(), metadata.GetProperty("seed").GetInt32()).ShouldBe(("scene-painter", 20, 5));
        metadata.GetProperty("method").GetString().ShouldBe("procedural");
        metadata.GetProperty("unrecognised_words").EnumerateArray().Select(word => word.GetString()).ShouldBe(["zeppelin"]);
        (await GetAsync("/api/v1/processing/results")).GetProperty("data").GetArrayLength().ShouldBe(0);
        (await GetAsync("/api/v1/processing/jobs/list")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Variations_are_distinct_and_each_can_be_had_again_by_its_seed()
    {
        var body = await PostAsync("/api/v1/image-generation/generate-variations", """{"prompt":"hills at dawn","num_variations":3,"width":128,"height":128}""");
        var images = body.GetProperty("images").EnumerateArray().ToArray();
        images.Length.ShouldBe(3);
        images.Select(image => image.GetProperty("image_bytes").GetString()).Distinct().Count().ShouldBe(3);
        var seed = images[2].GetProperty("metadata").GetProperty("seed").GetInt32();
        var again = await PostAsync("/api/v1/image-generation/generate", $$"""{"prompt":"hills at dawn","seed":{{seed}},"width":128,"height":128}""");
        again.GetProperty("image_bytes").GetString().ShouldBe(images[2].GetProperty("image_bytes").GetString());
    }

    [Fact]
    public async Task Variations_of_a_picture_are_as_many_as_asked_and_of_its_size()
    {
        var photo = Convert.ToBase64String(TestFiles.Encode(TestPictures.Photo(90, 70, seed: 2), PhotoStudio.Imaging.Codecs.PictureFormat.Png));
        var body = await PostAsync("/api/v1/image-generation/generate-variations", $$"""{"image_base64":"{{photo}}","num_images":3,"seed":6}""");
        var images = body.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("image_bytes").GetBytesFromBase64()).ToArray();
        images.Length.ShouldBe(3);
        images.Select(Convert.ToHexString).ShouldBeUnique();
        foreach (var image in images) (TestFiles.Decode(image).Width, TestFiles.Decode(image).Height).ShouldBe((90, 70));
    }

    [Theory]
    [InlineData("/v1/image/generate", "a castle")]
    [InlineData("/api/v1/image/generate", "please draw me a castle")]
    [InlineData("/api/v1/image/generate", "vẽ giúp tôi một lâu đài")]
    [InlineData("/api/v1/image/generate", "dibuja un castillo")]
    public async Task Image_generate_refines_the_prompt_and_tells_the_intent(string path, string prompt)
    {
        var body = await PostAsync(path, $$"""{"prompt":"{{prompt}}","width":128,"height":128}""");
        body.GetProperty("intent").GetString().ShouldBe("generate");
        body.GetProperty("confidence").GetDouble().ShouldBeInRange(0, 1);
        body.GetProperty("refined_prompt").GetString()!.ShouldContain("castle, ");
        body.GetProperty("negative_prompt").GetString().ShouldNotBeNullOrEmpty();
        TestFiles.Decode(body.GetProperty("image_bytes").GetBytesFromBase64()).Width.ShouldBe(128);
        body.GetProperty("metadata").GetProperty("shown").EnumerateArray().Select(word => word.GetString()).ShouldContain("castle");
        (await GetAsync("/api/v1/processing/results")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("{}", "prompt")]
    [InlineData("""{"prompt":"x","width":64,"height":9999}""", "width", "height")]
    [InlineData("""{"prompt":"x","num_inference_steps":0}""", "num_inference_steps")]
    public async Task Faults_are_named(string json, params string[] fields)
    {
        using var response = await SendAsync("/api/v1/image-generation/generate", json);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe(fields, ignoreOrder: true);
    }

    [Fact]
    public async Task A_prompt_of_a_hundred_thousand_characters_is_refused()
    {
        using var response = await SendAsync("/api/v1/image-generation/generate", JsonSerializer.Serialize(new Dictionary<string, string> { ["prompt"] = new('x', 100_000) }));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/v1/image-generation/generate")]
    [InlineData("/api/v1/image-generation/generate-variations")]
    public async Task A_prompt_that_moderation_refuses_makes_no_picture(string path)
    {
        using var response = await SendAsync(path, """{"prompt":"a n4k3d woman"}""");
        await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "content_refused");
    }

    [Fact]
    public async Task Nine_variations_are_too_many()
    {
        using var response = await SendAsync("/api/v1/image-generation/generate-variations", """{"prompt":"x","num_variations":9}""");
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["num_variations"]);
    }

    [Theory]
    [InlineData("/v1/features/image-generate")]
    [InlineData("/api/v1/features/image-generate")]
    public async Task The_feature_answers_a_task_that_ends_with_a_stored_picture(string path)
    {
        using var response = await SendAsync(path, """{"prompt":"a lighthouse, storm","aspect_ratio":"1:1","width":160,"user_id":"an","style":"digital-art"}""");
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var accepted = await response.JsonAsync();
        accepted.GetProperty("status").GetString().ShouldBe("PROCESSING");
        accepted.GetProperty("prompt").GetString().ShouldBe("a lighthouse, storm");
        accepted.GetProperty("refined_prompt").GetString()!.ShouldStartWith("a lighthouse, storm, digital painting");
        var task = accepted.GetProperty("task_id").GetGuid();

        JsonElement status = default;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                status = await GetAsync($"{path}/status/{task}?user_id=an");
                return status.GetProperty("status").GetString() != "PROCESSING";
            },
            "the task ends");
        status.GetProperty("status").GetString().ShouldBe("DONE", status.GetRawText());
        status.GetProperty("refined_prompt").GetString().ShouldBe(accepted.GetProperty("refined_prompt").GetString());
        var entry = await GetAsync($"/api/v1/gallery/{status.GetProperty("gallery_id").GetGuid()}?user_id=an");
        (entry.GetProperty("prompt").GetString(), entry.GetProperty("refined_prompt").GetString(), entry.GetProperty("intent").GetString())
            .ShouldBe(("a lighthouse, storm", accepted.GetProperty("refined_prompt").GetString(), "generate"));
        status.GetProperty("data").GetProperty("unrecognised_words").GetArrayLength().ShouldBe(0);
        status.GetProperty("data").GetProperty("method").GetString().ShouldBe("procedural");
        var file = await host.Studio.Client.GetByteArrayAsync(status.GetProperty("image_url").GetString());
        TestFiles.Decode(file).Width.ShouldBe(160);

        // Whoever reads the file can tell that an algorithm made it.
        System.Text.Encoding.Latin1.GetString(file).ShouldContain("algorithmicMedia");

        using var another = await host.Studio.Client.GetAsync($"{path}/status/{task}?user_id=binh", ("X-Guest-Id", _guest));
        another.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var elsewhere = await host.Studio.Client.GetAsync($"{path.Replace("image-generate", "upscale", StringComparison.Ordinal)}/status/{task}?user_id=an", ("X-Guest-Id", _guest));
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_operation_answers_the_picture_with_its_seed()
    {
        using var response = await host.Studio.Client.PostAsync(
            "/api/v1/operations/generate?prompt=a+red+house&width=128&height=128&seed=9&output_format=jpeg", new ByteArrayContent([]), [("X-Guest-Id", _guest), ("Accept", "image/*")]);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        response.Headers.GetValues("X-Studio-Seed").ShouldBe(["9"]);
        response.Headers.GetValues("X-Studio-Engine").ShouldBe(["scene-painter/1"]);
    }

    private Task<HttpResponseMessage> SendAsync(string path, string json) => host.Studio.Client.PostAsync(path, Http.Json(json), [("X-Guest-Id", _guest)]);

    private async Task<JsonElement> PostAsync(string path, string json)
    {
        using var response = await SendAsync(path, json);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await host.Studio.Client.GetAsync(path, ("X-Guest-Id", _guest));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    public sealed class Host : IAsyncLifetime
    {
        internal StudioHost Studio { get; } = new();

        public Task InitializeAsync() => Studio.InitializeAsync();

        public Task DisposeAsync() => Studio.DisposeAsync();
    }
}
