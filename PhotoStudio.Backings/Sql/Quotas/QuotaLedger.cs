using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Accounts;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Backings.Sql.Quotas;

/// <summary>
/// Takes quotas and gives them back inside a transaction of whoever does the work that is paid for. Taking needs the owner's turn
/// (<see cref="TurnOf"/>), for what is left is counted over rows.
/// </summary>
internal static class QuotaLedger
{
    /// <summary>Everything that takes an owner's quota goes one after another, and so do the submissions that count its unfinished jobs.</summary>
    public static WriteMode TurnOf(Owner owner) => WriteMode.InTurn($"submissions of {owner.Text}");

    /// <summary>The day that a time is in.</summary>
    public static int DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime).DayNumber;

    /// <summary>What an owner may do in a day.</summary>
    public static async Task<QuotaLimits> LimitsAsync(StudioDbContext db, QuotaOptions options, Owner owner, CancellationToken cancellationToken)
    {
        if (!options.Enabled || owner.Kind != OwnerKind.User || !Guid.TryParse(owner.Text.AsSpan("user:".Length), out var id))
            return QuotaLimits.For(options, owner, [], personal: null);

        var roles = await AccountRecords.RolesAsync(db, id, cancellationToken);
        var personal = await db.Set<UserRow>().Where(row => row.Id == id).Select(row => row.MaxDailyProcesses).SingleOrDefaultAsync(cancellationToken);
        return QuotaLimits.For(options, owner, roles, personal);
    }

    /// <summary>Where an owner stands with one quota.</summary>
    public static async Task<QuotaStanding> StandingAsync(
        StudioDbContext db, QuotaOptions options, Owner owner, QuotaKind kind, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limits = await LimitsAsync(db, options, owner, cancellationToken);
        return new QuotaStanding(kind, limits.Of(kind), await UsedAsync(db, owner, kind, now, cancellationToken), now);
    }

    /// <summary>How many an owner has used today.</summary>
    public static async Task<int> UsedAsync(StudioDbContext db, Owner owner, QuotaKind kind, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (name, text, day) = (owner.Text, kind.WireName(), DayOf(now));
        return await db.Set<QuotaChargeRow>().Where(row => row.Owner == name && row.Day == day && row.Kind == text).SumAsync(row => row.Units, cancellationToken);
    }

    /// <summary>
    /// Puts charges into the context, unless one of them is more than is left; then nothing is put there. Answers where the owner stands
    /// with them, those that were refused alone.
    /// </summary>
    public static async Task<QuotaTaking> TakeAsync(
        StudioDbContext db, QuotaOptions options, Owner owner, IReadOnlyCollection<QuotaCharge> charges, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wanted = charges.Where(charge => charge.Cost.Kind != QuotaKind.None && charge.Cost.Units > 0).ToList();
        if (wanted.Count == 0) return new QuotaTaking(true, null);

        var limits = await LimitsAsync(db, options, owner, cancellationToken);
        QuotaStanding? tightest = null;
        foreach (var kind in wanted.GroupBy(charge => charge.Cost.Kind))
        {
            var units = kind.Sum(charge => charge.Cost.Units);
            var standing = new QuotaStanding(kind.Key, limits.Of(kind.Key), Used: 0, now);
            if (standing.Limit is not null) standing = standing with { Used = await UsedAsync(db, owner, kind.Key, now, cancellationToken) };
            if (!standing.Allows(units)) return new QuotaTaking(false, standing);

            standing = standing with { Used = standing.Used + units };
            if (tightest is null || (standing.Remaining ?? int.MaxValue) < (tightest.Remaining ?? int.MaxValue)) tightest = standing;
        }

        db.Set<QuotaChargeRow>().AddRange(wanted.Select(charge => new QuotaChargeRow
        {
            SubjectId = charge.Subject,
            Step = charge.Step,
            Owner = owner.Text,
            Kind = charge.Cost.Kind.WireName(),
            Day = DayOf(now),
            Units = charge.Cost.Units,
        }));
        return new QuotaTaking(true, tightest);
    }

    /// <summary>Gives back what was taken for a subject from a step on.</summary>
    public static Task<int> GiveBackAsync(StudioDbContext db, Guid subject, int fromStep, CancellationToken cancellationToken) =>
        db.Set<QuotaChargeRow>().Where(row => row.SubjectId == subject && row.Step >= fromStep).ExecuteDeleteAsync(cancellationToken);
}

/// <summary>Something to be paid for.</summary>
/// <param name="Subject">What it is: a job, a flow, a picture.</param>
/// <param name="Step">Which step of a flow; 0 otherwise.</param>
/// <param name="Cost">What it costs.</param>
internal sealed record QuotaCharge(Guid Subject, int Step, OperationCost Cost);

/// <summary>What became of taking.</summary>
/// <param name="Taken">Whether everything was taken.</param>
/// <param name="Standing">Where the owner stands with the quota that has least left; null when nothing had to be taken.</param>
internal sealed record QuotaTaking(bool Taken, QuotaStanding? Standing);
