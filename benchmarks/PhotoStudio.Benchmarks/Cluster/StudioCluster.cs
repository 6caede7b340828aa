using System.Globalization;
using PhotoStudio.Tests.Support;

namespace PhotoStudio.Benchmarks.Cluster;

/// <summary>
/// The distributed studio on this machine: PostgreSQL, Redis, Azurite, and the studio's services, each a process of its own. Services end in the
/// reverse order of their start, so that each has what it needs to finish.
/// </summary>
internal sealed class StudioCluster : IAsyncDisposable
{
    /// <summary>How long a service may take over finishing what it has in hand.</summary>
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(40);

    private readonly ClusterPlan _plan;
    private readonly string _folder;
    private readonly Action<ClusterMember> _started;
    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    private StudioCluster(ClusterPlan plan, Action<ClusterMember> started)
    {
        (_plan, _started) = (plan, started);
        _folder = plan.Folder is null ? Directory.CreateTempSubdirectory("photostudio-cluster-").FullName : Directory.CreateDirectory(plan.Folder).FullName;
    }

    /// <summary>The name of the studio's database.</summary>
    public static string Database => "studio";

    /// <summary>The name of the container with the blobs.</summary>
    public static string Container => "photostudio";

    /// <summary>The database server.</summary>
    public PostgresServer Postgres { get; private set; } = null!;

    /// <summary>The bell and the events.</summary>
    public RedisServer Redis { get; private set; } = null!;

    /// <summary>The blobs.</summary>
    public AzuriteServer Azurite { get; private set; } = null!;

    /// <summary>The instances of inference; replaced ones are not in it.</summary>
    public List<InferenceProcess> Inference { get; } = [];

    /// <summary>The workers; replaced ones are not in it.</summary>
    public List<StudioService> Workers { get; } = [];

    /// <summary>The REST service.</summary>
    public StudioService Front { get; private set; } = null!;

    /// <summary>The settings that all services share.</summary>
    public IReadOnlyDictionary<string, string?> Settings => _settings;

