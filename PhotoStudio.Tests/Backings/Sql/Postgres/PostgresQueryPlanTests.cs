using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using PhotoStudio.Tests.Backings.Sql.Sqlite;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace PhotoStudio.Tests.Backings.Sql.Postgres;

/// <summary>What PostgreSQL says it does for every statement of the stores, where it has to use an index when there is one.</summary>
public sealed class PostgresQueryPlanTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_statement_reads_a_whole_table()
    {
        await using var stores = await PostgresStores.CreateAsync();
        var explain = new Explain();

        // A table of few rows is read whole although an index would serve, unless that is forbidden.
        await using var explained = stores.Reopen("Options=-c enable_seqscan=off", options => options.AddInterceptors(explain));

        await SqliteQueryPlanTests.UseEverythingAsync(explained);

        explain.Plans.Count.ShouldBeGreaterThan(20);
        foreach (var (sql, plan) in explain.Plans) output.WriteLine($"{sql}\n{plan}\n");
        explain.Plans.Where(entry => ReadsWholeTable(JsonDocument.Parse(entry.Plan).RootElement[0].GetProperty("Plan")))
            .Select(entry => entry.Sql)
            .ShouldBeEmpty();
    }

    /// <summary>A table without an index, or the whole of an index. An index of the table's few waiting rows (named <c>ix_</c>, with a filter) may be read whole.</summary>
    private static bool ReadsWholeTable(JsonElement node)
    {
        var kind = node.GetProperty("Node Type").GetString();
        if (kind == "Seq Scan") return true;
        if (kind is "Index Scan" or "Index Only Scan" or "Bitmap Index Scan" && !node.TryGetProperty("Index Cond", out _))
            return !Filtered.Contains(node.GetProperty("Index Name").GetString());
        return node.TryGetProperty("Plans", out var below) && below.EnumerateArray().Any(ReadsWholeTable);
    }

    private static readonly string[] Filtered = ["ix_jobs_unfinished", "ix_jobs_lease", "ix_jobs_untidy", "ix_documents_expiry"];

    /// <summary>Asks PostgreSQL for the plan of each statement before it runs.</summary>
    private sealed class Explain : DbCommandInterceptor
    {
        public List<(string Sql, string Plan)> Plans { get; } = [];

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            await ReadPlanAsync((NpgsqlCommand)command, cancellationToken);
            return result;
        }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            await ReadPlanAsync((NpgsqlCommand)command, cancellationToken);
            return result;
        }

        private async Task ReadPlanAsync(NpgsqlCommand command, CancellationToken cancellationToken)
        {
            var statements = command.CommandText.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            foreach (var statement in statements)
            {
                await using var explain = new NpgsqlCommand($"EXPLAIN (FORMAT JSON) {statement.TrimEnd(';')}", command.Connection, command.Transaction);
                foreach (NpgsqlParameter parameter in command.Parameters) explain.Parameters.Add(parameter.Clone());
                Plans.Add((statement, (string)(await explain.ExecuteScalarAsync(cancellationToken))!));
            }
        }
    }
}
