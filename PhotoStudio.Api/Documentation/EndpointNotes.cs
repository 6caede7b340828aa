using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Documentation;

/// <summary>Adds to an endpoint's documentation what its <see cref="EndpointDocumentation"/> says.</summary>
internal sealed class EndpointNotes : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        foreach (var metadata in context.Description.ActionDescriptor.EndpointMetadata)
        {
            switch (metadata)
            {
                case CallBody { Operation: { } name }:
                    operation.RequestBody = CallBodies.Of(OperationCatalog.Get(name), document);
                    CallHeaders.AddTo(operation);
                    break;
                case CallBody:
                    operation.RequestBody = CallBodies.OfAnyJob(document);
                    CallHeaders.AddTo(operation);
                    break;
                case BodyNote note:
                    operation.RequestBody = note.Body(document);
                    CallHeaders.AddTo(operation);
                    break;
                case QueryNote query:
                    operation.Parameters ??= [];
                    operation.Parameters.Add(new OpenApiParameter
                    {
                        Name = query.Name,
                        In = ParameterLocation.Query,
                        Description = query.Description,
                        Schema = Fragments.Read<OpenApiSchema>(query.Schema(), document),
                    });
                    break;
                case AnswerExample example:
                    if (operation.Responses?.GetValueOrDefault($"{example.Status}")?.Content is not { } content) break;
                    foreach (var (type, body) in content)
                    {
                        if (body is OpenApiMediaType writable && (type.EndsWith("json", StringComparison.Ordinal) || type.StartsWith("text/", StringComparison.Ordinal)))
                            writable.Example = example.Example();
                    }

                    break;
            }
        }

        return Task.CompletedTask;
    }
}
