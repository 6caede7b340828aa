using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Core.Assistant.Local;

/// <summary>Answers to greetings, thanks and questions about the studio.</summary>
internal static class SmallTalk
{
    /// <summary>The answer to a clause.</summary>
    public static string Answer(string intent, Clause clause, AssistantTexts texts)
    {
        if (intent == Intents.Help) return texts.Get("help");
        if (clause.Value("talk") is { } topic && texts.Find(topic) is { } answer) return answer;
        return clause.Value("reply") is { } reply && clause.Words.Count <= 3 ? texts.Get(reply) : texts.Get("small-talk");
    }
}
