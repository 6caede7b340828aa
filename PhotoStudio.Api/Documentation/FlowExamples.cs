using System.Text.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Api.Batches;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pipelines;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.Documentation;

/// <summary>Examples of pipelines and batches, written by the same contracts as the answers.</summary>
internal static class FlowExamples
{
    private static readonly Guid PipelineId = Guid.Parse("0199f0aa-9a10-7c21-8d4e-2b1f7c6a5e90");
    private static readonly Guid BatchId = Guid.Parse("0199f0aa-a3c4-7b65-9e0f-7d2c1b4a8f36");
    private static readonly Guid ImageId = Guid.Parse("0199f0aa-7bf0-7aa2-b3c4-5d1c8e9f0a21");

    public static JsonNode PendingPipeline() => Node(Pending, PipelineJson.Default.PipelineResource);

    public static JsonNode CompletedPipeline() => Node(Completed, PipelineJson.Default.PipelineResource);

    public static JsonNode CancelledPipeline() => Node(
        Pending with
        {
            Status = "cancelled",
            FinishedAt = Examples.Noon.AddSeconds(1),
            Queue = null,
            EstimateSeconds = null,
            Steps = [First with { Status = "cancelled" }, Second with { Status = "skipped" }],
        },
        PipelineJson.Default.PipelineResource);

    public static JsonNode PipelineList() => Node(
        new ListEnvelope<PipelineResource>([Pending], "Your pipelines, newest first.", new Pagination<PipelineResource>(1, null, null, [Pending])),
        PipelineJson.Default.ListEnvelopePipelineResource);

    public static JsonNode PipelineEvents() => Event(new FlowEventResource
    {
        EventType = "step",
        PipelineId = PipelineId,
        Status = "processing",
        Progress = 0.5,
        Step = 1,
        Operation = "resize",
        StepStatus = "processing",
        At = Examples.Noon.AddSeconds(1),
    });

    public static JsonNode PendingBatch() => Node(Waiting, BatchJson.Default.BatchResource);

    public static JsonNode CompletedBatch() => Node(Done, BatchJson.Default.BatchResource);

    public static JsonNode CancelledBatch() => Node(
        Done with
        {
            Status = "cancelled",
            Counts = new BatchCountsResource(2, 0, 0, 1, 0, 1),
            Items = [Good, Good with { Index = 1, Name = "two.jpg", Status = "cancelled", Progress = 0, Results = [] }],
        },
        BatchJson.Default.BatchResource);

    public static JsonNode BatchList()
    {
        var listed = Waiting with { Items = null, EstimateSeconds = null };
        return Node(
            new ListEnvelope<BatchResource>([listed], "Your batches, newest first.", new Pagination<BatchResource>(1, null, null, [listed])),
            BatchJson.Default.ListEnvelopeBatchResource);
    }

    public static JsonNode BatchEvents() => Event(new FlowEventResource
    {
        EventType = "item",
        BatchId = BatchId,
        Status = "processing",
        Progress = 0.5,
        Counts = new BatchCountsResource(2, 1, 0, 1, 0, 0),
        Item = Good,
        At = Examples.Noon.AddSeconds(1),
    });

    private static PipelineStepResource First => new()
    {
        Index = 0,
        Operation = "remove-background",
        Parameters = new JsonObject { ["output_format"] = "auto", ["result"] = "cutout" },
        Status = "pending",
        Progress = 0,
        JobId = Examples.JobId,
        Results = [],
    };

    private static PipelineStepResource Second => new()
    {
        Index = 1,
        Operation = "resize",
        Parameters = new JsonObject { ["mode"] = "fit", ["width"] = 800 },
        Status = "pending",
        Progress = 0,
        Results = [],
    };

    private static PipelineResource Pending => new()
    {
        Id = PipelineId,
        Status = "pending",
        Progress = 0,
        CurrentStep = 0,
        Steps = [First, Second],
        KeepIntermediate = false,
        Results = [],
        CreatedAt = Examples.Noon,
        Queue = new QueueResource(3, 2, 4.5),
        EstimateSeconds = 4.6,
        EventsUrl = $"{PipelineLinks.EventsPath(PipelineId)}{Examples.Signed}",
        Links = new PipelineLinksResource(PipelineLinks.Self(PipelineId), PipelineLinks.Cancel(PipelineId)),
    };

    private static PipelineResource Completed => Pending with
    {
        Status = "completed",
        Progress = 1,
        CurrentStep = 1,
        Steps =
        [
            First with { Status = "completed", Progress = 1, Metadata = Examples.Engine },
            Second with { Status = "completed", Progress = 1, JobId = Guid.Parse("0199f0aa-9c31-7f08-a1b2-3c4d5e6f7081"), Results = [Examples.Result] },
        ],
        Results = [Examples.Result],
        FinishedAt = Examples.Noon.AddSeconds(2),
        Queue = null,
        EstimateSeconds = null,
    };

    private static BatchItemResource Good => new()
    {
        Index = 0,
        Name = "one.jpg",
        Status = "completed",
        Progress = 1,
        ImageId = ImageId,
        PipelineId = PipelineId,
        JobId = Examples.JobId,
        Results = [Examples.Result],
    };

    private static BatchResource Waiting => new()
    {
        Id = BatchId,
        Status = "pending",
        Progress = 0.5,
        Counts = new BatchCountsResource(2, 1, 0, 0, 1, 0),
        Steps = [new BatchStepResource("resize", new JsonObject { ["mode"] = "fit", ["width"] = 800 })],
        Items =
        [
            Good with { Status = "pending", Progress = 0, Results = [] },
            new BatchItemResource
            {
                Index = 1,
                Name = "notes.txt",
                Status = "failed",
                Progress = 0,
                Error = new JobErrorResource("unsupported_picture", "This is text, not a picture."),
                Results = [],
            },
        ],
        CreatedAt = Examples.Noon,
        EstimateSeconds = 0.2,
        EventsUrl = $"{BatchLinks.EventsPath(BatchId)}{Examples.Signed}",
        Links = new BatchLinksResource(BatchLinks.Self(BatchId), BatchLinks.Cancel(BatchId)),
    };

    private static BatchResource Done => Waiting with
    {
        Status = "completed",
        Progress = 1,
        Counts = new BatchCountsResource(2, 0, 0, 1, 1, 0),
        Items = [Good, Waiting.Items![1]],
        FinishedAt = Examples.Noon.AddSeconds(2),
        EstimateSeconds = null,
    };

    private static JsonValue Event(FlowEventResource data) =>
        JsonValue.Create($"data: {JsonSerializer.Serialize(data, FlowEventJson.Default.FlowEventResource)}\n\n");

    private static JsonNode Node<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> contract) =>
        JsonSerializer.SerializeToNode(value, contract)!;
}
