using System.Diagnostics;
using PhotoStudio.Benchmarks.Gallery;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Benchmarks.Quotas;

/// <summary>How many daily quotas are taken or refused a second on PostgreSQL, each in a transaction of its own that is flushed to the disk.</summary>
internal static class QuotaChecks
{
    private const int Parallel = 16;

    public static BenchmarkTable Run(BenchmarkContext context) => RunAsync(context).GetAwaiter().GetResult();

    private static async Task<BenchmarkTable> RunAsync(BenchmarkContext context)
    {
        var table = new BenchmarkTable("quota checks on PostgreSQL");
        var database = await GalleryDatabase.PostgresAsync(context.CancellationToken);
        await using (database)
        {
            var quotas = database.Get<IQuotas>();
            var checks = context.Quick ? 500 : 4000;
            await MeasureAsync(quotas, 200, _ => Owner.User(Guid.NewGuid()), context);
            table.Note($"taken, {Parallel} at once, each another account's", await MeasureAsync(quotas, checks, _ => Owner.User(Guid.NewGuid()), context), "checks/s");

            var owners = Enumerable.Range(0, Parallel).Select(_ => Owner.User(Guid.NewGuid())).ToArray();
            table.Note($"mostly refused, {Parallel} accounts at once", await MeasureAsync(quotas, checks, i => owners[i % Parallel], context), "checks/s");

            var one = Owner.User(Guid.NewGuid());
            table.Note($"mostly refused, {Parallel} at once of one account", await MeasureAsync(quotas, checks / 2, _ => one, context), "checks/s");
            table.AtMost("taken of that account's 20", 20, (await quotas.ReadAsync(one, context.CancellationToken)).Of(QuotaKind.Edit).Used);
        }

        return table;
    }

    private static async Task<double> MeasureAsync(IQuotas quotas, int checks, Func<int, Owner> owner, BenchmarkContext context)
    {
        var began = Stopwatch.GetTimestamp();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            Enumerable.Range(0, checks),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = context.CancellationToken },
            async (i, token) => await quotas.TakeAsync(owner(i), OrderedId.New(), QuotaKind.Edit, 1, token));
        return Math.Round(checks / Stopwatch.GetElapsedTime(began).TotalSeconds);
    }
}
