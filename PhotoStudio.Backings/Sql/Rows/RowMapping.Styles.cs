using PhotoStudio.Core.Styles;
using PhotoStudio.Core.Vocabulary;

namespace PhotoStudio.Backings.Sql.Rows;

/// <content>Styles.</content>
internal static partial class RowMapping
{
    public static StyleRow ToRow(this Style style, DateTimeOffset now)
    {
        var row = new StyleRow
        {
            Id = style.Id,
            Slug = "",
            Name = "",
            Description = "",
            Category = "",
            PromptTemplate = "",
            Engine = "",
            SearchText = "",
            CreatedAt = now,
            Version = -1,
        };
        row.Apply(style, now);
        return row;
    }

    /// <summary>Writes what can change about a style, and counts the change.</summary>
    public static void Apply(this StyleRow row, Style style, DateTimeOffset now)
    {
        row.Slug = style.Slug;
        row.Name = style.Name;
        row.Description = style.Description;
        row.Category = style.Category;
        row.PromptTemplate = style.PromptTemplate;
        row.DefaultQuality = style.DefaultQuality;
        row.DefaultBackground = style.DefaultBackground;
        row.DefaultOutputFormat = style.DefaultOutputFormat;
        row.SupportsTransparency = style.SupportsTransparency;
        row.IsPremium = style.IsPremium;
        row.Engine = style.Engine;
        row.Position = style.Position;
        row.RetiredAt = style.RetiredAt;
        row.SearchText = SearchWords($"{style.Name} {style.Slug} {style.Category} {style.Description}");
        row.UpdatedAt = now;
        row.Version++;
    }

    public static Style ToStyle(this StyleRow row) => new()
    {
        Id = row.Id,
        Slug = row.Slug,
        Name = row.Name,
        Description = row.Description,
        Category = row.Category,
        PromptTemplate = row.PromptTemplate,
        DefaultQuality = row.DefaultQuality,
        DefaultBackground = row.DefaultBackground,
        DefaultOutputFormat = row.DefaultOutputFormat,
        SupportsTransparency = row.SupportsTransparency,
        IsPremium = row.IsPremium,
        Engine = row.Engine,
        Position = row.Position,
        RetiredAt = row.RetiredAt,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        Version = row.Version,
    };

    public static void Apply(this StyleOpinionRow row, StyleOpinion opinion)
    {
        row.IsFavorite = opinion.IsFavorite;
        row.Uses = opinion.Uses;
        row.LastUsedAt = opinion.LastUsedAt;
        row.Rating = opinion.Rating;
        row.Comment = opinion.Comment;
        row.Version++;
    }

    public static StyleOpinion ToOpinion(this StyleOpinionRow row) => new(row.StyleId)
    {
        IsFavorite = row.IsFavorite,
        Uses = row.Uses,
        LastUsedAt = row.LastUsedAt,
        Rating = row.Rating,
        Comment = row.Comment,
    };

    /// <summary>A text as it is searched: its words in lower case without marks.</summary>
    public static string SearchWords(string text) => string.Join(' ', WordFolding.Words(text).Select(WordFolding.WithoutMarks));
}
