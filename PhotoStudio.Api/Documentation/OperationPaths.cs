using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Documentation;

/// <summary>
/// Gives every operation of the catalogue a path of its own, with its parameters, in place of the one route
/// <c>/api/v1/operations/{name}</c> that serves them all.
/// </summary>
internal sealed class OperationPaths : IOpenApiDocumentTransformer
{
    private const string Route = "/api/v1/operations/{name}";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Paths ??= [];
        if (document.Paths.TryGetValue(Route, out var route) && route.Operations is { } methods)
        {
            methods.Remove(HttpMethod.Post);
            if (methods.Count == 0) document.Paths.Remove(Route);
        }

        foreach (var operation in OperationCatalog.All)
        {
            document.Paths[$"/api/v1/operations/{operation.Name}"] = new OpenApiPathItem
            {
                Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Post] = Describe(operation, document) },
            };
        }

        return Task.CompletedTask;
    }

    private static OpenApiOperation Describe(Operation operation, OpenApiDocument document)
    {
        var described = new OpenApiOperation
        {
            OperationId = $"Run{operation.Title.Replace(" ", "", StringComparison.Ordinal)}",
            Summary = operation.Title,
            Description = $"{operation.Description}\n\nAnswers the picture for `Accept: image/*` or `*/*`, the job as JSON for `Accept: application/json`.",
            Tags = new HashSet<OpenApiTagReference> { new("Operations", document) },
            Parameters = [.. CallBodies.Query(operation, document)],
            RequestBody = CallBodies.Of(operation, document),
            Responses = new OpenApiResponses
            {
                ["200"] = Done(operation, document),
                ["202"] = Accepted(document),
            },
        };
        CallHeaders.AddTo(described);
        return described;
    }

    private static OpenApiResponse Done(Operation operation, OpenApiDocument document)
    {
        var content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal);
        if (operation.Output == OperationOutput.Picture)
        {
            foreach (var type in (string[])["image/png", "image/jpeg", "image/webp", "image/avif", "image/tiff", "image/gif"])
                content[type] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
        }

        content["application/json"] = Job(document, Examples.CompletedJob());
        return new OpenApiResponse
        {
            Description = "Done.",
            Content = content,
            Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
            {
                [OperationCalls.JobHeader] = Header("The job's id."),
                [PictureAnswer.EngineHeader] = Header("The engine that ran it, with its version."),
                [PictureAnswer.SeedHeader] = Header("The seed, where the engine draws random numbers."),
            },
        };
    }

    private static OpenApiResponse Accepted(OpenApiDocument document) => new()
    {
        Description = "Accepted: the job goes on. Follow `events_url` or ask at `Location`.",
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = Job(document, Examples.PendingJob()) },
        Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
        {
            ["Location"] = Header("Where the job is."),
            [OperationCalls.JobHeader] = Header("The job's id."),
        },
    };

    private static OpenApiMediaType Job(OpenApiDocument document, System.Text.Json.Nodes.JsonNode example) =>
        new() { Schema = new OpenApiSchemaReference(nameof(JobResource), document), Example = example };

    private static OpenApiHeader Header(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
