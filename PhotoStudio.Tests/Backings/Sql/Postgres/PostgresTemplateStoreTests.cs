using PhotoStudio.Tests.Contract;

namespace PhotoStudio.Tests.Backings.Sql.Postgres;

public sealed class PostgresTemplateStoreTests : TemplateStoreContract
{
    protected override async Task<StudioStores> OpenAsync() => await PostgresStores.CreateAsync();
}
