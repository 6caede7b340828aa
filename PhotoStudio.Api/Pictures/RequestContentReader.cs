using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Imaging.Sniffing;

namespace PhotoStudio.Api.Pictures;

/// <summary>
/// Reads a request's query and body: JSON, a form, or a picture as the raw body. A picture is known by its first bytes, not by
/// its content type: clients send them as <c>image/*</c>, octet-stream, form-urlencoded or text/html alike.
/// </summary>
public sealed class RequestContentReader(IOptions<UploadOptions> options)
{
    private const int MaxParts = 50;
    private const string ParametersMember = "parameters";
    private const string StrayFile = "is a file, but no input has this name. Send the picture as 'image' or 'file'.";
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private readonly UploadOptions _limits = options.Value;

    private enum BodyKind
    {
        Raw,
        Json,
        Form,
        Multipart,
    }

    /// <summary>Reads the request. Nothing is fetched, decoded or stored.</summary>
    /// <exception cref="ProblemException">The body is too large, malformed, or of a kind that is not accepted.</exception>
    public async Task<RequestContent> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        var endpoint = PictureBodyOf(http);
        var expected = endpoint?.Pictures ?? 1;
        var limits = _limits.For(http.Features.Get<Caller>()?.Roles);
        var fields = new FieldCollector(limits, expected, endpoint?.EachForItself ?? false);
        foreach (var (name, values) in http.Request.Query)
        {
            if (values.Count > 1 && PictureFields.Find(name) is null) fields.Faults.Add(name, "is given more than once in the query.");
            foreach (var value in values) fields.AddText(name, value ?? "");
        }

