using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using PhotoStudio.Api.Pipelines;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Documentation;

/// <summary>Request bodies of pipelines and batches, from the catalogue.</summary>
internal static class FlowBodies
{
    /// <summary>The body of a pipeline.</summary>
    public static OpenApiRequestBody OfPipeline(OpenApiDocument document)
    {
        var json = CallBodies.PictureMembers(InputSlot.Image);
        json[StepsReader.Field] = Steps();
        json[PipelineReader.KeepIntermediate.Name] = PipelineReader.KeepIntermediate.Schema();
        var form = new JsonObject
        {
            [InputSlot.Image.Name] = CallBodies.File(InputSlot.Image.Description),
            [StepsReader.Field] = CallBodies.Text("The steps as JSON text."),
            [PipelineReader.KeepIntermediate.Name] = PipelineReader.KeepIntermediate.Schema(),
        };
        var example = new JsonObject { ["image_url"] = "https://example.com/photo.jpg", [StepsReader.Field] = ExampleSteps() };
        return Body("The picture in any form, and what is done to it, in order.", form, json, example, document, StepsReader.Field);
    }

    /// <summary>The body of a batch.</summary>
    public static OpenApiRequestBody OfBatch(OpenApiDocument document)
    {
        JsonObject Operation() => new()
        {
            ["type"] = "string",
            ["description"] = "The operation that is run on every picture, with its parameters beside it or under `parameters`; or send `steps`.",
            ["enum"] = OperationNames(),
        };
        var json = new JsonObject
        {
            ["operation"] = Operation(),
            ["parameters"] = new JsonObject { ["type"] = "object", ["description"] = "The operation's parameters." },
            [StepsReader.Field] = Steps(),
            [PipelineReader.KeepIntermediate.Name] = PipelineReader.KeepIntermediate.Schema(),
            ["images"] = List(CallBodies.Text("Base64, a data URL or a URL.")),
            ["image_urls"] = List(CallBodies.Text("A URL, public or one of the studio's own.", "uri")),
            ["image_ids"] = List(CallBodies.Text("The id of one of your stored pictures.", "uuid")),
        };
        var form = new JsonObject
        {
            ["images"] = List(CallBodies.File("A picture.")),
            ["operation"] = Operation(),
            [StepsReader.Field] = CallBodies.Text("Instead of the operation: the steps as JSON text."),
            [PipelineReader.KeepIntermediate.Name] = PipelineReader.KeepIntermediate.Schema(),
        };
        var example = new JsonObject
        {
            ["operation"] = "resize",
            ["parameters"] = new JsonObject { ["width"] = 800 },
            ["image_urls"] = new JsonArray("https://example.com/one.jpg", "https://example.com/two.jpg"),
            ["image_ids"] = new JsonArray("0199f0aa-7bf0-7aa2-b3c4-5d1c8e9f0a21"),
        };
        return Body("The pictures in any form, and what is done to each.", form, json, example, document);
    }

    /// <summary>The states of a pipeline.</summary>
    public static JsonObject States() => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. Enum.GetValues<JobState>().Select(state => (JsonNode)state.WireName())]),
    };

    /// <summary>Steps that pass the studio's own checks.</summary>
    internal static JsonArray ExampleSteps() => new(
        new JsonObject { ["operation"] = "remove-background" },
        new JsonObject { ["operation"] = "resize", ["parameters"] = new JsonObject { ["width"] = 800 } });

    private static JsonObject Steps() => List(
        new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("operation"),
            ["properties"] = new JsonObject
            {
                ["operation"] = new JsonObject { ["type"] = "string", ["enum"] = OperationNames() },
                ["parameters"] = new JsonObject { ["type"] = "object", ["description"] = "The operation's parameters; they may stand beside it as well." },
            },
        },
        Flow.MaxSteps);

    private static JsonArray OperationNames() =>
        new([.. OperationCatalog.All.Where(operation => StepsReader.Unfit(operation) is null).Select(operation => (JsonNode)operation.Name)]);

    private static JsonObject List(JsonObject items, int? most = null)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = items, ["minItems"] = 1 };
        if (most is { } limit) list["maxItems"] = limit;
        return list;
    }

    private static OpenApiRequestBody Body(
        string description, JsonObject form, JsonObject json, JsonObject example, OpenApiDocument document, params string[] required) =>
        Fragments.Read<OpenApiRequestBody>(
            new JsonObject
            {
                ["description"] = description,
                ["required"] = true,
                ["content"] = new JsonObject
                {
                    ["multipart/form-data"] = new JsonObject { ["schema"] = CallBodies.Members(form, required) },
                    ["application/json"] = new JsonObject { ["schema"] = CallBodies.Members(json, required), ["example"] = example },
                },
            },
            document);
}
