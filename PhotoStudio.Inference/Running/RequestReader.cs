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
    /// <exception cref="InferenceException">
    /// One is missing, not asked for, cannot be read, is too large, or does not go with the parameters or with another.
    /// </exception>
    public static IReadOnlyList<EngineInput> Inputs(
        InferenceRequest request, OperationParameters parameters, IPictureCodec codec, PictureLimits limits)
    {
        var operation = parameters.Operation;
        if (request.Inputs.FirstOrDefault(input => operation.Inputs.All(slot => slot.Name != input.Slot)) is { } stranger)
            throw Invalid("unexpected_picture", $"{operation.Name} takes no picture named '{stranger.Slot}'.");
        if (operation.Inputs.FirstOrDefault(slot => slot.Required && request.Inputs.All(input => input.Slot != slot.Name)) is { } missing)
            throw Invalid("picture_missing", $"{operation.Name} needs a picture named '{missing.Name}'.");

        if (request.Inputs.CountBy(input => input.Slot).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
            throw Invalid("unexpected_picture", $"{operation.Name} takes one picture named '{twice}', not several.");

        var faults = new FaultList();
        operation.CheckInputs(parameters, [.. request.Inputs.Select(input => input.Slot)], faults);
        RequireNone(faults, operation);
        EngineInput[] inputs = [.. request.Inputs.Select(input => Read(input, parameters, codec, limits))];
        operation.CheckSizes(
            parameters, [.. inputs.Select(input => new GivenPicture(input.Slot, input.Header.Width, input.Header.Height))], faults);
        RequireNone(faults, operation);
        return inputs;
    }

    /// <summary>The codec's complaint about a picture that came in, as the fault of the request.</summary>
    public static InferenceException? Complaint(Exception fault) => fault switch
    {
        PictureFormatException => Invalid("undecodable_picture", fault.Message, fault),
        PictureTooLargeException => Invalid("picture_too_large", fault.Message, fault),
        _ => null,
    };

    private static void RequireNone(FaultList faults, Operation operation)
    {
        if (!faults.IsEmpty) throw Invalid("invalid_parameters", $"Parameters of {operation.Name}: {faults}");
    }

    private static EngineInput Read(InferenceInput input, OperationParameters parameters, IPictureCodec codec, PictureLimits limits)
    {
        try
        {
            var header = codec.Probe(input.File);
            limits.Check(header);
            var isKept = parameters.Operation.KeepsAnimation && header.IsAnimation && OutputFormats.HoldsAnimation(parameters, header, codec);
            if (isKept) limits.CheckAnimation(header);
            return new(input.Slot, input.File, header, codec, limits) { Frames = isKept ? header.Frames : 1 };
        }
        catch (Exception fault) when (fault is PictureFormatException or PictureTooLargeException)
        {
            throw Complaint(fault)!;
        }
    }

    private static InferenceException Invalid(string code, string message, Exception? inner = null) =>
        new(InferenceFault.InvalidInput, code, message, inner);
}
