namespace PhotoStudio.Backings.Blobs.Azure;

/// <summary>Blobs in Azure Storage.</summary>
public sealed class AzureBlobOptions
{
    /// <summary>The section that configures it.</summary>
    public const string Section = "Studio:Blobs:Azure";

    /// <summary>The setting that names the account.</summary>
    public const string ConnectionSetting = "ConnectionStrings:blobs";

    /// <summary>The container; it is made when it is missing. 3 to 63 lower-case letters, digits and single hyphens.</summary>
    public string Container { get; set; } = "photostudio";
}
