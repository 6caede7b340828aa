using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Quotas;

/// <summary>
/// The daily quotas. Submitting a job and adding a picture to the library take theirs themselves, in their own transactions
/// (<see cref="Jobs.IJobStore"/>, <see cref="Images.IImageLibrary"/>); this reads them, and takes for what is neither. What is taken is
/// remembered under an id, so that giving it back twice gives it back once. Days are UTC days by the database's clock.
/// </summary>
public interface IQuotas
{
    /// <summary>Where an owner stands with every quota.</summary>
    Task<QuotaReport> ReadAsync(Owner owner, CancellationToken cancellationToken);

    /// <summary>
    /// Takes some, or none when that is more than is left. Of requests at the same time exactly as many get through as there are units.
    /// </summary>
    /// <param name="owner">Whose quota.</param>
    /// <param name="id">What it is taken for; an id that has taken already takes nothing more.</param>
    /// <param name="kind">Which quota; <see cref="QuotaKind.None"/> always gets through.</param>
    /// <param name="units">How many, at least 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was taken, and where the owner stands then.</returns>
    Task<(bool Taken, QuotaStanding Standing)> TakeAsync(Owner owner, Guid id, QuotaKind kind, int units, CancellationToken cancellationToken);

    /// <summary>Gives back what was taken for an id; false when there was nothing, or it was given back before.</summary>
    Task<bool> GiveBackAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>How much was used of every quota on each of the last days, by everybody; newest first.</summary>
    Task<IReadOnlyList<QuotaUse>> UseAsync(int days, CancellationToken cancellationToken);

    /// <summary>Forgets what was taken before the last so many days; answers how many charges.</summary>
    Task<int> ForgetAsync(int days, CancellationToken cancellationToken);
}

/// <summary>How much of one quota was used on one day.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Kind">Which quota.</param>
/// <param name="Units">How many units, by everybody.</param>
/// <param name="Owners">By how many owners.</param>
public sealed record QuotaUse(DateOnly Day, QuotaKind Kind, int Units, int Owners);
