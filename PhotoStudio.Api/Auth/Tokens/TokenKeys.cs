using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using PhotoStudio.Backings.Blobs.Files;
using PhotoStudio.Backings.Data;

namespace PhotoStudio.Api.Auth.Tokens;

/// <summary>The keys of access tokens: the configured ones, or outside Production one that is made once and kept in the data folder.</summary>
internal sealed class TokenKeys
{
    private readonly Dictionary<string, SymmetricSecurityKey> _keys = new(StringComparer.Ordinal);

    public TokenKeys(IOptions<AuthOptions> options, StudioFolder folder)
    {
        // That Production has a configured key was checked when the settings were.
        var keys = options.Value.AllKeys().Select(key => (key.Id, Key: Encoding.UTF8.GetBytes(key.Key))).ToList();
        if (keys.Count == 0)
        {
            var own = SigningKey.FromFile(folder.TokenKey);
            keys.Add((TokenKeyOptions.IdOf(own), own));
        }

        foreach (var (id, key) in keys) _keys.Add(id, new SymmetricSecurityKey(key) { KeyId = id });
        Signing = new SigningCredentials(_keys[keys[0].Id], SecurityAlgorithms.HmacSha256);
    }

    /// <summary>What signs new tokens.</summary>
    public SigningCredentials Signing { get; }

    /// <summary>The key with an id; none when there is no such key.</summary>
    public IEnumerable<SecurityKey> Find(string? id) => id is not null && _keys.TryGetValue(id, out var key) ? [key] : [];
}
