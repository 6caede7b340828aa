using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Quotas;

/// <summary>What can be said of the daily quotas.</summary>
public static class QuotaKinds
{
    /// <summary>Every kind that has a quota.</summary>
    public static IReadOnlyList<QuotaKind> All { get; } = [QuotaKind.Generation, QuotaKind.Edit, QuotaKind.StyleTransfer, QuotaKind.Uploads];

    /// <summary>The wire name in snake_case; also how it is stored.</summary>
    public static string WireName(this QuotaKind kind) => kind switch
    {
        QuotaKind.None => "none",
        QuotaKind.Generation => "generation",
        QuotaKind.Edit => "edit",
        QuotaKind.StyleTransfer => "style_transfer",
        QuotaKind.Uploads => "uploads",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The kind with a wire name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static QuotaKind Parse(string name) =>
        All.Append(QuotaKind.None).Cast<QuotaKind?>().FirstOrDefault(kind => kind!.Value.WireName() == name)
        ?? throw new FormatException($"There is no quota '{name}'.");
}
