namespace PhotoStudio.Core.Models;

/// <summary>
/// Fetches, checks and removes the models that engines run. A direct call in the standalone studio and for the command line, HTTP
/// between services. What it changes is noticed by engines without a restart.
/// </summary>
public interface IModelAdministration
{
    /// <summary>Every model that could be installed, and what is.</summary>
    /// <exception cref="ModelException">The store cannot be reached.</exception>
    Task<ModelList> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Fetches a model unless it is here: goes on where an earlier try broke off, tries one address after another, and keeps only a
    /// file with the catalogue's hash. Two that fetch the same model at once, in one process or in two, fetch it once.
    /// </summary>
    /// <param name="id">The model.</param>
    /// <param name="acceptedBy">Who accepts its licence, for the record; null when nobody does. Needed for restricted licences.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Breaks off; what has come stays for the next try.</param>
    /// <exception cref="ModelException">It could not be fetched; the message says why and what helps.</exception>
    Task<ModelReport> PullAsync(string id, string? acceptedBy, IProgress<ModelProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Records that a model's restricted licence is accepted.</summary>
    /// <param name="id">The model.</param>
    /// <param name="acceptedBy">Who accepts it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ModelException">There is no such model, or it cannot be recorded.</exception>
    Task<ModelReport> AcceptAsync(string id, string acceptedBy, CancellationToken cancellationToken);

    /// <summary>Reads a model's file from beginning to end and compares its hash. One that has changed is no longer used.</summary>
    /// <exception cref="ModelException">It is not installed, or its file is not what it was (<see cref="ModelFault.Damaged"/>).</exception>
    Task<ModelReport> VerifyAsync(string id, IProgress<ModelProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Deletes a model's file and what is left of unfinished downloads.</summary>
    /// <exception cref="ModelException">It is not installed, or cannot be deleted.</exception>
    Task<ModelReport> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Takes a file into the store. Its hash says which model it is.</summary>
    /// <param name="content">The file.</param>
    /// <param name="id">Which model it is meant to be; needed only for a model whose hash is not published.</param>
    /// <param name="acceptedBy">Who accepts its licence, for the record; null when nobody does. Needed for restricted licences.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Breaks off; nothing is kept then.</param>
    /// <exception cref="ModelException">It is no model of the catalogue, or not the one that is meant, or cannot be kept.</exception>
    Task<ModelReport> ImportAsync(
        Stream content, string? id, string? acceptedBy, IProgress<ModelProgress>? progress, CancellationToken cancellationToken);
}
