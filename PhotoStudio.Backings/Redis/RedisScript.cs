using System.Security.Cryptography;
using System.Text;

namespace PhotoStudio.Backings.Redis;

/// <summary>A Lua script that Redis runs as one step; it is sent once and then called by its hash.</summary>
internal sealed class RedisScript(string text)
{
    /// <summary>The script.</summary>
    public string Text { get; } = text;

    /// <summary>What Redis calls it: SHA-1 in lower-case hexadecimal.</summary>
#pragma warning disable CA5350 // The protocol asks for this hash; nothing is protected by it.
    public string Hash { get; } = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}
