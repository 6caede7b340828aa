namespace PhotoStudio.Core.Assistant.Local.Reading;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>Letters, or letters and digits mixed, such as 4k.</summary>
    Word,

    /// <summary>Digits with at most one decimal point.</summary>
    Number,

    /// <summary>Two numbers: 16:9, 3/2, 800x600.</summary>
    Pair,

    /// <summary>A colour such as #ff8800.</summary>
    Color,

    /// <summary>Any other sign.</summary>
    Sign,
}

/// <summary>A word, number or sign of a message.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Small plain letters, each followed by its marks.</param>
/// <param name="Plain">The same without marks.</param>
/// <param name="Start">Where it begins in the cleaned message.</param>
/// <param name="End">Where it ends, exclusive.</param>
internal readonly record struct Token(TokenKind Kind, string Text, string Plain, int Start, int End);
