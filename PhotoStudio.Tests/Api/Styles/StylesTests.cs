using System.Net;
using System.Text.Json;
using PhotoStudio.Core.Styles;
using PhotoStudio.Imaging;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;
using StyleFigures = PhotoStudio.Tests.Inference.Engines.StyleTransfer.StyleFigures;

namespace PhotoStudio.Tests.Api.Styles;

public sealed class StylesTests : IAsyncLifetime
{
    private const string Root = "/api/v1/styles";
    private readonly StudioHost _studio = new();
    private Person _ana = null!;

    public async Task InitializeAsync()
    {
        await _studio.InitializeAsync();
        _ana = await _studio.RegisterAsync();
    }

    public Task DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task Categories_and_styles_are_listed_and_found_by_category_words_and_premium()
    {
        var categories = (await GetAsync($"{Root}/categories/")).EnumerateArray().ToList();
        categories.Count.ShouldBeGreaterThanOrEqualTo(8);
        var painting = categories.First(category => category.GetProperty("slug").GetString() == "painting");
        painting.GetProperty("name").GetString().ShouldBe("Painting");
        painting.GetProperty("icon").GetString().ShouldNotBeNullOrEmpty();
        painting.GetProperty("color").GetString().ShouldStartWith("#");
        categories.Sum(category => category.GetProperty("style_count").GetInt32()).ShouldBe(StyleCatalogue.Own.Styles.Count);

        using var answer = await _studio.Client.GetAsync($"{Root}/?page_size=5&page=2", _ana.Auth);
        var list = await answer.JsonAsync();
        list.GetProperty("success").GetBoolean().ShouldBeTrue();
        list.GetProperty("data").GetArrayLength().ShouldBe(5);
        list.GetProperty("pagination").GetProperty("count").GetInt32().ShouldBe(StyleCatalogue.Own.Styles.Count);
        list.GetProperty("pagination").GetProperty("results")[0].GetProperty("id").GetGuid().ShouldBe(StyleCatalogue.Own.Styles[5].Style.Id);

        var byId = await GetAsync($"{Root}?category={painting.GetProperty("id").GetString()}");
        byId.EnumerateArray().ShouldAllBe(style => style.GetProperty("category").GetProperty("slug").GetString() == "painting");
        (await GetAsync($"{Root}?category=painting")).GetArrayLength().ShouldBe(byId.GetArrayLength());
        (await GetAsync($"{Root}?search=stained%20glass")).EnumerateArray().ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("Stained Glass");
        (await GetAsync($"{Root}?premium=true&page_size=100")).EnumerateArray().ShouldAllBe(style =>
            style.GetProperty("is_premium").GetBoolean() && !style.GetProperty("is_available").GetBoolean());
        (await GetAsync($"{Root}?search=zebra%25")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Bad_queries_name_every_fault()
    {
        using var answer = await _studio.Client.GetAsync($"{Root}?category=none&premium=perhaps&page=0&search={new string('x', 101)}", _ana.Auth);
        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe(["category", "premium", "page", "search"], ignoreOrder: true);
        problem.Fault("category").ShouldContain("painting");
    }

    [Fact]
    public async Task A_style_says_what_it_sets_and_how_it_is_liked()
    {
        var style = StyleCatalogue.Own.Styles.First(seeded => seeded.Style.Slug == "sticker").Style;
        var shown = await GetAsync($"{Root}/{style.Id}/");
        shown.GetProperty("prompt_template").GetString()!.ShouldContain("{original_prompt}");
        (shown.GetProperty("default_background").GetString(), shown.GetProperty("default_output_format").GetString(), shown.GetProperty("default_quality").GetString())
            .ShouldBe(("transparent", "png", "medium"));
        shown.GetProperty("supports_transparency").GetBoolean().ShouldBeTrue();
        shown.GetProperty("parameters").GetProperty("style").GetString().ShouldBe("cartoon");
        shown.GetProperty("usage_count").GetInt64().ShouldBe(0);
        shown.GetProperty("average_rating").ValueKind.ShouldBe(JsonValueKind.Null);

        foreach (var id in (string[])[Guid.NewGuid().ToString("D"), StyleCatalogue.Own.Categories[0].Id.ToString("D")])
            await _studio.Client.GetAsync($"{Root}/{id}", _ana.Auth).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Favourites_and_ratings_are_the_callers_and_show_in_preferences_and_in_what_is_popular()
    {
        var (oil, ink) = (await _studio.StyleIdAsync("oil-painting", _ana.Auth), await _studio.StyleIdAsync("pen-and-ink", _ana.Auth));
        (await PostAsync($"{Root}/{ink}/favorite")).GetProperty("is_favorite").GetBoolean().ShouldBeTrue();
        (await PostAsync($"{Root}/{ink}/favorite")).GetProperty("is_favorite").GetBoolean().ShouldBeFalse();
        (await PostAsync($"{Root}/{ink}/favorite", """{"is_favorite":true}""")).GetProperty("is_favorite").GetBoolean().ShouldBeTrue();
        (await PostAsync($"{Root}/{ink}/favorite", """{"is_favorite":true}""")).GetProperty("is_favorite").GetBoolean().ShouldBeTrue();
        (await PostAsync($"{Root}/{oil}/rate", """{"rating":4,"comment":"Rich.\nAnd warm."}""")).GetProperty("rating").GetInt32().ShouldBe(4);

        var ben = await _studio.RegisterAsync();
        await _studio.Client.PostAsync($"{Root}/{oil}/rate", Http.Json("""{"rating":1}"""), ben.Auth).DataAsync();
        var shown = await GetAsync($"{Root}/{oil}");
        shown.GetProperty("rating").GetInt32().ShouldBe(4);
        (shown.GetProperty("average_rating").GetDouble(), shown.GetProperty("rating_count").GetInt64()).ShouldBe((2.5, 2));

        var preferences = (await GetAsync($"{Root}/preferences")).EnumerateArray().ToList();
        preferences.Select(entry => entry.GetProperty("style").GetProperty("id").GetGuid()).ShouldBe([ink, oil]);
        preferences[0].GetProperty("is_favorite").GetBoolean().ShouldBeTrue();
        preferences[1].GetProperty("comment").GetString().ShouldBe("Rich.\nAnd warm.");
        (await GetAsync($"{Root}/popular?page_size=1"))[0].GetProperty("id").GetGuid().ShouldBe(ink);
        (await _studio.Client.GetAsync($"{Root}/preferences", ben.Auth).DataAsync()).GetArrayLength().ShouldBe(1);

        await _studio.Client.SendAsync(HttpMethod.Delete, $"{Root}/{ink}/favorite", null, _ana.Auth).DataAsync();
        (await _studio.Client.SendAsync(HttpMethod.Delete, $"{Root}/{oil}/rate", null, _ana.Auth).DataAsync()).GetProperty("rating").ValueKind.ShouldBe(JsonValueKind.Null);
        (await GetAsync($"{Root}/{oil}")).GetProperty("average_rating").GetDouble().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"rating":0}""", "rating")]
    [InlineData("""{"rating":6}""", "rating")]
    [InlineData("""{"rating":4.5}""", "rating")]
    [InlineData("""{"comment":"no rating"}""", "rating")]
    [InlineData("""{"rating":3,"comment":7}""", "comment")]
    public async Task A_rating_that_is_none_is_refused(string body, string field)
    {
        var oil = await _studio.StyleIdAsync("oil-painting", _ana.Auth);
        var problem = await _studio.Client.PostAsync($"{Root}/{oil}/rate", Http.Json(body), _ana.Auth).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe([field]);
        (await GetAsync($"{Root}/preferences")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_likes_a_style_that_is_not_there()
    {
        await _studio.Client.PostAsync($"{Root}/{Guid.NewGuid()}/favorite", Http.Json("{}"), _ana.Auth).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _studio.Client.PostAsync($"{Root}/{Guid.NewGuid()}/rate", Http.Json("""{"rating":3}"""), _ana.Auth).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _studio.Client.GetAsync($"{Root}/{Guid.NewGuid()}/examples", _ana.Auth).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Examples_are_made_by_the_studio_itself_once_and_show_what_the_style_does()
    {
        var (pop, mosaic) = (await _studio.StyleIdAsync("pop-art", _ana.Auth), await _studio.StyleIdAsync("mosaic", _ana.Auth));
        var first = (await GetAsync($"{Root}/{pop}/examples")).EnumerateArray().ToList();
        first.Count.ShouldBe(2);
        var stored = (await _studio.BlobsAsync("styles/examples/")).Order().ToList();
        stored.Count.ShouldBe(4);
        foreach (var example in first)
        {
            var original = await PictureAsync(example.GetProperty("original_image_url").GetString()!);
            var styled = await PictureAsync(example.GetProperty("styled_image_url").GetString()!);
            (original.Width, original.Height).ShouldBe((example.GetProperty("width").GetInt32(), example.GetProperty("height").GetInt32()));
            (styled.Width, styled.Height).ShouldBe((original.Width, original.Height));
            StyleFigures.Difference(original, styled).ShouldBeGreaterThan(6);
        }

        await GetAsync($"{Root}/{pop}/examples");
        (await _studio.BlobsAsync("styles/examples/")).Order().ShouldBe(stored);

        // The pictures of the studio's own making serve every style.
        await GetAsync($"{Root}/{mosaic}/examples");
        (await _studio.BlobsAsync("styles/examples/")).Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_premium_account_may_use_premium_styles()
    {
        var premium = await _studio.RegisterAsAsync("premium");
        (await _studio.Client.GetAsync($"{Root}?premium=true&page_size=100", premium.Auth).DataAsync()).EnumerateArray()
            .ShouldAllBe(style => style.GetProperty("is_available").GetBoolean());
    }

    private Task<JsonElement> GetAsync(string path) => _studio.Client.GetAsync(path, _ana.Auth).DataAsync();

    private Task<JsonElement> PostAsync(string path, string? body = null) =>
        _studio.Client.SendAsync(HttpMethod.Post, path, body is null ? null : Http.Json(body), _ana.Auth).DataAsync();

    private async Task<Picture> PictureAsync(string url) => TestFiles.Decode(await _studio.Client.GetByteArrayAsync(new Uri(url, UriKind.RelativeOrAbsolute)));
}
