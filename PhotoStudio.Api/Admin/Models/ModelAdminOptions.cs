namespace PhotoStudio.Api.Admin.Models;

/// <summary>The settings under <c>Studio:Admin:Models</c>.</summary>
public sealed class ModelAdminOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:Admin:Models";

    /// <summary>The most bytes of a model that is uploaded.</summary>
    public long MaxImportBytes { get; set; } = 8L << 30;

    /// <summary>How often a stream with nothing new repeats what it said last.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(10);
}
