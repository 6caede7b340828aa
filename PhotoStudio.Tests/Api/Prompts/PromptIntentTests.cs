using System.Net;
using System.Text.Json;
using PhotoStudio.Tests.Api.Chat;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Prompts;

public sealed class PromptIntentTests(ChatTests.Host host) : IClassFixture<ChatTests.Host>
{
    [Theory]
    [InlineData("/v1/prompt/refine", "a red lighthouse at sunset, NOT blurry", "generate", "a red lighthouse at sunset")]
    [InlineData("/api/v1/prompt/refine", "please draw me a red house", "generate", "a red house")]
    [InlineData("/api/v1/prompt/refine/", "vẽ một con mèo đen trên bãi biển", "generate", "a black cat on ")]
    [InlineData("/api/v1/prompt/refine", "hola, buenos días", "smalltalk", "")]
    [InlineData("/api/v1/prompt/refine", "xóa nền ảnh này", "remove-background", "")]
    public async Task A_prompt_is_refined_and_its_intent_is_told(string path, string prompt, string intent, string refined)
    {
        using var response = await PostAsync(path, JsonSerializer.Serialize(new Dictionary<string, string> { ["prompt"] = prompt, ["user_id"] = "an" }));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var body = await response.JsonAsync();
        body.GetProperty("original_prompt").GetString().ShouldBe(prompt);
        body.GetProperty("intent").GetString().ShouldBe(intent, body.GetRawText());
        body.GetProperty("intent_confidence").GetDouble().ShouldBeInRange(0.3, 1);
        body.GetProperty("confidence_score").GetDouble().ShouldBeInRange(0, 1);
        body.GetProperty("method_used").GetString().ShouldBe("rule_based");
        body.GetProperty("processing_time").GetDouble().ShouldBeGreaterThan(0);
        if (refined.Length > 0) body.GetProperty("refined_prompt").GetString()!.ShouldStartWith(refined, Case.Insensitive);
        if (prompt.Contains("NOT", StringComparison.Ordinal)) body.GetProperty("negative_prompt").GetString()!.ShouldContain("blurry");
    }

    [Fact]
    public async Task What_is_no_prompt_is_refused()
    {
        using (var empty = await PostAsync("/v1/prompt/refine", """{"prompt":""}"""))
            await empty.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        using (var @long = await PostAsync("/v1/prompt/refine", JsonSerializer.Serialize(new Dictionary<string, string> { ["prompt"] = new('x', 2_001) })))
            await @long.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        using (var refused = await PostAsync("/v1/prompt/refine", """{"prompt":"a n4k3d woman"}"""))
            await refused.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "content_refused");
    }

    private Task<HttpResponseMessage> PostAsync(string path, string json) => host.Studio.Client.PostAsync(path, Http.Json(json));
}
