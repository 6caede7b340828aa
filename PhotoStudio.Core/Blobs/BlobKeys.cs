using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Blobs;

/// <summary>Where bytes are stored. Owners appear by their <see cref="Owner.StorageName"/>.</summary>
public static class BlobKeys
{
    /// <summary>The longest key that is accepted, in characters.</summary>
    public const int MaxLength = 512;

    /// <summary>What the keys of pictures begin with that have a record each: uploads and results.</summary>
    public static IReadOnlyList<string> RecordedPrefixes { get; } = ["images/uploads/", "processed/"];

    /// <summary>An uploaded picture: <c>images/uploads/&lt;owner&gt;/&lt;image&gt;.&lt;ext&gt;</c>.</summary>
    public static string Upload(Owner owner, Guid imageId, string extension) =>
        $"images/uploads/{owner.StorageName}/{imageId:N}.{extension}";

    /// <summary>
    /// A result: <c>processed/&lt;owner&gt;/&lt;date of the job&gt;/&lt;job&gt;-&lt;attempt&gt;-&lt;n&gt;.&lt;ext&gt;</c>.
    /// The attempt keeps a worker that lost its lease from overwriting the winner's bytes.
    /// </summary>
    public static string Result(Owner owner, DateTimeOffset jobCreatedAt, Guid jobId, int attempt, int index, string extension) =>
        $"{ResultPrefix(owner, jobCreatedAt, jobId)}{attempt}-{index}.{extension}";

    /// <summary>What every result key of a job begins with.</summary>
    public static string ResultPrefix(Owner owner, DateTimeOffset jobCreatedAt, Guid jobId) =>
        $"processed/{owner.StorageName}/{jobCreatedAt.UtcDateTime:yyyy-MM-dd}/{jobId:N}-";

    /// <summary>What every size made of a picture begins with; see <see cref="Derived"/>.</summary>
    public static string DerivedPrefix(Guid imageId) => $"images/derived/{imageId:N}/";

    /// <summary>
    /// A size made of a picture: <c>images/derived/&lt;image&gt;/&lt;size&gt;.&lt;ext&gt;</c>. It is the picture's, whoever owns that by now.
    /// </summary>
    public static string Derived(Guid imageId, string size, string extension) => $"{DerivedPrefix(imageId)}{size}.{extension}";

    /// <summary>What the parts of an upload that comes in several requests begin with.</summary>
    public static string UploadPartPrefix(Guid uploadId) => $"images/parts/{uploadId:N}/";

    /// <summary>
    /// Whether a key is well formed: segments of letters, digits, '-', '_' and '.', separated by single slashes,
    /// none of them beginning with a dot.
    /// </summary>
    public static bool IsValid(string? key)
    {
        if (string.IsNullOrEmpty(key) || key.Length > MaxLength) return false;
        foreach (var segment in key.Split('/'))
        {
            if (segment.Length == 0 || segment[0] == '.') return false;
            if (segment.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))) return false;
        }

        return true;
    }
}
