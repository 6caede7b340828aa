using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Auth;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Quotas;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.RateLimits;

/// <summary>
/// Rate limits by ASP.NET Core's rate limiter. What counts is a <see cref="PartitionedRateLimiter{TResource}"/> per policy, which another
/// registration can take the place of; the one here counts in this process. What is left stands in <c>RateLimit-Policy</c> and
/// <c>RateLimit</c>, beside the daily quotas.
/// </summary>
internal static class RateLimitPolicies
{
    private const string StatelessPrefix = "/api/v1/prompt-refinement";

    /// <summary>The name that each limit has in headers.</summary>
    private static readonly string[] Names = ["identity", "address"];

    public static void AddRateLimits(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>()
            .BindConfiguration(RateLimitOptions.Section)
            .Validate(
                options => options.Window >= TimeSpan.FromSeconds(1) && options.Window <= TimeSpan.FromHours(1),
                $"{RateLimitOptions.Section}:Window must be a time from 00:00:01 to 01:00:00.")
            .Validate(
                options => options.PerIdentity >= 0 && options.PerAddress >= 0 && options.StatelessPerAddress >= 0,
                $"{RateLimitOptions.Section}: PerIdentity, PerAddress and StatelessPerAddress must be 0 (no limit) or more.")
            .ValidateOnStart();
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddSingleton<RateLimits>();
        builder.Services.AddOptions<RateLimiterOptions>().Configure<RateLimits>((options, limits) =>
        {
            options.GlobalLimiter = limits.All;
            options.OnRejected = (context, _) => new ValueTask(RefuseAsync(context.HttpContext, context.Lease, limits));
        });
    }

    /// <summary>Counts every request of whoever it is; after authentication.</summary>
    public static void UseRateLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.UseRateLimiter();
        if (!limits.Any) return;
        app.Use((http, next) =>
        {
            limits.Tell(http);
            return next(http);
        });
    }

    private static Task RefuseAsync(HttpContext http, RateLimitLease lease, RateLimits limits)
    {
        limits.Tell(http);
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : limits.Window;
        return ProblemWriter.WriteAsync(http, StudioProblem.Of(ProblemCode.RateLimited, "Too many requests came from you. Wait a little.") with { RetryAfter = wait });
    }

    /// <summary>The limiters, one for each kind of caller.</summary>
    internal sealed class RateLimits : IDisposable
    {
        private readonly RateLimitOptions _options;
        private readonly PartitionedRateLimiter<HttpContext>[] _limiters;

        public RateLimits(IOptions<RateLimitOptions> options)
        {
            _options = options.Value;
            _limiters =
            [
                PartitionedRateLimiter.Create<HttpContext, string>(http => Partition(IdentityOf(http), _options.PerIdentity)),
                PartitionedRateLimiter.Create<HttpContext, string>(http =>
                {
                    var stateless = IsStateless(http);
                    var limit = stateless ? _options.StatelessPerAddress : _options.PerAddress;
                    return Partition(limit == 0 ? null : $"{(stateless ? "stateless " : "")}{PasswordGate.AddressOf(http)}", limit);
                }),
            ];
            All = Any ? PartitionedRateLimiter.CreateChained(_limiters) : null;
        }

        /// <summary>All limits together; null when there is none.</summary>
        public PartitionedRateLimiter<HttpContext>? All { get; }

        public bool Any => _options is not { PerIdentity: 0, PerAddress: 0, StatelessPerAddress: 0 };

        public TimeSpan Window => _options.Window;

        /// <summary>Says in the headers what is left.</summary>
        public void Tell(HttpContext http)
        {
            for (var i = 0; i < _limiters.Length; i++)
            {
                var limit = LimitOf(http, i);
                if (limit == 0 || _limiters[i].GetStatistics(http) is not { } standing) continue;
                http.Response.Headers.Append(
                    QuotaHeaders.PolicyHeader, string.Create(CultureInfo.InvariantCulture, $"\"{Names[i]}\";q={limit};w={(long)Window.TotalSeconds}"));
                http.Response.Headers.Append(
                    QuotaHeaders.RemainingHeader, string.Create(CultureInfo.InvariantCulture, $"\"{Names[i]}\";r={standing.CurrentAvailablePermits}"));
            }
        }

        public void Dispose()
        {
            All?.Dispose();
            foreach (var limiter in _limiters) limiter.Dispose();
        }

        private int LimitOf(HttpContext http, int limiter) => limiter switch
        {
            0 => IdentityOf(http) is null ? 0 : _options.PerIdentity,
            _ => IsStateless(http) ? _options.StatelessPerAddress : _options.PerAddress,
        };

        private RateLimitPartition<string> Partition(string? key, int limit) => key is null || limit == 0
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = limit,
                Window = _options.Window,
                QueueLimit = 0,
            });

        private static bool IsStateless(HttpContext http) => http.Request.Path.StartsWithSegments(StatelessPrefix, StringComparison.OrdinalIgnoreCase);

        private static string? IdentityOf(HttpContext http) =>
            !IsStateless(http) && http.Features.Get<Caller>() is { IsGuest: false } caller && caller.Token is { Owner: Owner owner } ? owner.Text : null;
    }
}
