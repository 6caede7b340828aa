using PhotoStudio.Tests.Contract;

namespace PhotoStudio.Tests.Backings.Sql.Sqlite;

public sealed class SqliteJobAdministrationTests : JobAdministrationContract
{
    protected override async Task<StudioStores> OpenAsync() => await SqliteStores.CreateAsync();
}
