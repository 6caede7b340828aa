using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging.Sniffing;

namespace PhotoStudio.Api.Pictures;

/// <summary>
/// Reads a request's query and body: JSON, a form, or a picture as the raw body. A picture is known by its first bytes, not by
/// its content type: clients send them as <c>image/*</c>, octet-stream, form-urlencoded or text/html alike.
/// </summary>
public sealed class RequestContentReader(IOptions<UploadOptions> options)
{
    private const int MaxParts = 50;
    private const int MaxUrlLength = 4096;
    private const string ParametersMember = "parameters";
    private const string StrayFile = "is a file, but no input has this name. Send the picture as 'image' or 'file'.";
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private readonly UploadOptions _limits = options.Value;

    /// <summary>Reads the request. Nothing is fetched, decoded or stored.</summary>
    /// <exception cref="ProblemException">The body is too large, malformed, or of a kind that is not accepted.</exception>
    public async Task<RequestContent> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        var fields = new FieldCollector(_limits);
        foreach (var (name, values) in http.Request.Query)
        {
            foreach (var value in values) fields.AddText(name, value ?? "");
        }

        RefuseContentEncoding(http.Request);
        _ = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type);
        if (type is not null && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            await ReadMultipartAsync(http.Request, type, fields, cancellationToken);
        else
            await ReadWholeAsync(http, type, fields, cancellationToken);

        return fields.ToContent();
    }

    private async Task ReadWholeAsync(HttpContext http, MediaTypeHeaderValue? type, FieldCollector fields, CancellationToken cancellationToken)
    {
        var isJson = type is not null && IsJson(type);
        var isForm = type is not null && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
        var limit = isJson || isForm ? _limits.MaxBodyBytes(PicturesOf(http)) : _limits.MaxBytes;
        StudioProblem TooLarge() => isJson || isForm
            ? StudioProblem.Of(ProblemCode.TooLarge, $"The body has more than {limit:N0} bytes, the most that are accepted.")
            : CappedReader.PictureTooLarge(SentPicture.RawBody, _limits.MaxBytes);

        var body = await CappedReader.ReadAsync(http.Request.Body, limit, http.Request.ContentLength, TooLarge, cancellationToken);
        if (body.IsEmpty) return;

        if (PictureSniffer.Sniff(body.Span).IsPicture || !(isJson || isForm)) fields.AddFile(SentPicture.RawBody, PictureFields.AnySlot, body);
        else if (isJson) ReadJson(http, body, fields);
        else ReadForm(body, fields);
    }

    private static void ReadJson(HttpContext http, ReadOnlyMemory<byte> body, FieldCollector fields)
    {
        if (body.Span.StartsWith("\uFEFF"u8)) body = body[3..];
        var document = JsonDocument.Parse(body, JsonOptions);
        http.Response.RegisterForDispose(document);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw StudioProblem.Of(ProblemCode.MalformedBody, "The body must be a JSON object.").ToException();

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

    private async Task ReadMultipartAsync(HttpRequest request, MediaTypeHeaderValue type, FieldCollector fields, CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 100)
            throw StudioProblem.Of(ProblemCode.MalformedBody, "The content type multipart/form-data lacks a usable boundary.").ToException();

        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 8 * 1024 };
        try
        {
            var parts = 0;
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (++parts > MaxParts) throw TooManyParts().ToException();
                await ReadPartAsync(section, fields, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException && exception is not BadHttpRequestException
            && !cancellationToken.IsCancellationRequested)
        {
            throw new ProblemException(StudioProblem.Of(ProblemCode.MalformedBody, "The multipart form is damaged or cut short."), exception);
        }
    }

    private async Task ReadPartAsync(MultipartSection section, FieldCollector fields, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || disposition.Name.Length == 0)
            throw StudioProblem.Of(ProblemCode.MalformedBody, "A part of the multipart form has no name.").ToException();

        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value!;
        var isFile = disposition.FileName.HasValue || disposition.FileNameStar.HasValue;
        var field = PictureFields.Find(name);
        var limit = field is null ? UploadOptions.MaxFieldBytes : field.Form == PictureForm.Content && isFile ? _limits.MaxBytes : _limits.MaxBase64Length() + 256;
        StudioProblem TooLarge() => field is null && !isFile
            ? StudioProblem.Of(ProblemCode.TooLarge, $"The field '{name}' has more than {limit:N0} bytes, the most that are accepted.")
            : field is null ? StudioProblem.Invalid(name, StrayFile)
            : CappedReader.PictureTooLarge(name, _limits.MaxBytes);

        var bytes = await CappedReader.ReadAsync(section.Body, limit, null, TooLarge, cancellationToken);
        if (isFile && field is null)
        {
            fields.Faults.Add(name, StrayFile);
            return;
        }

        if (field?.Form == PictureForm.Content && (isFile || PictureSniffer.Sniff(bytes.Span).IsPicture))
        {
            // A browser sends an empty file for an input that was left empty.
            if (bytes.Length > 0 || !string.IsNullOrEmpty(HeaderUtilities.RemoveQuotes(disposition.FileName).Value)) fields.AddFile(name, field.Slot, bytes);
            return;
        }

        fields.AddText(name, Encoding.UTF8.GetString(bytes.Span));
    }


    private static StudioProblem TooManyParts() =>
        StudioProblem.Of(ProblemCode.MalformedBody, $"The multipart form has more than {MaxParts} parts.");

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("text/json", StringComparison.OrdinalIgnoreCase)
        || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    private static void RefuseContentEncoding(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return;
        throw StudioProblem.Of(ProblemCode.UnsupportedMediaType, "A compressed body (Content-Encoding) is not accepted.").ToException();
    }

    private static int PicturesOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<PictureBodyMetadata>()?.Pictures ?? 1;

    /// <summary>Sorts fields into pictures and values.</summary>
    private sealed class FieldCollector(UploadOptions limits)
    {
        private readonly List<KeyValuePair<string, RawValue>> _values = [];
        private readonly List<SentPicture> _pictures = [];

        public FaultList Faults { get; } = new();

        public RequestContent ToContent() => new(_values, _pictures, Faults);

        public void AddFile(string name, string slot, ReadOnlyMemory<byte> file) =>
            AddPicture(new SentPicture(name, slot, PictureForm.Content, file, null));

        public void AddText(string name, string text)
        {
            if (PictureFields.Find(name) is not { } field)
            {
                AddValue(name, RawValue.FromText(text));
                return;
            }

            if (string.IsNullOrWhiteSpace(text)) return;

            // In a form, a '+' that was not escaped arrives as a space.
            AddPictureText(field, text.Trim(), () => Base64Pictures.Decode(text.Trim().Replace(' ', '+')));
        }

        public void AddJson(string name, JsonElement value)
        {
            if (PictureFields.Find(name) is not { } field)
            {
                AddValue(name, RawValue.FromJson(value));
                return;
            }

            if (value.ValueKind == JsonValueKind.Null) return;
            if (value.ValueKind != JsonValueKind.String)
            {
                Faults.Add(name, "must be text.");
                return;
            }

            var isLong = JsonMarshal.GetRawUtf8Value(value).Length > UploadOptions.MaxFieldBytes;
            AddPictureText(field, isLong ? "" : value.GetString()!, () => Base64Pictures.Decode(value));
        }

        private void AddPictureText(PictureField field, string text, Func<byte[]?> decode)
        {
            if (field.Form is PictureForm.Url or PictureForm.Id || (field.Form == PictureForm.Content && Base64Pictures.IsWebUrl(text)))
            {
                var form = field.Form == PictureForm.Id ? PictureForm.Id : PictureForm.Url;
                if (text.Length is 0 or > MaxUrlLength) Faults.Add(field.Name, $"must have 1 to {MaxUrlLength} characters.");
                else AddPicture(new SentPicture(field.Name, field.Slot, form, default, text));
                return;
            }

            var file = decode();
            if (file?.Length > limits.MaxBytes) throw CappedReader.PictureTooLarge(field.Name, limits.MaxBytes).ToException();
            if (file is null) Faults.Add(field.Name, "must be base64 or a data URL with base64.");
            else AddPicture(new SentPicture(field.Name, field.Slot, PictureForm.Base64, file, null));
        }

        private void AddValue(string name, RawValue value)
        {
            if (_values.Count >= UploadOptions.MaxFields)
                throw StudioProblem.Of(ProblemCode.MalformedBody, $"The request has more than {UploadOptions.MaxFields} fields.").ToException();
            _values.Add(KeyValuePair.Create(name, value));
        }

        private void AddPicture(SentPicture picture)
        {
            if (_pictures.Count >= UploadOptions.MaxFields)
                throw StudioProblem.Of(ProblemCode.MalformedBody, $"The request has more than {UploadOptions.MaxFields} pictures.").ToException();
            _pictures.Add(picture);
        }
    }
}
