using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Images.Resumable;
using PhotoStudio.Api.Images.Review;
using PhotoStudio.Api.Images.Sizes;
using PhotoStudio.Api.Json;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Scheduling;

namespace PhotoStudio.Api.Images;

/// <summary>The caller's pictures: <c>/api/v1/images</c>.</summary>
internal static class ImageEndpoints
{
    private static readonly string[] PictureTypes = ["image/jpeg", "image/webp", "image/gif", "image/avif", "image/tiff"];

    public static void AddImages(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        const string section = ImageOptions.Section;
        services.AddOptions<ImageOptions>()
            .BindConfiguration(section)
            .Validate(options => options.AutoTagConfidence is >= 0 and <= 1, $"{section}:AutoTagConfidence must be from 0 to 1.")
            .Validate(options => options.MaxAutoTags is >= 0 and <= 100, $"{section}:MaxAutoTags must be from 0 to 100.")
            .Validate(options => options.MaxZipImages is >= 1 and <= 1000, $"{section}:MaxZipImages must be from 1 to 1,000.")
            .Validate(options => options.MaxZipBytes >= 1, $"{section}:MaxZipBytes must be at least 1.")
            .Validate(options => options.MaxUnfinishedUploads >= 1, $"{section}:MaxUnfinishedUploads must be at least 1.")
            .Validate(
                options => options.UploadLifetime >= TimeSpan.FromMinutes(1) && options.UploadLifetime <= TimeSpan.FromDays(30),
                $"{section}:UploadLifetime must be a time from 00:01:00 to 30.00:00:00.")
            .Validate(options => options.SweepInterval >= TimeSpan.FromSeconds(1), $"{section}:SweepInterval must be at least 00:00:01.")
            .ValidateOnStart();
        services.AddSingleton<SizeLinks>();
        services.AddSingleton<SizeMaker>();
        services.AddSingleton<PictureReview>();
        services.AddSingleton<ImagePresenter>();
        services.AddSingleton<ImageIntake>();
        services.AddSingleton<BlobRemover>();
        services.AddScoped<LibraryChanges>();
        services.AddScoped<UploadParts>();
        services.AddSingleton<IScheduledTask, ClearRemovals>();
        services.AddJsonContext(ImageJson.Default);
    }

    public static void MapImages(this IEndpointRouteBuilder routes)
    {
        var images = routes.MapGroup("/api/v1/images").WithTags("Images");
        MapUploads(images);
        MapLists(images);
        MapProcessed(images);
        MapSingle(images);
        MapChanges(images);
        routes.MapResumableUploads();
        routes.MapImageReview();

        // The same record as a result of a job.
        var results = routes.MapGroup("/api/v1/processing/results").WithTags("Results");
        MapOpinions(results, "/{id:guid}", LibraryView.Result, "Result");
    }

    private static void MapUploads(RouteGroupBuilder images) => images.MapPost("/upload", UploadImage.HandleAsync)
        .AcceptsManyPictures(services =>
        {
            var limits = services.GetRequiredService<IOptions<UploadOptions>>().Value;
            return (1, Math.Max(limits.MaxBytes, limits.PremiumMaxBytes) / 3L * 4 + (1024 * 1024));
        })
        .DisableAntiforgery()
        .WithName("UploadImage")
        .WithSummary("Uploads a picture")
        .WithDescription(
            "The picture is optimised for screens, moderated, tagged, and stored; the file itself is kept as it is for its owner. 10 MiB, for premium accounts 50 MiB; "
            + "large files may come in several requests through `/api/v1/images/uploads`.")
        .DocumentsBody(ImageBodies.Upload);

    private static void MapLists(RouteGroupBuilder images)
    {
        images.MapGet("/", ListImages.UploadsAsync)
            .WithName("ListImages")
            .WithSummary("The caller's uploads, newest first")
            .WithSearch()
            .WithQuery("is_favorite", "Only favourites, or only others.", () => new JsonObject { ["type"] = "boolean" })
            .WithPaging();
        images.MapGet("/deleted", ListImages.DeletedAsync)
            .WithName("ListDeletedImages")
            .WithSummary("Deleted uploads, the last deleted first")
            .WithSearch()
            .WithPaging();
        images.MapGet("/public", ListPublicImages.ListAsync)
            .WithName("ListPublicImages")
            .WithSummary("What people show to everybody, newest first")
            .WithSearch()
            .WithPaging();
        images.MapGet("/public/{id:guid}", ListPublicImages.ShowAsync)
            .WithName("ShowPublicImage")
            .WithSummary("A picture that everybody may see");
        images.MapGet("/tags", TagImages.ListAsync)
            .WithName("ListTags")
            .WithSummary("The caller's tags with how many pictures each is on");
        images.MapGet("/stats", ShowStats.HandleAsync)
            .WithName("ImageStats")
            .WithSummary("The caller's pictures in numbers");
        images.MapGet("/zip", ZipImages.HandleAsync)
            .WithName("ZipImages")
            .WithSummary("Several pictures as one zip file")
            .WithQuery("ids", "Ids with commas between them.", () => new JsonObject { ["type"] = "string" })
            .Produces(StatusCodes.Status200OK, responseType: null, contentType: "application/zip");
    }

