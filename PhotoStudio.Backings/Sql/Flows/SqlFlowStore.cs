using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;

namespace PhotoStudio.Backings.Sql.Flows;

/// <summary>Reads flows from a relational database.</summary>
public sealed class SqlFlowStore(StudioDatabase database) : IFlowStore
{
    /// <inheritdoc/>
    public Task<Flow?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.ReadAsync(
            async (db, token) =>
                (await db.Flows.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Owner == name, token))?.ToFlow(),
            cancellationToken);
    }
}
