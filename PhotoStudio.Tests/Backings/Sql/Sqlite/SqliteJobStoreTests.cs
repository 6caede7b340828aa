using PhotoStudio.Tests.Contract;

namespace PhotoStudio.Tests.Backings.Sql.Sqlite;

public sealed class SqliteJobStoreTests : JobStoreContract
{
    protected override async Task<StudioStores> OpenAsync(int maxUnfinishedPerOwner, int maxRunningPerOwner) =>
        await SqliteStores.CreateAsync(maxUnfinishedPerOwner, maxRunningPerOwner);
}
