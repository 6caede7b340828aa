using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Documents;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace PhotoStudio.Tests.Backings.Sql.Sqlite;

/// <summary>What SQLite says it does for every statement of the stores.</summary>
public sealed class SqliteQueryPlanTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_statement_reads_a_whole_table()
    {
        await using var stores = await SqliteStores.CreateAsync();
        var explain = new Explain();
        await using var explained = stores.Reopen("Pooling=False", options => options.AddInterceptors(explain));

        await UseEverythingAsync(explained);

        explain.Plans.Count.ShouldBeGreaterThan(20);
        foreach (var (sql, plan) in explain.Plans) output.WriteLine($"{sql}\n{string.Join('\n', plan)}\n");
        explain.Plans.SelectMany(entry => entry.Plan, (entry, step) => (entry.Sql, Step: step))
            .Where(entry => ReadsWholeTable(entry.Step))
            .ShouldBeEmpty();
    }

    private static bool ReadsWholeTable(string step) =>
        step.StartsWith("SCAN ", StringComparison.Ordinal)
        && !step.Contains("USING", StringComparison.Ordinal)
        && !step.StartsWith("SCAN (subquery", StringComparison.Ordinal)
        && !step.Split(' ')[1].StartsWith("line", StringComparison.Ordinal)
        && !step.Split(' ')[1].StartsWith("numbered", StringComparison.Ordinal)
        && step != "SCAN CONSTANT ROW";

    /// <summary>Runs every statement that the stores have.</summary>
    internal static async Task UseEverythingAsync(StudioStores stores)
    {
        var owner = TestJobs.Someone();
        var lease = TimeSpan.FromMinutes(1);
        var submission = TestJobs.Pipeline(owner, steps: 2) with { Idempotency = TestJobs.Key("k") };
        await stores.Jobs.SubmitAsync(submission, default);
        await stores.Jobs.FindByKeyAsync(owner, "POST", "/", "k", default);
        await stores.Jobs.ListAsync(owner, new JobQuery(JobState.Pending, "resize"), new(), default);
        await stores.Jobs.TakeDueAsync(10, lease, default);
        var job = (await stores.Jobs.TryClaimAsync(submission.Id, "worker", lease, default)).ShouldNotBeNull();
        await stores.Jobs.RenewAsync(job.Id, 1, lease, 0.5, null, default);
        await stores.Jobs.StandingAsync(job, default);
        await stores.Jobs.ExpireLeasesAsync(10, default);
        await stores.Jobs.CompleteAsync(job.Id, 1, TestJobs.Completion(job), default);
        await stores.Jobs.LitteredAsync(lease, 10, default);
        await stores.Jobs.MarkTidyAsync(job.Id, default);
        await stores.Jobs.CancelAsync(owner, job.Id, default);
        await stores.Jobs.ForgetKeysAsync(default);
        await stores.Flows.FindAsync(owner, job.FlowId!.Value, default);
        await stores.Flows.FindAsync(job.FlowId!.Value, default);
        await stores.Flows.ListAsync(owner, JobState.Pending, new(), default);
        await stores.Flows.JobsOfAsync(owner, [job.FlowId!.Value, submission.Id], default);
        var batch = TestJobs.Batch(owner, items: 2) with { Idempotency = TestJobs.Key("b") };
        await stores.Jobs.SubmitBatchAsync(batch, default);
        await stores.Flows.FindBatchAsync(owner, batch.Id, default);
        await stores.Flows.FindBatchAsync(batch.Id, default);
        await stores.Flows.ListBatchesAsync(owner, new(), default);
        await stores.Flows.FlowsOfAsync(owner, batch.Id, default);
        await stores.Flows.TallyAsync(owner, [batch.Id, submission.Id], default);
        await stores.Flows.MeanDurationsAsync(["resize"], default);
        await stores.Jobs.CancelFlowAsync(owner, job.FlowId!.Value, default);
        await stores.Jobs.CancelBatchAsync(owner, batch.Id, default);
        await stores.Images.FindUploadAsync(owner, "0", default);
        await stores.Images.ListAsync(owner, new ImageQuery(), new(), default);
        await stores.Images.ResultsOfAsync(owner, job.Id, default);
        await stores.Images.ResultsOfAsync(owner, [job.Id, submission.Id], default);
        await stores.Images.CountDownloadAsync(owner, job.Inputs[0].ImageId, default);
        await UseLibraryAsync(stores, owner, TestJobs.Upload(owner));
        await stores.Documents.PutAsync(new StudioDocument("messages", "d", owner, 1, "{}"), default);
        await stores.Documents.ListAsync("messages", owner, "p", new(), default);
        await stores.Documents.ListAsync("messages", owner, null, new(), default);
        await stores.Documents.DeleteAllAsync("messages", owner, "p", default);
    }

    private static async Task UseLibraryAsync(StudioStores stores, Owner owner, StudioImage image)
    {
        var library = stores.Library;
        await library.AddAsync(image with { Title = "a title", Tags = [new ImageTag("t", "t")] }, TestJobs.Key("i"), default);
        await library.FindByKeyAsync(owner, "POST", "/", "i", default);
        await library.FindAsync(owner, [image.Id], default);
        await library.FindByBlobAsync(owner, image.BlobKey, default);
        await library.ChangeAsync(owner, image.Id, null, known => known with { Title = "another", Tags = [] }, default);
        foreach (var shelf in Enum.GetValues<ImageShelf>())
        {
            var filter = new ImageFilter(shelf, shelf is ImageShelf.Public or ImageShelf.Flagged ? null : owner);
            await library.ListAsync(filter, new(), default);
            if (filter.Owner is null) continue;
            await library.ListAsync(filter with { Tag = "t", Words = ["a", "b"] }, new(), default);
            await library.ListAsync(filter with { Operation = "resize", Style = "anime", Favorite = true, From = image.CreatedAt, Before = image.CreatedAt }, new(), default);
        }

        await library.TagsAsync(owner, 10, default);
        await library.StatisticsAsync(owner, default);
        await stores.Similar.FindAsync(owner, 0, 64, 10, default);
        await stores.Similar.WithoutHashAsync(owner, 10, default);
        await stores.Similar.SetHashAsync(image.Id, 1, default);
        await library.DeleteAsync(owner, image.Id, null, default);
        await library.RestoreAsync(owner, image.Id, null, default);
        await library.RemoveAsync(owner, image.Id, null, default);
        await stores.Doomed.ListAsync(10, default);
        await stores.Doomed.ForgetAsync("k", default);
        var session = new UploadSession
        {
            Id = image.Id,
            Owner = owner,
            Length = 1,
            Details = "{}",
            CreatedAt = image.CreatedAt,
            ExpiresAt = DateTimeOffset.MaxValue,
        };
        await stores.Uploads.BeginAsync(session, 3, default);
        await stores.Uploads.AppendAsync(owner, session.Id, 0, new UploadPart("k", 1), DateTimeOffset.MaxValue, default);
        await stores.Uploads.FinishAsync(owner, session.Id, image.Id, default);
        await stores.Uploads.ExpireAsync(10, default);
        await stores.Uploads.DeleteAsync(owner, session.Id, default);
    }

    /// <summary>Asks SQLite for the plan of each statement before it runs.</summary>
    private sealed class Explain : DbCommandInterceptor
    {
        public List<(string Sql, List<string> Plan)> Plans { get; } = [];

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            await ReadPlanAsync((SqliteCommand)command, cancellationToken);
            return result;
        }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default)
        {
            await ReadPlanAsync((SqliteCommand)command, cancellationToken);
            return result;
        }

        private async Task ReadPlanAsync(SqliteCommand command, CancellationToken cancellationToken)
        {
            await using var explain = command.Connection!.CreateCommand();
            explain.Transaction = command.Transaction;
            foreach (SqliteParameter parameter in command.Parameters)
                explain.Parameters.AddWithValue(parameter.ParameterName, parameter.Value);
            var statements = command.CommandText.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            foreach (var statement in statements)
            {
                explain.CommandText = $"EXPLAIN QUERY PLAN {statement}";
                var plan = new List<string>();
                await using var reader = await explain.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken)) plan.Add(reader.GetString(3));
                Plans.Add((statement, plan));
            }
        }
    }
}
