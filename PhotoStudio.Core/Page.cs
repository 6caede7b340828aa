namespace PhotoStudio.Core;

/// <summary>One page of a list in a stable order.</summary>
/// <param name="Items">The items of this page.</param>
/// <param name="Number">The page's number, from 1.</param>
/// <param name="Size">How many items a full page has.</param>
/// <param name="Total">How many items the whole list has.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Number, int Size, long Total)
{
    /// <summary>Whether there is a page after this one.</summary>
    public bool HasNext => (long)Number * Size < Total;

    /// <summary>The same page with every item turned into something else.</summary>
    public Page<TOther> Select<TOther>(Func<T, TOther> convert) => new([.. Items.Select(convert)], Number, Size, Total);
}

/// <summary>Which page of a list is wanted.</summary>
/// <param name="Number">The page's number, from 1.</param>
/// <param name="Size">Items a page, 1 to <see cref="MaxSize"/>.</param>
public sealed record PageRequest(int Number = 1, int Size = 20)
{
    /// <summary>The largest page that is handed out.</summary>
    public const int MaxSize = 100;

    /// <summary>Items before the page.</summary>
    public int Skip => checked((Number - 1) * Size);
}
