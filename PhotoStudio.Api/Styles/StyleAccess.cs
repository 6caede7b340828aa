using PhotoStudio.Api.Identity;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Styles;

/// <summary>Who may use which styles.</summary>
internal static class StyleAccess
{
    /// <summary>Whether the caller has a premium account; administrators count as one.</summary>
    public static bool IsPremium(this Caller caller) =>
        caller.Roles.Contains(AccountRoles.Premium, StringComparer.Ordinal) || caller.Roles.Contains(AccountRoles.Admin, StringComparer.Ordinal);

    /// <summary>Whether the caller may use a style.</summary>
    public static bool MayUse(this Caller caller, Style style) => style.RetiredAt is null && (!style.IsPremium || caller.IsPremium());
}