    private static void MapProcessed(RouteGroupBuilder images)
    {
        images.MapGet("/processed", ListProcessed.ListAsync)
            .WithName("ListProcessedImages")
            .WithSummary("What jobs made of the caller's pictures, newest first")
            .WithSearch()
            .WithQuery("operation", "Only what this operation made; `job_type` means the same.", () => new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray([.. OperationCatalog.All.Select(operation => (JsonNode)operation.Name)]),
            })
            .WithPaging();
        images.MapGet("/processed/{id:guid}", ListProcessed.ShowAsync)
            .WithName("ShowProcessedImage")
            .WithSummary("A processed picture");
        MapOpinions(images, "/processed/{id:guid}", LibraryView.Processed, "ProcessedImage");
    }

    private static void MapSingle(RouteGroupBuilder images)
    {
        images.MapGet("/{id:guid}", ShowImage.HandleAsync)
            .WithName("ShowImage")
            .WithSummary("A picture with what its camera wrote and what moderation found");
        images.MapMethods("/{id:guid}/download", [HttpMethods.Get, HttpMethods.Head], DownloadImage.HandleAsync)
            .WithName("DownloadImage")
            .WithSummary("Downloads a picture")
            .WithDescription(
                "The file exactly as it was sent or made, with an entity tag and ranges; with `Accept: application/json` a signed URL instead. "
                + "Each is counted, except a 304 and the later parts of a download in ranges.")
            .WithQuery("w", "At least so many pixels across, from a ladder of widths.", () => new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = ImageSize.MaxWidth })
            .WithQuery("size", "A size by its name; `original` for the file itself.", () => new JsonObject { ["type"] = "string" })
            .Produces(StatusCodes.Status200OK, responseType: null, contentType: "image/png", additionalContentTypes: PictureTypes)
            .Produces(StatusCodes.Status206PartialContent, responseType: null, contentType: "image/png", additionalContentTypes: PictureTypes)
            .Produces(StatusCodes.Status304NotModified);
        images.MapMethods("/{id:guid}/sizes/{name}", [HttpMethods.Get, HttpMethods.Head], ShowSize.HandleAsync)
            .AllowAnonymous()
            .WithName("ShowImageSize")
            .WithSummary("A picture in another size, by a signed URL or for its owner")
            .WithDescription($"Made when it is first asked for, and kept. Sizes: {ImageSize.Known}.")
            .Produces(StatusCodes.Status200OK, responseType: null, contentType: "image/webp", additionalContentTypes: ["image/png"])
            .Produces(StatusCodes.Status304NotModified);
        images.MapGet("/{id:guid}/similar", FindSimilar.HandleAsync)
            .WithName("FindSimilarImages")
            .WithSummary("The caller's pictures that look like this one, the nearest first")
            .WithQuery("max_distance", "The most bits of the 64 of the hashes that may differ.", () => new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 64, ["default"] = 10 })
            .WithQuery("limit", "The most pictures.", () => new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 100, ["default"] = 20 });
        images.MapPost("/{id:guid}/tags", TagImages.AddAsync)
            .DisableAntiforgery()
            .WithName("TagImage")
            .WithSummary("Adds tags to a picture")
            .DocumentsBody(ImageBodies.Tags);
        images.MapDelete("/{id:guid}/tags/{slug}", TagImages.RemoveAsync)
            .WithName("UntagImage")
            .WithSummary("Takes a tag away");
        images.MapPost("/{id:guid}/tags/detect", TagImages.DetectAsync)
            .DisableAntiforgery()
            .WithName("DetectTags")
            .WithSummary("Looks for things in a picture and replaces its detected tags");
    }

    private static void MapChanges(RouteGroupBuilder images)
    {
        foreach (var method in (string[])[HttpMethods.Put, HttpMethods.Patch])
        {
            images.MapMethods("/{id:guid}", [method], ChangeImage.EditAsync)
                .DisableAntiforgery()
                .WithName(method == HttpMethods.Put ? "PutImage" : "PatchImage")
                .WithSummary("Changes what you say about a picture")
                .WithDescription("Fields that are not given stay as they are; an empty one is taken back. `If-Match` with the entity tag of the detail refuses what has changed since (412).")
                .DocumentsBody(ImageBodies.Edit);
        }

        images.MapDelete("/{id:guid}", ChangeImage.DeleteAsync)
            .WithName("DeleteImage")
            .WithSummary("Deletes a picture so that it can be restored");
        images.MapPost("/{id:guid}/restore", ChangeImage.RestoreAsync)
            .DisableAntiforgery()
            .WithName("RestoreImage")
            .WithSummary("Takes a deletion back");
        images.MapDelete("/{id:guid}/permanent", ChangeImage.RemoveAsync)
            .WithName("RemoveImage")
            .WithSummary("Removes a picture for good, with its bytes");
        MapOpinions(images, "/{id:guid}", LibraryView.Image, "Image");
    }

    private static void MapOpinions(RouteGroupBuilder group, string path, LibraryView view, string name)
    {
        group.MapPost($"{path}/favorite", FavoriteImage.SetAsync)
            .DisableAntiforgery()
            .WithMetadata(view)
            .WithName($"Favorite{name}")
            .WithSummary($"Makes the {view.Name} a favourite, or none; without a body it toggles")
            .DocumentsBody(ImageBodies.Favorite);
        group.MapDelete($"{path}/favorite", FavoriteImage.UnsetAsync)
            .WithMetadata(view)
            .WithName($"Unfavorite{name}")
            .WithSummary($"Makes the {view.Name} no favourite");
        group.MapPost($"{path}/rate", RateImage.SetAsync)
            .DisableAntiforgery()
            .WithMetadata(view)
            .WithName($"Rate{name}")
            .WithSummary($"Rates the {view.Name}, 1 to 5")
            .DocumentsBody(ImageBodies.Rating);
        group.MapDelete($"{path}/rate", RateImage.UnsetAsync)
            .WithMetadata(view)
            .WithName($"Unrate{name}")
            .WithSummary($"Takes the rating of the {view.Name} back");
    }
}
