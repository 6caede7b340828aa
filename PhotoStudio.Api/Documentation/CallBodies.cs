using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Documentation;

/// <summary>
/// Request bodies and query parameters of calls, from the catalogue: what an operation declares is what its documentation says.
/// </summary>
internal static class CallBodies
{
    private static readonly string[] RawTypes = ["image/png", "image/jpeg", "image/webp", "application/octet-stream"];

    /// <summary>The body of a call of one operation.</summary>
    public static OpenApiRequestBody Of(Operation operation, OpenApiDocument document)
    {
        var content = new JsonObject
        {
            ["multipart/form-data"] = new JsonObject { ["schema"] = Form(operation) },
            ["application/json"] = new JsonObject { ["schema"] = Json(operation), ["example"] = Example(operation) },
        };
        if (operation.Inputs.Count > 0)
        {
            foreach (var type in RawTypes)
                content[type] = new JsonObject { ["schema"] = File("The picture itself, with the parameters in the query.") };
        }

        return Fragments.Read<OpenApiRequestBody>(
            new JsonObject
            {
                ["description"] = operation.Inputs.Count > 0
                    ? "The picture in any form: a multipart part, the raw body, base64, a URL, or the id of a stored picture. Parameters come as form fields, JSON members or in the query."
                    : "Parameters as form fields, JSON members or in the query.",
                ["required"] = operation.Inputs.Any(slot => slot.Required),
                ["content"] = content,
            },
            document);
    }

    /// <summary>The body of a job: the operation's name beside a call of it.</summary>
    public static OpenApiRequestBody OfAnyJob(OpenApiDocument document)
    {
        JsonObject Type() => new()
        {
            ["type"] = "string",
            ["description"] = "The operation's name; underscores count as hyphens.",
            ["enum"] = new JsonArray([.. OperationCatalog.All.Select(operation => (JsonNode)operation.Name)]),
        };
        var described = OperationCatalog.All.Select(operation => (JsonNode)new JsonObject
        {
            ["type"] = "object",
            ["title"] = operation.Title,
            ["properties"] = ParameterSchemas(operation),
        });
        var json = PictureMembers(InputSlot.Image);
        json["job_type"] = Type();
        json["parameters"] = new JsonObject
        {
            ["description"] = "The operation's parameters; they may stand at the top as well.",
            ["anyOf"] = new JsonArray([.. described]),
        };
        var form = new JsonObject { ["job_type"] = Type(), [InputSlot.Image.Name] = File(InputSlot.Image.Description) };
        var sample = OperationCatalog.All[0];
        var example = new JsonObject { ["job_type"] = sample.Name };
        foreach (var (name, value) in Example(sample)) example[name] = value?.DeepClone();
        return Fragments.Read<OpenApiRequestBody>(
            new JsonObject
            {
                ["description"] = "The operation's name, its picture in any form, and its parameters.",
                ["required"] = true,
                ["content"] = new JsonObject
                {
                    ["multipart/form-data"] = new JsonObject { ["schema"] = Members(form, "job_type") },
                    ["application/json"] = new JsonObject { ["schema"] = Members(json, "job_type"), ["example"] = example },
                },
            },
            document);
    }

    /// <summary>The operation's parameters in the query.</summary>
    public static IEnumerable<IOpenApiParameter> Query(Operation operation, OpenApiDocument document) => operation.Parameters.Select(parameter =>
        Fragments.Read<OpenApiParameter>(
            new JsonObject
            {
                ["name"] = parameter.Name,
                ["in"] = "query",
                ["description"] = parameter.Description,
                ["schema"] = parameter.Schema(),
            },
            document));

    /// <summary>A JSON body that the operation accepts: a picture, and only those parameters it cannot do without.</summary>
    public static JsonObject Example(Operation operation)
    {
        var example = new JsonObject();
        foreach (var slot in ExampleInputs(operation)) example[$"{slot.Name}_url"] = $"https://example.com/{(slot.Required ? "photo.jpg" : $"{slot.Name}.png")}";
        foreach (var (name, value) in ExampleParameters(operation)) example[name] = value?.DeepClone();
        return example;
    }

