namespace PhotoStudio.Imaging.Vips;

/// <summary>libvips reported an error; the message is its own.</summary>
public sealed class VipsException(string message) : Exception(message)
{
    /// <summary>The error of what has just failed, with the text of <see cref="VipsErrors"/>.</summary>
    internal static VipsException Take(string during)
    {
        var lines = VipsErrors.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 0 ? new(string.Join("; ", lines.Distinct(StringComparer.Ordinal))) : new($"{during} failed") { IsUnexplained = true };
    }

    /// <summary>Whether libvips' text was lost.</summary>
    internal bool IsUnexplained { get; private init; }
}

/// <summary>libvips cannot be loaded. The message says what is missing and how to get it.</summary>
public sealed class VipsLibraryException(string message, Exception? inner = null) : Exception(message, inner);
