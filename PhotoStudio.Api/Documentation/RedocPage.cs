using System.Text;

namespace PhotoStudio.Api.Documentation;

/// <summary>ReDoc's page without the web fonts it would fetch from another site.</summary>
internal static class RedocPage
{
    /// <summary>The page without lines that name another site.</summary>
    public static Func<Stream> Without(Func<Stream> original)
    {
        using var reader = new StreamReader(original(), Encoding.UTF8);
        var kept = reader.ReadToEnd().Split('\n').Where(line => !line.Contains("://fonts.", StringComparison.OrdinalIgnoreCase));
        var page = Encoding.UTF8.GetBytes(string.Join('\n', kept));
        return () => new MemoryStream(page, writable: false);
    }
}
