using System.Text.Json.Nodes;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Json;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Gallery;

/// <summary>The gallery: <c>/v1/gallery</c>, and the same under <c>/api/v1/gallery</c>.</summary>
internal static class GalleryEndpoints
{
    public static void AddGallery(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GalleryPresenter>();
        builder.Services.AddJsonContext(GalleryJson.Default);
    }

    public static void MapGallery(this IEndpointRouteBuilder routes)
    {
        routes.MapGallery("/v1/gallery", "");
        routes.MapGallery("/api/v1/gallery", "Api");
    }

    private static void MapGallery(this IEndpointRouteBuilder routes, string prefix, string suffix)
    {
        var gallery = routes.MapGroup(prefix).WithTags("Gallery");
        gallery.MapGet("/", ListGallery.EntriesAsync)
            .WithName($"ListGallery{suffix}")
            .WithSummary("The caller's gallery, newest first")
            .WithDescription("Everything that jobs made, and what was added. All filters may be combined.")
            .WithSearch()
            .WithFilters()
            .WithPaging();
        gallery.MapPost("/", CreateEntry.HandleAsync)
            .AcceptsPictures()
            .DisableAntiforgery()
            .WithName($"CreateGalleryEntry{suffix}")
            .WithSummary("Adds a picture to the gallery")
            .WithDescription(
                "`image_url` is one of the studio's own URLs or a public address; the picture may come in any other form too. One of your own pictures becomes an entry as the "
                + "record it is (200); anything else is moderated like an upload and stored (201).")
            .DocumentsBody(document => ImageBodies.Entry(document, withPicture: true));
        gallery.MapGet("/deleted", ListGallery.DeletedAsync)
            .WithName($"ListDeletedGallery{suffix}")
            .WithSummary("Deleted entries, the last deleted first")
            .WithSearch()
            .WithFilters()
            .WithPaging();
        gallery.MapGet("/{id:guid}", GalleryEntries.ShowAsync)
            .WithName($"ShowGalleryEntry{suffix}")
            .WithSummary("An entry and how it came to be");
        foreach (var method in (string[])[HttpMethods.Put, HttpMethods.Patch])
        {
            gallery.MapMethods("/{id:guid}", [method], GalleryEntries.EditAsync)
                .DisableAntiforgery()
                .WithName($"{(method == HttpMethods.Put ? "Put" : "Patch")}GalleryEntry{suffix}")
                .WithSummary("Changes an entry")
                .WithDescription("Fields that are not given stay as they are; an empty one is taken back. `If-Match` with the entity tag of the detail refuses what somebody else has changed (412).")
                .DocumentsBody(document => ImageBodies.Entry(document, withPicture: false));
        }

        gallery.MapDelete("/{id:guid}", GalleryEntries.DeleteAsync)
            .WithName($"DeleteGalleryEntry{suffix}")
            .WithSummary("Deletes an entry so that it can be restored; its URL keeps working");
        gallery.MapPost("/{id:guid}/restore", GalleryEntries.RestoreAsync)
            .DisableAntiforgery()
            .WithName($"RestoreGalleryEntry{suffix}")
            .WithSummary("Takes a deletion back");
        gallery.MapDelete("/{id:guid}/permanent", GalleryEntries.RemoveAsync)
            .WithName($"RemoveGalleryEntry{suffix}")
            .WithSummary("Removes an entry for good, with its bytes");
        gallery.MapPost("/{id:guid}/favorite", GalleryEntries.FavoriteAsync)
            .DisableAntiforgery()
            .WithName($"FavoriteGalleryEntry{suffix}")
            .WithSummary("Makes an entry a favourite, or none; without a body it toggles")
            .DocumentsBody(ImageBodies.Favorite);
        gallery.MapDelete("/{id:guid}/favorite", GalleryEntries.UnfavoriteAsync)
            .WithName($"UnfavoriteGalleryEntry{suffix}")
            .WithSummary("Makes an entry no favourite");
        gallery.MapPost("/{id:guid}/rate", GalleryEntries.RateAsync)
            .DisableAntiforgery()
            .WithName($"RateGalleryEntry{suffix}")
            .WithSummary("Rates an entry, 1 to 5")
            .DocumentsBody(ImageBodies.Rating);
        gallery.MapGet("/{id:guid}/lineage", ShowLineage.HandleAsync)
            .WithName($"ShowLineage{suffix}")
            .WithSummary("What an entry was made from, back to the originals");
    }

    private static TBuilder WithFilters<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint
        .WithQuery("operation", "Only what this operation made; `intent` means the same.", () => new JsonObject
        {
            ["type"] = "string",
            ["enum"] = new JsonArray([.. OperationCatalog.All.Select(operation => (JsonNode)operation.Name)]),
        })
        .WithQuery("style", "Only what was made in this style.", () => new JsonObject { ["type"] = "string" })
        .WithQuery("is_favorite", "Only favourites, or only others.", () => new JsonObject { ["type"] = "boolean" })
        .WithQuery("from", "Stored at this time or later: a date or a time.", () => new JsonObject { ["type"] = "string", ["format"] = "date-time" })
        .WithQuery("to", "Stored before this time, or until the end of this date.", () => new JsonObject { ["type"] = "string", ["format"] = "date-time" });
}
