using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Quotas;

/// <summary>What one owner may do in a day.</summary>
/// <param name="Plan">The plan's name: <c>free</c>, <c>premium</c>, <c>service</c>, <c>guest</c>, <c>personal</c> or <c>none</c>.</param>
/// <param name="Limits">The plan's limits.</param>
/// <param name="Personal">A limit of the owner's own, which takes the place of the plan's for every kind but uploads.</param>
public sealed record QuotaLimits(string Plan, QuotaPlan Limits, int? Personal = null)
{
    /// <summary>The limit of a kind; null where there is none.</summary>
    public int? Of(QuotaKind kind) => kind is QuotaKind.Uploads or QuotaKind.None ? Limits.LimitOf(kind) : Personal ?? Limits.LimitOf(kind);

    /// <summary>The limits that an owner has.</summary>
    /// <param name="options">The plans.</param>
    /// <param name="owner">Whose.</param>
    /// <param name="roles">The roles of an account; none for another owner.</param>
    /// <param name="personal">A daily quota of the account's own.</param>
    public static QuotaLimits For(QuotaOptions options, Owner owner, IReadOnlyCollection<string> roles, int? personal)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(roles);
        if (!options.Enabled) return new QuotaLimits("none", QuotaPlan.Unlimited);
        return owner.Kind switch
        {
            OwnerKind.Guest => new QuotaLimits("guest", options.Guest),
            OwnerKind.Service => new QuotaLimits("service", options.Service),
            _ when roles.Contains(AccountRoles.Premium) || roles.Contains(AccountRoles.Admin) => Named("premium", options.Premium, personal),
            _ => Named("free", options.Free, personal),
        };
    }

    private static QuotaLimits Named(string plan, QuotaPlan limits, int? personal) =>
        personal is null ? new QuotaLimits(plan, limits) : new QuotaLimits("personal", limits, personal);
}
