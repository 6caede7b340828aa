using PhotoStudio.Tests.Contract;

namespace PhotoStudio.Tests.Backings.Sql.Sqlite;

public sealed class SqliteStyleStoreTests : StyleStoreContract
{
    protected override async Task<StudioStores> OpenAsync() => await SqliteStores.CreateAsync();
}
