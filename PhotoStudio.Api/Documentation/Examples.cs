using System.Text.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Api.Features;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Processing;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.Documentation;

/// <summary>Examples of answers, written by the same contracts as the answers, so that they cannot go out of date unnoticed.</summary>
internal static class Examples
{
    internal static readonly Guid JobId = Guid.Parse("0199f0aa-7c1e-7d3a-9b52-1f6d0c2e4a77");
    private static readonly Guid ResultId = Guid.Parse("0199f0aa-8d02-7e11-8c4f-60b7a9d3e215");
    internal static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    internal const string Signed = "?expires=1777982400&signature=mKQ0…";
    private const string Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public static JsonNode PendingJob() => Node(Pending, JobJson.Default.JobResource);

    public static JsonNode CompletedJob() => Node(Completed, JobJson.Default.JobResource);

    public static JsonNode JobEnvelope() =>
        Node(new Envelope<JobResource>(Completed, "The job is done."), ProcessingJson.Default.EnvelopeJobResource);

    public static JsonNode PendingJobEnvelope() =>
        Node(new Envelope<JobResource>(Pending, "The job waits for a worker."), ProcessingJson.Default.EnvelopeJobResource);

    public static JsonNode JobList() => Node(
        new ListEnvelope<JobResource>([Pending], "Your jobs, newest first.", new Pagination<JobResource>(1, null, null, [Pending])),
        ProcessingJson.Default.ListEnvelopeJobResource);

    public static JsonNode ResultEnvelope() =>
        Node(new Envelope<ProcessingResultResource>(Stored, "Your result."), ProcessingJson.Default.EnvelopeProcessingResultResource);

    public static JsonNode ResultList() => Node(
        new ListEnvelope<ProcessingResultResource>([Stored], "Your results, newest first.", new Pagination<ProcessingResultResource>(1, null, null, [Stored])),
        ProcessingJson.Default.ListEnvelopeProcessingResultResource);

    public static JsonNode Download() => Node(
        new Envelope<DownloadResource>(
            new DownloadResource($"/files/{Key}{Signed}", Noon.AddHours(1), "remove-background-60b7a9d3.png", "image/png", 183_204),
            "The URL works without a token until it expires."),
        ProcessingJson.Default.EnvelopeDownloadResource);

    public static JsonNode Feature() => Node(Done, FeatureJson.Default.FeatureResource);

    public static JsonNode FeatureWithBytes() => Node(Done with { ImageBytes = [0x89, (byte)'P', (byte)'N', (byte)'G'] }, FeatureJson.Default.FeatureResource);

    public static JsonNode Events()
    {
        var progress = JsonSerializer.Serialize(
            new JobEventResource
            {
                EventType = "progress",
                JobId = JobId,
                Operation = "remove-background",
                Status = "processing",
                Progress = 0.4,
                Stage = "refining the edge",
                Attempt = 1,
                At = Noon,
            },
            ProcessingJson.Default.JobEventResource);
        return JsonValue.Create($"id: 1.3\ndata: {progress}\n\n");
    }

    public static JsonNode Problem() => new JsonObject
    {
        ["type"] = "urn:photostudio:problem:validation_failed",
        ["title"] = "Some fields are missing or not valid.",
        ["status"] = 400,
        ["detail"] = "width: must be from 1 to 16384, not 0.",
        ["instance"] = "/api/v1/operations/resize",
        ["trace_id"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        ["code"] = "validation_failed",
        ["success"] = false,
        ["errors"] = new JsonObject { ["width"] = new JsonArray("must be from 1 to 16384, not 0.") },
    };

    private static string Key => $"processed/2c26b46b68ffc68ff99b453c1d304134/2026-05-04/{JobId:N}-1-0.png";

    private static JobResource Pending => new()
    {
        Id = JobId,
        Status = "pending",
        Operation = "remove-background",
        Parameters = new JsonObject { ["output_format"] = "auto", ["result"] = "cutout" },
        CreatedAt = Noon,
        Progress = 0,
        Attempt = 0,
        Results = [],
        Queue = new QueueResource(3, 2, 4.5),
        EventsUrl = $"{JobLinks.EventsPath(JobId)}{Signed}",
        Links = new JobLinksResource(JobLinks.Self(JobId), JobLinks.Cancel(JobId), "/api/v1/operations/remove-background"),
    };

    private static JobResource Completed => Pending with
    {
        Status = "completed",
        StartedAt = Noon.AddSeconds(1),
        FinishedAt = Noon.AddSeconds(2),
        Progress = 1,
        Attempt = 1,
        Queue = null,
        Metadata = Engine,
        Results = [Result],
    };

    internal static ResultResource Result => new(
        ResultId, $"/files/{Key}{Signed}", $"/files/{Key}{Signed}&download=cutout.png", 1200, 800, "image/png", 183_204, Sha256, Noon.AddSeconds(2));

    private static FeatureResource Done => new()
    {
        Status = "DONE",
        RequestId = JobId,
        ImageId = ResultId,
        ImageUrl = $"/files/{Key}{Signed}",
        DownloadUrl = $"/files/{Key}{Signed}&download=cutout.png",
        Width = 1200,
        Height = 800,
        ContentType = "image/png",
        Metadata = Engine,
        ProcessingTime = 0.94,
    };

    internal static EngineResource Engine => new("builtin-matte", "builtin", "1", null, "cpu", null, 812.5, 0.93);

    private static ProcessingResultResource Stored => new(
        ResultId,
        JobId,
        "remove-background",
        new JsonObject { ["output_format"] = "auto", ["result"] = "cutout" },
        Engine,
        [Guid.Parse("0199f0aa-7bf0-7aa2-b3c4-5d1c8e9f0a21")],
        $"/files/{Key}{Signed}",
        $"/api/v1/processing/results/{ResultId:D}/download",
        1200,
        800,
        "image/png",
        183_204,
        Sha256,
        2,
        true,
        5,
        "Clean edges.",
        null,
        Noon.AddSeconds(2));

    private static JsonNode Node<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> contract) =>
        JsonSerializer.SerializeToNode(value, contract)!;
}
