using System.Net;
using System.Text;
using System.Text.Json;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Prompts;

/// <summary>Prompt refinement over HTTP.</summary>
public sealed class PromptRefinementTests(PromptRefinementTests.Host host) : IClassFixture<PromptRefinementTests.Host>
{
    [Theory]
    [InlineData("/api/v1/prompt-refinement/refine")]
    [InlineData("/api/v1/prompt-refinement/refine/")]
    public async Task Refine_answers_the_prompt_what_was_ruled_out_and_how_it_was_done(string path)
    {
        var body = await PostAsync(path, """{"prompt":"un gato negro en la playa, sin gente","context":{"style":"anime"},"method":"auto"}""");
        body.GetProperty("original_prompt").GetString().ShouldBe("un gato negro en la playa, sin gente");
        body.GetProperty("refined_prompt").GetString()!.ShouldStartWith("a black cat on the beach, anime illustration");
        body.GetProperty("negative_prompt").GetString()!.ShouldStartWith("people, ");
        body.GetProperty("method_used").GetString().ShouldBe("rule_based");
        body.GetProperty("language").GetString().ShouldBe("es");
        body.GetProperty("confidence_score").GetDouble().ShouldBeInRange(0.5, 1);
        body.GetProperty("processing_time").GetDouble().ShouldBeInRange(0, 10);
    }

    [Fact]
    public async Task Contradictions_are_told()
    {
        var body = await PostAsync("/api/v1/prompt-refinement/refine", """{"prompt":"city at night on a bright sunny day"}""");
        var conflict = body.GetProperty("contradictions")[0];
        (conflict.GetProperty("name").GetString(), conflict.GetProperty("kept").GetString()).ShouldBe(("time of day", "at night"));
    }

    [Fact]
    public async Task A_language_model_that_is_asked_for_and_not_configured_is_missing()
    {
        using var response = await SendAsync("/api/v1/prompt-refinement/refine", """{"prompt":"a cat","method":"llm"}""");
        await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "language_model_unavailable");
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{}""", "prompt")]
    [InlineData("""{"prompt":""}""", "prompt")]
    [InlineData("""{"prompt":null,"method":"magic"}""", "prompt", "method")]
    [InlineData("""{"prompt":5}""", "prompt")]
    [InlineData("""{"prompt":"x","context":{"style":"1234567890123456789012345678901234567890123456789012345678901"}}""", "context.style")]
    public async Task Faults_are_named(string json, params string[] fields)
    {
        using var response = await SendAsync("/api/v1/prompt-refinement/refine", json);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe(fields, ignoreOrder: true);
    }

    [Fact]
    public async Task A_prompt_of_two_thousand_and_one_characters_is_too_long_to_refine_and_judged_as_such()
    {
        var prompt = new string('x', 2_001);
        using var response = await SendAsync("/api/v1/prompt-refinement/refine", $$"""{"prompt":"{{prompt}}"}""");
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["prompt"]);

        var judged = await PostAsync("/api/v1/prompt-refinement/validate", $$"""{"prompt":"{{prompt}}"}""");
        judged.GetProperty("is_valid").GetBoolean().ShouldBeFalse();
        judged.GetProperty("length").GetInt32().ShouldBe(2_001);
        judged.GetProperty("issues")[0].GetString()!.ShouldContain("2000");
    }

    [Fact]
    public async Task What_moderation_refuses_is_not_refined()
    {
        using var response = await SendAsync("/api/v1/prompt-refinement/refine", """{"prompt":"a n4k3d woman"}""");
        await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "content_refused");
        var judged = await PostAsync("/api/v1/prompt-refinement/validate", """{"prompt":"a n4k3d woman"}""");
        judged.GetProperty("is_valid").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Validate_says_what_would_make_a_prompt_better()
    {
        var poor = await PostAsync("/api/v1/prompt-refinement/validate", """{"prompt":"thing"}""");
        poor.GetProperty("is_valid").GetBoolean().ShouldBeTrue();
        poor.GetProperty("suggestions").GetArrayLength().ShouldBeGreaterThan(2);

        var rich = await PostAsync("/api/v1/prompt-refinement/validate", """{"prompt":"watercolor of a harbor at sunset, wide shot, soft light"}""");
        rich.GetProperty("suggestions").GetArrayLength().ShouldBe(0, rich.GetRawText());
        rich.GetProperty("tokens").GetInt32().ShouldBeInRange(8, 16);

        var empty = await PostAsync("/api/v1/prompt-refinement/validate", """{"prompt":"  "}""");
        empty.GetProperty("is_valid").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("beautiful cat, NOT blurry", "beautiful cat", "blurry")]
    [InlineData("con mèo đẹp, không mờ", "con mèo đẹp", "mờ")]
    [InlineData("una playa sin gente ni basura", "una playa", "gente, basura")]
    [InlineData("a quiet lake", "a quiet lake", "")]
    public async Task Extract_negative_takes_a_prompt_apart_in_its_own_words(string prompt, string wanted, string ruledOut)
    {
        var body = await PostAsync("/api/v1/prompt-refinement/extract-negative", JsonSerializer.Serialize(new Dictionary<string, string> { ["prompt"] = prompt }));
        (body.GetProperty("prompt").GetString(), body.GetProperty("negative_prompt").GetString()).ShouldBe((wanted, ruledOut));
    }

    [Theory]
    [InlineData("not json", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("prompt=x", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_body_that_is_no_json_is_refused(string body, string type, HttpStatusCode status)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await host.Studio.Client.PostAsync("/api/v1/prompt-refinement/refine", content, []);
        response.StatusCode.ShouldBe(status);
    }

    private async Task<JsonElement> PostAsync(string path, string json)
    {
        using var response = await SendAsync(path, json);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private Task<HttpResponseMessage> SendAsync(string path, string json) => host.Studio.Client.PostAsync(path, Http.Json(json), []);

    public sealed class Host : IAsyncLifetime
    {
        internal StudioHost Studio { get; } = new();

        public Task InitializeAsync() => Studio.InitializeAsync();

        public Task DisposeAsync() => Studio.DisposeAsync();
    }
}
