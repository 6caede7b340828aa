using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Quotas;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Images;

/// <summary>Takes a picture in, with its title, description, tags, and whether everybody may see it.</summary>
internal static class UploadImage
{
    public static async Task<Results<Created<Envelope<ImageResource>>, Ok<Envelope<ImageResource>>, StudioProblem>> HandleAsync(
        HttpContext http,
        Caller caller,
        RequestContentReader reader,
        PictureInput pictures,
        ImageIntake intake,
        IImageLibrary library,
        IImageStore images,
        ImagePresenter presenter)
    {
        var aborted = http.RequestAborted;
        var content = await reader.ReadAsync(http, aborted);
        var faults = content.Faults;
        var fields = ImageFields.Read(content);
        var keyText = IdempotencyHeader.Read(http.Request, faults);
        var owner = caller.As(content.Text(GuestIds.UserIdField), faults);
        var sent = PictureInput.Assign(content, [InputSlot.Image], faults);
        foreach (var stored in sent.Where(picture => picture.Form == PictureForm.Id)) faults.Add(stored.Field, "is stored already; send a file or a URL.");
        if (!faults.IsEmpty || owner is null) return Refuse(faults);

        var picture = (IncomingPicture.Uploaded)await pictures.OpenAsync(sent[0], owner.Value, aborted);
        var key = keyText is null
            ? null
            : new IdempotencyKey(
                http.Request.Method, IdempotencyHeader.RouteOf(http), keyText, IdempotencyHeader.Fingerprint([], [picture.Sha256, .. fields.Fingerprint()]));
        if (key is not null && await library.FindByKeyAsync(owner.Value, key.Method, key.Route, key.Key, aborted) is var (id, fingerprint))
            return fingerprint == key.Fingerprint ? await RepeatAsync(owner.Value, id, library, presenter, aborted) : CallProblems.KeyReused();

        var twin = await images.FindUploadAsync(owner.Value, picture.Sha256, aborted);
        switch (await intake.TakeAsync(owner.Value, picture, sent[0].FileName, inGallery: false, fields.ApplyTo, key, aborted))
        {
            case AddOutcome.Added { Image: var image, Quota: var left }:
                QuotaHeaders.Tell(http.Response, left);
                var message = twin is null ? "Your picture is stored." : "Your picture is stored. You had uploaded exactly this file before.";
                return TypedResults.Created(
                    $"/api/v1/images/{image.Id:D}", new Envelope<ImageResource>(presenter.Show(image, twin?.Id), message));
            case AddOutcome.Repeated repeated:
                return await RepeatAsync(owner.Value, repeated.ImageId, library, presenter, aborted);
            default:
                return CallProblems.KeyReused();
        }
    }

    private static async Task<Results<Created<Envelope<ImageResource>>, Ok<Envelope<ImageResource>>, StudioProblem>> RepeatAsync(
        Core.Accounts.Owner owner, Guid id, IImageLibrary library, ImagePresenter presenter, CancellationToken cancellationToken) =>
        await library.FindAsync(owner, id, cancellationToken) is { } image
            ? TypedResults.Ok(new Envelope<ImageResource>(presenter.Show(image), "Your picture was stored by the first request with this Idempotency-Key."))
            : StudioProblem.Of(ProblemCode.NotFound, "The picture that the first request with this Idempotency-Key stored has been removed.");

    private static StudioProblem Refuse(FaultList faults)
    {
        var problem = StudioProblem.Validation(faults);
        return problem.Errors!.Count == 1 && problem.Errors.TryGetValue(InputSlot.Image.Name, out var messages)
            && messages is [var message] && message == PictureInput.MissingMessage(InputSlot.Image.Name)
                ? StudioProblem.Of(ProblemCode.PictureMissing, problem.Detail) with { Errors = problem.Errors }
                : problem;
    }
}
