namespace PhotoStudio.Backings.Sql.Postgres;

/// <summary>What an operator can decide about a database server.</summary>
public sealed class PostgresOptions
{
    /// <summary>The section that configures it.</summary>
    public const string Section = "Studio:Database";

    /// <summary>
    /// Whether a start brings the database up to date. Where that is a step of its own, the services are started without the right to
    /// change tables and with <c>false</c>; they then wait until the step is done.
    /// </summary>
    public bool Migrate { get; set; } = true;

    /// <summary>How long a start waits for another process that is bringing the database up to date, or has yet to.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(2);
}
