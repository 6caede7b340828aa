using PhotoStudio.Api.Admin;
using PhotoStudio.Api.Admin.Models;
using PhotoStudio.Api.Admin.Styles;
using PhotoStudio.Api.Auth;
using PhotoStudio.Api.AiGateway;
using PhotoStudio.Api.BackgroundRemoval;
using PhotoStudio.Api.Batches;
using PhotoStudio.Api.Chat;
using PhotoStudio.Api.Cors;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Events;
using PhotoStudio.Api.FaceSwap;
using PhotoStudio.Api.Features;
using PhotoStudio.Api.Files;
using PhotoStudio.Api.Gallery;
using PhotoStudio.Api.Headers;
using PhotoStudio.Api.Health;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.ImageEnhancement;
using PhotoStudio.Api.ImageGeneration;
using PhotoStudio.Api.ImageProcessing;
using PhotoStudio.Api.Images;
using PhotoStudio.Api.Json;
using PhotoStudio.Api.Keys;
using PhotoStudio.Api.Moderation;
using PhotoStudio.Api.ObjectRemoval;
using PhotoStudio.Api.OpenAi.Models;
using PhotoStudio.Api.Operations;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Pipelines;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Prompts;
using PhotoStudio.Api.Processing;
using PhotoStudio.Api.RateLimits;
using PhotoStudio.Api.Restoration;
using PhotoStudio.Api.Styles;
using PhotoStudio.Api.StyleTransfer;
using PhotoStudio.Api.Submission;
using PhotoStudio.Api.Webhooks;
using PhotoStudio.Api.Welcome;

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
        builder.AddAccounts();
        builder.AddKeys();
        builder.AddPictureInput();
        builder.AddModeration();
        builder.AddSubmission();
        builder.AddOperations();
        builder.AddStyles();
        builder.AddProcessing();
        builder.AddImages();
        builder.AddGallery();
        builder.AddPipelines();
        builder.AddBatches();
        builder.AddFeatures();
        builder.AddRestoration();
        builder.AddImageGeneration();
        builder.AddChat();
        builder.AddAiGateway();
        builder.AddPrompts();
        builder.AddPromptIntents();
        builder.AddStudioCors();
        builder.AddHealthParts();
        builder.AddRateLimits();
        builder.AddOwnerEvents();
        builder.AddWebhooks();
        builder.AddAdministration();
        builder.AddModelAdministration();
        builder.AddOpenAiModels();
        builder.AddWelcome();
        builder.AddApiDocumentation();
        return builder;
    }

    /// <summary>Maps every endpoint. A path works with and without its trailing slash.</summary>
    public static WebApplication MapStudioApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseSecurityHeaders();
        app.UseStudioProblems();
        app.UseStudioCors();
        app.UseApiDocumentation();
        app.UseAuthentication();
        app.UseRateLimits();
        app.UseAuthorization();

        app.MapAccounts();
        app.MapKeys();
        app.MapOperationsEndpoints();
        app.MapStyles();
        app.MapStyleAdministration();
        app.MapProcessing();
        app.MapImages();
        app.MapGallery();
        app.MapPipelines();
        app.MapBatches();
        app.MapFeatures();
        app.MapImageGeneration();
        app.MapChat();
        app.MapAiGateway();
        app.MapPrompts();
        app.MapPromptIntents();
        app.MapBackgroundRemoval();
        app.MapImageProcessing();
        app.MapObjectRemoval();
        app.MapStyleTransfer();
        app.MapImageEnhancement();
        app.MapRestoration();
        app.MapFaceSwap();
        app.MapOwnerEvents();
        app.MapWebhooks();
        app.MapAdministration();
        app.MapModelAdministration();
        app.MapOpenAiModels();
        app.MapFiles();
        app.MapWelcome();
        app.MapApiDocumentation();
        return app;
    }
}
