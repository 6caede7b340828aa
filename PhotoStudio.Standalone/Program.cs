using PhotoStudio.Core;
using PhotoStudio.ServiceDefaults.Startup;
using PhotoStudio.Standalone;
using PhotoStudio.Standalone.Commands;

if (AdminCommand.IsFor(args)) return await AdminCommand.RunAsync(args, Console.Out, Console.Error);
return await ServiceRun.RunAsync(() => StandaloneStudio.Build(args), typeof(StorageException));
