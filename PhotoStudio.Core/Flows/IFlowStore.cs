using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Flows;

/// <summary>Reads flows. They are written by the job store, together with their jobs.</summary>
public interface IFlowStore
{
    /// <summary>An owner's flow; null when there is none or it is another owner's.</summary>
    Task<Flow?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken);
}
