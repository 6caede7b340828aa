using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using PhotoStudio.Inference;
using PhotoStudio.ServiceDefaults;
using PhotoStudio.ServiceDefaults.Startup;

return await ServiceRun.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
    builder.Configuration.AddCommandLine(args, new Dictionary<string, string>(StringComparer.Ordinal) { ["--port"] = "Studio:Port" });
    builder.AddServiceDefaults();
    builder.AddStudioInferenceService();
    if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
        builder.WebHost.UseUrls($"http://localhost:{builder.Configuration.GetValue("Studio:Port", InferenceService.DefaultPort)}");

    var app = builder.Build();
    app.MapServiceDefaults();
    app.MapStudioInference();
    return app;
});
