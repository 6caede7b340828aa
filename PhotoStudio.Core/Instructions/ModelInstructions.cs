using System.Collections.Concurrent;
using System.Globalization;

namespace PhotoStudio.Core.Instructions;

/// <summary>
/// What a language model is told to do, from this folder's <c>name.vN.md</c>. A file that was released never changes: a new wording is a
/// new version, and the newest is used. What a model answers is held to the catalogue by code, whatever the instructions say.
/// </summary>
/// <param name="Version">The name with its version, such as <c>understand.v1</c>.</param>
/// <param name="Text">The instructions, with <c>{{name}}</c> where something is filled in.</param>
public sealed record ModelInstructions(string Version, string Text)
{
    private const string Prefix = "PhotoStudio.Core.Instructions.";
    private static readonly ConcurrentDictionary<string, ModelInstructions> Loaded = new(StringComparer.Ordinal);

    /// <summary>Taking a message apart into operations.</summary>
    public static ModelInstructions Understand => Newest("understand");

    /// <summary>Refining a prompt for an image model.</summary>
    public static ModelInstructions Refine => Newest("refine");

    /// <summary>The newest version of some instructions.</summary>
    /// <exception cref="ArgumentException">There are none of that name.</exception>
    public static ModelInstructions Newest(string name) => Loaded.GetOrAdd(name, static wanted =>
    {
        var assembly = typeof(ModelInstructions).Assembly;
        var version = assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith($"{Prefix}{wanted}.v", StringComparison.Ordinal) && resource.EndsWith(".md", StringComparison.Ordinal))
            .Select(resource => int.Parse(resource.AsSpan()[(Prefix.Length + wanted.Length + 2)..^3], CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0)
            .Max();
        if (version == 0) throw new ArgumentException($"There are no instructions with the name {wanted}.", nameof(name));
        using var reader = new StreamReader(assembly.GetManifestResourceStream($"{Prefix}{wanted}.v{version}.md")!);
        return new($"{wanted}.v{version}", reader.ReadToEnd().ReplaceLineEndings("\n").Trim());
    });

    /// <summary>The text with a value filled in.</summary>
    public string With(string name, string value) => Text.Replace($"{{{{{name}}}}}", value, StringComparison.Ordinal);
}
