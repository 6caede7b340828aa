using PhotoStudio.Backings;
using PhotoStudio.Core;
using PhotoStudio.ServiceDefaults;
using PhotoStudio.ServiceDefaults.Startup;
using PhotoStudio.Worker;

return await ServiceRun.RunAsync(
    () =>
    {
        var builder = ServiceBuilder.Create(args, defaultPort: 8020);
        builder.AddServiceDefaults();
        builder.AddStudioBackings();
        builder.RequireSharedBackings();
        builder.AddStudioWorker();

        var app = builder.Build();
        app.MapServiceDefaults();
        return app;
    },
    typeof(StorageException));
