using PhotoStudio.Core.Assistant.Local.Model;
using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Core.Assistant.Local;

/// <summary>
/// Understands messages without a network: a linear classifier trained from <c>training/assistant</c> says what each wish is about, and rules
/// over the words of <c>Lexicon/</c> read its parameters. The same message and conversation give the same plan. Safe to use from many threads.
/// </summary>
public sealed class LocalAssistant : IAssistant
{
    /// <summary>The confidence below which it asks back instead of acting.</summary>
    public const double DefaultThreshold = 0.35;

    private const double Foreign = 0.6;
    private readonly IntentClassifier classifier = new();
    private readonly WishSplitter splitter;
    private readonly double threshold;

    /// <summary>Loads the models; takes some milliseconds.</summary>
    /// <param name="threshold">The confidence, 0 to 1, below which it asks back instead of acting.</param>
    public LocalAssistant(double threshold = DefaultThreshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, 1);
        this.threshold = threshold;
        splitter = new(classifier);
    }

    /// <summary>How many bytes the trained models have together.</summary>
    public static long ModelBytes => LinearModel.ResourceBytes("intents") + LinearModel.ResourceBytes("languages");

    /// <inheritdoc/>
    public ValueTask<AssistantPlan> PlanAsync(AssistantRequest request, CancellationToken cancellationToken) => new(Plan(request));

    /// <summary>What a message asks for.</summary>
    public AssistantPlan Plan(AssistantRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var message = MessageText.Read(request.Message);
        var (words, wordLanguage, known) = Lexicon.Read(message.Tokens);
        var (language, isForeign) = Language(message, known, request.Context);
        var texts = AssistantTexts.For(language);
        var builder = new PlanBuilder(request, texts, threshold);
        if (message.IsShortened) builder.Note(texts.Get("note.shortened"));
        if (PendingAnswer.Read(request, message, words, wordLanguage, splitter, builder) is { } answered) return answered;
        if (!message.Tokens.Any(token => token.Kind != TokenKind.Sign)) return builder.Unclear(0);

        var wishes = splitter.Split(message, words, wordLanguage);
        if (isForeign && !wishes.All(wish => wish.Guess.Probability > 0.9 && wish.Guess.Intent != Intents.Smalltalk)) return builder.Unclear(0, "ask.language");
        return builder.Build(wishes);
    }

    /// <summary>The language to answer in, and whether the message is in one that is not known.</summary>
    private (string Language, bool IsForeign) Language(MessageText message, IReadOnlyDictionary<string, double> known, ConversationContext context)
    {
        var letters = message.Tokens.Where(token => token.Kind == TokenKind.Word).ToList();
        var before = context.Messages.LastOrDefault(earlier => earlier.Plan is not null)?.Plan?.Language;
        if (letters.Count == 0) return (before ?? "en", false);
        var strange = letters.Count(token => token.Plain is [> 'ɏ', ..]);
        if (strange * 2 > letters.Count) return ("en", true);
        var guess = classifier.Language(message);

        // Words that the lexicon knows weigh as much as the look of the words.
        var isPlain = letters.All(token => token.Text == token.Plain);
        var best = AssistantTexts.Languages.MaxBy(language => guess[language] + (0.5 * known[language] / letters.Count) + (isPlain && language == "en" ? 0.15 : 0))!;
        if (guess["other"] > Foreign && known[best] < letters.Count * 0.6 && letters.Count > 2) return ("en", true);
        return (before is not null && guess[best] < 0.6 && known[before] >= known[best] ? before : best, false);
    }
}
