using System.Diagnostics;
using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Assistant.Local;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>Instructions of edit: the share of curated sentences whose operations and parameters are read exactly.</summary>
public static class InstructionQuality
{
    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("edit");
        var assistant = new LocalAssistant();
        Read("warm-up");
        foreach (var (list, name) in ((string, string)[])[("instructions.txt", "known sentences"), ("instructions.unseen.txt", "unseen sentences")])
        {
            var sentences = Sentences(list);
            var began = Stopwatch.GetTimestamp();
            var right = sentences.Count(sentence => Describe(Read(sentence.Instruction)) == sentence.Expected);
            var elapsed = Stopwatch.GetElapsedTime(began);
            table.AtLeast($"{name}: operations and parameters exactly right", 0.95, right / (double)sentences.Count);
            var several = sentences.Where(sentence => sentence.Expected.Contains(", ", StringComparison.Ordinal)).ToList();
            table.AtLeast(
                $"{name}: those with several wishes", 0.9, several.Count(sentence => Describe(Read(sentence.Instruction)) == sentence.Expected) / (double)several.Count);
            table.AtMost($"{name}: mean time", 1000, elapsed.TotalMicroseconds / sentences.Count, "µs");
        }

        return table;

        EditInstruction Read(string instruction) => EditInstruction.Read(assistant, instruction);
    }

    /// <summary>The sentences of a list, each with the steps it names as <see cref="Describe"/> writes them.</summary>
    public static IReadOnlyList<(string Instruction, string Expected)> Sentences(string list) =>
        [.. LabelledPrompts.Lines(list).Select(line => line.Split("=>", StringSplitOptions.TrimEntries)).Select(parts => (parts[0], parts[1]))];

    /// <summary>The steps of a reading as one line.</summary>
    public static string Describe(EditInstruction reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return string.Join(", ", reading.Steps.Select(step =>
            string.Join(' ', step.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}").Order(StringComparer.Ordinal).Prepend(step.Operation))));
    }
}
