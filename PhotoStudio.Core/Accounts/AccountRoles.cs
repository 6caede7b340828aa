namespace PhotoStudio.Core.Accounts;

/// <summary>What an account may be. Everybody is a user; the others are given by an admin or by the configuration, never by a request.</summary>
public static class AccountRoles
{
    /// <summary>Every account.</summary>
    public const string User = "user";

    /// <summary>Higher limits and premium styles.</summary>
    public const string Premium = "premium";

    /// <summary>May look after the studio.</summary>
    public const string Admin = "admin";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [User, Premium, Admin];
}
