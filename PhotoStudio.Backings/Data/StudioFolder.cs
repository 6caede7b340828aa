using Microsoft.Extensions.Configuration;

namespace PhotoStudio.Backings.Data;

/// <summary>The folder a studio keeps its data in; the setting <c>Studio:Data</c>, <c>./data</c> unless set.</summary>
/// <param name="Path">The folder, as an absolute path.</param>
public sealed record StudioFolder(string Path)
{
    /// <summary>The setting that names it.</summary>
    public const string Setting = "Studio:Data";

    /// <summary>The database of a studio without a database server.</summary>
    public string Database => System.IO.Path.Combine(Path, "studio.db");

    /// <summary>The blobs of a studio without a blob service.</summary>
    public string Blobs => System.IO.Path.Combine(Path, "blobs");

    /// <summary>The key that signs URLs, where none is configured.</summary>
    public string SigningKey => System.IO.Path.Combine(Path, "signing.key");

    /// <summary>The key that signs access tokens, where none is configured.</summary>
    public string TokenKey => System.IO.Path.Combine(Path, "tokens.key");

    /// <summary>Letters that are not sent, where no mail server is configured.</summary>
    public string Mail => System.IO.Path.Combine(Path, "mail");

    /// <summary>Locked while a process has the folder to itself.</summary>
    public string Lock => System.IO.Path.Combine(Path, "studio.lock");

    /// <summary>The id of the process that has the folder to itself, for people.</summary>
    public string Holder => System.IO.Path.Combine(Path, "studio.pid");

    /// <summary>Reads the setting; a relative path starts at the current directory.</summary>
    /// <exception cref="InvalidOperationException">It is no path.</exception>
    public static StudioFolder From(IConfiguration configuration)
    {
        var path = configuration[Setting] is { Length: > 0 } configured ? configured : "data";
        try
        {
            return new StudioFolder(System.IO.Path.GetFullPath(path));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException($"{Setting} is no path of a folder.", exception);
        }
    }
}
