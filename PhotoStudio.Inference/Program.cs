using PhotoStudio.Inference;
using PhotoStudio.Inference.Commands;
using PhotoStudio.ServiceDefaults;
using PhotoStudio.ServiceDefaults.Startup;

if (ModelsCommand.IsFor(args)) return await ModelsCommand.RunAsync(args);
return await ServiceRun.RunAsync(() =>
{
    var builder = ServiceBuilder.Create(args, InferenceService.DefaultPort);
    builder.AddServiceDefaults();
    builder.AddStudioInferenceService();

    var app = builder.Build();
    app.MapServiceDefaults();
    app.MapStudioInference();
    return app;
});
