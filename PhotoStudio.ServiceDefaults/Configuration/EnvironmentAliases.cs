using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace PhotoStudio.ServiceDefaults.Configuration;

/// <summary>
/// The environment names of the five systems that PhotoStudio unites, in one table. They stand below every other source
/// of configuration: a setting given under its own name wins. Where several names mean one setting, the first in the table wins.
/// </summary>
public static class EnvironmentAliases
{
    private static readonly char[] Separators = [',', ';', ' ', '\t', '[', ']', '(', ')', '"', '\''];

    /// <summary>The table.</summary>
    public static IReadOnlyList<EnvironmentAlias> All { get; } =
    [
        Text("MAX_UPLOAD_SIZE", "Studio:Uploads:MaxBytes", "Largest upload in bytes."),
        Text("DAILY_UPLOAD_LIMIT_FREE", "Studio:Quotas:Free:Uploads", "Uploads a day of a free account."),
        Text("DAILY_UPLOAD_LIMIT_PREMIUM", "Studio:Quotas:Premium:Uploads", "Uploads a day of a premium account."),
        List("ALLOWED_IMAGE_EXTENSIONS", "Studio:Uploads:AllowedExtensions", "File name extensions that are accepted."),
        Flag("USE_CONTENT_MODERATION", "Studio:Moderation:Enabled", "Whether uploads and prompts are moderated."),
        Text("JWT_SECRET", "Studio:Auth:JwtSecret", "Key of tokens that another issuer signs with HS256."),
        Text("OPENAI_API_KEY", "Studio:Remote:OpenAi:ApiKey", "Key of OpenAI's service: of the language model, and later of the engines."),
        Text("SERVICE_URL", "Studio:PublicUrl", "The studio's address as its clients see it, for the URLs it hands out."),
        Text("MODEL_PATH", "Studio:Models:Path", "Folder of the model store."),
        List("MODEL_FILE", "Studio:Models:Preferred", "File names or ids of models that come before the others of their families."),
        Flag("ENABLE_IP_ADAPTER", "Studio:Models:IpAdapter", "Whether generation may be conditioned on a reference picture."),
        Flag("ENABLE_LORA", "Studio:Models:Lora", "Whether LoRA weights are loaded."),
        Text("S3_BUCKET_NAME", "Studio:Blobs:S3:Bucket", "Bucket that holds the pictures."),
        Text("S3_AVATAR_PREFIX", "Studio:Blobs:Prefixes:Avatars", "Key prefix of avatars."),
        Text("S3_SUBJECT_PREFIX", "Studio:Blobs:Prefixes:Subjects", "Key prefix of subject photos."),
        Text("S3_GENERATED_PREFIX", "Studio:Blobs:Prefixes:Generated", "Key prefix of generated pictures."),
        Text("AWS_STORAGE_BUCKET_NAME", "Studio:Blobs:S3:Bucket", "Bucket that holds the pictures."),
        Text("AWS_ACCESS_KEY_ID", "Studio:Blobs:S3:AccessKeyId", "Access key of the S3 account."),
        Text("AWS_SECRET_ACCESS_KEY", "Studio:Blobs:S3:SecretAccessKey", "Secret key of the S3 account."),
        Text("AWS_SESSION_TOKEN", "Studio:Blobs:S3:SessionToken", "Session token of temporary S3 keys."),
        Text("AWS_REGION", "Studio:Blobs:S3:Region", "Region of the bucket."),
        Text("AWS_DEFAULT_REGION", "Studio:Blobs:S3:Region", "Region of the bucket."),
        Text("AWS_S3_REGION_NAME", "Studio:Blobs:S3:Region", "Region of the bucket."),
        Text("AWS_ENDPOINT_URL_S3", "Studio:Blobs:S3:ServiceUrl", "Address of an S3-compatible store."),
        Text("AWS_ENDPOINT_URL", "Studio:Blobs:S3:ServiceUrl", "Address of an S3-compatible store."),
        Text("AWS_S3_ENDPOINT_URL", "Studio:Blobs:S3:ServiceUrl", "Address of an S3-compatible store."),
        Text("MONGO_URI", "ConnectionStrings:conversations", "Connection string of the conversations' database."),
    ];

    /// <summary>Puts the aliases that are set in the environment below every source the configuration has.</summary>
    public static IConfigurationManager AddEnvironmentAliases(this IConfigurationManager configuration) =>
        configuration.AddEnvironmentAliases(Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value)));

    /// <summary>Puts the aliases found among <paramref name="variables"/> below every source the configuration has.</summary>
    public static IConfigurationManager AddEnvironmentAliases(
        this IConfigurationManager configuration,
        IEnumerable<KeyValuePair<string, string?>> variables)
    {
        var settings = Resolve(variables);
        if (settings.Count > 0) configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = settings });
        return configuration;
    }

    /// <summary>The settings that environment variables amount to. Variables that are no alias, or blank, are passed over.</summary>
    public static IReadOnlyDictionary<string, string?> Resolve(IEnumerable<KeyValuePair<string, string?>> variables)
    {
        var given = new Dictionary<string, string?>(variables, StringComparer.Ordinal);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var alias in All)
        {
            if (!given.TryGetValue(alias.Name, out var value) || string.IsNullOrWhiteSpace(value) || !taken.Add(alias.Setting)) continue;
            switch (alias.Kind)
            {
                case EnvironmentAliasKind.Text:
                    settings[alias.Setting] = value.Trim();
                    break;
                case EnvironmentAliasKind.Flag:
                    settings[alias.Setting] = value.Trim().ToLowerInvariant() is "true" or "1" or "yes" or "on" ? "true" : "false";
                    break;
                case EnvironmentAliasKind.List:
                    var entries = value.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
                    for (var i = 0; i < entries.Length; i++) settings[$"{alias.Setting}:{i}"] = entries[i];
                    break;
                default:
                    throw new InvalidOperationException($"The alias {alias.Name} has no known kind.");
            }
        }

        return settings;
    }

    private static EnvironmentAlias Text(string name, string setting, string meaning) => new(name, setting, EnvironmentAliasKind.Text, meaning);

    private static EnvironmentAlias Flag(string name, string setting, string meaning) => new(name, setting, EnvironmentAliasKind.Flag, meaning);

    private static EnvironmentAlias List(string name, string setting, string meaning) => new(name, setting, EnvironmentAliasKind.List, meaning);
}
