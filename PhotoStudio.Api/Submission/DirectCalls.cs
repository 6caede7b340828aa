using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Submission;

/// <summary>
/// Runs operations without a job: nothing is stored, and the work stops when the caller goes away. The request is read and checked as for
/// any other call.
/// </summary>
public sealed class DirectCalls(RequestContentReader reader, CallReader calls, IBlobStore blobs, IInference inference)
{
    /// <summary>Reads the request and runs the operation.</summary>
    /// <exception cref="ProblemException">Something is wrong with the request, or it could not be done.</exception>
    public async Task<InferenceResult> RunAsync(HttpContext http, Caller caller, Operation operation, CallRules rules)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(operation);
        var aborted = http.RequestAborted;
        var call = await calls.ReadAsync(http, caller, operation, await reader.ReadAsync(http, aborted), rules, aborted);
        var inputs = new List<InferenceInput>(call.Pictures.Count);
        foreach (var picture in call.Pictures) inputs.Add(new(picture.Slot, await FileAsync(picture, aborted)));
        try
        {
            return await inference.RunAsync(
                new(OrderedId.New().ToString("N"), operation.Name, call.Parameters.ToJson(), inputs), progress: null, aborted);
        }
        catch (InferenceException fault)
        {
            throw new ProblemException(FailureProblems.From(fault), fault);
        }
    }

    private async Task<ReadOnlyMemory<byte>> FileAsync(IncomingPicture picture, CancellationToken cancellationToken)
    {
        if (picture is IncomingPicture.Uploaded uploaded) return uploaded.File;
        if (picture is not IncomingPicture.Stored { Image: var image })
            throw new InvalidOperationException($"A picture came in the unknown form {picture.GetType().Name}.");

        await using var content = await blobs.OpenReadAsync(image.BlobKey, null, cancellationToken)
            ?? throw new StorageException("The picture's file is missing from the storage.");
        var bytes = new byte[image.Bytes];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
