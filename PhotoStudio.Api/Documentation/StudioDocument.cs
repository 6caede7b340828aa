using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PhotoStudio.Api.Problems;

namespace PhotoStudio.Api.Documentation;

/// <summary>What the whole document says: title, tags, how to identify oneself, and the problems every endpoint can answer with.</summary>
internal sealed class StudioDocument : IOpenApiDocumentTransformer
{
    private const string Bearer = "token";
    private const string ApiKey = "api_key";
    private const string Problem = "Problem";

    private static readonly (string Name, string Description)[] Tags =
    [
        ("Operations", "Everything the studio can do to a picture, one path each."),
        ("Jobs", "Calls that go on without the caller: submit, follow, call off."),
        ("Results", "What jobs made."),
        ("Pipelines", "Several operations in a row on one picture."),
        ("Batches", "One operation, or several in a row, over many pictures."),
        ("Images", "The caller's own pictures: upload, find, describe, download."),
        ("Gallery", "Everything that was made or added, with how it came to be."),
        ("Features", "Single features with fixed paths and JSON answers."),
        ("Accounts", "Registering, signing in, and one's own account."),
        ("Keys", "Keys for programs."),
        ("Files", "Stored bytes, by signed URLs."),
        ("Administration", "For administrators."),
        ("Service", "The studio itself."),
    ];

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "PhotoStudio",
            Version = "v1",
            Description = "An AI photo studio as a service. Errors are RFC 9457 problem details with a stable `code`; validation reports every fault at once under `errors`.",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Tags = new HashSet<OpenApiTag>(Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));

        var components = document.Components ??= new OpenApiComponents();
        components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "`Authorization: Bearer <token>`; `Token <token>` is read too.",
            },
            [ApiKey] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key" },
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiKey, document)] = [] },
            // No scheme at all: a guest, where guests are admitted.
            new OpenApiSecurityRequirement(),
        ];

        components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        components.Schemas.TryAdd(nameof(ProblemBody), await context.GetOrCreateSchemaAsync(typeof(ProblemBody), null, cancellationToken));
        components.Responses ??= new Dictionary<string, IOpenApiResponse>(StringComparer.Ordinal);
        components.Responses[Problem] = new OpenApiResponse
        {
            Description = "What went wrong (RFC 9457).",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [StudioProblem.ContentType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(nameof(ProblemBody), document),
                    Example = Examples.Problem(),
                },
            },
        };

        var open = OpenEndpoints(context);
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                // One endpoint that answers GET and HEAD has one name; in the document every method needs its own.
                if (method == HttpMethod.Head) operation.OperationId += "Head";
                if (open.Contains((path, method.Method))) operation.Security = [];
                operation.Responses ??= [];
                foreach (var status in ProblemsOf(path, operation)) operation.Responses.TryAdd(status, new OpenApiResponseReference(Problem, document));
            }
        }
    }

    private static IEnumerable<string> ProblemsOf(string path, OpenApiOperation operation)
    {
        if (operation.Security is not { Count: 0 }) yield return "401";
        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Query) == true || operation.RequestBody is not null) yield return "400";
        if (path.Contains('{', StringComparison.Ordinal)) yield return "404";
        if (operation.RequestBody is not null)
        {
            foreach (var status in (string[])["409", "413", "415", "422", "429", "503"]) yield return status;
        }

        yield return "default";
    }

    private static HashSet<(string Path, string Method)> OpenEndpoints(OpenApiDocumentTransformerContext context) =>
    [
        .. context.DescriptionGroups
            .SelectMany(group => group.Items)
            .Where(item => item.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
            .Select(item => ($"/{item.RelativePath?.TrimEnd('/')}", item.HttpMethod ?? "GET")),
    ];
}
