using PhotoStudio.Backings.Data;

namespace PhotoStudio.Backings.Redis;

/// <summary>Connects to Redis before anything else starts, so that a wrong setting ends the start.</summary>
internal sealed class RedisStart(RedisLink redis) : BeforeStart
{
    public override Task StartingAsync(CancellationToken cancellationToken) => redis.ConnectAsync(cancellationToken);
}
