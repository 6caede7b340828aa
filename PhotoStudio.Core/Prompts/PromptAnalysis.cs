namespace PhotoStudio.Core.Prompts;

/// <summary>What an English prompt says about its picture, and what it leaves open.</summary>
internal sealed class PromptAnalysis
{
    private static readonly HashSet<string> Imagined = new(StringComparer.Ordinal)
    {
        "dragon", "unicorn", "fairy", "phoenix", "elf", "orc", "goblin", "wizard", "mermaid", "griffin", "pegasus", "hydra", "kraken", "demon", "angel",
        "magic", "magical", "enchanted", "fantasy", "mystical", "dragons", "fairies", "troll", "ogre", "qilin", "centaur", "witch",
    };

    private readonly Dictionary<string, double> _subjects = new(StringComparer.Ordinal);

    private PromptAnalysis(string[] words) => Words = words;

    /// <summary>The words in lower case.</summary>
    public string[] Words { get; }

    /// <summary>The media that are named, in order.</summary>
    public List<MediumTerms> Media { get; } = [];

    /// <summary>The times and weathers that are named, in order.</summary>
    public List<MomentTerms> Moments { get; } = [];

    /// <summary>The facets that are spoken for.</summary>
    public HashSet<string> Facets { get; } = new(StringComparer.Ordinal);

    /// <summary>How many words the terms know.</summary>
    public int Known { get; private set; }

    /// <summary>What the picture is of; null where no noun is known.</summary>
    public SubjectTerms? Subject { get; private set; }

    /// <summary>Whether it is of something that no camera can see.</summary>
    public bool IsImagined { get; private set; }

    /// <summary>Analyses a prompt.</summary>
    public static PromptAnalysis Of(PromptText text)
    {
        var analysis = new PromptAnalysis(text.Folded);
        analysis.Read();
        return analysis;
    }

    private void Read()
    {
        var file = PromptTerms.Enrichment;
        var groups = new HashSet<string>(StringComparer.Ordinal);
        var first = true;
        var hadNoun = false;
        for (var at = 0; at < Words.Length;)
        {
            var terms = PromptTerms.Match(Words, at, out var length);
            if (Imagined.Contains(Words[at])) IsImagined = true;
            foreach (var term in terms)
            {
                switch (term.Kind)
                {
                    case TermKind.Noun:
                        hadNoun = true;
                        groups.Add(term.Name);
                        foreach (var subject in PromptTerms.SubjectsOf(term.Name)) Score(subject, first ? 2.5 : 1);

                        break;
                    case TermKind.Subject:
                        Score(term.Name, 3);
                        break;
                    case TermKind.Medium:
                        if (PromptTerms.Medium(term.Name) is var found && !Media.Contains(found)) Media.Add(found);
                        break;
                    case TermKind.Moment:
                        if (PromptTerms.Moment(term.Name) is var time && !Moments.Contains(time)) Moments.Add(time);
                        break;
                    default:
                        Facets.Add(term.Name);
                        break;
                }
            }

            // "neon light" is a thing of the city and says something of the light as well.
            for (var i = at; length > 1 && i < at + length; i++)
            {
                foreach (var term in PromptTerms.Find(Words[i]))
                {
                    if (term.Kind == TermKind.Facet) Facets.Add(term.Name);
                }
            }

            first &= !hadNoun;
            Known += length;
            at += Math.Max(1, length);
        }

        var most = 0.0;
        foreach (var subject in file.Subjects)
        {
            if (!_subjects.TryGetValue(subject.Name, out var points) || points <= most) continue;
            (Subject, most) = (subject, points);
        }

        if (Subject?.Name == "portrait" && (groups.Contains("nature") || groups.Contains("city") || groups.Contains("vehicles")) && !Words.Contains("portrait"))
        {
            Subject = file.Subjects.First(subject => subject.Name == "figure");
        }
    }

    private void Score(string subject, double points) => _subjects[subject] = _subjects.GetValueOrDefault(subject) + points;
}
