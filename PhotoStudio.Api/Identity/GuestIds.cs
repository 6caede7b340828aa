using System.Buffers;
using System.Security.Cryptography;

namespace PhotoStudio.Api.Identity;

/// <summary>
/// The two names a guest can have: a random id that only that guest knows, and a <c>user_id</c> that names a namespace open
/// to whoever names it.
/// </summary>
public static class GuestIds
{
    /// <summary>The cookie that carries the random id.</summary>
    public const string Cookie = "studio_guest";

    /// <summary>The header that carries the random id, in both directions.</summary>
    public const string Header = "X-Guest-Id";

    /// <summary>The wire name of the namespace.</summary>
    public const string UserIdField = "user_id";

    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The longest <c>user_id</c>, in characters.</summary>
    public const int MaxUserIdLength = 128;

    /// <summary>What a <c>user_id</c> has to look like, as a sentence for the caller.</summary>
    public const string UserIdRule = "must have 1 to 128 characters out of letters, digits, '.', '_', '-', '@' and '+'.";

    /// <summary>A new random id: 128 bits as 32 hexadecimal digits.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Whether a text has the form of a random id.</summary>
    public static bool IsRandomId(string? text) => text is { Length: 32 } && !text.AsSpan().ContainsAnyExcept(HexadecimalDigits);

    /// <summary>Whether a text may be a <c>user_id</c>.</summary>
    public static bool IsUserId(string? text) =>
        text is { Length: > 0 and <= MaxUserIdLength }
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '@' or '+');

}
