using PhotoStudio.Standalone;

await using var studio = StandaloneStudio.Build(args);
await studio.RunAsync();
