using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Documentation;

/// <summary>Request bodies of pictures and of the gallery.</summary>
internal static class ImageBodies
{
    /// <summary>The body of an upload.</summary>
    public static OpenApiRequestBody Upload(OpenApiDocument document)
    {
        var form = Described();
        form[InputSlot.Image.Name] = CallBodies.File("The picture.");
        var json = CallBodies.PictureMembers(InputSlot.Image);
        foreach (var (name, schema) in Described()) json[name] = schema?.DeepClone();
        return Body("The picture with what is said about it.", document, required: true, form, json);
    }

    /// <summary>What may be changed about a picture.</summary>
    public static OpenApiRequestBody Edit(OpenApiDocument document)
    {
        var fields = Described();
        fields["is_favorite"] = new JsonObject { ["type"] = "boolean" };
        fields["rating"] = Rate();
        return Body("Fields that are not given stay as they are.", document, required: true, form: null, fields);
    }

    /// <summary>An entry of the gallery.</summary>
    public static OpenApiRequestBody Entry(OpenApiDocument document, bool withPicture)
    {
        var json = withPicture ? CallBodies.PictureMembers(InputSlot.Image) : [];
        foreach (var (name, schema) in Described()) json[name] = schema?.DeepClone();
        json["prompt"] = Text("The prompt as it was given.", ImageLimits.MaxPromptLength);
        json["refined_prompt"] = Text("The prompt that was used.", 2 * ImageLimits.MaxPromptLength);
        json["intent"] = Text("What was wanted.", ImageLimits.MaxNameLength);
        json["style"] = Text("The style.", ImageLimits.MaxNameLength);
        json["task_id"] = Text("The task it came from.", ImageLimits.MaxNameLength);
        json["settings"] = new JsonObject { ["type"] = "object", ["description"] = "What is to be kept with it; `metadata` means the same." };
        json["is_favorite"] = new JsonObject { ["type"] = "boolean" };
        return Body(withPicture ? "The picture in any form, and how it came to be." : "Fields that are not given stay as they are.", document, required: true, form: null, json);
    }

    /// <summary>Whether a thing is a favourite.</summary>
    public static OpenApiRequestBody Favorite(OpenApiDocument document) => Body(
        "Without a body it toggles.", document, required: false, form: null, new JsonObject { ["is_favorite"] = new JsonObject { ["type"] = "boolean" } });

    /// <summary>A rating.</summary>
    public static OpenApiRequestBody Rating(OpenApiDocument document) => Body(
        "The rating.",
        document,
        required: true,
        form: null,
        new JsonObject { ["rating"] = Rate(), ["comment"] = Text("Why.", ImageLimits.MaxCommentLength) });

    /// <summary>Tags to add.</summary>
    public static OpenApiRequestBody Tags(OpenApiDocument document) =>
        Body("The tags.", document, required: true, form: null, new JsonObject { ["tags"] = TagList() });

    /// <summary>A person's decision about a picture.</summary>
    public static OpenApiRequestBody Decision(OpenApiDocument document) => Body(
        "The decision.",
        document,
        required: true,
        form: null,
        new JsonObject
        {
            ["status"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("approved", "rejected") },
            ["note"] = Text("Why; the owner sees it.", 500),
        });

    private static JsonObject Described() => new()
    {
        ["title"] = Text("What you call it; the file's name when left out.", ImageLimits.MaxTitleLength),
        ["description"] = Text("What you say about it.", ImageLimits.MaxDescriptionLength),
        ["tags"] = TagList(),
        ["is_public"] = new JsonObject { ["type"] = "boolean", ["description"] = "Whether everybody may see it.", ["default"] = false },
    };

    private static JsonObject Rate() => new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 5 };

    private static JsonObject Text(string description, int maxLength) => new() { ["type"] = "string", ["description"] = description, ["maxLength"] = maxLength };

    private static JsonObject TagList() => new()
    {
        ["type"] = "array",
        ["description"] = "Names of tags; text with commas between them is read too.",
        ["maxItems"] = ImageTag.MaxPerImage,
        ["items"] = new JsonObject { ["type"] = "string", ["maxLength"] = ImageTag.MaxLength },
    };

    private static OpenApiRequestBody Body(string description, OpenApiDocument document, bool required, JsonObject? form, JsonObject json)
    {
        var content = new JsonObject
        {
            ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object", ["properties"] = json } },
        };
        if (form is not null) content["multipart/form-data"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object", ["properties"] = form } };
        return Fragments.Read<OpenApiRequestBody>(
            new JsonObject { ["description"] = description, ["required"] = required, ["content"] = content }, document);
    }
}
