namespace PhotoStudio.Api.Pipelines;

/// <summary>Where a pipeline and what belongs to it are found.</summary>
internal static class PipelineLinks
{
    /// <summary>The pipeline.</summary>
    public static string Self(Guid id) => $"/api/v1/pipelines/{id:D}";

    /// <summary>Where to POST to call it off.</summary>
    public static string Cancel(Guid id) => $"{Self(id)}/cancel";

    /// <summary>Its events, without a signature.</summary>
    public static string EventsPath(Guid id) => $"{Self(id)}/events";
}