        RefuseContentEncoding(http.Request);
        _ = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type);
        var kind = KindOf(type);
        if (kind == BodyKind.Multipart) await ReadMultipartAsync(http.Request, type!, expected, limits, fields, cancellationToken);
        else await ReadWholeAsync(http, kind, limits, fields, cancellationToken);

        return fields.ToContent();
    }

    private static async Task ReadWholeAsync(
        HttpContext http, BodyKind kind, UploadOptions limits, FieldCollector fields, CancellationToken cancellationToken)
    {
        var limit = kind == BodyKind.Raw ? limits.MaxBytes : PictureBodyOf(http)?.MaxRequestBodySize ?? limits.MaxBodyBytes(1);
        StudioProblem TooLarge() => kind == BodyKind.Raw
            ? CappedReader.PictureTooLarge(SentPicture.RawBody, limits.MaxBytes)
            : StudioProblem.Of(ProblemCode.TooLarge, $"The body has more than {limit:N0} bytes, the most that are accepted.");

        var body = await CappedReader.ReadAsync(http.Request.Body, limit, http.Request.ContentLength, TooLarge, cancellationToken);
        if (body.IsEmpty) return;

        if (kind == BodyKind.Raw || PictureSniffer.Sniff(body.Span).IsPicture)
            fields.AddFile(SentPicture.RawBody, PictureFields.AnySlot, body);
        else if (kind == BodyKind.Json) ReadJson(http, body, fields);
        else ReadForm(body, fields);
    }

    private static void ReadJson(HttpContext http, ReadOnlyMemory<byte> body, FieldCollector fields)
    {
        if (body.Span.StartsWith("\uFEFF"u8)) body = body[3..];
        var document = JsonDocument.Parse(body, JsonOptions);
        http.Response.RegisterForDispose(document);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw Malformed("The body must be a JSON object.");

        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Name != ParametersMember)
            {
                fields.AddJson(member.Name, member.Value);
            }
            else if (member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var parameter in member.Value.EnumerateObject()) fields.AddJson(parameter.Name, parameter.Value);
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                fields.Faults.Add(ParametersMember, "must be an object of parameters by name.");
            }
        }
    }

    private static void ReadForm(ReadOnlyMemory<byte> body, FieldCollector fields)
    {
        foreach (var (name, values) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span)))
        {
            foreach (var value in values) fields.AddText(name, value ?? "");
        }
    }

    private static async Task ReadMultipartAsync(
        HttpRequest request,
        MediaTypeHeaderValue type,
        int expectedPictures,
        UploadOptions limits,
        FieldCollector fields,
        CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 100)
            throw Malformed("The content type multipart/form-data lacks a usable boundary.");

        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 8 * 1024 };
        try
        {
            int parts = 0, most = MaxParts + expectedPictures;
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (++parts > most) throw Malformed($"The multipart form has more than {most} parts.");
                await ReadPartAsync(section, limits, fields, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException
            && !cancellationToken.IsCancellationRequested)
        {
            throw Malformed("The multipart form is damaged or cut short.", exception);
        }
    }

    private static async Task ReadPartAsync(
        MultipartSection section, UploadOptions limits, FieldCollector fields, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || disposition.Name.Length == 0)
            throw Malformed("A part of the multipart form has no name.");

        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value!;
        var field = PictureFields.Find(name);
        var isFile = disposition.FileName.HasValue || disposition.FileNameStar.HasValue;
        var limit = LimitOf(field, isFile, limits);
        StudioProblem TooLarge() => (field, isFile) switch
        {
            (not null, _) => CappedReader.PictureTooLarge(name, limits.MaxBytes),
            (_, true) => StudioProblem.Invalid(name, StrayFile),
            _ => StudioProblem.Of(ProblemCode.TooLarge, $"The field '{name}' has more than {limit:N0} bytes, the most that are accepted."),
        };

        ReadOnlyMemory<byte> bytes;
        try
        {
            bytes = await CappedReader.ReadAsync(section.Body, limit, null, TooLarge, cancellationToken);
        }
        catch (ProblemException exception)
            when (exception.Problem.Status == StatusCodes.Status413PayloadTooLarge && field is { Form: PictureForm.Content or PictureForm.Base64 })
        {
            fields.AddTooLarge(name, field.Slot, HeaderUtilities.RemoveQuotes(disposition.FileName).Value);
            return;
        }

        if (isFile && field is null)
        {
            fields.Faults.Add(name, StrayFile);
        }
        else if (field?.Form == PictureForm.Content && (isFile || PictureSniffer.Sniff(bytes.Span).IsPicture))
        {
            // A browser sends an empty file without a name for an input that was left empty.
            var leftEmpty = bytes.IsEmpty && string.IsNullOrEmpty(HeaderUtilities.RemoveQuotes(disposition.FileName).Value);
            if (!leftEmpty) fields.AddFile(name, field.Slot, bytes, HeaderUtilities.RemoveQuotes(disposition.FileName).Value);
        }
        else
        {
            fields.AddText(name, Encoding.UTF8.GetString(bytes.Span));
        }
    }

    /// <summary>A picture's file may be as large as any, its base64 a third longer; all else is a short text.</summary>
    private static long LimitOf(PictureField? field, bool isFile, UploadOptions limits) => field switch
    {
        null => UploadOptions.MaxFieldBytes,
        { Form: PictureForm.Content } when isFile => limits.MaxBytes,
        { Form: PictureForm.Content or PictureForm.Base64 } => limits.MaxBase64Length() + 256,
        _ => UploadOptions.MaxFieldBytes,
    };

    private static BodyKind KindOf(MediaTypeHeaderValue? type)
    {
        if (type is null) return BodyKind.Raw;
        if (type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)) return BodyKind.Json;
        return type.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/json" or "text/json" => BodyKind.Json,
            "application/x-www-form-urlencoded" => BodyKind.Form,
            "multipart/form-data" => BodyKind.Multipart,
            _ => BodyKind.Raw,
        };
    }

    private static void RefuseContentEncoding(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return;
        throw StudioProblem.Of(ProblemCode.UnsupportedMediaType, "A compressed body (Content-Encoding) is not accepted.").ToException();
    }

    private static ProblemException Malformed(string detail, Exception? inner = null) =>
        new(StudioProblem.Of(ProblemCode.MalformedBody, detail), inner);

    private static PictureBodyMetadata? PictureBodyOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<PictureBodyMetadata>();
}
