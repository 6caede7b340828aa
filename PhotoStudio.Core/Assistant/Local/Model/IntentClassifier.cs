using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Core.Assistant.Local.Model;

/// <summary>What a text is taken for, the likeliest first.</summary>
/// <param name="Ranked">Classes with their probabilities, which sum to 1.</param>
internal sealed record IntentGuess(IReadOnlyList<(string Intent, double Probability)> Ranked)
{
    /// <summary>The likeliest class.</summary>
    public string Intent => Ranked[0].Intent;

    /// <summary>Its probability.</summary>
    public double Probability => Ranked[0].Probability;

    /// <summary>The probability of a class.</summary>
    public double Of(string intent) => Ranked.FirstOrDefault(entry => entry.Intent == intent).Probability;
}

/// <summary>
/// Tells intents and languages apart with the trained models. Besides operations and <see cref="Intents"/> there are the classes
/// <c>fragment</c> (a noun that is no wish of its own) and those that only make sense in a conversation: <c>undo</c>, <c>again</c>,
/// <c>pick</c>, <c>more</c>, <c>less</c>.
/// </summary>
internal sealed class IntentClassifier
{
    /// <summary>A noun that is no wish of its own.</summary>
    public const string Fragment = "fragment";

    private readonly LinearModel intents = LinearModel.LoadResource("intents");
    private readonly LinearModel languages = LinearModel.LoadResource("languages");

    /// <summary>What some words of a message are taken for.</summary>
    public IntentGuess Classify(MessageText message, IReadOnlyList<ReadWord> words)
    {
        var features = new List<int>(512);
        TextFeatures.Intent(message, words, features);
        var probabilities = intents.Classify(features);
        return new([.. intents.Classes.Index().Select(entry => (entry.Item, probabilities[entry.Index])).OrderByDescending(entry => entry.Item2)]);
    }

    /// <summary>The probabilities of en, vi, es and <c>other</c>.</summary>
    public IReadOnlyDictionary<string, double> Language(MessageText message)
    {
        var features = new List<int>(512);
        TextFeatures.Language(message, features);
        var probabilities = languages.Classify(features);
        return languages.Classes.Index().ToDictionary(entry => entry.Item, entry => probabilities[entry.Index], StringComparer.Ordinal);
    }
}
