using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Models;
using PhotoStudio.Core.Models.Wire;
using PhotoStudio.Inference.Models;
using PhotoStudio.ServiceDefaults.Configuration;
using Spectre.Console;

namespace PhotoStudio.Inference.Commands;

/// <summary>
/// <c>models list|pull|import|accept|verify|remove</c>: administration of the models from the command line, in this process's own folders.
/// A studio that runs notices what changes.
/// </summary>
internal static class ModelsCommand
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int Misused = 2;

    // What a table needs where there is no terminal to ask for its width.
    private const int PlainWidth = 160;

    /// <summary>Whether a command line asks for this.</summary>
    public static bool IsFor(string[] args) => args is ["models", ..];

    /// <summary>Runs the command.</summary>
    /// <param name="args">The whole command line.</param>
    /// <returns>The exit code: 0; 1 when it failed; 2 when the command line makes no sense.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables();
        configuration.AddEnvironmentAliases();
        return await RunAsync(args.AsSpan(1).ToArray(), configuration, Console.Out, Console.Error, stop.Token);
    }

    /// <summary>Runs the command.</summary>
    /// <param name="args">The command line after the word <c>models</c>.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="output">Takes what was asked for.</param>
    /// <param name="errors">Takes what went wrong.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, IConfiguration configuration, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (ModelsArguments.Read(args, out var fault) is not { } arguments)
        {
            await errors.WriteLineAsync($"studio: {fault} ./studio models --help says more.");
            return Misused;
        }

        await using var services = Services(configuration);
        try
        {
            return await RunAsync(arguments, services.GetRequiredService<IModelAdministration>(), output, errors, cancellationToken);
        }
        catch (OptionsValidationException invalid)
        {
            await errors.WriteLineAsync($"studio: {string.Join(" ", invalid.Failures)}");
        }
        catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException)
        {
            await errors.WriteLineAsync($"studio: {broken.Message}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync("studio: Broken off. What has come stays; the next try goes on from there.");
        }

        return Failed;
    }

    private static ServiceProvider Services(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(configuration);
        services.AddModelStore();
        return services.BuildServiceProvider();
    }

    private static async Task<int> RunAsync(
        ModelsArguments arguments, IModelAdministration models, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (arguments.Verb == "list")
        {
            await ListAsync(models, arguments.Json, output, cancellationToken);
            return Done;
        }

        var names = arguments.Names;
        if (names.Count == 0)
        {
            names = [.. (await models.ListAsync(cancellationToken)).Models.Where(model => model.Path is not null).Select(model => model.Id)];
            if (names.Count == 0) await output.WriteLineAsync("No model is installed.");
        }

        var result = Done;
        foreach (var name in names)
        {
            try
            {
                var report = await ProgressBar.ShowAsync(
                    output, name, progress => OneAsync(arguments, name, models, progress, cancellationToken));
                await output.WriteLineAsync(Sentence(arguments.Verb, report));
            }
            catch (ModelException fault)
            {
                await errors.WriteLineAsync($"studio: {fault.Message}");
                result = Failed;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                await errors.WriteLineAsync($"studio: {name} cannot be read: {fault.Message}");
                result = Failed;
            }
        }

        return result;
    }

    private static async Task<ModelReport> OneAsync(
        ModelsArguments arguments, string name, IModelAdministration models, IProgress<ModelProgress> progress, CancellationToken cancellationToken)
    {
        var acceptedBy = $"{Environment.UserName} at the command line";
        switch (arguments.Verb)
        {
            case "pull":
                return await models.PullAsync(name, arguments.Accepts ? acceptedBy : null, progress, cancellationToken);
            case "import":
                await using (var file = ModelFiles.OpenRead(name))
                    return await models.ImportAsync(file, arguments.As, arguments.Accepts ? acceptedBy : null, progress, cancellationToken);
            case "accept":
                return await models.AcceptAsync(name, acceptedBy, cancellationToken);
            case "verify":
                return await models.VerifyAsync(name, progress, cancellationToken);
            case "remove":
                return await models.RemoveAsync(name, cancellationToken);
            default:
                throw new InvalidOperationException($"models has no verb '{arguments.Verb}'.");
        }
    }

    private static string Sentence(string verb, ModelReport model) => verb switch
    {
        "verify" => $"{model.Id}: {model.Path} is what it should be.",
        "remove" => $"{model.Id} is removed.",
        "accept" when model.Path is null => $"{model.Id}: the licence ({model.Licence.Name}) is accepted.",
        _ => $"{model.Id} is installed: {model.Path}",
    };

    private static async Task ListAsync(IModelAdministration models, bool json, TextWriter output, CancellationToken cancellationToken)
    {
        var list = await models.ListAsync(cancellationToken);
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(list, ModelWireJson.Default.ModelList));
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = PlainWidth;
        var table = new Table().Border(TableBorder.Simple).AddColumns("Model", "For", "Size", "Licence", "State");
        foreach (var model in list.Models)
        {
            table.AddRow(
                new Text(model.Id + (model.Recommended ? " *" : "")),
                new Text(string.Join(", ", model.Operations)),
                new Text(model.Bytes is { } bytes ? FolderFaults.Mebibytes(bytes) : "?"),
                new Text(model.Licence.Name + (model.Licence.Accepted ? "" : " (to accept)")),
                new Text(State(model)));
        }

        console.Write(table);
        await output.WriteLineAsync($"* to begin with. Models are in {string.Join(", ", list.Folders)}.");
        foreach (var file in list.Unknown) await output.WriteLineAsync($"Not of the catalogue: {file.Path}");
    }

    private static string State(ModelReport model) => model.State switch
    {
        ModelState.Installed => "installed",
        ModelState.LicenceNotAccepted => "here, licence not accepted",
        ModelState.Checking => "being checked",
        _ when model.Sources.Count == 0 => "bring the file",
        _ => "",
    };
}
