using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Moderation;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Styles;
using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.ImageGeneration;

/// <summary>Runs operations without a job: nothing is stored, and the work stops when the caller goes away.</summary>
public sealed class StatelessCalls(
    RequestContentReader reader, PictureInput pictures, IBlobStore blobs, IInference inference, PromptGate gate, StyleResolver styles, TimeProvider time)
{
    /// <summary>The request's content; a caller is needed although nothing will be theirs.</summary>
    /// <exception cref="ProblemException">It cannot be read.</exception>
    public async Task<RequestContent> ReadAsync(HttpContext http, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(caller);
        var content = await reader.ReadAsync(http, http.RequestAborted);
        caller.As(content.Text(GuestIds.UserIdField), content.Faults);
        return content;
    }

    /// <summary>An operation's parameters among the content's fields; other fields are passed over.</summary>
    /// <exception cref="ProblemException">One of them, or what was read before, is not valid; every fault is named; or the prompt is refused.</exception>
    public async Task<OperationParameters> ParametersAsync(
        Operation operation, RequestContent content, Caller caller, CancellationToken cancellationToken, IReadOnlyDictionary<string, RawValue>? presets = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        var lookup = await styles.LookupAsync(content, caller, cancellationToken);
        var given = lookup.Apply(operation, [.. presets ?? new Dictionary<string, RawValue>(), .. content.Values], content.Faults);
        var parameters = OperationParameters.Read(operation, given, content.Faults, rejectUnknown: false);
        if (parameters is null || !content.Faults.IsEmpty) throw StudioProblem.Validation(content.Faults).ToException();
        gate.Check([parameters]);
        return parameters;
    }

    /// <summary>The pictures that came with the request, opened for an operation.</summary>
    /// <exception cref="ProblemException">One is missing or cannot be had.</exception>
    public async Task<IReadOnlyList<InferenceInput>> PicturesAsync(
        Operation operation, RequestContent content, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(caller);
        var sent = PictureInput.Assign(content, operation.Inputs, content.Faults);
        if (!content.Faults.IsEmpty) throw StudioProblem.Validation(content.Faults).ToException();

        var opened = new List<InferenceInput>(sent.Count);
        foreach (var picture in sent)
        {
            var incoming = await pictures.OpenAsync(picture, caller.Owner, cancellationToken);
            opened.Add(new(incoming.Slot, await FileAsync(incoming, cancellationToken)));
        }

        return opened;
    }

    /// <summary>A name for this request, for logs and the caller.</summary>
    public Guid NewRequestId() => OrderedId.New(time.GetUtcNow());

    /// <summary>Runs an operation.</summary>
    /// <exception cref="ProblemException">It could not be done.</exception>
    public async Task<InferenceResult> RunAsync(
        Guid requestId, OperationParameters parameters, IReadOnlyList<InferenceInput> inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        try
        {
            return await inference.RunAsync(
                new(requestId.ToString("N"), parameters.Operation.Name, parameters.ToJson(), inputs), null, cancellationToken);
        }
        catch (InferenceException fault)
        {
            throw FailureProblems.From(fault).ToException();
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
