using PhotoStudio.Backings.Redis;

namespace PhotoStudio.Backings.Queue.Redis;

/// <summary>
/// What the bell does in Redis, each as one step. KEYS are the streams of the lanes in their order, then the hash of jobs that wait, then the
/// sorted set of workers (<c>id:slots</c>, by the second they are given up). XAUTOCLAIM asks for Redis 6.2 or newer.
/// </summary>
internal static class RedisBellScripts
{
    /// <summary>
    /// The consumer group. A slot of a worker is a consumer, so that operators see who has an entry in hand; who holds a job is for the
    /// database to say.
    /// </summary>
    public const string Group = "workers";

    private const string Common =
        """
        local lanes = #KEYS - 2
        local waiting, workers = KEYS[#KEYS - 1], KEYS[#KEYS]
        local function depth()
          local sum = 0
          for lane = 1, lanes do sum = sum + redis.call('XLEN', KEYS[lane]) end
          return sum
        end
        local function capacity(fixed, least)
          if fixed > 0 then return fixed end
          local slots = 0
          for _, worker in ipairs(redis.call('ZRANGE', workers, 0, -1)) do
            slots = slots + tonumber(string.match(worker, ':(%d+)$'))
          end
          return math.max(2 * slots, least)
        end

        """;

    /// <summary>
    /// ARGV: lane from 1, job, trace, fixed capacity or 0, least capacity, channel. Answers whether there was room, and the capacity.
    /// An empty stream has nobody waiting, whatever the hash says.
    /// </summary>
    public static RedisScript Ring { get; } = new(Common +
        """
        local room, outstanding = capacity(tonumber(ARGV[4]), tonumber(ARGV[5])), depth()
        if outstanding == 0 then redis.call('DEL', waiting) end
        if redis.call('HEXISTS', waiting, ARGV[2]) == 1 then return {1, room} end
        if outstanding >= room then return {0, room} end
        redis.call('HSET', waiting, ARGV[2], ARGV[1])
        redis.call('XADD', KEYS[tonumber(ARGV[1])], '*', 'job', ARGV[2], 'trace', ARGV[3])
        redis.call('PUBLISH', ARGV[6], ARGV[1])
        return {1, room}
        """);

    /// <summary>
    /// ARGV: group, milliseconds after which a delivery is made again, consumer. Answers lane, entry, job and trace; nothing when there is none. The
    /// group is made where it is missing, also after Redis has lost everything.
    /// </summary>
    public static RedisScript Receive { get; } = new(Common +
        """
        local function first(key)
          local taken = redis.pcall('XAUTOCLAIM', key, ARGV[1], ARGV[3], ARGV[2], '0-0', 'COUNT', 1)
          if taken.err then
            if not string.find(taken.err, 'NOGROUP') then return taken end
            redis.call('XGROUP', 'CREATE', key, ARGV[1], '0', 'MKSTREAM')
          elseif taken[2][1] then
            return taken[2][1]
          end
          local read = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[3], 'COUNT', 1, 'STREAMS', key, '>')
          return read and read[1][2][1]
        end
        for lane = 1, lanes do
          local entry = first(KEYS[lane])
          if entry and entry.err then return entry end
          if entry then
            redis.call('HDEL', waiting, entry[2][2])
            return {lane, entry[1], entry[2][2], entry[2][4]}
          end
        end
        return {}
        """);

    /// <summary>ARGV: lane from 1, group, entry.</summary>
    public static RedisScript Acknowledge { get; } = new(
        """
        local key = KEYS[tonumber(ARGV[1])]
        redis.pcall('XACK', key, ARGV[2], ARGV[3])
        return redis.call('XDEL', key, ARGV[3])
        """);

    /// <summary>
    /// ARGV: fixed capacity or 0, least capacity, this worker or nothing, for how many seconds it is counted, group. Answers depth and capacity.
    /// When a worker is given up, so are the consumers of whom nothing was heard for as long and who have nothing in hand.
    /// </summary>
    public static RedisScript Depth { get; } = new(Common +
        """
        local now = tonumber(redis.call('TIME')[1])
        if redis.call('ZREMRANGEBYSCORE', workers, '-inf', now) > 0 then
          for lane = 1, lanes do
            local consumers = redis.pcall('XINFO', 'CONSUMERS', KEYS[lane], ARGV[5])
            for _, consumer in ipairs(consumers.err and {} or consumers) do
              local name, pending, idle = consumer[2], consumer[4], consumer[6]
              if pending == 0 and idle > 1000 * tonumber(ARGV[4]) then redis.call('XGROUP', 'DELCONSUMER', KEYS[lane], ARGV[5], name) end
            end
          end
        end
        if ARGV[3] ~= '' then redis.call('ZADD', workers, now + tonumber(ARGV[4]), ARGV[3]) end
        return {depth(), capacity(tonumber(ARGV[1]), tonumber(ARGV[2]))}
        """);

    /// <summary>ARGV: group, worker, its consumers. A consumer with an entry in hand stays, so that the entry is delivered to another.</summary>
    public static RedisScript Leave { get; } = new(Common +
        """
        redis.call('ZREM', workers, ARGV[2])
        for lane = 1, lanes do
          for place = 3, #ARGV do
            local inHand = redis.pcall('XPENDING', KEYS[lane], ARGV[1], '-', '+', 1, ARGV[place])
            if not inHand.err and #inHand == 0 then redis.pcall('XGROUP', 'DELCONSUMER', KEYS[lane], ARGV[1], ARGV[place]) end
          end
        end
        return 1
        """);
}
