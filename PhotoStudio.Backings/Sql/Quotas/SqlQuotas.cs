using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Backings.Sql.Quotas;

/// <summary>Daily quotas in a relational database.</summary>
public sealed class SqlQuotas(StudioDatabase database, IOptionsMonitor<QuotaOptions> options) : IQuotas
{
    /// <inheritdoc/>
    public Task<QuotaReport> ReadAsync(Owner owner, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, now, token) =>
        {
            var (name, day) = (owner.Text, QuotaLedger.DayOf(now));
            var limits = await QuotaLedger.LimitsAsync(db, options.CurrentValue, owner, token);
            var used = await db.Set<QuotaChargeRow>().Where(row => row.Owner == name && row.Day == day)
                .GroupBy(row => row.Kind)
                .Select(kind => new { Kind = kind.Key, Units = kind.Sum(row => row.Units) })
                .ToDictionaryAsync(kind => kind.Kind, kind => kind.Units, token);
            var standings = QuotaKinds.All.Select(kind => new QuotaStanding(kind, limits.Of(kind), used.GetValueOrDefault(kind.WireName()), now));
            return new QuotaReport(limits.Plan, [.. standings]);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<(bool Taken, QuotaStanding Standing)> TakeAsync(Owner owner, Guid id, QuotaKind kind, int units, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        return database.WriteAsync(
            QuotaLedger.TurnOf(owner),
            async (db, now, token) =>
            {
                var known = await db.Set<QuotaChargeRow>().AnyAsync(row => row.SubjectId == id, token);
                var taking = known
                    ? new QuotaTaking(true, null)
                    : await QuotaLedger.TakeAsync(db, options.CurrentValue, owner, [new QuotaCharge(id, 0, new OperationCost(kind, units))], now, token);
                await db.SaveChangesAsync(token);
                return (taking.Taken, taking.Standing ?? await QuotaLedger.StandingAsync(db, options.CurrentValue, owner, kind, now, token));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> GiveBackAsync(Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(async (db, _, token) => await QuotaLedger.GiveBackAsync(db, id, fromStep: 0, token) > 0, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<QuotaUse>> UseAsync(int days, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<QuotaUse>>(
        async (db, now, token) =>
        {
            var first = QuotaLedger.DayOf(now) - days + 1;
            var rows = await db.Set<QuotaChargeRow>().Where(row => row.Day >= first)
                .GroupBy(row => new { row.Day, row.Kind })
                .Select(use => new { use.Key.Day, use.Key.Kind, Units = use.Sum(row => row.Units), Owners = use.Select(row => row.Owner).Distinct().Count() })
                .OrderByDescending(use => use.Day).ThenBy(use => use.Kind)
                .ToListAsync(token);
            return rows.ConvertAll(use => new QuotaUse(DateOnly.FromDayNumber(use.Day), QuotaKinds.Parse(use.Kind), use.Units, use.Owners));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<int> ForgetAsync(int days, CancellationToken cancellationToken) => database.WriteAsync(
        WriteMode.Latest,
        async (db, now, token) =>
        {
            var first = QuotaLedger.DayOf(now) - days + 1;
            return await db.Set<QuotaChargeRow>().Where(row => row.Day < first).ExecuteDeleteAsync(token);
        },
        cancellationToken);
}
