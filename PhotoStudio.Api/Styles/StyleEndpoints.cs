using System.Text.Json.Nodes;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Json;

namespace PhotoStudio.Api.Styles;

/// <summary>The catalogue of styles: <c>/api/v1/styles</c>.</summary>
internal static class StyleEndpoints
{
    /// <summary>Where styles are.</summary>
    public const string Path = "/api/v1/styles";

    public static void AddStyles(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<StylePresenter>();
        builder.Services.AddScoped<StyleResolver>();
        builder.Services.AddSingleton<StyleExamples>();
        builder.Services.AddHostedService<StyleSeeder>();
        builder.Services.AddJsonContext(StyleJson.Default);
    }

    public static void MapStyles(this IEndpointRouteBuilder routes)
    {
        var styles = routes.MapGroup(Path).WithTags("Styles");
        styles.MapGet("/", ListStyles.ListAsync)
            .WithName("ListStyles")
            .WithSummary("The styles, category by category")
            .WithQuery("category", "Only styles of this category, by its slug or id.", Text)
            .WithQuery("search", "Words of the name, the description or the category; `q` means the same.", Text)
            .WithQuery("premium", "Only styles that take a premium account, or only others.", () => new JsonObject { ["type"] = "boolean" })
            .WithPaging();
        styles.MapGet("/categories", ListStyles.CategoriesAsync).WithName("ListStyleCategories").WithSummary("The categories of styles");
        styles.MapGet("/popular", ListStyles.PopularAsync).WithName("ListPopularStyles").WithSummary("The styles that are used most").WithPaging();
        styles.MapGet("/preferences", ListStyles.PreferencesAsync)
            .WithName("ListStylePreferences")
            .WithSummary("The caller's styles: favourites first, then those used most")
            .WithPaging();
        styles.MapGet("/{id:guid}", ShowStyle.HandleAsync).WithName("ShowStyle").WithSummary("A style, retired or not");
        styles.MapGet("/{id:guid}/examples", ShowExamples.HandleAsync)
            .WithName("ShowStyleExamples")
            .WithSummary("What a style makes of pictures of the studio's own")
            .WithDescription("Made when they are first asked for, which takes some seconds, and kept.");
        styles.MapPost("/{id:guid}/favorite", RateStyle.FavorAsync)
            .DisableAntiforgery()
            .WithName("FavoriteStyle")
            .WithSummary("Makes a style a favourite, or none; without a body it toggles")
            .DocumentsBody(ImageBodies.Favorite);
        styles.MapDelete("/{id:guid}/favorite", RateStyle.UnfavorAsync).WithName("UnfavoriteStyle").WithSummary("Makes a style no favourite");
        styles.MapPost("/{id:guid}/rate", RateStyle.RateAsync)
            .DisableAntiforgery()
            .WithName("RateStyle")
            .WithSummary("Rates a style, 1 to 5, with a comment")
            .DocumentsBody(ImageBodies.Rating);
        styles.MapDelete("/{id:guid}/rate", RateStyle.UnrateAsync).WithName("UnrateStyle").WithSummary("Takes the rating of a style back");
    }

    private static JsonObject Text() => new() { ["type"] = "string" };
}
