using System.Text;

namespace PhotoStudio.Training.Assistant;

/// <summary>
/// The small grammar of training phrases: <c>(a|b)</c> is one of several, <c>[a|b]</c> one of several or none, <c>{list}</c> an entry of a
/// list; they nest. What comes out has single blanks.
/// </summary>
/// <param name="lists">The lists by name; their entries are phrases of the same grammar.</param>
internal sealed class PhraseGrammar(IReadOnlyDictionary<string, IReadOnlyList<string>> lists)
{
    /// <summary>Reads a file of lists: a line is <c>name: entry|entry</c>.</summary>
    public static PhraseGrammar Read(string file) => new(File.ReadLines(file)
        .Select(line => line.Split(": ", 2))
        .Where(parts => parts.Length == 2)
        .ToDictionary(parts => parts[0], parts => (IReadOnlyList<string>)parts[1].Split('|'), StringComparer.Ordinal));

    /// <summary>One phrase of a template.</summary>
    /// <exception cref="FormatException">The template's brackets do not match, or it names a list that there is not.</exception>
    public string Draw(string template, Random random)
    {
        var at = 0;
        var phrase = new StringBuilder();
        Sequence(template, ref at, random, phrase, '\0');
        if (at != template.Length) throw new FormatException($"Unmatched bracket: {template}");
        return string.Join(' ', phrase.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)).Replace(" ,", ",", StringComparison.Ordinal).Trim(' ', ',');
    }

    private void Sequence(string template, ref int at, Random random, StringBuilder phrase, char end)
    {
        while (at < template.Length && template[at] != end && template[at] is not ('|' or ')' or ']'))
        {
            switch (template[at])
            {
                case '(':
                    at++;
                    Choice(template, ref at, random, phrase, ')', isOptional: false);
                    break;
                case '[':
                    at++;
                    Choice(template, ref at, random, phrase, ']', isOptional: true);
                    break;
                case '{':
                    var close = template.IndexOf('}', at);
                    phrase.Append(Entry(template[(at + 1)..close], random));
                    at = close + 1;
                    break;
                default:
                    phrase.Append(template[at++]);
                    break;
            }
        }
    }

    // Every alternative is walked, so that the position moves on; one of them is kept.
    private void Choice(string template, ref int at, Random random, StringBuilder phrase, char end, bool isOptional)
    {
        var alternatives = new List<string>();
        while (true)
        {
            var one = new StringBuilder();
            Sequence(template, ref at, random, one, end);
            alternatives.Add(one.ToString());
            if (at >= template.Length) throw new FormatException($"Unmatched bracket: {template}");
            if (template[at++] == end) break;
        }

        if (isOptional && random.Next(2) == 0) return;
        phrase.Append(alternatives[random.Next(alternatives.Count)]);
    }

    private string Entry(string list, Random random)
    {
        if (!lists.TryGetValue(list, out var entries)) throw new FormatException($"There is no list {list}.");
        return Draw(entries[random.Next(entries.Count)], random);
    }
}
