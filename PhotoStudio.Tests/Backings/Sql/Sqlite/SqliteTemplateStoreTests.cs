using PhotoStudio.Tests.Contract;

namespace PhotoStudio.Tests.Backings.Sql.Sqlite;

public sealed class SqliteTemplateStoreTests : TemplateStoreContract
{
    protected override async Task<StudioStores> OpenAsync() => await SqliteStores.CreateAsync();
}
