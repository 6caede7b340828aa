using System.Collections.Frozen;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Pictures;

/// <summary>
/// The wire names under which pictures come in. For a slot <c>source</c>: <c>source</c> and <c>source_image</c> (a file, base64 or
/// a data URL), <c>source_base64</c>, <c>source_url</c>, <c>source_id</c>, and the last three with <c>source_image_</c> as well.
/// The slot <c>image</c> is also <c>file</c>; a slot whose name ends in <c>_image</c> gets no second one. Where several pictures come
/// at once they may stand together in <c>images</c>, <c>files</c>, <c>image_urls</c> and <c>image_ids</c> (JSON arrays, or fields that
/// are repeated; with <c>[]</c> as some clients write).
/// </summary>
public static class PictureFields
{
    /// <summary>The slot of a raw body: whatever picture the operation takes first.</summary>
    public const string AnySlot = "image";

    private static readonly FrozenDictionary<string, PictureField> ByName = OperationCatalog.All
        .SelectMany(operation => operation.Inputs)
        .Select(slot => slot.Name)
        .Concat([AnySlot, "source", "target", "mask"])
        .Distinct(StringComparer.Ordinal)
        .SelectMany(NamesOf)
        .ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);

    /// <summary>The field of this name; null when it is no picture's.</summary>
    public static PictureField? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The fields that can carry the picture of a slot.</summary>
    public static IEnumerable<PictureField> Of(string slot) => ByName.Values.Where(field => field.Slot == slot);

    private static IEnumerable<PictureField> NamesOf(string slot)
    {
        string[] stems = slot == AnySlot || slot.EndsWith("_image", StringComparison.Ordinal) ? [slot] : [slot, slot + "_image"];
        foreach (var stem in stems)
        {
            yield return new PictureField(stem, slot, PictureForm.Content);
            yield return new PictureField(stem + "_base64", slot, PictureForm.Base64);
            yield return new PictureField(stem + "_url", slot, PictureForm.Url);
            yield return new PictureField(stem + "_id", slot, PictureForm.Id);
        }

        if (slot != AnySlot) yield break;
        yield return new PictureField("file", slot, PictureForm.Content);
        foreach (var many in (string[])["images", "images[]", "image[]", "files", "files[]"])
            yield return new PictureField(many, slot, PictureForm.Content, Many: true);
        foreach (var many in (string[])["image_urls", "image_urls[]"]) yield return new PictureField(many, slot, PictureForm.Url, Many: true);
        foreach (var many in (string[])["image_ids", "image_ids[]"]) yield return new PictureField(many, slot, PictureForm.Id, Many: true);
    }
}

/// <summary>A field that carries a picture.</summary>
/// <param name="Name">Its wire name.</param>
/// <param name="Slot">The input slot it is for.</param>
/// <param name="Form">What it holds.</param>
/// <param name="Many">Whether a JSON array of them is accepted.</param>
public sealed record PictureField(string Name, string Slot, PictureForm Form, bool Many = false);

/// <summary>The forms in which a picture comes in.</summary>
public enum PictureForm
{
    /// <summary>The file itself; in a text field base64, a data URL or an http(s) URL.</summary>
    Content,

    /// <summary>Base64, plain or as a data URL.</summary>
    Base64,

    /// <summary>An http(s) URL, or one of our own signed URLs.</summary>
    Url,

    /// <summary>The id of one of the caller's own pictures.</summary>
    Id,
}
