using System.Collections.Frozen;

namespace PhotoStudio.Core.Prompts;

/// <summary>Plurals of English nouns and the article before a word.</summary>
internal static class EnglishNouns
{
    private static readonly FrozenDictionary<string, string> Irregular = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["man"] = "men", ["woman"] = "women", ["child"] = "children", ["person"] = "people", ["foot"] = "feet", ["tooth"] = "teeth",
        ["goose"] = "geese", ["mouse"] = "mice", ["ox"] = "oxen", ["wolf"] = "wolves", ["leaf"] = "leaves", ["knife"] = "knives",
        ["life"] = "lives", ["half"] = "halves", ["elf"] = "elves", ["dwarf"] = "dwarves", ["thief"] = "thieves", ["calf"] = "calves",
        ["shelf"] = "shelves", ["bookshelf"] = "bookshelves", ["loaf"] = "loaves", ["cactus"] = "cacti", ["fisherman"] = "fishermen",
        ["gentleman"] = "gentlemen", ["potato"] = "potatoes", ["tomato"] = "tomatoes", ["hero"] = "heroes", ["volcano"] = "volcanoes",
        ["die"] = "dice", ["lady"] = "ladies",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Unchanging = new[]
    {
        "sheep", "deer", "fish", "salmon", "trout", "bison", "moose", "reindeer", "people", "children", "parents", "grandparents", "friends",
        "aircraft", "spacecraft", "samurai", "ninja", "seaweed", "grass", "rice", "wheat", "corn", "water", "snow", "rain", "fog", "mist", "ice",
        "sand", "gold", "silver", "wood", "hair", "fur", "light", "food", "fruit", "bread", "music", "art", "clothes", "trousers", "jeans",
        "glasses", "scissors", "headphones", "pyjamas", "lights", "stairs", "ruins", "leaves", "flowers", "bamboo", "garlic", "seafood",
        "furniture", "sunlight", "moonlight", "lightning", "smoke", "fire", "lava", "northern lights", "noodles", "sushi", "pasta",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The plural of a noun or of a phrase that ends in one ("cup of tea": "cups of tea").</summary>
    public static string Plural(string noun)
    {
        foreach (var joint in (string[])[" of ", " in ", " with ", " and "])
        {
            var at = noun.IndexOf(joint, StringComparison.Ordinal);
            if (at > 0) return Plural(noun[..at]) + noun[at..];
        }

        var blank = noun.LastIndexOf(' ');
        var (before, last) = blank < 0 ? ("", noun) : (noun[..(blank + 1)], noun[(blank + 1)..]);
        if (last.Length < 2 || Unchanging.Contains(last) || Unchanging.Contains(noun)) return noun;
        return before + PluralOf(last);
    }

    /// <summary>The indefinite article before a word: "a" or "an".</summary>
    public static string Article(string word)
    {
        if (word.Length == 0) return "a";
        if (Begins("uni") || Begins("eur") || Begins("one")) return "a";
        return Begins("hour") || "aeiouAEIOU".Contains(word[0], StringComparison.Ordinal) ? "an" : "a";

        bool Begins(string start) => word.StartsWith(start, StringComparison.OrdinalIgnoreCase);
    }

    private static string PluralOf(string word)
    {
        if (Irregular.TryGetValue(word, out var plural)) return plural;
        if (word.EndsWith("man", StringComparison.Ordinal) && word.Length > 4 && !word.EndsWith("human", StringComparison.Ordinal)) return word[..^3] + "men";
        if (word[^1] is 's' && !word.EndsWith("ss", StringComparison.Ordinal) && !word.EndsWith("us", StringComparison.Ordinal)) return word;
        if (word[^1] is 's' or 'x' or 'z' || word.EndsWith("ch", StringComparison.Ordinal) || word.EndsWith("sh", StringComparison.Ordinal)) return word + "es";
        if (word[^1] == 'y' && word.Length > 1 && !"aeiou".Contains(word[^2], StringComparison.Ordinal)) return word[..^1] + "ies";
        return word + "s";
    }
}