    /// <summary>The fewest pictures that pass the operation's own checks beside the example's parameters.</summary>
    internal static IReadOnlyList<InputSlot> ExampleInputs(Operation operation)
    {
        var parameters = OperationParameters.FromJson(operation, ExampleParameters(operation).ToJsonString());
        List<InputSlot> chosen = [.. operation.Inputs.Where(slot => slot.Required)];
        foreach (var slot in operation.Inputs.Where(slot => !slot.Required))
        {
            var faults = new FaultList();
            operation.CheckInputs(parameters, [.. chosen.Select(taken => taken.Name)], faults);
            if (faults.Has(slot.Name)) chosen.Add(slot);
        }

        return chosen;
    }

    /// <summary>The fewest parameters that pass the operation's own checks.</summary>
    internal static JsonObject ExampleParameters(Operation operation)
    {
        var chosen = new JsonObject();
        for (var round = 0; round <= operation.Parameters.Count; round++)
        {
            var faults = new FaultList();
            using var json = JsonDocument.Parse(chosen.ToJsonString());
            var given = json.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value)));
            if (OperationParameters.Read(operation, given, faults) is not null) return chosen;

            var next = operation.Parameters.FirstOrDefault(parameter => faults.Has(parameter.Name) && !chosen.ContainsKey(parameter.Name));
            if (next is null) break;
            chosen[next.Name] = Sample(next.Schema());
        }

        return chosen;
    }

    private static JsonNode Sample(JsonObject schema)
    {
        if (schema["enum"] is JsonArray choices) return choices[0]!.DeepClone();
        if (schema["examples"] is JsonArray { Count: > 0 } examples) return examples[^1]!.DeepClone();
        double minimum = Number(schema["minimum"]) ?? 0, maximum = Number(schema["maximum"]) ?? 1;
        return schema["type"]?.GetValue<string>() switch
        {
            "integer" => JsonValue.Create((int)Math.Clamp(1024, minimum, maximum)),
            "number" => JsonValue.Create((minimum + maximum) / 2),
            "boolean" => JsonValue.Create(true),
            _ => JsonValue.Create("a lighthouse on a cliff at sunset"),
        };
    }

    // A node keeps the type it was made with, so a whole number cannot be read as a double directly.
    private static double? Number(JsonNode? node) => node is null ? null : double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);

    private static JsonObject Form(Operation operation)
    {
        var members = ParameterSchemas(operation);
        foreach (var slot in operation.Inputs) members.Insert(0, slot.Name, File(slot.Description));
        return Members(members, [.. operation.Parameters.Where(parameter => parameter.Required).Select(parameter => parameter.Name)]);
    }

    private static JsonObject Json(Operation operation)
    {
        var members = new JsonObject();
        foreach (var slot in operation.Inputs)
        {
            foreach (var (name, schema) in PictureMembers(slot)) members[name] = schema?.DeepClone();
        }

        foreach (var (name, schema) in ParameterSchemas(operation)) members[name] = schema?.DeepClone();
        return Members(members, [.. operation.Parameters.Where(parameter => parameter.Required).Select(parameter => parameter.Name)]);
    }

    internal static JsonObject PictureMembers(InputSlot slot) => new()
    {
        [slot.Name] = Text($"{slot.Description} Base64 or a data URL."),
        [$"{slot.Name}_url"] = Text("Instead: its URL, public or one of the studio's own.", "uri"),
        [$"{slot.Name}_id"] = Text("Instead: the id of one of your stored pictures.", "uuid"),
    };

    private static JsonObject ParameterSchemas(Operation operation)
    {
        var schemas = new JsonObject();
        foreach (var parameter in operation.Parameters) schemas[parameter.Name] = parameter.Schema();
        return schemas;
    }

    internal static JsonObject Members(JsonObject properties, params string[] required)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Length > 0) schema["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        return schema;
    }

    internal static JsonObject File(string description) => new()
    {
        ["type"] = "string",
        ["format"] = "binary",
        ["contentMediaType"] = "application/octet-stream",
        ["description"] = description,
    };

    internal static JsonObject Text(string description, string? format = null)
    {
        var schema = new JsonObject { ["type"] = "string", ["description"] = description };
        if (format is not null) schema["format"] = format;
        return schema;
    }
}
