using PhotoStudio.Tests.Contract;

namespace PhotoStudio.Tests.Backings.Sql.Postgres;

public sealed class PostgresJobStoreTests : JobStoreContract
{
    protected override async Task<StudioStores> OpenAsync(int maxUnfinishedPerOwner, int maxRunningPerOwner) =>
        await PostgresStores.CreateAsync(maxUnfinishedPerOwner, maxRunningPerOwner);
}
