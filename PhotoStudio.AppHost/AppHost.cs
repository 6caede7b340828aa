using PhotoStudio.AppHost.Backings;
using PhotoStudio.AppHost.Cloud;
using PhotoStudio.AppHost.Commands;
using PhotoStudio.AppHost.Services;

var builder = DistributedApplication.CreateBuilder(args);

builder.AddCloudEnvironment();
var secrets = builder.AddStudioSecrets();
var backings = builder.AddStudioBackings();
var migration = builder.AddMigrationStep(backings);
var inference = builder.AddInference();
var worker = builder.AddWorker(backings, inference, migration, secrets);
builder.AddApi(backings, inference, worker, migration, secrets).WithStudioCommands(secrets);

await builder.Build().RunAsync();
