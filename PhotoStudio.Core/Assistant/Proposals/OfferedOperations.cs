using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Core.Instructions;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Assistant.Proposals;

/// <summary>A catalogue as a language model is told of it, and the form of the answers that choose from it.</summary>
internal sealed class OfferedOperations
{
    private static readonly Lazy<OfferedOperations> All = new(() => new(OperationCatalog.All));
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private OfferedOperations(IReadOnlyList<Operation> operations)
    {
        var list = new StringBuilder();
        foreach (var operation in operations)
        {
            var slots = string.Join(", ", operation.Inputs.Select(slot => slot.Required ? $"{slot.Name}*" : slot.Name));
            list.Append(System.Globalization.CultureInfo.InvariantCulture, $"- {operation.Name} ({slots}): {operation.Description}\n  {Parameters(operation)}\n");
        }

        Text = ModelInstructions.Understand.With("operations", list.ToString().TrimEnd());
        Schema = SchemaOf(operations);
    }

    /// <summary>The instructions with the operations filled in.</summary>
    public string Text { get; }

    /// <summary>The answer's outer form; each operation's parameters are checked against its own schema when the answer is read.</summary>
    public JsonElement Schema { get; }

    /// <summary>What a request's catalogue is to a language model.</summary>
    public static OfferedOperations Of(IReadOnlyList<Operation> operations) => ReferenceEquals(operations, OperationCatalog.All) ? All.Value : new(operations);

    private static string Parameters(Operation operation)
    {
        var parameters = new JsonObject();
        foreach (var parameter in operation.Parameters)
        {
            var schema = parameter.Schema();
            schema.Remove("examples");
            if (parameter.Required) schema["required"] = true;
            parameters[parameter.Name] = schema;
        }

        return parameters.ToJsonString(Plain);
    }

    private static JsonElement SchemaOf(IReadOnlyList<Operation> operations)
    {
        static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];
        static JsonObject Text(bool nullable = true) => new() { ["type"] = nullable ? Names(["string", "null"]) : "string" };
        static JsonObject Shape(JsonObject properties) => new()
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = Names(properties.Select(property => property.Key)),
            ["additionalProperties"] = false,
        };
        var names = operations.Select(operation => operation.Name).ToList();
        var step = Shape(new()
        {
            ["operation"] = new JsonObject { ["type"] = "string", ["enum"] = Names(names) },
            ["parameters"] = new JsonObject { ["type"] = "object" },
            ["inputs"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = Text(nullable: false) },
            ["region"] = Text(),
            ["text"] = Text(),
        });
        var intents = names.Concat(["edit", Intents.Help, Intents.Smalltalk, Intents.Unclear]).Distinct(StringComparer.Ordinal);
        var plan = Shape(new()
        {
            ["intent"] = new JsonObject { ["type"] = "string", ["enum"] = Names(intents) },
            ["confidence"] = new JsonObject { ["type"] = "number", ["minimum"] = 0, ["maximum"] = 1 },
            ["language"] = new JsonObject { ["type"] = "string", ["enum"] = Names(AssistantTexts.Languages) },
            ["steps"] = new JsonObject { ["type"] = "array", ["maxItems"] = PlanDialogue.MostSteps, ["items"] = step },
            ["question"] = Text(),
            ["reply"] = Text(),
            ["selected"] = Text(),
        });
        using var json = JsonDocument.Parse(plan.ToJsonString());
        return json.RootElement.Clone();
    }
}
