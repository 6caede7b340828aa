using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>Enumerations as they are written into columns: names, so that a database can be read without the code.</summary>
internal static class WireNames
{
    private static readonly Dictionary<string, JobState> States =
        Enum.GetValues<JobState>().ToDictionary(JobStates.WireName, StringComparer.Ordinal);

    public static JobState State(string text) =>
        States.TryGetValue(text, out var state) ? state : throw new FormatException($"'{text}' is no state of a job.");

    public static string Of(ImageKind kind) => kind switch
    {
        ImageKind.Upload => "upload",
        ImageKind.Result => "result",
        ImageKind.Intermediate => "intermediate",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static ImageKind Kind(string text) => text switch
    {
        "upload" => ImageKind.Upload,
        "result" => ImageKind.Result,
        "intermediate" => ImageKind.Intermediate,
        _ => throw new FormatException($"'{text}' is no kind of picture."),
    };
}
