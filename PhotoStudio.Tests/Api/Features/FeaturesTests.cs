using System.Net;
using System.Text.Json;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Api.Processing;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Features;

/// <summary>The features over the whole studio: worker, inference and engines are the real ones.</summary>
public sealed class FeaturesTests(FeaturesTests.Host host) : IClassFixture<FeaturesTests.Host>
{
    private static readonly byte[] Photo = TestFiles.Encode(Subject(160, 120), PictureFormat.Jpeg, 95);
    private readonly string _guest = StoredJobs.NewGuest();

    [Theory]
    [InlineData("/v1/features/remove-background")]
    [InlineData("/api/v1/features/remove-background/")]
    public async Task The_feature_answers_a_url_of_a_png_with_alpha(string path)
    {
        using var response = await PostAsync(path, Http.Form(Photo, fields: [("user_id", "an"), ("session_id", "passed over")]));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var body = await response.JsonAsync();
        body.GetProperty("status").GetString().ShouldBe("DONE");
        body.GetProperty("content_type").GetString().ShouldBe("image/png");
        body.GetProperty("image_id").GetGuid().ShouldBe(body.GetProperty("gallery_id").GetGuid());
        body.TryGetProperty("image_bytes", out _).ShouldBeFalse();
        var picture = TestFiles.Decode(await host.Studio.Client.GetByteArrayAsync(body.GetProperty("image_url").GetString()));
        (picture.Width, picture.Height, picture.HasAlpha).ShouldBe((160, 120, true));
        ShouldKeepTheSubject(picture);

        // It is stored under the namespace that the body named.
        using var result = await host.Studio.Client.GetAsync($"/api/v1/processing/results/{body.GetProperty("image_id").GetGuid()}?user_id=an");
        result.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_caller_who_names_image_types_gets_the_picture_itself()
    {
        using var response = await PostAsync("/v1/features/remove-background", Http.Raw(Photo, "image/jpeg"), ("Accept", "image/*"));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        response.Headers.GetValues("X-Studio-Engine").Single().ShouldNotBeNullOrEmpty();
        ShouldKeepTheSubject(TestFiles.Decode(await response.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task Background_removal_answers_bytes_and_keeps_a_history()
    {
        using var response = await PostAsync("/api/v1/background-removal/remove", Http.Json($$"""{"image_base64":"{{Convert.ToBase64String(Photo)}}"}"""));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var body = await response.JsonAsync();
        body.GetProperty("success").GetBoolean().ShouldBeTrue();
        ShouldKeepTheSubject(TestFiles.Decode(body.GetProperty("image_bytes").GetBytesFromBase64()));
        var history = await JsonAsync("/api/v1/background-removal/history");
        history.GetProperty("data").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(body.GetProperty("image_id").GetGuid());
    }

    [Fact]
    public async Task Resize_answers_json_and_keeps_a_history()
    {
        using var response = await PostAsync("/api/v1/image-processing/resize?width=40", Http.Raw(Photo, "application/octet-stream"));
        var body = await response.JsonAsync();
        (body.GetProperty("width").GetInt32(), body.GetProperty("height").GetInt32()).ShouldBe((40, 30));
        var picture = TestFiles.Decode(body.GetProperty("image_bytes").GetBytesFromBase64());
        (picture.Width, picture.Height).ShouldBe((40, 30));
        var history = await JsonAsync("/api/v1/image-processing/history/?page_size=1");
        history.GetProperty("pagination").GetProperty("count").GetInt64().ShouldBe(1);
        (await JsonAsync("/api/v1/background-removal/history")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Crop_rotate_and_resize_share_a_history()
    {
        using var cropped = await PostAsync("/api/v1/image-processing/crop", Http.Form(Photo, fields: [("aspect_ratio", "1:1"), ("gravity", "smart")]));
        using var rotated = await PostAsync("/api/v1/image-processing/rotate/?angle=-90", Http.Raw(Photo, "image/jpeg"));
        using var resized = await PostAsync("/api/v1/image-processing/resize?width=40", Http.Raw(Photo, "image/jpeg"));
        using var flipped = await PostAsync("/api/v1/operations/flip", Http.Raw(Photo, "image/jpeg"), ("Accept", "application/json"));
        flipped.StatusCode.ShouldBe(HttpStatusCode.OK, await flipped.Content.ReadAsStringAsync());
        foreach (var (response, width, height) in ((HttpResponseMessage, int, int)[])[(cropped, 120, 120), (rotated, 120, 160), (resized, 40, 30)])
        {
            var body = await response.JsonAsync();
            response.StatusCode.ShouldBe(HttpStatusCode.OK, body.GetRawText());
            var picture = TestFiles.Decode(body.GetProperty("image_bytes").GetBytesFromBase64());
            (picture.Width, picture.Height).ShouldBe((width, height));
        }

        var history = await JsonAsync("/api/v1/image-processing/history");
        history.GetProperty("data").EnumerateArray().Select(entry => entry.GetProperty("operation").GetString())
            .ShouldBe(["crop", "rotate", "resize"], ignoreOrder: true);
    }

    [Fact]
    public async Task Enhancing_answers_bytes_and_passes_unknown_fields_over()
    {
        using var response = await PostAsync("/api/v1/image-enhancement/enhance/", Http.Form(Photo, fields: [("strength", "0.8"), ("enhancement_type", "auto")]));
        var body = await response.JsonAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body.GetRawText());
        TestFiles.Decode(body.GetProperty("image_bytes").GetBytesFromBase64()).Width.ShouldBe(160);
        body.GetProperty("metadata").GetProperty("engine").GetString().ShouldBe("tone-diagnosis");
        using var refused = await PostAsync("/api/v1/image-enhancement/enhance?strength=NaN&color=perhaps", Http.Raw(Photo, "image/jpeg"));
        var problem = await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe(["color", "strength"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("denoise?strength=0.7&noise_level=12", 160)]
    [InlineData("upscale?scale=2", 320)]
    public async Task Restoration_takes_a_raw_body_and_answers_the_picture_or_json(string call, int width)
    {
        using var picture = await PostAsync($"/api/ai/{call}", Http.Raw(Photo, "application/x-www-form-urlencoded"));
        picture.StatusCode.ShouldBe(HttpStatusCode.OK, await picture.Content.ReadAsStringAsync());
        TestFiles.Decode(await picture.Content.ReadAsByteArrayAsync()).Width.ShouldBe(width);

        using var job = await PostAsync($"/api/ai/{call}", Http.Form(Photo), ("Accept", "application/json"));
        (await job.JsonAsync()).GetProperty("results")[0].GetProperty("width").GetInt32().ShouldBe(width);

        using var later = await PostAsync($"/api/ai/{call}", Http.Raw(Photo, "image/jpeg"), ("Prefer", "respond-async"));
        later.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        using var refused = await PostAsync($"/api/ai/{call.Split('?')[0]}?strength=2&scale=0.5", Http.Raw(Photo, "image/jpeg"));
        (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("/v1/features/upscale", "scale_factor", "2", 320)]
    [InlineData("/api/v1/features/upscale/", "scale", "1.5", 240)]
    [InlineData("/v1/features/relight", "light", "golden-hour", 160)]
    [InlineData("/v1/features/reimagine", "prompt", "a snowy night", 160)]
    public async Task A_feature_with_a_task_answers_202_and_its_status_until_it_is_done(string path, string field, string value, int width)
    {
        using var accepted = await PostAsync(path, Http.Form(Photo, fields: [(field, value), ("precision", "high")]));
        var body = await accepted.JsonAsync();
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted, body.GetRawText());
        body.GetProperty("status").GetString().ShouldBe("PROCESSING");
        var status = accepted.Headers.Location.ShouldNotBeNull().ToString();
        status.ShouldBe($"{path.TrimEnd('/')}/status/{body.GetProperty("task_id").GetGuid():D}");

        var done = await EndOfAsync(status);

        done.GetProperty("status").GetString().ShouldBe("DONE", done.GetRawText());
        done.GetProperty("progress").GetDouble().ShouldBe(1);
        TestFiles.Decode(await host.Studio.Client.GetByteArrayAsync(done.GetProperty("image_url").GetString())).Width.ShouldBe(width);

        // Another guest's task, and another feature's, are not there.
        using var stranger = await host.Studio.Client.GetAsync(status, ("X-Guest-Id", StoredJobs.NewGuest()));
        stranger.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_task_that_fails_says_why()
    {
        var large = TestFiles.Encode(TestPictures.Solid(1_500, 1_200, new Rgb(9, 9, 9)), PictureFormat.Png);
        using var accepted = await PostAsync("/v1/features/upscale?scale=8", Http.Raw(large, "image/png"));
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted, await accepted.Content.ReadAsStringAsync());

        var failed = await EndOfAsync(accepted.Headers.Location!.ToString());

        failed.GetProperty("status").GetString().ShouldBe("FAILED", failed.GetRawText());
        failed.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Variations_answer_all_their_pictures()
    {
        using var response = await PostAsync(
            "/api/v1/operations/variations?num_variations=3&seed=4", Http.Raw(Photo, "image/jpeg"), ("Accept", "application/json"));
        var body = await response.JsonAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body.GetRawText());
        var results = body.GetProperty("results").EnumerateArray().ToList();
        results.Count.ShouldBe(3);
        results.Select(result => result.GetProperty("sha256").GetString()).ShouldBeUnique();
        body.GetProperty("metadata").GetProperty("notes").GetArrayLength().ShouldBe(3);
        foreach (var result in results)
            TestFiles.Decode(await host.Studio.Client.GetByteArrayAsync(result.GetProperty("url").GetString())).Width.ShouldBe(160);
    }

    [Fact]
    public async Task A_style_is_applied_by_name_or_taken_from_a_second_picture()
    {
        using var named = await PostAsync("/api/v1/style-transfer/apply/", Http.Form(Photo, fields: [("style", "pencil"), ("strength", "1")]));
        var body = await named.JsonAsync();
        named.StatusCode.ShouldBe(HttpStatusCode.OK, body.GetRawText());
        var drawing = TestFiles.Decode(body.GetProperty("image_bytes").GetBytesFromBase64()).As(PixelFormat.Rgb);
        drawing.Samples.Chunk(3).ShouldAllBe(pixel => pixel.Max() - pixel.Min() < 24);
        body.GetProperty("metadata").GetProperty("seed").GetInt64().ShouldBe(0);

        var (photo, other) = (Convert.ToBase64String(Photo), Convert.ToBase64String(TestFiles.Encode(TestPictures.Texture(90, 70, 3), PictureFormat.Png)));
        using var taken = await PostAsync("/api/v1/style-transfer/apply", Http.Json($$"""{"image_base64":"{{photo}}","reference_base64":"{{other}}"}"""));
        taken.StatusCode.ShouldBe(HttpStatusCode.OK, await taken.Content.ReadAsStringAsync());

        using var unknown = await PostAsync("/api/v1/style-transfer/apply?style=cubism", Http.Raw(Photo, "image/jpeg"));
        var problem = await unknown.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.GetProperty("errors").GetProperty("style")[0].GetString()!.ShouldContain("oil, impressionist, watercolor");
        using var neither = await PostAsync("/api/v1/style-transfer/apply", Http.Raw(Photo, "image/jpeg"));
        (await neither.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["style"]);
    }

    [Theory]
    [InlineData("convert?output_format=webp&lossless=true", "image/webp")]
    [InlineData("adjust?exposure=0.5&vignette=20", "image/jpeg")]
    [InlineData("flip?direction=both", "image/jpeg")]
    public async Task The_other_operations_answer_the_picture_itself(string call, string contentType)
    {
        using var response = await PostAsync($"/api/v1/operations/{call}", Http.Raw(Photo, "image/jpeg"), ("Accept", "image/*"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.ShouldBe(contentType);
        TestFiles.Decode(await response.Content.ReadAsByteArrayAsync()).Width.ShouldBe(160);
    }

    [Theory]
    [InlineData("crop?x=150&y=0&width=20&height=20", HttpStatusCode.UnprocessableEntity, "box_outside_picture")]
    [InlineData("crop?width=0&height=10", HttpStatusCode.BadRequest, "validation_failed")]
    [InlineData("rotate?angle=1e308", HttpStatusCode.BadRequest, "validation_failed")]
    public async Task Boxes_and_angles_that_cannot_be_are_refused(string call, HttpStatusCode status, string code)
    {
        using var response = await PostAsync($"/api/v1/image-processing/{call}", Http.Raw(Photo, "image/jpeg"));

        await response.ShouldBeProblemAsync(status, code);
    }

    [Fact]
    public async Task A_bad_picture_and_bad_parameters_are_refused_in_one_answer()
    {
        using var response = await PostAsync("/api/v1/image-processing/resize?width=0&mode=sideways", Http.Raw([1, 2, 3], "image/png"));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldContain("width");
        problem.FaultyFields().ShouldContain("mode");
    }

    [Fact]
    public async Task A_job_runs_to_its_end_while_its_events_are_watched()
    {
        using var response = await PostAsync(
            "/api/v1/processing/jobs", Http.Form(Photo, fields: [("job_type", "remove_background"), ("quality", "high")]), ("Idempotency-Key", "one"));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var job = (await response.JsonAsync()).GetProperty("data");
        await using var stream = await EventStream.OpenAsync(host.Studio.Client, job.GetProperty("events_url").GetString()!);
        var told = await stream.RestAsync();
        told[0].Type.ShouldBe("snapshot");
        told[^1].Type.ShouldBe("completed");
        var ids = told.Select(each => each.Id).Where(id => !string.IsNullOrEmpty(id)).Distinct().ToList();
        ids.Count.ShouldBe(told.Count - 1);
        var file = await host.Studio.Client.GetByteArrayAsync(told[^1].Data.GetProperty("url").GetString());
        ShouldKeepTheSubject(TestFiles.Decode(file));

        var detail = (await JsonAsync($"/api/v1/processing/jobs/{job.GetProperty("id").GetGuid()}")).GetProperty("data");
        detail.GetProperty("status").GetString().ShouldBe("completed");
        detail.GetProperty("metadata").GetProperty("tier").GetString().ShouldBe("builtin");
    }

    [Fact]
    public async Task A_job_can_be_waited_for()
    {
        using var response = await PostAsync(
            "/api/v1/processing/jobs", Http.Form(Photo, fields: [("job_type", "resize"), ("width", "50")]), ("Prefer", "wait=60"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        response.Headers.GetValues("Preference-Applied").ShouldBe(["wait=60"]);
        (await response.JsonAsync()).GetProperty("data").GetProperty("results")[0].GetProperty("width").GetInt32().ShouldBe(50);
    }

    [Fact]
    public async Task Little_space_degrades_the_health_and_says_how_much_is_left()
    {
        await using var small = await StudioHost.StartAsync(new StudioHost { Settings = { ["Studio:Health:MinFreeBytes"] = $"{long.MaxValue}" } });
        using var response = await small.Client.GetAsync("/health");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var health = await response.JsonAsync();
        health.GetProperty("status").GetString().ShouldBe("degraded");
        health.GetProperty("message").GetString().ShouldNotBeNull().ShouldStartWith("blobs: Only ");
    }

    [Fact]
    public async Task Health_names_the_parts()
    {
        var health = await JsonAsync("/health");
        health.GetProperty("status").GetString().ShouldBe("healthy", health.GetRawText());
        var parts = health.GetProperty("parts");
        parts.EnumerateObject().Select(part => part.Name).ShouldBe(["blobs", "database", "inference", "worker"]);
        parts.GetProperty("blobs").GetProperty("data").GetProperty("free_bytes").GetInt64().ShouldBeGreaterThan(0);
        parts.GetProperty("worker").GetProperty("data").GetProperty("slots").GetInt32().ShouldBeGreaterThan(0);
        (await host.Studio.BlobsAsync("health/")).ShouldBeEmpty();
    }

    /// <summary>An orange disc with a soft edge in the middle of a dim blue ground.</summary>
    private static Picture Subject(int width, int height) => TestPictures.Paint(width, height, PixelFormat.Rgb, (x, y) =>
    {
        var distance = Math.Sqrt(Math.Pow(x - (width / 2.0), 2) + Math.Pow(y - (height / 2.0), 2));
        var inside = (float)Math.Clamp((height * 0.32) - distance, 0, 2) / 2;
        var ripple = 0.03f * ((x / 4) % 2);
        return new TestPictures.Sample((0.15f + ripple) + (inside * 0.7f), 0.22f + (inside * 0.25f), 0.4f - (inside * 0.3f));
    });

    private static void ShouldKeepTheSubject(Picture picture)
    {
        var alpha = picture.Channels - 1;
        picture.Samples[(((picture.Height / 2 * picture.Width) + (picture.Width / 2)) * picture.Channels) + alpha].ShouldBeGreaterThan((byte)200, "the middle of the subject");
        picture.Samples[(((3 * picture.Width) + 3) * picture.Channels) + alpha].ShouldBeLessThan((byte)50, "a corner of the background");
    }

    /// <summary>A task's status once it does not go on any more.</summary>
    private async Task<JsonElement> EndOfAsync(string status)
    {
        JsonElement answer = default;
        await Eventually.BecomesTrueAsync(
            async () => (answer = await JsonAsync(status)).GetProperty("status").GetString() != "PROCESSING", $"the task of {status} ends");
        return answer;
    }

    private Task<HttpResponseMessage> PostAsync(string path, HttpContent content, params (string Name, string Value)[] headers) =>
        host.Studio.Client.PostAsync(path, content, [("X-Guest-Id", _guest), .. headers]);

    private async Task<JsonElement> JsonAsync(string path)
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
