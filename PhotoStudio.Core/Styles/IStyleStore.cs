namespace PhotoStudio.Core.Styles;

/// <summary>The styles that a studio has.</summary>
public interface IStyleStore
{
    /// <summary>
    /// Brings the studio's own styles in: those that are missing, and new versions of those that nobody has changed here. What is retired
    /// stays retired. Doing it again changes nothing.
    /// </summary>
    /// <returns>How many styles were added or changed.</returns>
    Task<int> SeedAsync(StyleCatalogue catalogue, CancellationToken cancellationToken);

    /// <summary>The categories, each with how many styles it has that are not retired, in their order.</summary>
    Task<IReadOnlyList<(StyleCategory Category, int Styles)>> CategoriesAsync(CancellationToken cancellationToken);

    /// <summary>Styles by place and name.</summary>
    Task<Page<Style>> ListAsync(StyleFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Every style, retired ones too.</summary>
    Task<IReadOnlyList<Style>> AllAsync(CancellationToken cancellationToken);

    /// <summary>A style, retired or not; null when there is none.</summary>
    Task<Style?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Adds a style.</summary>
    Task<StyleChange> AddAsync(Style style, CancellationToken cancellationToken);

    /// <summary>Changes a style; from then on the studio's own catalogue leaves it alone.</summary>
    /// <param name="id">The style.</param>
    /// <param name="version">The version that is to be changed; null for whatever it is.</param>
    /// <param name="edit">What it becomes; id, times and version are the store's. May be called more than once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<StyleChange> ChangeAsync(Guid id, long? version, Func<Style, DateTimeOffset, Style> edit, CancellationToken cancellationToken);
}

/// <summary>Which styles are wanted; null means any.</summary>
/// <param name="Category">The slug of a category.</param>
/// <param name="Search">Words that name, description or category hold.</param>
/// <param name="Premium">Whether they take a premium account.</param>
/// <param name="Retired">Whether they are retired; false by default.</param>
public sealed record StyleFilter(string? Category = null, string? Search = null, bool? Premium = null, bool? Retired = false);

/// <summary>What became of a change to a style.</summary>
public abstract record StyleChange
{
    private StyleChange()
    {
    }

    /// <summary>It is stored.</summary>
    public sealed record Done(Style Style) : StyleChange;

    /// <summary>There is no such style.</summary>
    public sealed record Missing : StyleChange;

    /// <summary>There is no category with that slug.</summary>
    public sealed record UnknownCategory : StyleChange;

    /// <summary>Another style has the slug.</summary>
    public sealed record SlugTaken : StyleChange;

    /// <summary>It has another version by now.</summary>
    /// <param name="Version">Which.</param>
    public sealed record Stale(long Version) : StyleChange;
}
