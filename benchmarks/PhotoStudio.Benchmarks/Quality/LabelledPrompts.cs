namespace PhotoStudio.Benchmarks.Quality;

/// <summary>The curated lists of prompts and instructions in <c>Quality/Prompts/</c>, which the tests read too.</summary>
public static class LabelledPrompts
{
    private const string Prefix = "PhotoStudio.Benchmarks.Prompts.";

    /// <summary>The prompts of a moderation list: each with whether it is to be refused.</summary>
    /// <param name="list">en, es, vi, or unseen.</param>
    public static IReadOnlyList<(bool Refused, string Prompt)> Moderation(string list) =>
        [.. Lines($"moderation.{list}.txt").Select(line => (line[0] == '+', line[2..]))];

    /// <summary>The lines of a list without its comments.</summary>
    /// <exception cref="FileNotFoundException">There is no such list.</exception>
    public static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(LabelledPrompts).Assembly.GetManifestResourceStream(Prefix + file) ?? throw new FileNotFoundException($"There is no list {file}.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    }
}
