using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Assistant.Local;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// The local assistant on sentences that it was not trained on: whether the operations, their parameters and the language are read, whether it
/// asks back when it should, and how long it takes. With <c>--out</c> what it got wrong is written there.
/// </summary>
public static partial class AssistantQuality
{
    private static readonly string[] Languages = ["en", "vi", "es"];

    /// <summary>On the sentences that were written before the training phrases.</summary>
    public static BenchmarkTable RunHeldOut(BenchmarkContext context) => Run(context, "assistant, sentences kept apart", "assistant");

    /// <summary>On odd sentences that were written when the bars were reached.</summary>
    public static BenchmarkTable RunOdd(BenchmarkContext context) => Run(context, "assistant, odd sentences", "assistant.odd");

    /// <summary>On the sentences that were written last, and read once.</summary>
    public static BenchmarkTable RunLast(BenchmarkContext context) => Run(context, "assistant, last sentences", "assistant.last");

    /// <summary>On sentences as people type them, none of which any training phrase can produce.</summary>
    public static BenchmarkTable RunUnseen(BenchmarkContext context) => Run(context, "assistant, unseen sentences", "assistant.unseen");

    /// <summary>The sentences of a list with what they ask for.</summary>
    public static IReadOnlyList<AssistantSentence> Sentences(string list) => [.. LabelledPrompts.Lines(list).Select(AssistantSentence.Parse)];

    /// <summary>What an assistant makes of a sentence; pictures are attached as the sentence says.</summary>
    public static AssistantPlan Read(LocalAssistant assistant, AssistantSentence sentence)
    {
        ArgumentNullException.ThrowIfNull(assistant);
        ArgumentNullException.ThrowIfNull(sentence);
        return assistant.Plan(new(sentence.Text) { Context = new() { Attachments = sentence.HasPicture ? [new("first")] : [] } });
    }

    private static BenchmarkTable Run(BenchmarkContext context, string name, string list)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable(name);
        var load = AssistantLoad.Measure();
        var assistant = new LocalAssistant();
        var mistakes = new List<string>();
        var confidences = new List<(double Confidence, bool Right)>();
        int allRight = 0, all = 0;
        foreach (var language in Languages)
        {
            var sentences = Sentences($"{list}.{language}.txt");
            var read = sentences.Select(sentence => (Sentence: sentence, Plan: Read(assistant, sentence))).ToList();
            var right = read.Where(entry => IsRight(entry.Sentence, entry.Plan)).ToList();
            var (single, several) = (read.Where(entry => entry.Sentence.Steps.Count == 1).ToList(), read.Where(entry => entry.Sentence.Steps.Count > 1).ToList());
            table.AtLeast($"{language}: intent of {single.Count} sentences", 0.95, Share(single, entry => IsRight(entry.Sentence, entry.Plan)));
            table.AtLeast($"{language}: all intents of {several.Count} with several wishes", 0.9, Share(several, entry => IsRight(entry.Sentence, entry.Plan)));
            table.Note($"{language}: parameters right where the intents are", Share(right, entry => HasSlots(entry.Sentence, entry.Plan)));
            table.Note($"{language}: language recognised", Share(read, entry => entry.Plan.Language == language));
            (allRight, all) = (allRight + right.Count, all + read.Count);
            confidences.AddRange(read.Where(entry => entry.Plan.Intent != Intents.Unclear).Select(entry => (entry.Plan.Confidence, IsRight(entry.Sentence, entry.Plan))));
            table.Note($"{language}: asked back although the wish was clear", Share(read, entry => entry.Plan.Intent == Intents.Unclear && entry.Sentence.Steps[0].Operation != Intents.Unclear));
            mistakes.AddRange(read.Where(entry => !IsRight(entry.Sentence, entry.Plan) || !HasSlots(entry.Sentence, entry.Plan))
                .Select(entry => $"{language}{(IsRight(entry.Sentence, entry.Plan) ? "" : " INTENT")}: {entry.Sentence.Text}\n    wanted {entry.Sentence.Wanted}\n    got    {Describe(entry.Plan)}"));
        }

