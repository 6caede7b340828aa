using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Documents;

/// <summary>
/// JSON documents in collections, such as conversations. They are projections of rows that have the truth, so writing is
/// idempotent: a document carries the version of the truth it shows, and an older version never replaces a newer one.
/// </summary>
public interface IDocumentStore
{
    /// <summary>
    /// Writes a document unless a version as new or newer is stored.
    /// </summary>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="ArgumentException">The id is taken by another owner's document, or the JSON is not valid.</exception>
    Task<bool> PutAsync(StudioDocument document, CancellationToken cancellationToken);

    /// <summary>An owner's document; null when there is none or it is another owner's.</summary>
    Task<StudioDocument?> FindAsync(string collection, Owner owner, string id, CancellationToken cancellationToken);

    /// <summary>An owner's documents within a parent (such as the messages of a session), by sort key.</summary>
    Task<Page<StudioDocument>> ListAsync(string collection, Owner owner, string? parent, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Deletes an owner's document; false when there is none.</summary>
    Task<bool> DeleteAsync(string collection, Owner owner, string id, CancellationToken cancellationToken);

    /// <summary>Deletes an owner's documents within a parent; answers how many.</summary>
    Task<int> DeleteAllAsync(string collection, Owner owner, string parent, CancellationToken cancellationToken);
}

/// <summary>A JSON document.</summary>
/// <param name="Collection">What kind of document it is.</param>
/// <param name="Id">Identifies it within the collection.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Version">The version of the truth it shows, from 1.</param>
/// <param name="Json">Its content: a JSON object.</param>
public sealed record StudioDocument(string Collection, string Id, Owner Owner, long Version, string Json)
{
    /// <summary>The document it belongs to, such as a message's session.</summary>
    public string? Parent { get; init; }

    /// <summary>Its place in lists, ascending; equal keys are ordered by id.</summary>
    public long SortKey { get; init; }

    /// <summary>When it may be forgotten; null keeps it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
