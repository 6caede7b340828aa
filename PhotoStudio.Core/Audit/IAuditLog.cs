namespace PhotoStudio.Core.Audit;

/// <summary>What administrators did. Entries are added and never changed.</summary>
public interface IAuditLog
{
    /// <summary>Adds an entry.</summary>
    Task AddAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>A page of entries, newest first.</summary>
    Task<Page<AuditEntry>> ListAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken);
}

/// <summary>Something that an administrator did, or tried to.</summary>
/// <param name="Id">Identifies the entry; version 7.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who: an owner's written form, or <c>command line</c>.</param>
/// <param name="Action">What, by the name of the endpoint, such as <c>ChangeUser</c>.</param>
/// <param name="Target">On what: the request's path, or an account.</param>
/// <param name="Outcome">The HTTP status it ended with; 200 for what came in another way and worked.</param>
/// <param name="Details">What was asked for, such as the changed fields; null when the path says all.</param>
public sealed record AuditEntry(Guid Id, DateTimeOffset At, string Actor, string Action, string Target, int Outcome, string? Details = null)
{
    /// <summary>The longest target and details that are kept, in characters.</summary>
    public const int MaxLength = 1024;

    /// <summary>Who acts from the command line.</summary>
    public const string CommandLine = "command line";
}

/// <summary>Which entries are listed; null means any.</summary>
public sealed record AuditFilter(string? Actor = null, string? Action = null);
