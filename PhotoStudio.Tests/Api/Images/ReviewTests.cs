using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Images;

/// <summary>What moderation and detection make of uploads, with engines that say what a test wants.</summary>
public sealed class ReviewTests
{
    [Fact]
    public async Task A_picture_beyond_the_threshold_is_its_owners_alone_until_an_administrator_decides()
    {
        await using var host = await StartAsync(score: 0.93);
        var (me, admin, stranger) = (new LibraryClient(host), new LibraryClient(host, "admin"), new LibraryClient(host));
        var image = await me.UploadAsync(LibraryClient.Photo(), fields: ("is_public", "true"));
        var id = image.GetProperty("id").GetGuid();
        image.GetProperty("is_content_safe").GetBoolean().ShouldBeFalse();
        image.GetProperty("moderation").GetProperty("status").GetString().ShouldBe("refused");
        image.GetProperty("moderation").GetProperty("categories").GetProperty("sexual").GetDouble().ShouldBe(0.93);
        (await stranger.IdsAsync("/api/v1/images/public")).ShouldBeEmpty();
        await stranger.GetAsync($"/api/v1/images/public/{id}").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");

        await me.PostAsync($"/api/v1/admin/images/{id}/moderation", """{"status":"approved"}""").ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await me.GetAsync("/api/v1/admin/images/flagged").ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        (await admin.IdsAsync("/api/v1/admin/images/flagged")).ShouldBe([id]);
        await admin.PostAsync($"/api/v1/admin/images/{id}/moderation", """{"status":"maybe"}""").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");

        await admin.JsonAsync(HttpMethod.Post, $"/api/v1/admin/images/{id}/moderation", """{"status":"approved","note":"a statue"}""");
        (await stranger.IdsAsync("/api/v1/images/public")).ShouldBe([id]);
        (await admin.IdsAsync("/api/v1/admin/images/flagged")).ShouldBeEmpty();
        var moderation = (await me.JsonAsync($"/api/v1/images/{id}")).GetProperty("data").GetProperty("moderation");
        (moderation.GetProperty("status").GetString(), moderation.GetProperty("note").GetString()).ShouldBe(("approved", "a statue"));

        await admin.JsonAsync(HttpMethod.Post, $"/api/v1/admin/images/{id}/moderation", """{"status":"rejected"}""");
        (await stranger.IdsAsync("/api/v1/images/public")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_flagged_picture_below_the_threshold_is_shown_and_waits_for_a_look()
    {
        await using var host = await StartAsync(score: 0.6);
        var me = new LibraryClient(host);
        var image = await me.UploadAsync(LibraryClient.Photo(), fields: ("is_public", "true"));
        image.GetProperty("moderation").GetProperty("status").GetString().ShouldBe("review");
        (await new LibraryClient(host).IdsAsync("/api/v1/images/public")).Count.ShouldBe(1);
        (await new LibraryClient(host, "admin").IdsAsync("/api/v1/admin/images/flagged")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Moderation_can_be_switched_off()
    {
        await using var host = await StartAsync(score: 0.93, ("Studio:Moderation:Enabled", "false"));
        var image = await new LibraryClient(host).UploadAsync(LibraryClient.Photo());
        image.GetProperty("moderation").ValueKind.ShouldBe(JsonValueKind.Null);
        image.GetProperty("is_content_safe").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_detected_becomes_tags_with_their_confidence_beside_the_owners()
    {
        await using var host = await StartAsync(score: 0);
        var me = new LibraryClient(host);
        var image = await me.UploadAsync(LibraryClient.Photo(), fields: ("tags", "Dog,beach"));
        Tags(image).ShouldBe([("dog", null), ("beach", null), ("traffic-light", 0.9)]);
        var id = image.GetProperty("id").GetGuid();

        var fewer = (await me.JsonAsync(HttpMethod.Delete, $"/api/v1/images/{id}/tags/traffic-light", null)).GetProperty("data");
        Tags(fewer).ShouldBe([("dog", null), ("beach", null)]);
        Tags((await me.JsonAsync(HttpMethod.Post, $"/api/v1/images/{id}/tags/detect", null)).GetProperty("data"))
            .ShouldBe([("dog", null), ("beach", null), ("traffic-light", 0.9)]);
        var cleared = (await me.JsonAsync(HttpMethod.Patch, $"/api/v1/images/{id}", """{"tags":[]}""")).GetProperty("data");
        Tags(cleared).ShouldBe([("traffic-light", 0.9)], "the owner's tags are the owner's to set, detected ones are taken away one by one");

        static IEnumerable<(string?, double?)> Tags(JsonElement image) => image.GetProperty("tags").EnumerateArray()
            .Select(tag => (tag.GetProperty("slug").GetString(), tag.GetProperty("confidence") is { ValueKind: JsonValueKind.Number } sure ? (double?)sure.GetDouble() : null));
    }

    [Fact]
    public async Task A_photographed_cat_is_tagged_by_the_detection_network_where_it_is_installed()
    {
        if (SharedModels.Folder is not { } models || SharedFolder.Find("photos", "chelsea.png") is not { } photo) return;
        await using var host = await StudioHost.StartAsync(new StudioHost { RunsWorker = false, Settings = { ["Studio:Models:Path"] = models } });

        var image = await new LibraryClient(host).UploadAsync(await File.ReadAllBytesAsync(photo), "chelsea.png");

        var tag = image.GetProperty("tags").EnumerateArray().Single(tag => tag.GetProperty("slug").GetString() == "cat");
        tag.GetProperty("confidence").GetDouble().ShouldBeInRange(0.4, 1);
    }

    private static Task<StudioHost> StartAsync(double score, params (string Key, string Value)[] settings)
    {
        var flagged = score >= 0.5 ? "true" : "false";
        var judgement = FormattableString.Invariant(
            $$"""{"flagged":{{flagged}},"blocked":false,"categories":{"sexual":{{score}},"violence":0},"threshold":0.8,"method":"model","notes":[]}""");
        const string things = """
            {"objects":[{"label":"dog","score":0.95,"box":{"x":0,"y":0,"width":9,"height":9}},{"label":"traffic light","score":0.9,"box":{"x":0,"y":0,"width":9,"height":9}},
            {"label":"cat","score":0.2,"box":{"x":0,"y":0,"width":9,"height":9}}]}
            """;
        return StudioHost.StartAsync(new StudioHost
        {
            RunsWorker = false,
            Settings = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value, StringComparer.Ordinal),
            Services = services =>
            {
                services.AddSingleton<ITokenAuthenticator, LibraryClient.Tokens>();
                services.AddSingleton<IEngine>(Saying("moderate", judgement));
                services.AddSingleton<IEngine>(Saying("detect-objects", things));
            },
        });
    }

    private static ScriptedEngine Saying(string operation, string data) => new($"scripted-{operation}", operation)
    {
        Tier = EngineTier.Onnx,
        Script = (_, _) => Task.FromResult(new EngineOutput { Data = data }),
    };
}
