using PhotoStudio.Core.Models;
using Spectre.Console;

namespace PhotoStudio.Inference.Commands;

/// <summary>Work with a model as a bar on a terminal; where the output is none, nothing is drawn.</summary>
internal static class ProgressBar
{
    /// <summary>Shows the work while it is done.</summary>
    /// <param name="output">The terminal.</param>
    /// <param name="name">What is worked on.</param>
    /// <param name="work">The work.</param>
    public static async Task<ModelReport> ShowAsync(TextWriter output, string name, Func<IProgress<ModelProgress>, Task<ModelReport>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Capabilities.Ansi || !console.Profile.Out.IsTerminal) return await work(new Silence());

        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Bar(context.AddTask(Markup.Escape(name)), name)));
    }

    private sealed class Silence : IProgress<ModelProgress>
    {
        public void Report(ModelProgress value)
        {
        }
    }

    private sealed class Bar(ProgressTask task, string name) : IProgress<ModelProgress>
    {
        public void Report(ModelProgress value)
        {
            task.Description = Markup.Escape(value.Stage switch
            {
                ModelStage.Waiting => $"{name}: another process fetches it",
                ModelStage.Checking => $"{name}: reading",
                ModelStage.Retrying => $"{name}: {value.Source} again",
                _ => value.Source is { } source ? $"{name} from {source}" : name,
            });
            task.IsIndeterminate = value.Total is null;
            if (value.Total is { } total) task.MaxValue = Math.Max(1, total);
            task.Value = value.Bytes;
        }
    }
}
