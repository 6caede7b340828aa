using System.Text.Json;

namespace PhotoStudio.Core.Accounts;

/// <summary>
/// What a store keeps for owners, whatever kinds of things they are: every store that has an owner's things implements it, so that
/// adopting, exporting and erasing forget none.
/// </summary>
public interface IOwnedThings
{
    /// <summary>
    /// Makes everything of one owner another's. Bytes stay where they are, for records say where. What both have under the same name is
    /// kept from <paramref name="to"/>.
    /// </summary>
    /// <returns>How many things changed hands.</returns>
    Task<int> AdoptAsync(Owner from, Owner to, CancellationToken cancellationToken);

    /// <summary>Guests of whom nothing is newer than <paramref name="idle"/>.</summary>
    Task<IReadOnlyList<Owner>> IdleGuestsAsync(TimeSpan idle, int limit, CancellationToken cancellationToken);

    /// <summary>Owners whose things are to be erased because their account was deleted.</summary>
    Task<IReadOnlyList<Owner>> CondemnedAsync(int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Erases every record of the owner for good, some at a time, and forgets that the owner was condemned. Their bytes are doomed in the same
    /// transactions (<see cref="Images.IDoomedBlobs"/>).
    /// </summary>
    /// <param name="owner">Whose.</param>
    /// <param name="idle">Only while nothing of the owner is newer than this; null for whatever there is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when jobs of the owner are unfinished or not tidied up after, or something is newer.</returns>
    Task<bool> EraseAsync(Owner owner, TimeSpan? idle, CancellationToken cancellationToken);

    /// <summary>The owners of whom there is anything and whose written form begins with the prefix.</summary>
    Task<IReadOnlyList<Owner>> OwnersAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>
    /// Writes every record of the owner: for each kind of thing a property with an array of objects, into the object that is open.
    /// </summary>
    /// <param name="owner">Whose.</param>
    /// <param name="json">Where to.</param>
    /// <param name="urlOf">A URL for the key of a blob.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task ExportAsync(Owner owner, Utf8JsonWriter json, Func<string, string> urlOf, CancellationToken cancellationToken);
}
