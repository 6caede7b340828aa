using System.Globalization;
using Azure.Storage.Blobs;
using Npgsql;
using PhotoStudio.Benchmarks.Cluster;

namespace PhotoStudio.Benchmarks.Chaos;

/// <summary>
/// Watches the job table from inside the database and compares it with what callers were promised and with what is stored. Triggers, which only
/// the chaos database has, note every claim and every end, so that an end that was overwritten by another is seen too.
/// </summary>
internal sealed class ChaosLedger(StudioCluster cluster)
{
    private const string Watch =
        """
        CREATE TABLE chaos_ends (job uuid, attempt int, state text, number bigserial);
        CREATE TABLE chaos_claims (job uuid, attempt int, worker text);
        CREATE FUNCTION chaos_note() RETURNS trigger AS $$ BEGIN
          IF NEW.state IN ('completed', 'failed', 'cancelled') THEN INSERT INTO chaos_ends VALUES (NEW.id, NEW.attempt, NEW.state); END IF;
          IF NEW.state = 'processing' THEN INSERT INTO chaos_claims VALUES (NEW.id, NEW.attempt, NEW.worker); END IF;
          RETURN NULL;
        END $$ LANGUAGE plpgsql;
        CREATE TRIGGER chaos_note AFTER UPDATE ON jobs FOR EACH ROW
          WHEN (NEW.state IS DISTINCT FROM OLD.state OR NEW.attempt IS DISTINCT FROM OLD.attempt) EXECUTE FUNCTION chaos_note();
        """;

    private static readonly BlobClientOptions Once = new() { Retry = { MaxRetries = 0 } };
    private readonly List<Guid> _accepted = [];
    private int _counted;
    private int _attempts;

    /// <summary>Begins to watch.</summary>
    public Task WatchAsync() => cluster.Postgres.ExecuteAsync(StudioCluster.Database, Watch);

    /// <summary>A caller was promised this job.</summary>
    public void Accept(Guid job)
    {
        lock (_accepted) _accepted.Add(job);
    }

    /// <summary>How many jobs there are of which a condition in SQL holds.</summary>
    public async Task<int> CountAsync(string condition) => (await AskAsync($"SELECT id::text FROM jobs WHERE {condition}")).Count;

    /// <summary>The first column of the rows of a query, as text.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.Postgres.ConnectionString(StudioCluster.Database, "Pooling=false"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(await reader.IsDBNullAsync(0) ? "" : Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        return rows;
    }

    /// <summary>The keys of all blobs.</summary>
    public async Task<HashSet<string>> BlobsAsync()
    {
        var container = new BlobServiceClient(cluster.Azurite.ConnectionString, Once).GetBlobContainerClient(StudioCluster.Container);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var blob in container.GetBlobsAsync()) keys.Add(blob.Name);
        return keys;
    }

    /// <summary>Compares everything there is; nothing may be at work any more.</summary>
    /// <param name="fault">What broke.</param>
    /// <param name="seconds">How long it took until everything was quiet again.</param>
    /// <param name="also">What else was found to be wrong.</param>
    public async Task<ChaosAccount> TakeAsync(string fault, double seconds, IEnumerable<string> also)
    {
        List<string> wrong = [.. also];
        async Task NoneAsync(string what, string sql) => wrong.AddRange((await AskAsync(sql)).Select(row => $"{what}: {row}"));

        var known = (await AskAsync("SELECT id FROM jobs")).ToHashSet(StringComparer.Ordinal);
        Guid[] accepted;
        lock (_accepted) accepted = [.. _accepted];
        wrong.AddRange(accepted.Where(job => !known.Contains(job.ToString())).Select(job => $"accepted and lost: {job}"));
        await NoneAsync("has not ended", "SELECT id FROM jobs WHERE finished_at IS NULL");
        await NoneAsync("did not end exactly once", "SELECT id FROM jobs LEFT JOIN chaos_ends ON job = id GROUP BY id HAVING count(job) <> 1");
        await NoneAsync("ended otherwise than it says", "SELECT id FROM jobs JOIN chaos_ends ON job = id WHERE jobs.state <> chaos_ends.state OR jobs.attempt <> chaos_ends.attempt");
        await NoneAsync("attempt was given twice", "SELECT job || ' ' || attempt FROM chaos_claims GROUP BY job, attempt HAVING count(*) > 1");
        await NoneAsync("completed without a result", "SELECT id FROM jobs WHERE state = 'completed' AND NOT EXISTS (SELECT 1 FROM images WHERE job_id = jobs.id)");
        await NoneAsync("result of a job that has none", "SELECT images.id FROM images JOIN jobs ON jobs.id = job_id WHERE jobs.state <> 'completed'");
        await NoneAsync("charged for nothing", "SELECT id FROM jobs JOIN quota_charges ON subject_id = id WHERE state <> 'completed'");
        await NoneAsync(
            "not charged once",
            """
            SELECT id FROM jobs LEFT JOIN quota_charges ON subject_id = id
            WHERE state = 'completed' AND operation IN (SELECT operation FROM jobs JOIN quota_charges ON subject_id = id) GROUP BY id HAVING count(subject_id) <> 1
            """);
        await NoneAsync("failed", "SELECT id || ' ' || coalesce(failure, '') FROM jobs WHERE state = 'failed'");

        if ((await AskAsync("SELECT count(*) FROM quota_charges")) is ["0"]) wrong.Add("nothing was ever charged");

        var named = (await AskAsync("SELECT blob_key FROM images")).ToHashSet(StringComparer.Ordinal);
        var stored = await BlobsAsync();
        wrong.AddRange(named.Except(stored).Select(key => $"blob is missing: {key}"));
        wrong.AddRange(stored.Except(named).Select(key => $"blob was left over: {key}"));

        var attempts = (await AskAsync("SELECT count(*) FROM chaos_claims")).Select(row => int.Parse(row, CultureInfo.InvariantCulture)).Single();
        var completed = await CountAsync("state = 'completed'");
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{fault,-28} {seconds,6:0.0} s  {accepted.Length - _counted,3} jobs accepted, {attempts - _attempts,3} attempts; since the start {completed} completed, {known.Count - completed} otherwise; {stored.Count} blobs{(wrong.Count == 0 ? "; all accounted for" : $"; {wrong.Count} WRONG")}");
        (_counted, _attempts) = (accepted.Length, attempts);
        return new ChaosAccount(fault, string.Join("\n  ", [line, .. wrong]), wrong);
    }
}
