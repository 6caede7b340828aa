using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Inference.Wire;

namespace PhotoStudio.Backings.Inference;

/// <summary>
/// Reads the stream that a run is answered with, and believes nothing in it: sizes and numbers are bounded, and what is not as the
/// protocol has it is an <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class RunAnswerReader(HttpInferenceOptions options, IProgress<InferenceProgress>? listener)
{
    private const int BufferBytes = 64 << 10;
    private const int MaxOutputs = 256;
    private const int MaxTextLength = 200;

    private IProgress<InferenceProgress>? _listener = listener;
    private double _fraction;

    /// <summary>Reads to the closing boundary.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="boundary">The boundary that its content type names.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InferenceException">What the service says went wrong.</exception>
    /// <exception cref="InvalidDataException">This is no answer of inference.</exception>
    /// <exception cref="IOException">The stream broke off.</exception>
    public async Task<InferenceResult> ReadAsync(Stream stream, string boundary, CancellationToken cancellationToken)
    {
        MultipartReader parts = new(boundary, stream, BufferBytes) { HeadersCountLimit = 16, HeadersLengthLimit = 8 << 10 };
        for (var reports = 0; reports <= options.MaxProgressReports; reports++)
        {
            var part = await parts.ReadNextSectionAsync(cancellationToken)
                ?? throw new InvalidDataException("The stream ends without a result.");
            switch (NameOf(part))
            {
                case InferenceWire.ProgressPart:
                    Tell(await JsonAsync(part, InferenceWire.MaxJsonBytes, WireJson.Default.WireProgress, cancellationToken));
                    break;
                case InferenceWire.ResultPart:
                    var result = await JsonAsync(part, InferenceWire.MaxResultJsonBytes, WireJson.Default.WireResult, cancellationToken);
                    return await OutputsAsync(parts, result, cancellationToken);
                case InferenceWire.FailurePart:
                    throw ToException(await JsonAsync(part, InferenceWire.MaxJsonBytes, WireJson.Default.WireFailure, cancellationToken));
                case var other:
                    throw new InvalidDataException($"A part '{other}' is not expected.");
            }
        }

        throw new InvalidDataException($"There are more than {options.MaxProgressReports} progress reports.");
    }

    /// <summary>The exception that a failure stands for.</summary>
    public static InferenceException ToException(WireFailure failure) => new(failure.Fault, failure.Code, failure.Detail)
    {
        RetryAfter = failure.RetryAfter is >= 0 and <= 86_400 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
    };

    private async Task<InferenceResult> OutputsAsync(MultipartReader parts, WireResult result, CancellationToken cancellationToken)
    {
        if (result.Outputs.Count > MaxOutputs) throw new InvalidDataException($"There are {result.Outputs.Count} outputs.");
        var left = options.MaxResultBytes;
        List<InferenceOutput> outputs = new(result.Outputs.Count);
        foreach (var output in result.Outputs)
        {
            Check(output, left);
            left -= output.Bytes;
            var part = await parts.ReadNextSectionAsync(cancellationToken);
            if (part is null || NameOf(part) != InferenceWire.OutputPart) throw new InvalidDataException("An output is missing.");

            var file = new byte[output.Bytes];
            if (await part.Body.ReadAtLeastAsync(file, file.Length, throwOnEndOfStream: false, cancellationToken) < file.Length
                || await part.Body.ReadAsync(new byte[1], cancellationToken) != 0)
            {
                throw new InvalidDataException("An output is not as long as announced.");
            }

            outputs.Add(new(file, output.ContentType, output.Extension, output.Width, output.Height));
        }

        return await parts.ReadNextSectionAsync(cancellationToken) is null
            ? new(outputs, result.Engine, result.Data?.GetRawText())
            : throw new InvalidDataException("There are more parts than outputs.");
    }

    // The extension becomes part of a storage key, the content type a header.
    private static void Check(WireOutput output, long left)
    {
        if (output.Bytes < 0 || output.Bytes > left) throw new InvalidDataException($"The outputs are too large: {output.Bytes} bytes more.");
        if (output.Extension.Length is 0 or > 16 || !output.Extension.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)))
            throw new InvalidDataException("An output's extension is none.");
        if (output.ContentType.Length > MaxTextLength || !MediaTypeHeaderValue.TryParse(output.ContentType, out _))
            throw new InvalidDataException("An output's content type is none.");
        if (output.Width < 1 || output.Height < 1) throw new InvalidDataException("An output has no size.");
    }

    private void Tell(WireProgress progress)
    {
        if (double.IsFinite(progress.Fraction)) _fraction = Math.Clamp(progress.Fraction, _fraction, 1);
        try
        {
            _listener?.Report(new(_fraction, progress.Stage));
        }
#pragma warning disable CA1031 // Whatever a listener does wrong, the run goes on, unheard.
        catch (Exception)
#pragma warning restore CA1031
        {
            _listener = null;
        }
    }

    private static string NameOf(MultipartSection part) =>
        ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
            ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString()
            : throw new InvalidDataException("A part has no name.");

    private static async Task<T> JsonAsync<T>(MultipartSection part, int limit, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var bytes = new byte[4 << 10];
        var count = 0;
        while (true)
        {
            if (count > limit) throw new InvalidDataException($"A part of JSON has more than {limit} bytes.");
            if (count == bytes.Length) Array.Resize(ref bytes, bytes.Length * 2);
            var read = await part.Body.ReadAsync(bytes.AsMemory(count), cancellationToken);
            if (read == 0) break;
            count += read;
        }

        try
        {
            return JsonSerializer.Deserialize(bytes.AsSpan(0, count), type) ?? throw new InvalidDataException("A part of JSON is null.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException("A part of JSON is not as expected.", fault);
        }
    }
}
