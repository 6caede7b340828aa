using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Quotas;

/// <summary>What each plan may do in a day. Section <c>Studio:Quotas</c>.</summary>
public sealed class QuotaOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Studio:Quotas";

    /// <summary>Whether anything is counted against a limit at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Accounts, and users whom another issuer vouches for.</summary>
    public QuotaPlan Free { get; set; } = new();

    /// <summary>Accounts with the role <c>premium</c> or <c>admin</c>.</summary>
    public QuotaPlan Premium { get; set; } = new() { Generation = 200, Edit = 200, StyleTransfer = 200, Uploads = 100 };

    /// <summary>Each user in the namespace of a service key.</summary>
    public QuotaPlan Service { get; set; } = new() { Generation = 200, Edit = 200, StyleTransfer = 200, Uploads = 100 };

    /// <summary>
    /// Guests. Whoever forgets a guest's id is another guest, so these limits guide and do not guard; the hosts set none in Development.
    /// </summary>
    public QuotaPlan Guest { get; set; } = new();
}

/// <summary>How many of each kind a plan has in a UTC day; <see cref="NoLimit"/> for as many as one likes.</summary>
public sealed class QuotaPlan
{
    /// <summary>As many as one likes.</summary>
    public const int NoLimit = -1;

    /// <summary>A plan without limits.</summary>
    public static QuotaPlan Unlimited => new() { Generation = NoLimit, Edit = NoLimit, StyleTransfer = NoLimit, Uploads = NoLimit };

    /// <summary>Pictures made from words.</summary>
    public int Generation { get; set; } = 20;

    /// <summary>Pictures changed.</summary>
    public int Edit { get; set; } = 20;

    /// <summary>Pictures restyled.</summary>
    public int StyleTransfer { get; set; } = 20;

    /// <summary>Pictures taken into the library.</summary>
    public int Uploads { get; set; } = 10;

    /// <summary>Whether every limit is one.</summary>
    public bool IsValid => Generation >= NoLimit && Edit >= NoLimit && StyleTransfer >= NoLimit && Uploads >= NoLimit;

    /// <summary>The limit of a kind; null where there is none.</summary>
    public int? LimitOf(QuotaKind kind)
    {
        var limit = kind switch
        {
            QuotaKind.None => NoLimit,
            QuotaKind.Generation => Generation,
            QuotaKind.Edit => Edit,
            QuotaKind.StyleTransfer => StyleTransfer,
            QuotaKind.Uploads => Uploads,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
        return limit == NoLimit ? null : limit;
    }
}
