using System.Runtime.InteropServices;
using PhotoStudio.Benchmarks;
using PhotoStudio.Benchmarks.Chaos;
using PhotoStudio.Benchmarks.Cluster;
using PhotoStudio.Benchmarks.Fuzz;
using PhotoStudio.Benchmarks.Pictures;
using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Benchmarks.Training;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});
if (ClusterCommand.IsFor(args)) return await ClusterCommand.RunAsync(args, Console.Out, stop.Token);
if (ChaosCommand.IsFor(args)) return await ChaosCommand.RunAsync(args, Console.Out, stop.Token);
if (FuzzCommand.IsFor(args)) return await FuzzCommand.RunAsync(args, Console.Out, stop.Token);
if (PicturesCommand.IsFor(args)) return PicturesCommand.Run(args, Console.Out, stop.Token);
if (TrainingCommand.IsFor(args)) return TrainingCommand.Run(args, Console.Out, stop.Token);
if (AssistantLoad.IsFor(args)) return AssistantLoad.RunChild(Console.Out);
return BenchmarkSuites.Run(args, Console.Out, stop.Token);
