using PhotoStudio.Core.Chat;
using PhotoStudio.Tests.Contract;

namespace PhotoStudio.Tests.Backings.Sql.Sqlite;

public sealed class SqliteChatStoreTests : ChatStoreContract
{
    private SqliteStores _stores = null!;

    protected override IChatStore Chat => _stores.Store<IChatStore>();

    public override async Task InitializeAsync() => _stores = await SqliteStores.CreateAsync();

    public override async Task DisposeAsync() => await _stores.DisposeAsync();

    protected override Task AdvanceAsync(TimeSpan by) => _stores.AdvanceAsync(by);
}
