using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Moderation;
using PhotoStudio.Api.Operations;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Pipelines;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Styles;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Batches;

/// <summary>
/// Turns a request into a checked batch, or into one problem that names everything wrong with it. Only what is done is checked here;
/// each picture is looked at by itself later, so that a bad one stops no other.
/// </summary>
public sealed class BatchReader(IOptions<BatchOptions> options, PromptGate prompts, StyleResolver styles)
{
    private const string OperationField = "operation";
    private const string ImagesField = "images";

    /// <summary>Reads a batch.</summary>
    /// <exception cref="ProblemException">Something is wrong with it.</exception>
    public async Task<BatchCall> ReadAsync(HttpContext http, Caller caller, RequestContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(content);
        var faults = content.Faults;
        var key = IdempotencyHeader.Read(http.Request, faults);
        var owner = caller.As(content.Text(GuestIds.UserIdField), faults);
        var keep = PipelineReader.ReadKeep(content, faults);
        var steps = ReadSteps(content, await styles.LookupAsync(content, caller, cancellationToken), faults);
        CheckPictures(content, faults);
        if (!faults.IsEmpty || owner is null || steps is null) throw StudioProblem.Validation(faults).ToException();
        prompts.Check(steps);

        var idempotency = key is null
            ? null
            : new IdempotencyKey(
                http.Request.Method, IdempotencyHeader.RouteOf(http), key,
                IdempotencyHeader.Fingerprint(steps, [.. content.Pictures.Select(Identity), $"keep={keep}"]));
        return new BatchCall(owner.Value, steps, content.Pictures, keep, idempotency);
    }

    /// <summary>One operation with its parameters beside it, or several as <c>steps</c>.</summary>
    private static IReadOnlyList<OperationParameters>? ReadSteps(RequestContent content, StyleLookup styles, FaultList faults)
    {
        var others = content.Values
            .Where(value => value.Key is not (OperationField or StepsReader.Field or GuestIds.UserIdField) && value.Key != PipelineReader.KeepIntermediate.Name)
            .ToList();
        if (content.Value(StepsReader.Field) is { } steps)
        {
            if (content.Value(OperationField) is not null) faults.Add(OperationField, "is given beside 'steps'; send one of the two.");
            foreach (var (name, _) in others.DistinctBy(value => value.Key))
                faults.Add(name, "is no field of a batch with steps; parameters belong to a step.");
            return StepsReader.Read(steps, styles, faults);
        }

        if (content.Text(OperationField) is not { } asked)
        {
            faults.Add(OperationField, "is required: the operation that is run on every picture; or 'steps' for several in a row.");
            return null;
        }

        if (!OperationLookup.TryFind(asked, out var operation, out var unknown))
        {
            faults.Add(OperationField, unknown.Detail);
            return null;
        }

        if (StepsReader.Unfit(operation) is { } unfit) faults.Add(OperationField, unfit);
        return OperationParameters.Read(operation, styles.Apply(operation, others, faults), faults) is { } parameters ? [parameters] : null;
    }

    private void CheckPictures(RequestContent content, FaultList faults)
    {
        foreach (var stray in content.Pictures.Where(picture => picture.Slot != InputSlot.Image.Name).DistinctBy(picture => picture.Field))
            faults.Add(stray.Field, $"is no input of a batch. Every picture is an item of its own: {ImagesField}, image_urls or image_ids.");

        var count = content.Pictures.Count;
        if (count == 0 && !faults.Has(ImagesField))
            faults.Add(ImagesField, "at least one picture is required: multipart parts 'images', or images (base64 or URLs), image_urls or image_ids.");
        else if (count > options.Value.MaxItems)
            faults.Add(ImagesField, $"are {count}; a batch takes at most {options.Value.MaxItems}.");
    }

    /// <summary>What a picture is for a fingerprint, before it is fetched.</summary>
    private static string Identity(SentPicture picture) =>
        picture.Text is { } text ? $"{picture.Form}={text}" : $"file={Convert.ToHexStringLower(SHA256.HashData(picture.File.Span))}";
}

/// <summary>A batch that has been read and checked.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Steps">What is done to every picture.</param>
/// <param name="Pictures">The pictures as they came.</param>
/// <param name="KeepIntermediate">Whether the pictures between the steps are kept.</param>
/// <param name="Key">The caller's idempotency key.</param>
public sealed record BatchCall(
    Owner Owner, IReadOnlyList<OperationParameters> Steps, IReadOnlyList<SentPicture> Pictures, bool KeepIntermediate, IdempotencyKey? Key);
