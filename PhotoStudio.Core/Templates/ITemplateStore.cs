using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Templates;

/// <summary>The templates that people made for themselves.</summary>
public interface ITemplateStore
{
    /// <summary>An owner's templates, newest first.</summary>
    Task<IReadOnlyList<JobTemplate>> ListAsync(Owner owner, CancellationToken cancellationToken);

    /// <summary>An owner's template; null when there is none or it is another owner's.</summary>
    Task<JobTemplate?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>Adds a template; false when the owner has <paramref name="most"/> already.</summary>
    Task<bool> AddAsync(JobTemplate template, int most, CancellationToken cancellationToken);

    /// <summary>Changes an owner's template.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="version">The version that is to be changed; null for whatever it is.</param>
    /// <param name="edit">What it becomes; id, owner, times and version are the store's. May be called more than once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The template as it is then, and whether it was changed: it is not when it had another version. Null when there is none.</returns>
    Task<(JobTemplate Template, bool Changed)?> ChangeAsync(
        Owner owner, Guid id, long? version, Func<JobTemplate, JobTemplate> edit, CancellationToken cancellationToken);

    /// <summary>Deletes an owner's template; false when there is none.</summary>
    Task<bool> DeleteAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>Counts a use of an owner's template; does nothing when there is none.</summary>
    Task CountUseAsync(Owner owner, Guid id, CancellationToken cancellationToken);
}
