using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Imaging;
using PhotoStudio.Tests.Api.Styles;
using PhotoStudio.Tests.Inference.Engines.StyleTransfer;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Processing;

/// <summary>Jobs with the fields that clients of the processing endpoints send.</summary>
public sealed class StyledJobsTests : IAsyncLifetime
{
    private const string Jobs = "/api/v1/processing/jobs";
    private readonly StudioHost _studio = new();
    private Person _ana = null!;
    private Guid _image;

    public async Task InitializeAsync()
    {
        await _studio.InitializeAsync();
        _ana = await _studio.RegisterAsync();
        _image = (await _studio.Client.PostAsync("/api/v1/images/upload", Http.Form(StyleClient.Photo), _ana.Auth).DataAsync()).GetProperty("id").GetGuid();
    }

    public Task DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task A_style_transfer_takes_the_styles_defaults_where_the_job_says_nothing()
    {
        var poster = await IdAsync("silkscreen-poster");
        var job = await RunAsync(new() { ["job_type"] = "style_transfer", ["style_id"] = $"{poster}", ["image_id"] = $"{_image}", ["prompt"] = "a poster", ["quality"] = "auto", ["size"] = "auto", ["background"] = "auto", ["output_format"] = "auto" });
        (job.GetProperty("status").GetString(), job.GetProperty("operation").GetString(), job.GetProperty("style_id").GetGuid()).ShouldBe(("completed", "style-transfer", poster));
        var parameters = job.GetProperty("parameters");
        (parameters.GetProperty("style").GetString(), parameters.GetProperty("output_format").GetString(), parameters.GetProperty("output_quality").GetInt32())
            .ShouldBe(("poster", "png", 82));
        StyleFigures.Difference(TestFiles.Decode(StyleClient.Photo), await ResultAsync(job)).ShouldBeGreaterThan(4);

        // The same style by its slug, and other values in place of its own.
        var other = await RunAsync(new() { ["job_type"] = "style_transfer", ["style_id"] = "silkscreen-poster", ["image_id"] = $"{_image}", ["strength"] = 0.5, ["output_format"] = "jpeg", ["quality"] = "low" });
        other.GetProperty("style_id").GetGuid().ShouldBe(poster);
        (other.GetProperty("parameters").GetProperty("output_format").GetString(), other.GetProperty("parameters").GetProperty("output_quality").GetInt32()).ShouldBe(("jpeg", 60));
        other.GetProperty("results")[0].GetProperty("content_type").GetString().ShouldBe("image/jpeg");

        var preferences = await GetAsync("/api/v1/styles/preferences");
        preferences[0].GetProperty("usage_count").GetInt64().ShouldBe(2);
        (await GetAsync($"/api/v1/styles/{poster}")).GetProperty("usage_count").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task A_generation_puts_the_prompt_into_the_styles_words_and_is_painted_in_it()
    {
        var plain = await RunAsync(new() { ["job_type"] = "generation", ["prompt"] = "a mountain lake", ["seed"] = 5, ["size"] = "256x192", ["quality"] = "high" });
        (plain.GetProperty("operation").GetString(), plain.GetProperty("parameters").GetProperty("num_inference_steps").GetInt32()).ShouldBe(("generate", 50));
        (plain.GetProperty("results")[0].GetProperty("width").GetInt32(), plain.GetProperty("results")[0].GetProperty("height").GetInt32()).ShouldBe((256, 192));

        var painted = await RunAsync(new() { ["job_type"] = "generation", ["prompt"] = "a mountain lake", ["seed"] = 5, ["size"] = "256x192", ["style_id"] = "mosaic" });
        painted.GetProperty("parameters").GetProperty("prompt").GetString().ShouldBe("a Mosaic of a mountain lake");
        StyleFigures.Difference(await ResultAsync(plain), await ResultAsync(painted)).ShouldBeGreaterThan(6);
    }

    [Fact]
    public async Task An_edit_ends_in_the_style()
    {
        var job = await RunAsync(new() { ["job_type"] = "edit", ["prompt"] = "make it brighter", ["image_id"] = $"{_image}", ["style_id"] = "film-noir", ["size"] = "64x64" });
        job.GetProperty("parameters").GetProperty("prompt").GetString().ShouldBe("make it brighter");
        (job.GetProperty("results")[0].GetProperty("width").GetInt32(), job.GetProperty("results")[0].GetProperty("height").GetInt32()).ShouldBe((64, 48));
        StyleFigures.ColorSpread(await ResultAsync(job)).ShouldBeLessThan(30);
    }

    [Fact]
    public async Task A_sticker_is_transparent_without_being_asked_and_a_style_with_a_ground_never_is()
    {
        var job = await RunAsync(new() { ["job_type"] = "style_transfer", ["image_id"] = $"{_image}", ["style_id"] = "sticker" });
        job.GetProperty("parameters").GetProperty("background").GetString().ShouldBe("transparent");
        (await ResultAsync(job)).HasAlpha.ShouldBeTrue();

        // Asking for a file without alpha is asking for no transparency.
        (await RunAsync(new() { ["job_type"] = "style_transfer", ["image_id"] = $"{_image}", ["style_id"] = "sticker", ["output_format"] = "jpeg" }))
            .GetProperty("parameters").TryGetProperty("background", out _).ShouldBeFalse();
        await RefusedAsync(new() { ["job_type"] = "style_transfer", ["image_id"] = $"{_image}", ["style_id"] = "woodcut", ["background"] = "transparent" }, "background");
        await RefusedAsync(new() { ["job_type"] = "style_transfer", ["image_id"] = $"{_image}", ["style_id"] = "cartoon", ["background"] = "transparent", ["output_format"] = "jpeg" }, "background");
        await RefusedAsync(new() { ["job_type"] = "resize", ["image_id"] = $"{_image}", ["width"] = 8, ["background"] = "transparent" }, "background");
    }

    [Fact]
    public async Task Premium_styles_are_for_premium_accounts()
    {
        JsonObject job = new() { ["job_type"] = "style_transfer", ["style_id"] = "old-master", ["image_base64"] = Convert.ToBase64String(StyleClient.Photo) };
        await SubmitAsync(job, _ana.Auth).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "premium_required");
        await SubmitAsync(job).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "premium_required");
        using var steps = Http.Form(StyleClient.Photo, fields: [("steps", """[{"operation":"flip"},{"operation":"style-transfer","style_id":"old-master"}]""")]);
        await _studio.Client.PostAsync("/api/v1/pipelines", steps, _ana.Auth).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "premium_required");

        var premium = await _studio.RegisterAsAsync("premium");
        using var done = await SubmitAsync(job, premium.Auth, ("Prefer", "wait=60"));
        done.StatusCode.ShouldBe(HttpStatusCode.OK, await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_other_endpoint_that_runs_these_operations_takes_styles_too()
    {
        using var bytes = await _studio.Client.PostAsync("/api/v1/operations/style-transfer?style_id=low-poly", Http.Raw(StyleClient.Photo), _ana.Auth, ("Accept", "image/*"));
        bytes.StatusCode.ShouldBe(HttpStatusCode.OK);
        StyleFigures.Difference(TestFiles.Decode(StyleClient.Photo), TestFiles.Decode(await bytes.Content.ReadAsByteArrayAsync())).ShouldBeGreaterThan(4);

        using var steps = Http.Form(StyleClient.Photo, fields: [("steps", """[{"operation":"flip"},{"operation":"style-transfer","style_id":"low-poly"}]""")]);
        using var pipeline = await _studio.Client.PostAsync("/api/v1/pipelines", steps, _ana.Auth, ("Accept", "application/json"));
        pipeline.StatusCode.ShouldBe(HttpStatusCode.OK, await pipeline.Content.ReadAsStringAsync());

        using var generated = await _studio.Client.PostAsync(
            "/api/v1/image-generation/generate", Http.Json("""{"prompt":"a lake","style_id":"film-noir","width":128,"height":128,"seed":1}"""), _ana.Auth);
        var picture = TestFiles.Decode((await generated.JsonAsync()).GetProperty("image_bytes").GetBytesFromBase64());
        StyleFigures.ColorSpread(picture).ShouldBeLessThan(30);
    }

    [Fact]
    public async Task What_contradicts_or_does_not_exist_is_refused_by_name_and_nothing_is_stored()
    {
        var category = (await GetAsync("/api/v1/styles/categories"))[0].GetProperty("id").GetString()!;
        var image = $"{_image}";
        (await RefusedAsync(new() { ["job_type"] = "style_transfer", ["image_id"] = image, ["style_id"] = $"{Guid.NewGuid()}" }, "style_id")).Fault("style_id").ShouldContain("no such style");
        (await RefusedAsync(new() { ["job_type"] = "style_transfer", ["image_id"] = image, ["style_id"] = category }, "style_id")).Fault("style_id").ShouldContain("category");
        (await RefusedAsync(new() { ["job_type"] = "style_transfer", ["image_id"] = image, ["style_id"] = "painting" }, "style_id")).Fault("style_id").ShouldContain("category");
        (await RefusedAsync(new() { ["job_type"] = "resize", ["image_id"] = image, ["width"] = 8, ["style_id"] = "mosaic" }, "style_id")).Fault("style_id").ShouldContain("style-transfer");
        await RefusedAsync(new() { ["job_type"] = "style_transfer", ["image_id"] = image, ["style_id"] = "mosaic", ["style"] = "oil" }, "style");
        await RefusedAsync(new() { ["job_type"] = "generation", ["prompt"] = "x", ["style_id"] = "mosaic", ["paint_style"] = "oil" }, "paint_style");
        await RefusedAsync(new() { ["job_type"] = "generation", ["prompt"] = "x", ["size"] = "1024x1024", ["width"] = 512 }, "size");
        await RefusedAsync(new() { ["job_type"] = "generation", ["prompt"] = "x", ["size"] = "huge" }, "size");
        await RefusedAsync(new() { ["job_type"] = "flip", ["image_id"] = image, ["size"] = "64x64" }, "size");
        await RefusedAsync(new() { ["job_type"] = "flip", ["image_id"] = image, ["quality"] = "best" }, "quality");
        await RefusedAsync(new() { ["job_type"] = "flip", ["image_id"] = image, ["stream"] = "perhaps" }, "stream");
        await RefusedAsync(new() { ["job_type"] = "generation", ["prompt"] = new string('a', 1995), ["style_id"] = "mosaic" }, "prompt");
        await RefusedAsync(new() { ["job_type"] = "teleport", ["image_id"] = image }, "job_type");
        await RefusedAsync(new() { ["image_id"] = image }, "job_type");
        await RefusedAsync(new() { ["job_type"] = "flip", ["image_id"] = image, ["status"] = "completed", ["owner"] = "user:x", ["attempt"] = 3 }, "status", "owner", "attempt");
        await SubmitAsync(new() { ["job_type"] = "flip", ["image_id"] = $"{Guid.NewGuid()}" }, _ana.Auth).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        var ben = await _studio.RegisterAsync();
        await SubmitAsync(new() { ["job_type"] = "flip", ["image_id"] = image }, ben.Auth).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        (await GetAsync($"{Jobs}/list")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Events_carry_the_picture_where_the_job_streams()
    {
        using var answer = await SubmitAsync(new() { ["job_type"] = "style_transfer", ["image_id"] = $"{_image}", ["style_id"] = "mosaic", ["stream"] = true }, _ana.Auth, ("Accept", "text/event-stream"));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var last = Last(await answer.Content.ReadAsStringAsync());
        last.GetProperty("event_type").GetString().ShouldBe("completed");
        var url = last.GetProperty("url").GetString()!;
        last.GetProperty("b64_data").GetBytesFromBase64().ShouldBe(await _studio.Client.GetByteArrayAsync(new Uri(url, UriKind.RelativeOrAbsolute)));

        var job = await SubmitAsync(new() { ["job_type"] = "flip", ["image_id"] = $"{_image}", ["stream"] = true }, _ana.Auth).DataAsync();
        var events = await _studio.Client.GetStringAsync(new Uri(job.GetProperty("events_url").GetString()!, UriKind.RelativeOrAbsolute));
        Last(events).GetProperty("b64_data").GetBytesFromBase64().Length.ShouldBeGreaterThan(50);

        var plain = await SubmitAsync(new() { ["job_type"] = "flip", ["image_id"] = $"{_image}" }, _ana.Auth).DataAsync();
        Last(await _studio.Client.GetStringAsync(new Uri(plain.GetProperty("events_url").GetString()!, UriKind.RelativeOrAbsolute))).TryGetProperty("b64_data", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Jobs_and_results_are_found_by_type_date_and_favourite_and_counted()
    {
        var flip = await RunAsync(new() { ["job_type"] = "flip", ["image_id"] = $"{_image}" });
        var generated = await RunAsync(new() { ["job_type"] = "generation", ["prompt"] = "a lake", ["size"] = "128x128", ["style_id"] = "mosaic" });
        (await GetAsync($"{Jobs}/list?type=generation")).EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(generated.GetProperty("id").GetGuid());
        var created = flip.GetProperty("created_at").GetDateTimeOffset();
        (await GetAsync($"{Jobs}/list?status=completed&date_from={created.UtcDateTime:yyyy-MM-dd}")).GetArrayLength().ShouldBe(2);
        (await GetAsync($"{Jobs}/list?date_to={created.AddDays(-1).UtcDateTime:yyyy-MM-dd}")).GetArrayLength().ShouldBe(0);
        using var bad = await _studio.Client.GetAsync($"{Jobs}/list?date_from=2026-05-04&date_to=2026-05-01&type=none", _ana.Auth);
        (await bad.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["date_from", "type"], ignoreOrder: true);

        var result = flip.GetProperty("results")[0].GetProperty("id").GetGuid();
        await _studio.Client.PostAsync($"/api/v1/processing/results/{result}/favorite", Http.Json("{}"), _ana.Auth).DataAsync();
        await _studio.Client.PostAsync($"/api/v1/processing/results/{result}/rate", Http.Json("""{"rating":5,"comment":"Good."}"""), _ana.Auth).DataAsync();
        var favorite = (await GetAsync("/api/v1/processing/results?is_favorite=true")).EnumerateArray().ShouldHaveSingleItem();
        (favorite.GetProperty("id").GetGuid(), favorite.GetProperty("rating").GetInt32(), favorite.GetProperty("comment").GetString()).ShouldBe((result, 5, "Good."));
        (await GetAsync("/api/v1/processing/results?type=generation")).EnumerateArray().ShouldHaveSingleItem().GetProperty("style_id").GetGuid().ShouldBe(await IdAsync("mosaic"));

        var stats = await GetAsync("/api/v1/processing/stats");
        (stats.GetProperty("total_jobs").GetInt64(), stats.GetProperty("total_results").GetInt64(), stats.GetProperty("success_rate").GetDouble()).ShouldBe((2, 2, 1));
        (stats.GetProperty("by_status").GetProperty("completed").GetInt64(), stats.GetProperty("by_status").GetProperty("failed").GetInt64()).ShouldBe((2, 0));
        stats.GetProperty("by_job_type").GetProperty("flip").GetInt64().ShouldBe(1);
        stats.GetProperty("average_processing_seconds").GetDouble().ShouldBeGreaterThan(0);
        stats.GetProperty("per_day").GetArrayLength().ShouldBe(7);
        stats.GetProperty("per_day").EnumerateArray().Sum(day => day.GetProperty("jobs").GetInt64()).ShouldBe(2);
        stats.GetProperty("top_styles").EnumerateArray().ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("Mosaic");
        var ben = await _studio.RegisterAsync();
        var none = await _studio.Client.GetAsync("/api/v1/processing/stats", ben.Auth).DataAsync();
        (none.GetProperty("total_jobs").GetInt64(), none.GetProperty("success_rate").ValueKind).ShouldBe((0, JsonValueKind.Null));
    }

    [Fact]
    public async Task A_job_with_a_style_takes_the_quota_of_its_operation()
    {
        var before = await GetAsync("/api/v1/processing/quota");
        (before.GetProperty("plan").GetString(), before.GetProperty("is_premium").GetBoolean()).ShouldBe(("free", false));
        before.GetProperty("resets_at").GetDateTimeOffset().TimeOfDay.ShouldBe(TimeSpan.Zero);
        await RunAsync(new() { ["job_type"] = "style_transfer", ["image_id"] = $"{_image}", ["style_id"] = "mosaic" });
        await RefusedAsync(new() { ["job_type"] = "style_transfer", ["image_id"] = $"{_image}", ["style_id"] = "nothing-like-it" }, "style_id");

        var after = (await GetAsync("/api/v1/processing/quota")).GetProperty("quotas");
        foreach (var (kind, used) in ((string, int)[])[("style_transfer", 1), ("generation", 0), ("edit", 0)])
        {
            var quota = after.GetProperty(kind);
            (quota.GetProperty("limit").GetInt32(), quota.GetProperty("used").GetInt32(), quota.GetProperty("remaining").GetInt32()).ShouldBe((20, used, 20 - used), kind);
        }
    }

    private static JsonElement Last(string events)
    {
        var data = events.Split('\n').Last(line => line.StartsWith("data: ", StringComparison.Ordinal));
        return JsonSerializer.Deserialize<JsonElement>(data["data: ".Length..]);
    }

    private Task<Guid> IdAsync(string slug) => _studio.StyleIdAsync(slug, _ana.Auth);

    private Task<JsonElement> GetAsync(string path) => _studio.Client.GetAsync(path, _ana.Auth).DataAsync();

    private Task<HttpResponseMessage> SubmitAsync(JsonObject job, params (string, string)[] headers) =>
        _studio.Client.PostAsync(Jobs, Http.Json(job.ToJsonString()), headers);

    private async Task<JsonElement> RunAsync(JsonObject job)
    {
        var done = await SubmitAsync(job, _ana.Auth, ("Prefer", "wait=120")).DataAsync();
        done.GetProperty("status").GetString().ShouldBe("completed", done.ToString());
        return done;
    }

    private async Task<JsonElement> RefusedAsync(JsonObject job, params string[] fields)
    {
        var problem = await SubmitAsync(job, _ana.Auth).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe(fields, ignoreOrder: true, job.ToJsonString());
        return problem;
    }

    private async Task<Picture> ResultAsync(JsonElement job) => TestFiles.Decode(
        await _studio.Client.GetByteArrayAsync(new Uri(job.GetProperty("results")[0].GetProperty("url").GetString()!, UriKind.RelativeOrAbsolute)));
}
