using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Events.Redis;
using PhotoStudio.Backings.Queue.Redis;
using PhotoStudio.Core.Jobs;
using StackExchange.Redis;

namespace PhotoStudio.Backings.Redis;

/// <summary>Registers what Redis does for a studio in several processes.</summary>
internal static class RedisServices
{
    /// <summary>Adds the bell and the events over Redis. The host connects before it starts anything else.</summary>
    /// <exception cref="InvalidOperationException">The connection string is none.</exception>
    public static void AddRedis(this IServiceCollection services, string connectionString, int slots)
    {
        RedisLink.Check(connectionString);
        services.AddOptions<RedisOptions>()
            .BindConfiguration(RedisOptions.Section)
            .Validate(options => options.Prefix.Length is > 0 and <= 64 && options.Prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'),
                $"{RedisOptions.Section}:{nameof(RedisOptions.Prefix)} must be 1 to 64 letters, digits, '-' and '_'.")
            .Validate(options => options.Timeout >= TimeSpan.FromMilliseconds(100) && options.Timeout <= TimeSpan.FromMinutes(1),
                $"{RedisOptions.Section}:{nameof(RedisOptions.Timeout)} must be a time from 00:00:00.1 to 00:01:00.")
            .ValidateOnStart();
        services.AddSingleton(provider => new RedisLink(
            connectionString,
            provider.GetRequiredService<IOptions<RedisOptions>>(),
            provider.GetRequiredService<ILogger<RedisLink>>(),
            provider.GetService<IConnectionMultiplexer>));
        services.AddHostedService<RedisStart>();
        services.AddHealthChecks().AddCheck<RedisHealth>("redis");
        services.AddBell(slots);
        services.AddEvents();
    }

    private static void AddBell(this IServiceCollection services, int slots)
    {
        const string section = RedisBellOptions.Section;
        services.AddOptions<RedisBellOptions>()
            .Configure(options => options.Slots = slots)
            .BindConfiguration(section)
            .Validate(options => options.Capacity is null or (>= 1 and <= 1_000_000), $"{section}:Capacity must be a number from 1 to 1,000,000.")
            .Validate(
                options => options.RedeliverAfter >= TimeSpan.FromSeconds(1) && options.RedeliverAfter <= TimeSpan.FromDays(1),
                $"{section}:RedeliverAfter must be a time from 00:00:01 to 1.00:00:00.")
            .Validate(
                options => options.PollInterval >= TimeSpan.FromMilliseconds(10) && options.PollInterval <= TimeSpan.FromMinutes(1),
                $"{section}:PollInterval must be a time from 00:00:00.01 to 00:01:00.")
            .ValidateOnStart();
        services.AddSingleton<IJobBell, RedisJobBell>();
    }

    private static void AddEvents(this IServiceCollection services)
    {
        const string section = RedisEventsOptions.Section;
        services.AddOptions<RedisEventsOptions>()
            .BindConfiguration(section)
            .Validate(options => options.EventsPerJob is >= 1 and <= 10_000, $"{section}:EventsPerJob must be a number from 1 to 10,000.")
            .Validate(
                options => options.RememberFor >= TimeSpan.FromSeconds(1) && options.RememberFor <= TimeSpan.FromDays(1),
                $"{section}:RememberFor must be a time from 00:00:01 to 1.00:00:00.")
            .Validate(options => options.EventsPerWatcher is >= 2 and <= 10_000, $"{section}:EventsPerWatcher must be a number from 2 to 10,000.")
            .ValidateOnStart();
        services.AddSingleton<IJobEvents, RedisJobEvents>();
    }
}
