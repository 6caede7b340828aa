namespace PhotoStudio.Benchmarks.Chaos;

/// <summary>What became of the work while something broke.</summary>
/// <param name="Fault">What broke.</param>
/// <param name="Text">The account in a line, and a line for everything that is wrong.</param>
/// <param name="Faults">What is wrong; empty when nothing is.</param>
public sealed record ChaosAccount(string Fault, string Text, IReadOnlyList<string> Faults);
