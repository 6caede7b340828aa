using Microsoft.OpenApi;

namespace PhotoStudio.Api.Documentation;

/// <summary>
/// The OpenAPI 3.1 document at <c>/openapi.json</c> (and <c>/openapi/v1.json</c>), and the pages that show it:
/// <c>/swagger/</c>, <c>/redoc/</c>, and <c>/docs</c>, which leads to the first. Everything they load comes from the studio itself.
/// </summary>
internal static class DocumentationServices
{
    private const string Document = "/openapi.json";

    // Nothing from elsewhere is loaded, whatever the pages' scripts ask for.
    private const string PagePolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:";

    public static void AddApiDocumentation(this IHostApplicationBuilder builder) => builder.Services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddOperationTransformer<EndpointNotes>();
        options.AddDocumentTransformer<OperationPaths>();
        options.AddDocumentTransformer<StudioDocument>();
    });

    /// <summary>The pages. They stand before authorization: reading the documentation needs no token.</summary>
    public static void UseApiDocumentation(this WebApplication app)
    {
        app.UseWhen(IsPage, pages => pages.Use(static (context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = PagePolicy;
            return next(context);
        }));
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "swagger";
            page.DocumentTitle = "PhotoStudio API";
            page.SwaggerEndpoint(Document, "PhotoStudio v1");
            page.DisplayRequestDuration();
        });
        app.UseReDoc(page =>
        {
            page.RoutePrefix = "redoc";
            page.DocumentTitle = "PhotoStudio API";
            page.SpecUrl = Document;
            page.IndexStream = RedocPage.Without(page.IndexStream);
        });
    }

    public static void MapApiDocumentation(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi(Document).AllowAnonymous();
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        routes.MapGet("/docs", static () => TypedResults.Redirect("/swagger/")).AllowAnonymous().ExcludeFromDescription();
    }

    private static bool IsPage(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments("/redoc", StringComparison.OrdinalIgnoreCase);
}
