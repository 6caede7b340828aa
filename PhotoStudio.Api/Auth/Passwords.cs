using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth;

/// <summary>How a password compared.</summary>
internal enum PasswordCheck
{
    /// <summary>It is another.</summary>
    Wrong,

    /// <summary>It is the one.</summary>
    Right,

    /// <summary>It is the one, and its hash is weaker than new ones are.</summary>
    RightButWeakHash,
}

/// <summary>
/// Hashes and checks passwords with ASP.NET Core Identity's hasher (PBKDF2, HMAC-SHA-512). It is slow on purpose, so only as many run at once as
/// leave the machine room for other work, and only so many wait.
/// </summary>
internal sealed class Passwords(IOptions<AuthOptions> options) : IDisposable
{
    private const int MostWaiting = 100;
    private static readonly object Anyone = new();

    private readonly PasswordHasher<object> _hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }));

    private readonly SemaphoreSlim _slots = new(Math.Max(1, Environment.ProcessorCount - 1));
    private readonly Lazy<string> _nobody = new(() =>
        new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }))
            .HashPassword(Anyone, Guid.NewGuid().ToString()));

    private int _waiting;

    public void Dispose() => _slots.Dispose();

    /// <summary>The hash of a password, by rules that <see cref="PasswordRules"/> has checked.</summary>
    /// <exception cref="ProblemException">429: too many wait for this.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        RunAsync(() => _hasher.HashPassword(Anyone, PasswordRules.Normalize(password)), cancellationToken);

    /// <summary>Compares a password. Without a hash it takes as long and is wrong.</summary>
    /// <exception cref="ProblemException">429: too many wait for this.</exception>
    public Task<PasswordCheck> CheckAsync(string? hash, string password, CancellationToken cancellationToken) => RunAsync(
        () => _hasher.VerifyHashedPassword(Anyone, hash ?? _nobody.Value, PasswordRules.Normalize(password)) switch
        {
            _ when hash is null => PasswordCheck.Wrong,
            PasswordVerificationResult.Success => PasswordCheck.Right,
            PasswordVerificationResult.SuccessRehashNeeded => PasswordCheck.RightButWeakHash,
            _ => PasswordCheck.Wrong,
        },
        cancellationToken);

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw (StudioProblem.Of(ProblemCode.RateLimited, "Too many people sign in at this moment. Try again soon.") with
            {
                RetryAfter = TimeSpan.FromSeconds(5),
            }).ToException();
        }

        try
        {
            await _slots.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(work, cancellationToken);
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
