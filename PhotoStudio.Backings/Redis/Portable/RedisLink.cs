using StackExchange.Redis;

namespace PhotoStudio.Backings.Redis;

/// <content>Subscribing with the client's first generation, which hands messages on in order unless it is told not to.</content>
internal sealed partial class RedisLink
{
    private static Task ListenAsync(ISubscriber subscriber, RedisChannel channel, Action<byte[]> heard)
    {
        subscriber.Multiplexer.PreserveAsyncOrder = true;
        return subscriber.SubscribeAsync(channel, (_, message) => heard((byte[])message));
    }
}