        table.AtLeast("all languages: intents of all sentences", 0.95, allRight / (double)all);
        table.Note("mean confidence where right", Mean(confidences.Where(entry => entry.Right)));
        table.Note("mean confidence where wrong", Mean(confidences.Where(entry => !entry.Right)));
        table.Note("expected calibration error, 10 bins", CalibrationError(confidences));
        table.AtMost("load and first message in a fresh process, median", 100, load.Median, "ms");
        table.Note("load and first message in a fresh process, quickest", load.Quickest, "ms");
        var texts = Languages.SelectMany(language => Sentences($"{list}.{language}.txt")).ToList();
        for (var i = 0; i < 20; i++)
            foreach (var sentence in texts) Read(assistant, sentence);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 10; i++)
            foreach (var sentence in texts) Read(assistant, sentence);
        table.AtMost("mean time of a message", 1, Stopwatch.GetElapsedTime(start).TotalMilliseconds / (10 * texts.Count), "ms");
        table.AtMost("both models", 5, LocalAssistant.ModelBytes / 1_048_576.0, "MiB");
        if (context.OutputFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllLines(Path.Combine(folder, $"{list}.txt"), mistakes);
        }

        return table;
    }

    /// <summary>Whether a plan names the operations that a sentence asks for, in its order.</summary>
    public static bool IsRight(AssistantSentence sentence, AssistantPlan plan)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        ArgumentNullException.ThrowIfNull(plan);
        IReadOnlyList<string> got = plan.Operations.Count > 0 ? plan.Operations : [plan.Intent];
        return sentence.Steps.Select(step => step.Operation).SequenceEqual(got);
    }

    /// <summary>Whether a plan has the parameters that a sentence gives and no others; regions count where they are told.</summary>
    public static bool HasSlots(AssistantSentence sentence, AssistantPlan plan)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        ArgumentNullException.ThrowIfNull(plan);
        var steps = plan.Steps.Where(step => step.Serves is null).ToList();
        return sentence.Steps.Index().All(wanted => wanted.Index >= steps.Count || Has(wanted.Item.Slots, steps[wanted.Index]));
    }

    /// <summary>A plan as one line.</summary>
    public static string Describe(AssistantPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var steps = plan.Steps.Select(step => string.Join(' ', (string[])[step.Operation, .. step.Parameters.Select(entry => $"{entry.Key}={entry.Value}"),
            .. step.Region is { } region ? (string[])[$"region=\"{region}\""] : []]));
        return string.Create(CultureInfo.InvariantCulture, $"{plan.Intent} {plan.Confidence:0.00} {plan.Language}: {string.Join(", ", steps)} {plan.Question}");
    }

    private static bool Has(IReadOnlyDictionary<string, string> wanted, AssistantStep step)
    {
        var got = step.Parameters.ToDictionary(entry => entry.Key, entry => entry.Value!.ToString(), StringComparer.Ordinal);
        if (step.Region is not null) got["region"] = step.Region;
        return wanted.All(slot => got.TryGetValue(slot.Key, out var value) && Same(value, slot.Value))
            && got.Keys.All(name => wanted.ContainsKey(name) || name is "region" or "gravity" or "prompt");
    }

    private static bool Same(string got, string wanted) => string.Equals(got, wanted, StringComparison.OrdinalIgnoreCase);

    private static double Share<T>(List<T> entries, Func<T, bool> holds) => entries.Count == 0 ? 1 : entries.Count(holds) / (double)entries.Count;

    private static double Mean(IEnumerable<(double Confidence, bool Right)> entries) => entries.Select(entry => entry.Confidence).DefaultIfEmpty(0).Average();

    private static double CalibrationError(List<(double Confidence, bool Right)> entries) => entries.GroupBy(entry => Math.Min(9, (int)(entry.Confidence * 10)))
        .Sum(bin => bin.Count() / (double)entries.Count * Math.Abs(bin.Average(entry => entry.Confidence) - (bin.Count(entry => entry.Right) / (double)bin.Count())));
}

/// <summary>A sentence and what it asks for.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="HasPicture">Whether a picture comes with it.</param>
/// <param name="Wanted">What it asks for, as it is written in the list.</param>
/// <param name="Steps">The same, taken apart.</param>
public sealed partial record AssistantSentence(string Text, bool HasPicture, string Wanted, IReadOnlyList<(string Operation, IReadOnlyDictionary<string, string> Slots)> Steps)
{
    /// <summary>Reads a line <c>sentence => operation parameter=value, operation</c>; ~ at the beginning: no picture.</summary>
    public static AssistantSentence Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var parts = line.Split(" => ", 2);
        var steps = Step().Matches(parts[1]).Select(step => (
            step.Groups["name"].Value,
            (IReadOnlyDictionary<string, string>)Slot().Matches(step.Groups["slots"].Value)
                .ToDictionary(slot => slot.Groups["name"].Value, slot => slot.Groups["value"].Value.Trim('"'), StringComparer.Ordinal)));
        return new(parts[0].TrimStart('~'), !parts[0].StartsWith('~'), parts[1], [.. steps]);
    }

    [GeneratedRegex("""(?<name>[a-z-]+)(?<slots>(?: [a-z_]+=(?:"[^"]*"|[^ ,]+))*)(?:, |$)""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Step();

    [GeneratedRegex("""(?<name>[a-z_]+)=(?<value>"[^"]*"|[^ ,]+)""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Slot();
}
