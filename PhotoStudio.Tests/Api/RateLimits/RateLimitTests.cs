using System.Net;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.RateLimits;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Beyond_the_limit_of_an_identity_requests_are_refused_and_others_are_not()
    {
        await using var studio = await StartAsync(("PerIdentity", "5"));
        var (ana, ben) = (await studio.RegisterAsync(), await studio.RegisterAsync());

        for (var i = 0; i < 5; i++)
        {
            using var answer = await studio.Client.GetAsync("/api/v1/images", ana.Auth);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.GetValues("RateLimit-Policy").ShouldContain("\"identity\";q=5;w=3600");
            answer.Headers.GetValues("RateLimit").ShouldContain($"\"identity\";r={4 - i}");
        }

        using var refused = await studio.Client.GetAsync("/api/v1/images", ana.Auth);
        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        using var others = await studio.Client.GetAsync("/api/v1/images", ben.Auth);
        others.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guests_share_the_limit_of_their_address_whatever_they_call_themselves()
    {
        await using var studio = await StartAsync(("PerAddress", "10"));
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await studio.Client.GetAsync($"/api/v1/images?user_id=guest{i}");
            answers.Add(answer.StatusCode);
        }

        answers.Count(status => status == HttpStatusCode.OK).ShouldBe(10);
        answers.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBe(2);
    }

    [Fact]
    public async Task What_stores_nothing_has_no_limit_unless_one_is_set()
    {
        await using var free = await StartAsync(("PerAddress", "1"));
        for (var i = 0; i < 5; i++)
        {
            using var answer = await free.Client.PostAsync("/api/v1/prompt-refinement/refine", Http.Json("""{"prompt":"a cat"}"""));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.Contains("RateLimit").ShouldBeFalse();
        }

        await using var limited = await StartAsync(("StatelessPerAddress", "1"));
        using var first = await limited.Client.PostAsync("/api/v1/prompt-refinement/refine", Http.Json("""{"prompt":"a cat"}"""));
        using var second = await limited.Client.PostAsync("/api/v1/prompt-refinement/refine", Http.Json("""{"prompt":"a cat"}"""));
        (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.TooManyRequests));
    }

    private static Task<StudioHost> StartAsync((string Key, string Value) limit) => StudioHost.StartAsync(new StudioHost
    {
        RunsWorker = false,
        Settings = { ["Studio:RateLimits:Window"] = "01:00:00", [$"Studio:RateLimits:{limit.Key}"] = limit.Value },
    });
}
