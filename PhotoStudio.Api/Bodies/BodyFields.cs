using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Bodies;

/// <summary>
/// The fields of a small body without pictures: a JSON object or a form, never the query, where secrets would end up in logs. Faults are
/// collected, so that all are told at once. Fields that nobody asks for are passed over, whatever they are called.
/// </summary>
internal sealed class BodyFields
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private readonly Dictionary<string, JsonNode?> _values = new(StringComparer.Ordinal);

    private BodyFields()
    {
    }

    /// <summary>What is wrong so far.</summary>
    public FaultList Faults { get; } = new();

    /// <summary>Reads the body; an absent one has no fields.</summary>
    /// <exception cref="ProblemException">The body is too large, malformed, or neither JSON nor a form.</exception>
    public static async Task<BodyFields> ReadAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.Headers.CacheControl = "no-store";
        var fields = new BodyFields();
        _ = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type);
        if (type is not null && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            await fields.ReadMultipartAsync(http);
            return fields;
        }

        var body = (await CappedReader.ReadAsync(http.Request.Body, MaxBytes, http.Request.ContentLength, TooLarge, http.RequestAborted)).ToArray().AsMemory();
        if (body.Span.StartsWith("\uFEFF"u8)) body = body[3..];
        var text = body.Span.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty) return fields;

        // A form that begins with a brace is JSON whose sender forgot to say so, as curl does.
        if (text[0] == (byte)'{' || IsJson(type)) fields.ReadJson(body);
        else if (IsForm(type)) fields.ReadForm(body);
        else throw StudioProblem.Of(ProblemCode.UnsupportedMediaType, "Send the fields as application/json or as a form.").ToException();
        return fields;
    }

    /// <summary>Whether a field is there, be it null.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A text; null when it is absent or null. A fault is added when it is no text.</summary>
    public string? Secret(string name, int maxLength)
    {
        if (!_values.TryGetValue(name, out var value) || value is null) return null;
        if (value is not JsonValue scalar || value.GetValueKind() != JsonValueKind.String || !TryRead(scalar, out var text))
        {
            Faults.Add(name, "must be a text.");
            return null;
        }

        if (text.Length <= maxLength) return text;
        Faults.Add(name, $"must have at most {maxLength} characters.");
        return null;
    }

    /// <summary>A text for people to read; see <see cref="TextRules"/>.</summary>
    public string? Text(string name, int maxLength, bool manyLines = false)
    {
        if (Secret(name, maxLength) is not { } text) return null;
        if (TextRules.Fault(text, manyLines) is not { } fault) return text;
        Faults.Add(name, fault);
        return null;
    }

    /// <summary>The first of some names that is there, as a secret; a fault under the first name when none is.</summary>
    public string? RequiredSecret(int maxLength, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Secret(name, maxLength) is { Length: > 0 } text) return text;
            if (Faults.Has(name)) return null;
        }

        Faults.Add(names[0], "is required.");
        return null;
    }

    /// <summary>Yes or no; null when it is absent.</summary>
    public bool? Flag(string name)
    {
        if (!_values.TryGetValue(name, out var value) || value is null) return null;
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.String when value.AsValue() is var scalar && TryRead(scalar, out var text):
                if (text.ToLowerInvariant() is "true" or "1" or "yes" or "on") return true;
                if (text.ToLowerInvariant() is "false" or "0" or "no" or "off") return false;
                break;
        }

        Faults.Add(name, "must be true or false.");
        return null;
    }

    /// <summary>A whole number; null when it is absent.</summary>
    public long? Number(string name, long min, long max)
    {
        if (!_values.TryGetValue(name, out var value) || value is null) return null;
        if (value is JsonValue && long.TryParse(value.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max)
        {
            return number;
        }

        Faults.Add(name, $"must be a whole number from {min} to {max}.");
        return null;
    }

    /// <summary>A list of texts: an array, a field that comes several times, or one text with commas. Null when it is absent.</summary>
    public IReadOnlyList<string>? Texts(string name, int maxCount, int maxLength)
    {
        if (!_values.TryGetValue(name, out var value) || value is null) return null;
        var texts = new List<string>();
        foreach (var item in value is JsonArray array ? array : Split(value))
        {
            if (item is not JsonValue scalar || item.GetValueKind() != JsonValueKind.String || !TryRead(scalar, out var text)
                || text.Length > maxLength || TextRules.Fault(text, manyLines: false) is not null)
            {
                Faults.Add(name, $"must be a list of texts of at most {maxLength} characters.");
                return null;
            }

            if (text.Trim() is { Length: > 0 } trimmed && !texts.Contains(trimmed)) texts.Add(trimmed);
        }

        if (texts.Count <= maxCount) return texts;
        Faults.Add(name, $"must have at most {maxCount} entries.");
        return null;
    }

    /// <summary>A field as it came: any JSON, or of a form a text or a list of texts. Null when it is absent.</summary>
    public JsonNode? Node(string name) => _values.GetValueOrDefault(name);

    private static JsonArray Split(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String && TryRead(value.AsValue(), out var text)
            ? [.. text.Split(',').Select(part => (JsonNode)part)]
            : [value.DeepClone()];

    private static bool TryRead(JsonValue value, out string text)
    {
        try
        {
            text = value.GetValue<string>();
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape.
            text = "";
            return false;
        }
    }

    private void ReadJson(ReadOnlyMemory<byte> body)
    {
        if (JsonNode.Parse(body.Span, documentOptions: JsonOptions) is not JsonObject members)
            throw StudioProblem.Of(ProblemCode.MalformedBody, "The body must be a JSON object.").ToException();
        foreach (var (name, value) in members) _values[name] = value;
    }

    private void ReadForm(ReadOnlyMemory<byte> body)
    {
        foreach (var (name, values) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span))) Add(name, values);
    }

    private async Task ReadMultipartAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MaxBytes;
        var limits = new FormOptions { ValueCountLimit = 64, ValueLengthLimit = MaxBytes, MultipartBodyLengthLimit = MaxBytes, KeyLengthLimit = 256 };
        try
        {
            var form = await new FormFeature(http.Request, limits).ReadFormAsync(http.RequestAborted);
            foreach (var (name, values) in form) Add(name, values);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException
            && !http.RequestAborted.IsCancellationRequested)
        {
            throw new ProblemException(StudioProblem.Of(ProblemCode.MalformedBody, "The multipart form is damaged or cut short."), exception);
        }
    }

    private void Add(string name, Microsoft.Extensions.Primitives.StringValues values) =>
        _values[name] = values is [var single] ? JsonValue.Create(single) : new JsonArray([.. values.Select(value => (JsonNode?)JsonValue.Create(value))]);

    private static StudioProblem TooLarge() => StudioProblem.Of(ProblemCode.TooLarge, $"The body may have at most {MaxBytes:N0} bytes.");

    private static bool IsJson(MediaTypeHeaderValue? type) =>
        type is not null && (type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase) || type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase));

    private static bool IsForm(MediaTypeHeaderValue? type) =>
        type is not null && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
}
