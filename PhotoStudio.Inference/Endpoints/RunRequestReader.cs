using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Inference.Wire;

namespace PhotoStudio.Inference.Endpoints;

/// <summary>Reads the request of a run: a multipart form with the part <c>request</c> and the pictures, in any order.</summary>
internal sealed class RunRequestReader(IOptions<InferenceServiceOptions> options)
{
    private const int BufferBytes = 64 << 10;
    private const int MaxBoundaryLength = 70;

    private readonly InferenceServiceOptions _options = options.Value;

    /// <summary>Reads the whole request.</summary>
    /// <exception cref="InferenceException">It is not what is expected here, or too large; the message says what is wrong.</exception>
    public async Task<InferenceRequest> ReadAsync(HttpRequest request, string run, CancellationToken cancellationToken)
    {
        if (!InferenceWire.IsRunId(run))
            throw Malformed($"A run's id has letters, digits, '-' and '_', at most {InferenceWire.MaxRunIdLength}.");

        // Also where the server does not count, and before anything is read.
        if (request.ContentLength > _options.MaxRequestBytes) throw TooLarge();
        MultipartReader reader = new(Boundary(request), request.Body, BufferBytes) { HeadersCountLimit = 16, HeadersLengthLimit = 8 << 10 };
        try
        {
            return await ReadAsync(reader, run, cancellationToken);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(fault);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException && !cancellationToken.IsCancellationRequested)
        {
            throw Malformed("The multipart form is damaged or cut short.", fault);
        }
    }

    private async Task<InferenceRequest> ReadAsync(MultipartReader reader, string run, CancellationToken cancellationToken)
    {
        WireRequest? wire = null;
        List<InferenceInput> pictures = [];
        var left = _options.MaxRequestBytes;
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            var name = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString()
                : "";
            if (name.Length == 0) throw Malformed("Every part of the form needs a name.");
            if (name == InferenceWire.RequestPart)
            {
                if (wire is not null) throw Malformed($"The form has the part '{InferenceWire.RequestPart}' twice.");
                var json = await ReadAsync(section, Math.Min(left, InferenceWire.MaxJsonBytes), cancellationToken);
                left -= json.Length;
                wire = Parse(json);
                continue;
            }

            if (pictures.Count == _options.MaxPictures)
                throw new InferenceException(InferenceFault.InvalidInput, RunProblem.TooLarge, $"At most {_options.MaxPictures} pictures are accepted.");
            var file = await ReadAsync(section, left, cancellationToken);
            left -= file.Length;
            pictures.Add(new(name, file));
        }

        return wire is null
            ? throw Malformed($"The form has no part '{InferenceWire.RequestPart}'.")
            : new(run, wire.Operation, wire.Parameters.GetRawText(), pictures);
    }

    /// <summary>A part's bytes, in one array of their length where the part says its length.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadAsync(MultipartSection section, long limit, CancellationToken cancellationToken)
    {
        var said = section.Headers is { } headers && headers.TryGetValue(HeaderNames.ContentLength, out var text)
            && HeaderUtilities.TryParseNonNegativeInt64(text.ToString(), out var length) ? length : 0;
        if (said > limit) throw TooLarge();

        // One byte more than said, so that the end is seen without growing.
        var bytes = new byte[Math.Max(said + 1, 4 << 10)];
        var count = 0;
        while (true)
        {
            if (count == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, bytes.Length * 2L));
            var read = await section.Body.ReadAsync(bytes.AsMemory(count), cancellationToken);
            if (read == 0) return bytes.AsMemory(0, count);
            count += read;
            if (count > limit) throw TooLarge();
        }
    }

    private static string Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new InferenceException(
                InferenceFault.InvalidInput,
                RunProblem.NoForm,
                $"A run is sent as multipart/form-data: a part '{InferenceWire.RequestPart}' with JSON, and the pictures by their slots.");
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= MaxBoundaryLength
            ? boundary
            : throw Malformed($"The content type needs a boundary of at most {MaxBoundaryLength} characters.");
    }

    private static WireRequest Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, WireJson.Default.WireRequest) ?? throw new JsonException("null");
        }
        catch (Exception fault) when (fault is JsonException or DecoderFallbackException)
        {
            throw Malformed($"The part '{InferenceWire.RequestPart}' must be a JSON object with 'operation' and 'parameters'.", fault);
        }
    }

    private InferenceException TooLarge(Exception? inner = null) => new(
        InferenceFault.InvalidInput, RunProblem.TooLarge, $"A request may have at most {_options.MaxRequestBytes:N0} bytes, JSON at most {InferenceWire.MaxJsonBytes:N0}.", inner);

    private static InferenceException Malformed(string message, Exception? inner = null) =>
        new(InferenceFault.InvalidInput, RunProblem.Malformed, message, inner);
}
