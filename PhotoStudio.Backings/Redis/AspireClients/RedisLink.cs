using StackExchange.Redis;

namespace PhotoStudio.Backings.Redis;

/// <content>Subscribing with the client's second generation, where a queue of messages keeps their order.</content>
internal sealed partial class RedisLink
{
    private static async Task ListenAsync(ISubscriber subscriber, RedisChannel channel, Action<byte[]> heard)
    {
        var messages = await subscriber.SubscribeAsync(channel);
        messages.OnMessage(message => heard((byte[])message.Message!));
    }
}
