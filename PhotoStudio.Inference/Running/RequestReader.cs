using System.Text.Json;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Engines;

namespace PhotoStudio.Inference.Running;

/// <summary>Reads a request and says what is wrong with it, before anything is decoded or waited for.</summary>
internal static class RequestReader
{
    /// <summary>The operation's validated parameters.</summary>
    /// <exception cref="InferenceException">There is no such operation, or the parameters are not valid for it.</exception>
    public static OperationParameters Parameters(InferenceRequest request)
    {
        if (!OperationCatalog.TryFind(request.Operation, out var operation))
            throw Invalid("unknown_operation", $"There is no operation named '{request.Operation}'.");

        var faults = new FaultList();
        try
        {
            using var document = JsonDocument.Parse(request.Parameters);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Invalid("invalid_parameters", $"The parameters of {operation.Name} must be a JSON object.");

            var given = document.RootElement.EnumerateObject()
                .Select(member => KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value)));
            return OperationParameters.Read(operation, given, faults)
                ?? throw Invalid("invalid_parameters", $"Parameters of {operation.Name}: {faults}");
        }
        catch (JsonException fault)
        {
            throw Invalid("invalid_parameters", $"The parameters of {operation.Name} are not JSON.", fault);
        }
    }

    /// <summary>The pictures with their headers, each within the limits.</summary>
    /// <exception cref="InferenceException">One is missing, not asked for, cannot be read, or is too large.</exception>
    public static IReadOnlyList<EngineInput> Inputs(
        InferenceRequest request, Operation operation, IPictureCodec codec, PictureLimits limits)
    {
        if (request.Inputs.FirstOrDefault(input => operation.Inputs.All(slot => slot.Name != input.Slot)) is { } stranger)
            throw Invalid("unexpected_picture", $"{operation.Name} takes no picture named '{stranger.Slot}'.");
        if (operation.Inputs.FirstOrDefault(slot => slot.Required && request.Inputs.All(input => input.Slot != slot.Name)) is { } missing)
            throw Invalid("picture_missing", $"{operation.Name} needs a picture named '{missing.Name}'.");

        return [.. request.Inputs.Select(input => Read(input, codec, limits))];
    }

    /// <summary>The codec's complaint about a picture that came in, as the fault of the request.</summary>
    public static InferenceException? Complaint(Exception fault) => fault switch
    {
        PictureFormatException => Invalid("undecodable_picture", fault.Message, fault),
        PictureTooLargeException => Invalid("picture_too_large", fault.Message, fault),
        _ => null,
    };

    private static EngineInput Read(InferenceInput input, IPictureCodec codec, PictureLimits limits)
    {
        try
        {
            var header = codec.Probe(input.File);
            limits.Check(header);
            return new(input.Slot, input.File, header, codec, limits);
        }
        catch (Exception fault) when (fault is PictureFormatException or PictureTooLargeException)
        {
            throw Complaint(fault)!;
        }
    }

    private static InferenceException Invalid(string code, string message, Exception? inner = null) =>
        new(InferenceFault.InvalidInput, code, message, inner);
}
