using PhotoStudio.Core.Documents;
using PhotoStudio.Tests.Contract;

namespace PhotoStudio.Tests.Backings.Sql.Postgres;

public sealed class PostgresDocumentStoreTests : DocumentStoreContract
{
    private PostgresStores _stores = null!;

    protected override IDocumentStore Documents => _stores.Documents;

    public override async Task InitializeAsync() => _stores = await PostgresStores.CreateAsync();

    public override async Task DisposeAsync() => await _stores.DisposeAsync();

    protected override Task AdvanceAsync(TimeSpan by) => _stores.AdvanceAsync(by);

    protected override Task<DateTimeOffset> InAsync(TimeSpan ahead) => _stores.InAsync(ahead);
}
