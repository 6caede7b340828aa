using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
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
    /// <summary>A small table is cheaper read whole, and joined so, than looked up in; where that is forbidden it shows what is possible.</summary>
    private const string NoShortcuts = "Options=-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    [Fact]
    public async Task No_statement_reads_a_whole_table()
    {
        await using var stores = await PostgresStores.CreateAsync();
        var explain = new Explain();
        await using var explained = stores.Reopen(NoShortcuts, options => options.AddInterceptors(explain));

        await SqliteQueryPlanTests.UseEverythingAsync(explained);

        explain.Plans.Count.ShouldBeGreaterThan(20);
        foreach (var (sql, plan) in explain.Plans) output.WriteLine($"{sql}\n{plan}\n");
        var filtered = await stores.Studio.ReadAsync(
            (db, token) => db.Database
                .SqlQuery<string>($"SELECT indexrelid::regclass::text AS \"Value\" FROM pg_index WHERE indpred IS NOT NULL")
                .ToHashSetAsync(token),
            default);
        explain.Plans.Where(entry => ReadsWholeTable(JsonDocument.Parse(entry.Plan).RootElement[0].GetProperty("Plan"), filtered, ends: false))
            .Select(entry => entry.Sql)
            .ShouldBeEmpty();
    }

    /// <summary>
    /// Reads a table without an index, or an index from end to end. An index that has a filter may be read so, since it holds only what the
    /// query asks for; and one that is in the wanted order where the query ends after so many rows.
    /// </summary>
    private static bool ReadsWholeTable(JsonElement node, HashSet<string> filtered, bool ends)
    {
        var kind = node.GetProperty("Node Type").GetString();
        if (kind == "Seq Scan") return true;
        if (kind is "Index Scan" or "Index Only Scan" or "Bitmap Index Scan" && !node.TryGetProperty("Index Cond", out _))
            return !ends && !filtered.Contains(node.GetProperty("Index Name").GetString()!);
        return node.TryGetProperty("Plans", out var below)
            && below.EnumerateArray().Any(part => ReadsWholeTable(part, filtered, ends: kind == "Limit"));
    }

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
