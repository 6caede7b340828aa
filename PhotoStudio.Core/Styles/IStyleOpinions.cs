using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Styles;

/// <summary>What people think of styles, and how often they use them.</summary>
public interface IStyleOpinions
{
    /// <summary>What an owner thinks of some styles; those that they have nothing to say of are left out.</summary>
    Task<IReadOnlyDictionary<Guid, StyleOpinion>> OfAsync(Owner owner, IReadOnlyCollection<Guid> styles, CancellationToken cancellationToken);

    /// <summary>Everything an owner thinks of styles: favourites first, then what they use most.</summary>
    Task<Page<StyleOpinion>> ListAsync(Owner owner, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Changes what an owner thinks of a style. The style exists.</summary>
    /// <param name="owner">Whose opinion.</param>
    /// <param name="style">The style.</param>
    /// <param name="edit">What it becomes; may be called more than once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<StyleOpinion> ChangeAsync(Owner owner, Guid style, Func<StyleOpinion, StyleOpinion> edit, CancellationToken cancellationToken);

    /// <summary>Counts a use.</summary>
    Task CountUseAsync(Owner owner, Guid style, CancellationToken cancellationToken);

    /// <summary>What styles are to everybody together; every style asked for is there.</summary>
    Task<IReadOnlyDictionary<Guid, StyleFigures>> FiguresAsync(IReadOnlyCollection<Guid> styles, CancellationToken cancellationToken);
}

/// <summary>What an owner thinks of a style.</summary>
/// <param name="StyleId">The style.</param>
public sealed record StyleOpinion(Guid StyleId)
{
    /// <summary>The longest comment, in characters.</summary>
    public const int MaxCommentLength = 1000;

    /// <summary>Whether it is a favourite.</summary>
    public bool IsFavorite { get; init; }

    /// <summary>How many of the owner's jobs took it.</summary>
    public long Uses { get; init; }

    /// <summary>When the latest of them was submitted.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The rating, 1–5.</summary>
    public int? Rating { get; init; }

    /// <summary>Why.</summary>
    public string? Comment { get; init; }
}
