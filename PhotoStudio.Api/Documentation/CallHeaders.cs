using Microsoft.OpenApi;

namespace PhotoStudio.Api.Documentation;

/// <summary>The request headers of every call.</summary>
internal static class CallHeaders
{
    public static void AddTo(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "Prefer",
            In = ParameterLocation.Header,
            Description = "`respond-async` answers 202 at once; `wait=n` answers 202 after n seconds unless the result is there earlier (RFC 7240).",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "Idempotency-Key",
            In = ParameterLocation.Header,
            Description = "A name of your own for this request. Sent again with the same content within 24 hours, it answers with the same job; with other content it is a 422.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Core.Jobs.IdempotencyKey.MaxLength },
        });
    }
}
