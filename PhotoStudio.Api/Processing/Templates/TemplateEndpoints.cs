using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Json;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Templates;

namespace PhotoStudio.Api.Processing.Templates;

/// <summary>Templates of jobs: <c>/api/v1/processing/templates</c>.</summary>
internal static class TemplateEndpoints
{
    /// <summary>Where templates are.</summary>
    public const string Path = "/api/v1/processing/templates";

    public static void AddTemplates(this IHostApplicationBuilder builder) => builder.Services.AddJsonContext(TemplateResourceJson.Default);

    public static void MapTemplates(this IEndpointRouteBuilder routes)
    {
        var templates = routes.MapGroup(Path).WithTags("Templates");
        templates.MapGet("/", ListTemplates.HandleAsync)
            .WithName("ListTemplates")
            .WithSummary("The caller's templates, and the studio's own")
            .WithQuery("job_type", "Only templates of this operation.", () => new JsonObject { ["type"] = "string" })
            .WithQuery("own", "Only the caller's, or only the studio's.", () => new JsonObject { ["type"] = "boolean" })
            .WithPaging();
        templates.MapGet("/{id:guid}", ListTemplates.ShowAsync).WithName("ShowTemplate").WithSummary("A template");
        templates.MapPost("/", SaveTemplate.CreateAsync)
            .DisableAntiforgery()
            .WithName("CreateTemplate")
            .WithSummary("Keeps a template")
            .WithDescription("`parameters` are checked one by one; what a job requires beside them may come with the call that uses it.")
            .DocumentsBody(Body);
        foreach (var method in (string[])[HttpMethods.Put, HttpMethods.Patch])
        {
            templates.MapMethods("/{id:guid}", [method], SaveTemplate.UpdateAsync)
                .DisableAntiforgery()
                .WithName(method == HttpMethods.Put ? "PutTemplate" : "PatchTemplate")
                .WithSummary("Changes a template of the caller's; fields that are not given stay")
                .DocumentsBody(Body);
        }

        templates.MapDelete("/{id:guid}", SaveTemplate.DeleteAsync).WithName("DeleteTemplate").WithSummary("Deletes a template of the caller's");
        templates.MapPost("/{id:guid}/use", UseTemplate.HandleAsync)
            .AcceptsPictures(Math.Max(1, OperationCatalog.All.Max(operation => operation.Inputs.Count)))
            .DisableAntiforgery()
            .WithName("UseTemplate")
            .WithSummary("Submits the job of a template, with a picture and whatever else the call says")
            .DocumentsJob();
    }

    private static OpenApiRequestBody Body(OpenApiDocument document)
    {
        var properties = new JsonObject
        {
            ["name"] = new JsonObject { ["type"] = "string", ["maxLength"] = JobTemplate.MaxNameLength },
            ["description"] = new JsonObject { ["type"] = "string", ["maxLength"] = JobTemplate.MaxDescriptionLength },
            ["job_type"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. OperationCatalog.All.Select(operation => (JsonNode)operation.Name)]) },
            ["parameters"] = new JsonObject { ["type"] = "object", ["description"] = "Parameters of the operation, style_id, quality, background, size and output_format among them." },
        };
        var content = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object", ["properties"] = properties } } };
        return Fragments.Read<OpenApiRequestBody>(new JsonObject { ["description"] = "The template.", ["required"] = true, ["content"] = content }, document);
    }
}

/// <summary>The contracts of templates.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Envelope<TemplateResource>))]
[JsonSerializable(typeof(ListEnvelope<TemplateResource>))]
internal sealed partial class TemplateResourceJson : JsonSerializerContext;
