using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Json;
using PhotoStudio.Api.Operations;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api;

/// <summary>
/// The REST service in one pair of calls. The host registers the ports' adapters (stores, blobs, bell, events, inference).
/// </summary>
public static class ApiServices
{
    /// <summary>Registers what the endpoints need.</summary>
    public static TBuilder AddStudioApi<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddValidation();
        builder.Services.AddStudioJson();
        builder.Services.AddStudioProblems();
        builder.AddStudioIdentity();
        builder.AddPictureInput();
        builder.AddSubmission();
        builder.AddOperations();
        return builder;
    }

    /// <summary>Maps every endpoint. A path works with and without its trailing slash.</summary>
    public static WebApplication MapStudioApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseStudioProblems();
        app.UseAuthentication();
        app.UseAuthorization();

        app.MapOperationsEndpoints();
        return app;
    }
}
