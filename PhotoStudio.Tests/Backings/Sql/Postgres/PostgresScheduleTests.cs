using PhotoStudio.Tests.Contract;

namespace PhotoStudio.Tests.Backings.Sql.Postgres;

public sealed class PostgresScheduleTests : ScheduleContract
{
    protected override async Task<StudioStores> OpenAsync() => await PostgresStores.CreateAsync();
}
