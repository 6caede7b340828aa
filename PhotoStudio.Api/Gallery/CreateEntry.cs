using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Images;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Quotas;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Gallery;

/// <summary>
/// Adds a picture to the gallery. One of the caller's own, by its URL or id, becomes an entry as the record it is; anything else is fetched
/// under the rules for foreign addresses, looked at like an upload, and stored.
/// </summary>
internal static class CreateEntry
{
    public static async Task<Results<Created<GalleryEntryResource>, Ok<GalleryEntryResource>, StudioProblem>> HandleAsync(
        HttpContext http,
        Caller caller,
        RequestContentReader reader,
        PictureInput pictures,
        ImageIntake intake,
        IImageLibrary library,
        LibraryChanges changes,
        GalleryPresenter presenter)
    {
        var aborted = http.RequestAborted;
        var content = await reader.ReadAsync(http, aborted);
        var faults = content.Faults;
        var fields = ImageFields.Read(content);
        var keyText = IdempotencyHeader.Read(http.Request, faults);
        var owner = caller.As(content.Text(GuestIds.UserIdField), faults);
        var sent = PictureInput.Assign(content, [InputSlot.Image with { Required = false }], faults);
        if (sent.Count == 0 && !faults.Has("image_url")) faults.Add("image_url", "is required: where the picture is; or send it as image, image_base64 or image_id.");
        if (!faults.IsEmpty || owner is null) return StudioProblem.Validation(faults);

        var picture = await pictures.OpenAsync(sent[0], owner.Value, aborted);
        if (picture is IncomingPicture.Stored { Image: var stored })
        {
            var entry = await changes.ChangeAsync(http, owner.Value, stored.Id, LibraryView.Image, image => fields.ApplyTo(image) with { InGallery = true });
            return TypedResults.Ok(presenter.Show(entry));
        }

        var uploaded = (IncomingPicture.Uploaded)picture;
        var key = keyText is null
            ? null
            : new IdempotencyKey(
                http.Request.Method, IdempotencyHeader.RouteOf(http), keyText, IdempotencyHeader.Fingerprint([], [uploaded.Sha256, .. fields.Fingerprint()]));
        var outcome = key is not null && await library.FindByKeyAsync(owner.Value, key.Method, key.Route, key.Key, aborted) is var (id, fingerprint)
            ? fingerprint == key.Fingerprint ? new AddOutcome.Repeated(id) : new AddOutcome.KeyReused()
            : await intake.TakeAsync(owner.Value, uploaded, NameOf(sent[0]), inGallery: true, fields.ApplyTo, key, aborted);
        switch (outcome)
        {
            case AddOutcome.Added { Image: var image, Quota: var left }:
                QuotaHeaders.Tell(http.Response, left);
                return TypedResults.Created($"{http.Request.Path.Value!.TrimEnd('/')}/{image.Id:D}", presenter.Show(image));
            case AddOutcome.Repeated repeated:
                return await library.FindAsync(owner.Value, repeated.ImageId, aborted) is { } known
                    ? TypedResults.Ok(presenter.Show(known))
                    : StudioProblem.Of(ProblemCode.NotFound, "The entry that the first request with this Idempotency-Key made has been removed.");
            default:
                return CallProblems.KeyReused();
        }
    }

    private static string? NameOf(SentPicture sent) =>
        sent.FileName ?? (sent.Form == PictureForm.Url && Uri.TryCreate(sent.Text, UriKind.Absolute, out var url) ? Uri.UnescapeDataString(url.AbsolutePath) : null);
}
