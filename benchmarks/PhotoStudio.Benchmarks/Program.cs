using PhotoStudio.Benchmarks;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
return BenchmarkSuites.Run(args, Console.Out, stop.Token);
