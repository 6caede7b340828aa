using System.Runtime.InteropServices;
using System.Text.Json;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Pictures;

/// <summary>Sorts a request's fields into pictures and values as they are read.</summary>
/// <param name="limits">What may be uploaded.</param>
/// <param name="expectedPictures">The most pictures.</param>
/// <param name="eachForItself">Whether a picture that is too large is kept as a problem.</param>
internal sealed class FieldCollector(UploadOptions limits, int expectedPictures, bool eachForItself)
{
    private const int MaxUrlLength = 4096;

    private readonly List<KeyValuePair<string, RawValue>> _values = [];
    private readonly List<SentPicture> _pictures = [];

    public FaultList Faults { get; } = new();

    public RequestContent ToContent() => new(_values, _pictures, Faults);

    public void AddFile(string name, string slot, ReadOnlyMemory<byte> file, string? fileName = null)
    {
        if (file.Length > limits.MaxBytes) AddTooLarge(name, slot, fileName);
        else Add(new SentPicture(name, slot, PictureForm.Content, file, null) { FileName = fileName });
    }

    /// <summary>A picture with more bytes than are accepted.</summary>
    /// <exception cref="ProblemException">Pictures do not stand each for itself.</exception>
    public void AddTooLarge(string name, string slot, string? fileName = null)
    {
        var problem = CappedReader.PictureTooLarge(name, limits.MaxBytes);
        if (!eachForItself) throw problem.ToException();
        Add(new SentPicture(name, slot, PictureForm.Content, default, null) { FileName = fileName, Problem = problem });
    }

    public void AddText(string name, string text)
    {
        if (PictureFields.Find(name) is not { } field) Add(name, RawValue.FromText(text));
        else if (!string.IsNullOrWhiteSpace(text)) AddPictureText(field, text.Trim());
    }

    public void AddJson(string name, JsonElement value)
    {
        if (PictureFields.Find(name) is not { } field)
        {
            Add(name, RawValue.FromJson(value));
            return;
        }

        if (value.ValueKind == JsonValueKind.Null) return;
        if (field.Many && value.ValueKind == JsonValueKind.Array)
        {
            foreach (var one in value.EnumerateArray()) AddPictureJson(field, one);
        }
        else
        {
            AddPictureJson(field, value);
        }
    }

    private void AddPictureJson(PictureField field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) Faults.Add(field.Name, field.Many ? "must be texts." : "must be text.");
        else if (JsonMarshal.GetRawUtf8Value(value).Length > UploadOptions.MaxFieldBytes) AddLongText(field, Base64Pictures.Decode(value));
        else AddPictureText(field, value.GetString()!.Trim());
    }

    private void AddPictureText(PictureField field, string text)
    {
        var isUrl = field.Form == PictureForm.Url || (field.Form == PictureForm.Content && Base64Pictures.IsWebUrl(text));
        if (!isUrl && field.Form != PictureForm.Id)
        {
            // In a form, a '+' that was not escaped arrives as a space.
            AddLongText(field, Base64Pictures.Decode(text.Replace(' ', '+')));
            return;
        }

        if (text.Length is 0 or > MaxUrlLength) Faults.Add(field.Name, $"must have 1 to {MaxUrlLength} characters.");
        else Add(new SentPicture(field.Name, field.Slot, isUrl ? PictureForm.Url : PictureForm.Id, default, text));
    }

    private void AddLongText(PictureField field, byte[]? file)
    {
        if (field.Form is PictureForm.Url or PictureForm.Id)
        {
            Faults.Add(field.Name, $"must have 1 to {MaxUrlLength} characters.");
            return;
        }

        if (file?.Length > limits.MaxBytes) AddTooLarge(field.Name, field.Slot);
        else if (file is null) Faults.Add(field.Name, "must be base64 or a data URL with base64.");
        else Add(new SentPicture(field.Name, field.Slot, PictureForm.Base64, file, null));
    }

    private void Add(string name, RawValue value)
    {
        RequireRoom(_values.Count, "fields");
        _values.Add(KeyValuePair.Create(name, value));
    }

    private void Add(SentPicture picture)
    {
        RequireRoom(_pictures.Count, "pictures", expectedPictures);
        _pictures.Add(picture);
    }

    private static void RequireRoom(int count, string what, int expected = 0)
    {
        var most = Math.Max(UploadOptions.MaxFields, expected);
        if (count < most) return;
        throw StudioProblem.Of(ProblemCode.MalformedBody, $"The request has more than {most} {what}.").ToException();
    }
}
