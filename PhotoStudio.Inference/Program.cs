using PhotoStudio.Inference;
using PhotoStudio.ServiceDefaults;
using PhotoStudio.ServiceDefaults.Startup;

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
