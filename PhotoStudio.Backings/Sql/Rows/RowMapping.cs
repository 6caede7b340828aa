using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Documents;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>Records to rows and back; the one place that knows both.</summary>
internal static partial class RowMapping
{
    public static JobRow ToRow(this Job job)
    {
        var row = new JobRow
        {
            Id = job.Id,
            Owner = job.Owner.Text,
            StoredFor = job.StoredFor?.Text,
            Operation = job.Operation,
            Parameters = job.Parameters,
            Refinement = job.Refinement is null ? null : Write(job.Refinement, RowJson.Default.JobRefinement),
            Inputs = Write(job.Inputs, RowJson.Default.IReadOnlyListJobInput),
            Lane = job.Lane,
            CreatedAt = job.CreatedAt,
            FlowId = job.FlowId,
            FlowStep = job.FlowStep,
            BatchId = job.BatchId,
            TraceParent = job.TraceParent,
        };
        row.Apply(job);
        return row;
    }

    /// <summary>Writes what can change in a job's life, and counts the change.</summary>
    public static void Apply(this JobRow row, Job job)
    {
        row.State = job.State;
        row.Attempt = job.Attempt;
        row.Failures = job.Failures;
        row.NotBefore = job.NotBefore;
        row.StartedAt = job.StartedAt;
        row.FinishedAt = job.FinishedAt;
        row.Worker = job.Worker;
        row.LeaseUntil = job.LeaseUntil;
        row.Progress = job.Progress;
        row.Stage = job.Stage;
        row.Failure = job.Failure is null ? null : Write(job.Failure, RowJson.Default.JobFailure);
        row.DeadLetter = job.DeadLetter;
        row.Engine = job.Engine is null ? null : Write(job.Engine, RowJson.Default.EngineReport);
        row.Data = job.Data;
        row.Version++;
    }

    public static Job ToJob(this JobRow row) => new()
    {
        Id = row.Id,
        Owner = Owner.Parse(row.Owner),
        StoredFor = row.StoredFor is { } stored ? Owner.Parse(stored) : null,
        Operation = row.Operation,
        Parameters = row.Parameters,
        Refinement = row.Refinement is null ? null : Read(row.Refinement, RowJson.Default.JobRefinement),
        Inputs = Read(row.Inputs, RowJson.Default.IReadOnlyListJobInput),
        Lane = row.Lane,
        State = row.State,
        Attempt = row.Attempt,
        Failures = row.Failures,
        CreatedAt = row.CreatedAt,
        NotBefore = row.NotBefore,
        StartedAt = row.StartedAt,
        FinishedAt = row.FinishedAt,
        Worker = row.Worker,
        LeaseUntil = row.LeaseUntil,
        Progress = row.Progress,
        Stage = row.Stage,
        Failure = row.Failure is null ? null : Read(row.Failure, RowJson.Default.JobFailure),
        DeadLetter = row.DeadLetter,
        Engine = row.Engine is null ? null : Read(row.Engine, RowJson.Default.EngineReport),
        Data = row.Data,
        FlowId = row.FlowId,
        FlowStep = row.FlowStep,
        BatchId = row.BatchId,
        TraceParent = row.TraceParent,
    };

    public static FlowRow ToRow(this Flow flow)
    {
        var row = new FlowRow
        {
            Id = flow.Id,
            Owner = flow.Owner.Text,
            Steps = Write(flow.Steps, RowJson.Default.IReadOnlyListFlowStep),
            DropsIntermediates = flow.DropsIntermediates,
            BatchId = flow.BatchId,
            BatchIndex = flow.BatchIndex,
            CreatedAt = flow.CreatedAt,
        };
        row.Apply(flow);
        return row;
    }

    public static void Apply(this FlowRow row, Flow flow)
    {
        row.CurrentStep = flow.CurrentStep;
        row.State = flow.State;
        row.FinishedAt = flow.FinishedAt;
    }

    public static Flow ToFlow(this FlowRow row) =>
        new(
            row.Id,
            Owner.Parse(row.Owner),
            Read(row.Steps, RowJson.Default.IReadOnlyListFlowStep),
            row.CurrentStep,
            row.State,
            row.CreatedAt)
        {
            FinishedAt = row.FinishedAt,
            DropsIntermediates = row.DropsIntermediates,
            BatchId = row.BatchId,
            BatchIndex = row.BatchIndex,
        };

    public static BatchRow ToRow(this Batch batch) => new()
    {
        Id = batch.Id,
        Owner = batch.Owner.Text,
        Steps = Write(batch.Steps, RowJson.Default.IReadOnlyListFlowStep),
        Items = Write(batch.Items, RowJson.Default.IReadOnlyListBatchItem),
        CreatedAt = batch.CreatedAt,
        CancelledAt = batch.CancelledAt,
    };

    public static Batch ToBatch(this BatchRow row) =>
        new(
            row.Id,
            Owner.Parse(row.Owner),
            Read(row.Steps, RowJson.Default.IReadOnlyListFlowStep),
            Read(row.Items, RowJson.Default.IReadOnlyListBatchItem),
            row.CreatedAt)
        {
            CancelledAt = row.CancelledAt,
        };

    public static DocumentRow ToRow(this StudioDocument document)
    {
        var row = new DocumentRow
        {
            Collection = document.Collection,
            Id = document.Id,
            Owner = document.Owner.Text,
            Json = document.Json,
        };
        row.Apply(document);
        return row;
    }

    public static void Apply(this DocumentRow row, StudioDocument document)
    {
        row.Owner = document.Owner.Text;
        row.Version = document.Version;
        row.Json = document.Json;
        row.Parent = document.Parent;
        row.SortKey = document.SortKey;
        row.ExpiresAt = document.ExpiresAt;
    }

    public static StudioDocument ToDocument(this DocumentRow row) =>
        new(row.Collection, row.Id, Owner.Parse(row.Owner), row.Version, row.Json)
        {
            Parent = row.Parent,
            SortKey = row.SortKey,
            ExpiresAt = row.ExpiresAt,
        };

    private static string Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    private static T Read<T>(string json, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, type) ?? throw new FormatException("A stored JSON column holds null.");
}
