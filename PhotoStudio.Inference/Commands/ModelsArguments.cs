namespace PhotoStudio.Inference.Commands;

/// <summary>What the command line of <c>models</c> says.</summary>
/// <param name="Verb">list, pull, import, accept, verify or remove.</param>
/// <param name="Names">Ids, or paths of files.</param>
internal sealed record ModelsArguments(string Verb, IReadOnlyList<string> Names)
{
    private static readonly Dictionary<string, (bool NeedsNames, string[] Flags)> Verbs = new(StringComparer.Ordinal)
    {
        ["list"] = (false, ["--json"]),
        ["pull"] = (true, ["--accept-license"]),
        ["import"] = (true, ["--accept-license", "--as"]),
        ["accept"] = (true, []),
        ["verify"] = (false, []),
        ["remove"] = (true, []),
    };

    /// <summary>Whether restricted licences are accepted.</summary>
    public bool Accepts { get; private init; }

    /// <summary>Whether the answer is JSON.</summary>
    public bool Json { get; private init; }

    /// <summary>Which model an imported file is meant to be.</summary>
    public string? As { get; private init; }

    /// <summary>Reads the command line after the word <c>models</c>.</summary>
    /// <param name="args">The words.</param>
    /// <param name="fault">What makes no sense; null when all does.</param>
    public static ModelsArguments? Read(IReadOnlyList<string> args, out string? fault)
    {
        var verb = args.Count > 0 ? args[0] : "";
        if (!Verbs.TryGetValue(verb, out var known))
        {
            fault = $"models knows {string.Join(", ", Verbs.Keys)}{(verb.Length > 0 ? $", not '{verb}'" : "")}.";
            return null;
        }

        var (names, flags, meant) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal), (string?)null);
        for (var i = 1; i < args.Count; i++)
        {
            var word = args[i] == "--accept-licence" ? "--accept-license" : args[i];
            if (!word.StartsWith("--", StringComparison.Ordinal))
            {
                names.Add(word);
            }
            else if (!known.Flags.Contains(word) || (word == "--as" && ++i == args.Count))
            {
                fault = word == "--as" ? "--as needs the id of a model." : $"models {verb} does not know '{word}'.";
                return null;
            }
            else
            {
                flags.Add(word);
                if (word == "--as") meant = args[i];
            }
        }

        fault = known.NeedsNames && names.Count == 0 ? $"models {verb} needs {(verb == "import" ? "a file" : "the id of a model")}."
            : verb == "list" && names.Count > 0 ? "models list takes no names."
            : meant is not null && names.Count > 1 ? "--as goes with one file."
            : null;
        return fault is not null ? null : new(verb, names)
        {
            Accepts = flags.Contains("--accept-license"),
            Json = flags.Contains("--json"),
            As = meant,
        };
    }
}
