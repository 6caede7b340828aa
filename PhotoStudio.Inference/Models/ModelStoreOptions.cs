namespace PhotoStudio.Inference.Models;

/// <summary>The settings under <c>Studio:Models</c>. Where the models are is <see cref="ModelFolders"/>'.</summary>
public sealed class ModelStoreOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:Models";

    /// <summary>Ids of models whose restricted licences the operator accepts.</summary>
    public IList<string> AcceptedLicences { get; } = [];
}
