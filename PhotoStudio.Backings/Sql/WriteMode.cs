namespace PhotoStudio.Backings.Sql;

/// <summary>
/// What a transaction sees of the others, where a database lets several writers work at once. SQLite has one at a time; there every
/// transaction sees all.
/// </summary>
public sealed record WriteMode
{
    private WriteMode(bool seesLatest, string? turn) => (SeesLatest, Turn) = (seesLatest, turn);

    /// <summary>
    /// It sees the database as it was when it began. When another transaction has changed a row that it changes too, it begins again.
    /// What it only reads may have changed meanwhile: a rule over several rows, such as a limit on their number, needs <see cref="InTurn"/>.
    /// </summary>
    public static WriteMode Snapshot { get; } = new(seesLatest: false, turn: null);

    /// <summary>
    /// Each of its statements sees what is stored by then: for a single statement that passes over the rows others are at work on.
    /// </summary>
    public static WriteMode Latest { get; } = new(seesLatest: true, turn: null);

    /// <summary>Whether each statement sees what is stored by then.</summary>
    public bool SeesLatest { get; }

    /// <summary>Transactions of the same turn run one after another; null when it needs none.</summary>
    public string? Turn { get; }

    /// <summary>
    /// It waits for the transactions of the same name and sees all that they stored. Of its reads, only those that the name protects
    /// may go together.
    /// </summary>
    /// <param name="name">What is protected, such as the submissions of an owner.</param>
    public static WriteMode InTurn(string name) => new(seesLatest: true, name);
}