    /// <summary>Starts it and waits until all of it is ready.</summary>
    /// <param name="plan">What it is made of.</param>
    /// <param name="started">Told of every process that is ready.</param>
    /// <param name="cancellationToken">Ends the start; what was started ends too.</param>
    public static async Task<StudioCluster> StartAsync(ClusterPlan plan, Action<ClusterMember> started, CancellationToken cancellationToken)
    {
        StudioCluster cluster = new(plan, started);
        try
        {
            await cluster.StartServersAsync();
            cancellationToken.ThrowIfCancellationRequested();
            await cluster.StartServicesAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more worker, which gets a name that no other has had.</summary>
    /// <param name="environment">Variables of its own.</param>
    public async Task<StudioService> StartWorkerAsync(params (string Name, string Value)[] environment)
    {
        var name = Next("worker");
        Dictionary<string, string?> settings = new(_settings, StringComparer.Ordinal) { ["Studio__Worker__Name"] = name };
        foreach (var (key, value) in environment) settings[key] = value;
        var worker = await StudioService.StartWorkerAsync(settings);
        Tell(name, worker);
        lock (Workers) Workers.Add(worker);
        return worker;
    }

    /// <summary>Starts another instance of inference in the place of one that has ended.</summary>
    public async Task ReplaceInferenceAsync(InferenceProcess ended)
    {
        var port = ended.Address.Port;
        await ended.DisposeAsync();
        var again = await InferenceProcess.StartAsync(port, _settings);
        Inference[Inference.IndexOf(ended)] = again;
        Tell(Next("inference"), again);
    }

    /// <summary>Ends everything in order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Front is not null) await EndAsync([Front]);
        await EndAsync(Workers);
        await EndAsync(Inference);
        if (Azurite is not null)
        {
            await Azurite.StopAsync("INT");
            await Azurite.DisposeAsync();
        }

        if (Redis is not null) await Redis.DisposeAsync();
        if (Postgres is not null) await Postgres.DisposeAsync();
        if (_plan.Folder is null) Directory.Delete(_folder, recursive: true);
    }

    private static async Task EndAsync(IEnumerable<ServiceProcess> services) => await Task.WhenAll(services.Select(async service =>
    {
        await service.StopAsync(DrainPatience);
        await service.DisposeAsync();
    }));

    private async Task StartServersAsync()
    {
        var keeps = _plan.Folder is not null;
        var postgres = PostgresServer.StartAsync(keeps ? Path.Combine(_folder, "postgres") : null);
        var redis = RedisServer.StartAsync();
        var azurite = AzuriteServer.StartOnDiskAsync(keeps ? Path.Combine(_folder, "azurite") : null);
        try
        {
            await Task.WhenAll(postgres, redis, azurite);
        }
        finally
        {
            // What did start is ended, whatever became of the others.
            if (postgres.IsCompletedSuccessfully) Postgres = await postgres;
            if (redis.IsCompletedSuccessfully) Redis = await redis;
            if (azurite.IsCompletedSuccessfully) Azurite = await azurite;
        }

        await Postgres.EnsureDatabaseAsync(Database);
        _started(new ClusterMember("postgres", Postgres.Id, $"{Postgres.Folder} (socket; user studio, database {Database})"));
        _started(new ClusterMember("redis", Redis.Id, Redis.ConnectionString));
        _started(new ClusterMember("azurite", Azurite.Id, $"127.0.0.1:{Azurite.Port.ToString(CultureInfo.InvariantCulture)}"));
        _settings["ConnectionStrings__studio"] = Postgres.ConnectionString(Database);
        _settings["ConnectionStrings__redis"] = Redis.ConnectionString;
        _settings["ConnectionStrings__blobs"] = Azurite.ConnectionString;
        _settings["Studio__Blobs__Azure__Container"] = Container;
        _settings["Studio__Data"] = Path.Combine(_folder, "data");
        foreach (var (name, value) in _plan.Settings) _settings[name] = value;
        if (Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is { Length: > 0 } environment)
            _settings["ASPNETCORE_ENVIRONMENT"] = environment;
    }

    private async Task StartServicesAsync(CancellationToken cancellationToken)
    {
        await TogetherAsync(_plan.Inference, async () =>
        {
            var inference = await InferenceProcess.StartAsync(ServiceProcess.FreePort(), _settings);
            lock (Inference) Inference.Add(inference);
        });
        foreach (var (inference, index) in Inference.Select((inference, index) => (inference, index)))
        {
            Tell(Next("inference"), inference);
            _settings[$"services__inference__http__{index.ToString(CultureInfo.InvariantCulture)}"] = inference.Address.ToString();
        }

        // The REST service brings the database up to date; the workers need not stand in its way.
        cancellationToken.ThrowIfCancellationRequested();
        Front = await StudioService.StartApiAsync(_settings, _plan.Port);
        await TogetherAsync(_plan.Workers, () => StartWorkerAsync());
        Tell("api", Front);
    }

    private static Task TogetherAsync(int count, Func<Task> start) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => start()));

    private string Next(string kind)
    {
        lock (_names) return $"{kind}-{_names[kind] = _names.GetValueOrDefault(kind) + 1}";
    }

    private void Tell(string name, ServiceProcess service)
    {
        if (_plan.Folder is not null) WriteLog(name, service);
        lock (_names) _started(new ClusterMember(name, service.Id, service.Address.ToString().TrimEnd('/')));
    }

    private void WriteLog(string name, ServiceProcess service)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "logs")).FullName, name + ".log");
        TextWriter writer = TextWriter.Synchronized(new StreamWriter(path) { AutoFlush = true });
        writer.Write(service.Log);
        service.Wrote = line =>
        {
            if (line is not null) writer.WriteLine(line);
        };
    }
}
