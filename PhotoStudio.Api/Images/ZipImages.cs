using System.IO.Compression;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Images;

/// <summary>
/// Several pictures as one zip file, written as it is sent: nothing but a few buffers is in memory. The files are stored as they are, since
/// pictures are compressed already. Every picture counts as downloaded.
/// </summary>
internal static partial class ZipImages
{
    private const string Field = "ids";

    public static async Task<Results<PushStreamHttpResult, StudioProblem>> HandleAsync(
        HttpRequest request,
        Caller caller,
        IImageLibrary library,
        IImageStore images,
        IBlobStore blobs,
        IOptions<ImageOptions> options,
        ILogger<ImageIntake> logger,
        CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        var ids = ReadIds(request, options.Value.MaxZipImages, faults);
        if (!faults.IsEmpty) return StudioProblem.Validation(faults);

        var owner = caller.Owner;
        var found = (await library.FindAsync(owner, ids, cancellationToken)).Where(image => image.DeletedAt is null).ToDictionary(image => image.Id);
        var missing = ids.Where(id => !found.ContainsKey(id)).ToList();
        if (missing.Count > 0)
        {
            return StudioProblem.Of(ProblemCode.NotFound, $"You have no picture with the id {string.Join(", ", missing.Take(5))}{(missing.Count > 5 ? " …" : "")}.") with
            {
                Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [Field] = [.. missing.Select(id => $"there is no picture {id}.")] },
            };
        }

        var chosen = ids.Select(id => found[id]).ToList();
        if (chosen.Sum(image => image.Bytes) > options.Value.MaxZipBytes)
            return StudioProblem.Of(ProblemCode.TooLarge, $"The pictures have more than {options.Value.MaxZipBytes:N0} bytes together, the most of one zip file.");

        foreach (var image in chosen) await images.CountDownloadAsync(owner, image.Id, cancellationToken);
        var names = DownloadNames.Distinct(chosen.Select(image => DownloadNames.Of(image)));
        return TypedResults.Stream(
            body => WriteAsync(body, chosen, names, blobs, logger, request.HttpContext), "application/zip", "pictures.zip");
    }

    private static async Task WriteAsync(
        Stream body, List<StudioImage> images, IReadOnlyList<string> names, IBlobStore blobs, ILogger logger, HttpContext http)
    {
        try
        {
            await using var sent = new GatheringStream(body);
            await using (var zip = await ZipArchive.CreateAsync(sent, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, http.RequestAborted))
            {
                for (var i = 0; i < images.Count; i++) await AddAsync(zip, images[i], names[i], blobs, http.RequestAborted);
            }

            await sent.FlushAsync(http.RequestAborted);
        }
        catch (StorageException exception)
        {
            // The answer has begun; cutting it off tells the client that the file is not whole.
            LogCut(logger, exception);
            http.Abort();
        }
    }

    private static async Task AddAsync(ZipArchive zip, StudioImage image, string name, IBlobStore blobs, CancellationToken cancellationToken)
    {
        await using var content = await blobs.OpenReadAsync(image.BlobKey, null, cancellationToken)
            ?? throw new StorageException("The bytes of a picture are no longer stored.");
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = image.CreatedAt;
        await using var target = await entry.OpenAsync(cancellationToken);
        await content.CopyToAsync(target, cancellationToken);
    }

    private static List<Guid> ReadIds(HttpRequest request, int most, FaultList faults)
    {
        var texts = request.Query[Field].Concat(request.Query[Field + "[]"])
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToList();
        if (texts.Count == 0) faults.Add(Field, "is required: the ids of your pictures, with commas between them.");
        else if (texts.Count > most) faults.Add(Field, $"may name at most {most} pictures.");

        var ids = new List<Guid>();
        foreach (var text in texts.Take(most))
        {
            if (Guid.TryParse(text, out var id)) ids.Add(id);
            else if (!faults.Has(Field)) faults.Add(Field, "must be UUIDs with commas between them.");
        }

        return [.. ids.Distinct()];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A zip file was cut off while it was sent")]
    private static partial void LogCut(ILogger logger, Exception exception);
}
