using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhotoStudio.Benchmarks;

/// <summary>What one benchmark found: a row for each figure, with the bar it is held to.</summary>
public sealed class BenchmarkTable(string name)
{
    private readonly List<BenchmarkRow> rows = [];

    /// <summary>What was measured, for example <c>remove-background</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The figures in the order they were added.</summary>
    public IReadOnlyList<BenchmarkRow> Rows => rows;

    /// <summary>Adds a figure that passes when it is at least <paramref name="bar"/>.</summary>
    public void AtLeast(string figure, double bar, double measured, string unit = "") =>
        rows.Add(new(figure, "≥ " + Number(bar) + Suffix(unit), Number(measured) + Suffix(unit), measured, measured >= bar));

    /// <summary>Adds a figure that passes when it is at most <paramref name="bar"/>.</summary>
    public void AtMost(string figure, double bar, double measured, string unit = "") =>
        rows.Add(new(figure, "≤ " + Number(bar) + Suffix(unit), Number(measured) + Suffix(unit), measured, measured <= bar));

    /// <summary>Adds a figure without a bar.</summary>
    public void Note(string figure, double measured, string unit = "") =>
        rows.Add(new(figure, "", Number(measured) + Suffix(unit), measured, null));

    /// <summary>Prints the rows as aligned columns: name, bar, measured, pass or falls short.</summary>
    public void Print(TextWriter writer)
    {
        string[][] lines =
        [
            [Name, "bar", "measured", ""],
            .. rows.Select(row => new[] { row.Name, row.Bar, row.Shown, row.Verdict }),
        ];
        var widths = Enumerable.Range(0, 4).Select(column => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
            writer.WriteLine(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        writer.WriteLine();
    }

    /// <summary>Writes the tables as one JSON document: an array of tables with their rows.</summary>
    public static void WriteJson(string path, IReadOnlyList<BenchmarkTable> tables)
    {
        using var file = File.Create(path);
        JsonSerializer.Serialize(file, tables, BenchmarkJson.Default.IReadOnlyListBenchmarkTable);
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Suffix(string unit) => unit.Length == 0 ? "" : " " + unit;
}

/// <summary>One figure: what it is, the bar it is held to, what was measured.</summary>
/// <param name="Name">What the figure is.</param>
/// <param name="Bar">The bar with its direction and unit; empty when there is none.</param>
/// <param name="Shown">The measured value as printed.</param>
/// <param name="Measured">The measured value.</param>
/// <param name="Passed">Whether the bar was reached; null without a bar.</param>
public sealed record BenchmarkRow(string Name, string Bar, [property: JsonIgnore] string Shown, double Measured, bool? Passed)
{
    /// <summary><c>pass</c>, <c>falls short</c>, or empty without a bar.</summary>
    public string Verdict => Passed switch { true => "pass", false => "falls short", null => "" };
}

/// <summary>Source-generated JSON of the tables.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(IReadOnlyList<BenchmarkTable>))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
