using PhotoStudio.Core;
using PhotoStudio.ServiceDefaults.Startup;
using PhotoStudio.Standalone;

return await ServiceRun.RunAsync(() => StandaloneStudio.Build(args), typeof(StorageException));
