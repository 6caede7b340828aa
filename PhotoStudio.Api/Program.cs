using PhotoStudio.Api;
using PhotoStudio.Backings;
using PhotoStudio.Core;
using PhotoStudio.ServiceDefaults;
using PhotoStudio.ServiceDefaults.Startup;

if (MigrationStep.IsFor(args)) return await MigrationStep.RunAsync(args);
return await ServiceRun.RunAsync(
    () =>
    {
        var builder = ServiceBuilder.Create(args, defaultPort: 8000);
        builder.AddServiceDefaults();
        builder.AddStudioBackings();
        builder.RequireSharedBackings();
        builder.AddStudioApi();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapStudioApi();
        return app;
    },
    typeof(StorageException));
