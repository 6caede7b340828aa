using System.Globalization;
using System.Text;
using System.Text.Json;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Images;

/// <summary>
/// Reads what an owner says about a picture from a form, a query or JSON alike. A field that is not there changes nothing; one that is
/// empty or null takes back what was said.
/// </summary>
internal sealed class FieldReader(RequestContent content)
{
    /// <summary>What was wrong.</summary>
    public FaultList Faults => content.Faults;

    /// <summary>A text.</summary>
    public Given<string> Text(string name, int maxLength, bool lines = false)
    {
        if (Find(name) is not { } value) return default;
        if (value.IsAbsent) return new(true, null);
        if (value.Json is { ValueKind: not JsonValueKind.String })
        {
            Faults.Add(name, "must be text.");
            return default;
        }

        var text = FileNames.Visible(content.Text(name)!, lines).Trim();
        if (text.Length <= maxLength) return new(true, text.Length == 0 ? null : text);
        Faults.Add(name, $"must have at most {maxLength.ToString("N0", CultureInfo.InvariantCulture)} characters.");
        return default;
    }

    /// <summary>true or false.</summary>
    public Given<bool?> Flag(string name)
    {
        if (Find(name) is not { IsAbsent: false } value) return default;
        bool? flag = value.Json is { } json
            ? json.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => Flag(content.Text(name)!) }
            : FlagOf(value.Text!);
        if (flag is not null) return new(true, flag);
        Faults.Add(name, "must be true or false.");
        return default;

        static bool? Flag(string text) => FlagOf(text);
    }

    /// <summary>A whole number.</summary>
    public Given<int?> Number(string name, int min, int max)
    {
        if (Find(name) is not { } value) return default;
        if (value.IsAbsent) return new(true, null);
        if (int.TryParse(content.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return new(true, number);
        Faults.Add(name, $"must be a whole number from {min} to {max}.");
        return default;
    }

    /// <summary>A JSON object, as its text.</summary>
    public Given<string> Object(string name)
    {
        if (Find(name) is not { } value) return default;
        if (value.IsAbsent) return new(true, null);
        try
        {
            var json = value.Json ?? JsonSerializer.Deserialize(value.Text!, FieldJson.Default.JsonElement);
            if (json.ValueKind != JsonValueKind.Object) Faults.Add(name, "must be an object.");
            else if (Encoding.UTF8.GetByteCount(json.GetRawText()) > ImageLimits.MaxSettingsLength) Faults.Add(name, $"must have at most {ImageLimits.MaxSettingsLength:N0} bytes.");
            else return new(true, JsonSerializer.Serialize(json, FieldJson.Default.JsonElement));
        }
        catch (JsonException)
        {
            Faults.Add(name, "must be a JSON object.");
        }

        return default;
    }

    /// <summary>Tags: a JSON array of names, or text with commas between them; a form may repeat the field.</summary>
    public Given<IReadOnlyList<ImageTag>> Tags(string name)
    {
        var names = new List<string>();
        var given = false;
        foreach (var (_, value) in content.Values.Where(field => field.Key == name || field.Key == name + "[]"))
        {
            given = true;
            if (value.IsAbsent) continue;
            if (!TryReadNames(value, names))
            {
                Faults.Add(name, "must be a list of names.");
                return default;
            }
        }

        if (!given) return default;
        var tags = new List<ImageTag>();
        foreach (var text in names.Select(text => FileNames.Visible(text, keepLines: false).Trim()).Where(text => text.Length > 0))
        {
            if (text.Length > ImageTag.MaxLength) Faults.Add(name, $"a tag may have at most {ImageTag.MaxLength} characters.");
            else if (ImageTag.Named(text) is { } tag) tags.Add(tag);
            else Faults.Add(name, "a tag needs at least one letter or digit.");
        }

        tags = [.. tags.DistinctBy(tag => tag.Slug, StringComparer.Ordinal)];
        if (tags.Count > ImageTag.MaxPerImage) Faults.Add(name, $"a picture may have at most {ImageTag.MaxPerImage} tags.");
        return new(true, tags);
    }

    private RawValue? Find(string name)
    {
        for (var i = content.Values.Count - 1; i >= 0; i--)
        {
            if (content.Values[i].Key == name) return content.Values[i].Value;
        }

        return null;
    }

    private static bool? FlagOf(string text) => text.Trim().ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => null,
    };

    private static bool TryReadNames(RawValue value, List<string> names)
    {
        if (value.Json is { } json) return TryReadNames(json, names);
        var text = value.Text!.Trim();
        if (!text.StartsWith('['))
        {
            names.AddRange(text.Split(','));
            return true;
        }

        try
        {
            return TryReadNames(JsonSerializer.Deserialize(text, FieldJson.Default.JsonElement), names);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryReadNames(JsonElement json, List<string> names)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                names.AddRange(json.GetString()!.Split(','));
                return true;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    // What a detail shows may be sent back as it is.
                    if (item.ValueKind == JsonValueKind.String) names.Add(item.GetString()!);
                    else if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
                        names.Add(name.GetString()!);
                    else return false;
                }

                return true;
            default:
                return false;
        }
    }
}

/// <summary>A field's value, or that it was not given.</summary>
/// <param name="IsGiven">Whether the field was there.</param>
/// <param name="Value">What it held; null when it was empty.</param>
internal readonly record struct Given<T>(bool IsGiven, T? Value)
{
    /// <summary>The given value, or what it was before.</summary>
    public T? Or(T? before) => IsGiven ? Value : before;
}

/// <summary>JSON within fields.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(JsonElement))]
internal sealed partial class FieldJson : System.Text.Json.Serialization.JsonSerializerContext;
