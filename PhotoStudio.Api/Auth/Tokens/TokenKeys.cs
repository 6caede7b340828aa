using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using PhotoStudio.Backings.Blobs.Files;
using PhotoStudio.Backings.Data;

namespace PhotoStudio.Api.Auth.Tokens;

/// <summary>
/// The keys of access tokens: the configured ones, or outside Production one that is made once and kept in the data folder, when it is first
/// needed and so after the folder was found to be writable.
/// </summary>
internal sealed class TokenKeys(IOptions<AuthOptions> options, StudioFolder folder)
{
    private readonly Lazy<IReadOnlyList<SymmetricSecurityKey>> _keys = new(() => Read(options.Value, folder));

    /// <summary>What signs new tokens.</summary>
    public SigningCredentials Signing => new(_keys.Value[0], SecurityAlgorithms.HmacSha256);

    /// <summary>The key with an id; none when there is no such key.</summary>
    public IEnumerable<SecurityKey> Find(string? id) => _keys.Value.Where(key => key.KeyId == id);

    private static IReadOnlyList<SymmetricSecurityKey> Read(AuthOptions options, StudioFolder folder)
    {
        // That Production has a configured key was checked when the settings were.
        var keys = options.AllKeys().Select(key => (key.Id, Key: Encoding.UTF8.GetBytes(key.Key))).ToList();
        if (keys.Count == 0)
        {
            var own = SigningKey.FromFile(folder.TokenKey);
            keys.Add((TokenKeyOptions.IdOf(own), own));
        }

        return [.. keys.Select(key => new SymmetricSecurityKey(key.Key) { KeyId = key.Id })];
    }
}
