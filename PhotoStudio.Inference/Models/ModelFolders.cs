using Microsoft.Extensions.Configuration;

namespace PhotoStudio.Inference.Models;

/// <summary>
/// The folders that models are looked for in: <c>Studio:Inference:Models:Path</c>, else <c>Studio:Models:Path</c>, each one folder, a
/// list with <c>;</c> between, or an array; else <c>models</c> in the folder of <c>Studio:Data</c>. New models go into the first.
/// </summary>
/// <param name="All">The folders as absolute paths, at least one; they need not exist.</param>
public sealed record ModelFolders(IReadOnlyList<string> All)
{
    /// <summary>The setting of the folders.</summary>
    public const string Setting = "Studio:Models:Path";

    private const string InferenceSetting = "Studio:Inference:Models:Path";

    /// <summary>The folder that new models go into.</summary>
    public string First => All[0];

    /// <summary>Reads the settings; a relative path starts at the current directory.</summary>
    /// <exception cref="InvalidOperationException">One is no path; the message names the setting.</exception>
    public static ModelFolders From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        foreach (var setting in (string[])[InferenceSetting, Setting])
        {
            if (Paths(configuration.GetSection(setting)) is { Count: > 0 } given) return new(given);
        }

        var data = configuration["Studio:Data"] is { Length: > 0 } configured ? configured : "data";
        return new([Absolute(Path.Combine(data, "models"), "Studio:Data")]);
    }

    private static List<string> Paths(IConfigurationSection section) =>
    [
        .. section.GetChildren().Select(child => child.Value).Prepend(section.Value)
            .SelectMany(value => (value ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(path => Absolute(path, section.Path))
            .Distinct(StringComparer.Ordinal),
    ];

    private static string Absolute(string path, string setting)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (ArgumentException fault)
        {
            throw new InvalidOperationException($"{setting}: '{path}' is no path of a folder.", fault);
        }
    }
}
