using PhotoStudio.Core.Documents;
using PhotoStudio.Tests.Contract;

namespace PhotoStudio.Tests.Backings.Sql.Sqlite;

public sealed class SqliteDocumentStoreTests : DocumentStoreContract
{
    private SqliteStores _stores = null!;

    protected override IDocumentStore Documents => _stores.Documents;

    public override async Task InitializeAsync() => _stores = await SqliteStores.CreateAsync();

    public override async Task DisposeAsync() => await _stores.DisposeAsync();

    protected override Task AdvanceAsync(TimeSpan by) => _stores.AdvanceAsync(by);

    protected override Task<DateTimeOffset> InAsync(TimeSpan ahead) => Task.FromResult(_stores.Time.GetUtcNow() + ahead);
}
