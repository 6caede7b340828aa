using System.Diagnostics;
using System.Globalization;
using PhotoStudio.Core.Assistant.Local.Model;
using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Training.Assistant;

/// <summary>
/// Trains the local assistant's two models from the phrases in <c>training/assistant/phrases</c> and writes them to
/// <c>PhotoStudio.Core/Assistant/Local/Model</c>: which intent a wish has, and which language a message is in. The same phrases and program give
/// the same bytes.
/// </summary>
public static class AssistantTraining
{
    private const int Seed = 20261121;
    private const int PerIntent = 2_000;
    private const int PerLanguage = 6_000;
    private const int Rounds = 5;
    private static readonly string[] Languages = ["en", "es", "vi"];

    /// <summary>Trains and writes both models.</summary>
    /// <exception cref="DirectoryNotFoundException">The repository is in no folder above the current one.</exception>
    public static void Run(TextWriter writer, CancellationToken cancellationToken)
    {
        var root = Repository();
        var phrases = Path.Combine(root, "training", "assistant", "phrases");
        var target = Path.Combine(root, "PhotoStudio.Core", "Assistant", "Local", "Model");
        Train("intents", Intents(phrases), target, writer, cancellationToken);
        Train("languages", LanguageLines(phrases), target, writer, cancellationToken);
    }

    // By class: the templates and how to read a text.
    private sealed record Source(string Class, string Language, PhraseGrammar? Grammar, string[] Lines, int Count, Func<string, int[]> Read);

    private static List<Source> Intents(string folder)
    {
        var sources = new List<Source>();
        foreach (var language in Languages)
        {
            var grammar = PhraseGrammar.Read(Path.Combine(folder, language, "lists.txt"));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, language), "*.txt").Order(StringComparer.Ordinal))
            {
                var name = Path.GetFileNameWithoutExtension(file);
                if (name != "lists") sources.Add(new(name, language, grammar, File.ReadAllLines(file), PerIntent, text => IntentFeatures(text)));
            }
        }

        return sources;
    }

    private static List<Source> LanguageLines(string folder)
    {
        var sources = new List<Source>();
        foreach (var language in Languages)
        {
            var grammar = PhraseGrammar.Read(Path.Combine(folder, language, "lists.txt"));
            var lines = Directory.EnumerateFiles(Path.Combine(folder, language), "*.txt").Order(StringComparer.Ordinal)
                .Where(file => Path.GetFileNameWithoutExtension(file) != "lists").SelectMany(File.ReadAllLines).ToArray();
            sources.Add(new(language, language, grammar, lines, PerLanguage, LanguageFeatures));
        }

        sources.Add(new("other", "en", null, File.ReadAllLines(Path.Combine(folder, "other.txt")), PerLanguage / 2, LanguageFeatures));
        return sources;
    }

    private static int[] IntentFeatures(string text)
    {
        var message = MessageText.Read(text);
        var features = new List<int>();
        TextFeatures.Intent(message, Lexicon.Read(message.Tokens).Words, features);
        return [.. features];
    }

    private static int[] LanguageFeatures(string text)
    {
        var features = new List<int>();
        TextFeatures.Language(MessageText.Read(text), features);
        return [.. features];
    }

    private static void Train(string name, List<Source> sources, string target, TextWriter writer, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        string[] classes = [.. sources.Select(source => source.Class).Distinct().Order(StringComparer.Ordinal)];

        // Every tenth template is kept apart to find the temperature at which the probabilities are honest.
        var apart = Draw(sources, classes, (index, _) => index % 10 == 3, 60);
        var kept = Draw(sources, classes, (index, _) => index % 10 != 3, 0);
        var first = new LogisticRegression(classes.Length, TextFeatures.Bits);
        first.Train(kept, Rounds, Seed, cancellationToken);
        var (temperature, accuracy) = Calibrate(first, apart, classes.Length);
        var all = Draw(sources, classes, (_, _) => true, 0);
        var model = new LogisticRegression(classes.Length, TextFeatures.Bits);
        model.Train(all, Rounds, Seed, cancellationToken);
        var bytes = LinearModel.Write(classes, model.Weights, model.Biases, TextFeatures.Bits, temperature);
        Directory.CreateDirectory(target);
        File.WriteAllBytes(Path.Combine(target, $"{name}.bin"), bytes);
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {classes.Length} classes, {all.Count} phrases of {sources.Sum(source => source.Lines.Length)} templates; on templates kept apart {accuracy:P1} right, temperature {temperature:0.00}; {bytes.Length / 1024.0:0} KiB, {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
    }

    private static List<TrainingSample> Draw(List<Source> sources, string[] classes, Func<int, Source, bool> takes, int count)
    {
        var samples = new List<TrainingSample>();
        foreach (var source in sources)
        {
            var random = new Random(Seed);
            var lines = source.Lines.Where((line, index) => line.Length > 0 && takes(index, source)).ToArray();
            var index = Array.IndexOf(classes, source.Class);
            for (var i = 0; i < (count > 0 ? count : source.Count); i++)
            {
                var line = lines[i % lines.Length];
                var phrase = source.Grammar is null ? Part(line, random) : source.Grammar.Draw(line, random);
                samples.Add(new(source.Read(WritingHabits.Apply(phrase, source.Language, random)), index));
            }
        }

        return samples;
    }

    // Sentences of other languages are few: parts of them count too.
    private static string Part(string line, Random random)
    {
        var words = line.Split(' ');
        var length = random.Next(Math.Min(2, words.Length), words.Length + 1);
        return string.Join(' ', words.Skip(random.Next(words.Length - length + 1)).Take(length));
    }

    private static (float Temperature, double Accuracy) Calibrate(LogisticRegression model, List<TrainingSample> samples, int classes)
    {
        var best = (Temperature: 1f, Loss: double.MaxValue);
        var scored = samples.ConvertAll(sample =>
        {
            var scores = new float[classes];
            model.Scores(sample.Features, scores);
            return scores;
        });
        for (var temperature = 0.3f; temperature <= 3; temperature += 0.05f)
        {
            double loss = 0;
            for (var i = 0; i < samples.Count; i++)
            {
                var probabilities = scored[i].ToArray();
                LogisticRegression.Softmax(probabilities, temperature);
                loss -= Math.Log(Math.Max(1e-9, probabilities[samples[i].Class]));
            }

            if (loss < best.Loss) best = (temperature, loss);
        }

        var right = samples.Index().Count(sample => scored[sample.Index].AsSpan().IndexOf(scored[sample.Index].Max()) == sample.Item.Class);
        return (best.Temperature, right / (double)samples.Count);
    }

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PhotoStudio.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("The repository is in no folder above the current one.");
    }
}
