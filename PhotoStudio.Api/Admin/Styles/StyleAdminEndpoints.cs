using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Admin.Styles;

/// <summary>The styles for administrators: <c>/api/v1/admin/styles</c>.</summary>
internal static class StyleAdminEndpoints
{
    public static void MapStyleAdministration(this IEndpointRouteBuilder routes)
    {
        var styles = routes.MapGroup("/api/v1/admin/styles").WithTags("Admin").RequireAdmin();
        styles.MapGet("/", ListAllStyles.HandleAsync)
            .WithName("ListAllStyles")
            .WithSummary("Every style, retired ones too")
            .WithQuery("category", "Only styles of this category, by its slug or id.", () => new JsonObject { ["type"] = "string" })
            .WithQuery("search", "Words of the name, the description or the category.", () => new JsonObject { ["type"] = "string" })
            .WithQuery("premium", "Only styles that take a premium account, or only others.", () => new JsonObject { ["type"] = "boolean" })
            .WithQuery("retired", "Only retired styles, or only others.", () => new JsonObject { ["type"] = "boolean" })
            .WithPaging();
        styles.MapPost("/", SaveStyle.CreateAsync)
            .DisableAntiforgery()
            .WithName("CreateStyle")
            .WithSummary("Adds a style")
            .DocumentsBody(Body);
        foreach (var method in (string[])[HttpMethods.Put, HttpMethods.Patch])
        {
            styles.MapMethods("/{id:guid}", [method], SaveStyle.UpdateAsync)
                .DisableAntiforgery()
                .WithName(method == HttpMethods.Put ? "PutStyle" : "PatchStyle")
                .WithSummary("Changes a style")
                .WithDescription("Fields that are not given stay as they are. From then on new versions of the studio leave the style alone. `If-Match` with the entity tag of the detail refuses what has changed since (412).")
                .DocumentsBody(Body);
        }

        styles.MapPost("/{id:guid}/retire", RetireStyle.RetireAsync)
            .DisableAntiforgery()
            .WithName("RetireStyle")
            .WithSummary("Retires a style: no list shows it and no job takes it, and what was made with it still shows it");
        styles.MapPost("/{id:guid}/restore", RetireStyle.RestoreAsync).DisableAntiforgery().WithName("RestoreStyle").WithSummary("Takes a retirement back");
    }

    private static OpenApiRequestBody Body(OpenApiDocument document)
    {
        static JsonObject Text(string description, int maxLength) => new() { ["type"] = "string", ["description"] = description, ["maxLength"] = maxLength };
        static JsonObject Choice(params string[] values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };
        static JsonObject Flag(string description) => new() { ["type"] = "boolean", ["description"] = description };
        var properties = new JsonObject
        {
            ["name"] = Text("What people call it.", Style.MaxNameLength),
            ["slug"] = Text("Its name in URLs; made from the name when left out.", Style.MaxNameLength),
            ["description"] = Text("What it looks like.", Style.MaxDescriptionLength),
            ["category"] = Text("The slug or the id of its category.", Style.MaxNameLength),
            ["prompt_template"] = Text("With {original_prompt}, once, and {style_name}.", PromptTemplate.MaxLength),
            ["default_quality"] = Choice("auto", "low", "medium", "high"),
            ["default_background"] = Choice("auto", "transparent", "opaque"),
            ["default_output_format"] = Choice([.. OutputParameters.Format.Choices]),
            ["supports_transparency"] = Flag("Whether it goes with a transparent background."),
            ["is_premium"] = Flag("Whether it takes a premium account."),
            ["position"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = SaveStyle.LastPosition },
            ["parameters"] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = "What it is painted with: parameters of style-transfer.",
                ["properties"] = new JsonObject([.. StyleEngine.Names.Select(name => KeyValuePair.Create(name, (JsonNode?)OperationCatalog.Get("style-transfer").FindParameter(name)!.Schema()))]),
            },
        };
        var content = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object", ["properties"] = properties } } };
        return Fragments.Read<OpenApiRequestBody>(new JsonObject { ["description"] = "The style.", ["required"] = true, ["content"] = content }, document);
    }
}
