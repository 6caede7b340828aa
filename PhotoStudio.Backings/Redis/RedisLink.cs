using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core;
using StackExchange.Redis;

namespace PhotoStudio.Backings.Redis;

/// <summary>
/// The process's one connection to Redis. Everything is raw commands and subscriptions to channels, so
/// that the client's old version and its present one run the same code. The client reconnects and subscribes again by itself; while
/// Redis is away, calls fail at once with a <see cref="RedisAwayException"/>. Thread-safe.
/// </summary>
internal sealed partial class RedisLink : IAsyncDisposable
{
    private readonly ConfigurationOptions _location;
    private readonly RedisOptions _options;
    private readonly ILogger _logger;
    private readonly Func<IConnectionMultiplexer?>? _registered;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private ConnectionMultiplexer? _connection;

    /// <summary>A connection, not opened yet.</summary>
    /// <param name="connectionString">Such as <c>localhost:6379,password=…</c>.</param>
    /// <param name="options">How Redis is used.</param>
    /// <param name="logger">Told when Redis goes away and comes back.</param>
    /// <param name="registered">A connection that something else of the process has opened, to be shared; null or none to open one.</param>
    /// <exception cref="InvalidOperationException">The connection string is none; the message repeats nothing of it.</exception>
    public RedisLink(string connectionString, IOptions<RedisOptions> options, ILogger<RedisLink> logger, Func<IConnectionMultiplexer?>? registered = null)
    {
        (_location, _options, _logger, _registered) = (Parse(connectionString), options.Value, logger, registered);
        _location.ConnectTimeout = (int)_options.Timeout.TotalMilliseconds;
        _location.SyncTimeout = (int)_options.Timeout.TotalMilliseconds;
    }

    /// <summary>Looks whether a connection string is one.</summary>
    /// <exception cref="InvalidOperationException">It is none; the message repeats nothing of it.</exception>
    public static void Check(string connectionString) => Parse(connectionString);

    /// <summary>How Redis is used.</summary>
    public RedisOptions Options => _options;

    /// <summary>Connects; does nothing when it has.</summary>
    /// <exception cref="StorageException">Redis is not there or refuses the studio.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync("PING", [], cancellationToken);
        }
        catch (RedisAwayException exception)
        {
            throw new StorageException(
                $"The Redis server that {RedisOptions.ConnectionSetting} names does not answer, or refuses the password. "
                + "Check the address, the password and whether Redis is running there; without the setting the studio does without it.",
                exception);
        }
        catch (RedisServerException exception)
        {
            throw new StorageException($"The Redis server that {RedisOptions.ConnectionSetting} names refuses the studio: {exception.Message}", exception);
        }
    }

    /// <summary>Runs a command.</summary>
    /// <exception cref="RedisAwayException">Redis cannot be asked; whether it ran the command is not known.</exception>
    public Task<RedisResult> RunAsync(string command, object[] arguments, CancellationToken cancellationToken) =>
        AskAsync(database => database.ExecuteAsync(command, arguments), cancellationToken);

    /// <summary>Runs a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="keys">Its <c>KEYS</c>.</param>
    /// <param name="arguments">Its <c>ARGV</c>.</param>
    /// <param name="cancellationToken">Ends the wait, not the script.</param>
    /// <exception cref="RedisAwayException">Redis cannot be asked; whether it ran the script is not known.</exception>
    public async Task<RedisResult> RunAsync(RedisScript script, string[] keys, object[] arguments, CancellationToken cancellationToken)
    {
        object[] call = [script.Hash, keys.Length, .. keys.Select(key => (object)(RedisKey)key), .. arguments];
        try
        {
            return await RunAsync("EVALSHA", call, cancellationToken);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            call[0] = script.Text;
            return await RunAsync("EVAL", call, cancellationToken);
        }
    }

    /// <summary>Hears what is published in a channel from now on, one message after another.</summary>
    /// <exception cref="RedisAwayException">Redis cannot be asked.</exception>
    public Task ListenAsync(string channel, Action<byte[]> heard, CancellationToken cancellationToken) =>
        AskAsync(
            async database =>
            {
                await ListenAsync(database.Multiplexer.GetSubscriber(), new RedisChannel(channel, RedisChannel.PatternMode.Literal), heard);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection) await connection.CloseAsync();
        _connecting.Dispose();
    }

    /// <summary>Adds what the studio asks of a connection to what a connection string says.</summary>
    public static void Prepare(ConfigurationOptions location)
    {
        ArgumentNullException.ThrowIfNull(location);
        location.AbortOnConnectFail = false;

        // INFO counts as an administrator's command; it is how /health learns of the eviction policy.
        location.AllowAdmin = true;
        location.ClientName ??= "PhotoStudio";
    }

    private static ConfigurationOptions Parse(string connectionString)
    {
        try
        {
            var location = ConfigurationOptions.Parse(connectionString);
            if (location.EndPoints.Count == 0) throw new ArgumentException("It names no server.", nameof(connectionString));
            Prepare(location);
            return location;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw new InvalidOperationException(
                $"{RedisOptions.ConnectionSetting} is no connection string of Redis. It looks like 'localhost:6379,password=…'. "
                + "Leave it out to do without Redis.",
                exception);
        }
    }

    private async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            var connection = _connection ?? await OpenAsync(cancellationToken);
            return await ask(connection.GetDatabase()).WaitAsync(_options.Timeout, cancellationToken);
        }
        catch (Exception exception) when (IsAway(exception))
        {
            throw new RedisAwayException(exception);
        }
    }

    private async Task<ConnectionMultiplexer> OpenAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { } opened) return opened;
            var connection = _registered?.Invoke() as ConnectionMultiplexer ?? await ConnectionMultiplexer.ConnectAsync(_location);
            connection.ConnectionFailed += (_, _) => LogAway(_logger);
            connection.ConnectionRestored += (_, _) => LogBack(_logger);
            return _connection = connection;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private static bool IsAway(Exception exception) => exception switch
    {
        RedisConnectionException or TimeoutException or ObjectDisposedException => true,

        // It loads its data, is a replica that was not promoted yet, or was told to shut down.
        RedisServerException error => error.Message.StartsWith("LOADING", StringComparison.Ordinal)
            || error.Message.StartsWith("READONLY", StringComparison.Ordinal)
            || error.Message.StartsWith("MASTERDOWN", StringComparison.Ordinal),
        _ => false,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis is away. Jobs are found in the database alone, and events reach only this process.")]
    private static partial void LogAway(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis is back.")]
    private static partial void LogBack(ILogger logger);
}

/// <summary>Redis cannot be asked at the moment.</summary>
internal sealed class RedisAwayException(Exception inner) : Exception("Redis cannot be reached.", inner);
