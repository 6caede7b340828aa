using Microsoft.Extensions.Options;

namespace PhotoStudio.Backings.Blobs.Files;

/// <summary>What signed URLs are made with.</summary>
public sealed class BlobUrlOptions
{
    /// <summary>The setting that has <see cref="PublicUrl"/>.</summary>
    public const string PublicUrlSetting = "Studio:PublicUrl";

    /// <summary>The setting that has <see cref="SigningKey"/>.</summary>
    public const string SigningKeySetting = "Studio:Files:SigningKey";

    /// <summary>The studio's address as its clients see it, http or https; URLs are relative when it is not set.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>
    /// The secret that signs, at least 32 characters, the same for every process of one studio. Without one, the studio
    /// makes a key of its own and keeps it in the data folder.
    /// </summary>
    public string? SigningKey { get; set; }

    /// <summary>Checks the settings when the process starts.</summary>
    internal sealed class Validator : IValidateOptions<BlobUrlOptions>
    {
        /// <inheritdoc/>
        public ValidateOptionsResult Validate(string? name, BlobUrlOptions options)
        {
            List<string> faults = [];
            if (!string.IsNullOrEmpty(options.PublicUrl) && !IsAddress(options.PublicUrl))
                faults.Add($"{PublicUrlSetting} is '{options.PublicUrl}'; it must be an address such as https://studio.example, without a query.");
            if (options.SigningKey is { Length: > 0 and < Files.SigningKey.Length })
                faults.Add($"{SigningKeySetting} must have at least {Files.SigningKey.Length} characters; it has {options.SigningKey.Length}.");
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }

        private static bool IsAddress(string text) =>
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url.Query.Length == 0
            && url.Fragment.Length == 0;
    }
}
