using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Accounts;

/// <summary>Failed sign-ins in a relational database, so that every instance of the studio counts them together.</summary>
public sealed class SqlSignInThrottle(StudioDatabase database) : ISignInThrottle
{
    /// <inheritdoc/>
    public Task<TimeSpan?> TryAsync(string account, string address, CancellationToken cancellationToken) =>
        database.WriteAsync<TimeSpan?>(
            async (db, now, token) =>
            {
                var keys = new[] { PairKey(account, address), AddressKey(address), AccountKey(account) };
                var rows = await db.Set<SignInFailureRow>().Where(row => keys.Contains(row.Key)).ToListAsync(token);
                var (pair, anyone, everywhere) = (Get(rows, keys[0], now), Get(rows, keys[1], now), Get(rows, keys[2], now));
                var until = pair.BlockedUntil > anyone.BlockedUntil ? pair.BlockedUntil : anyone.BlockedUntil;
                if (until > now) return until - now;

                Count(pair, everywhere.Failures >= BackOff.AccountAlarm ? 1 : BackOff.PairTries, now);
                Count(anyone, BackOff.AddressTries, now);
                Count(everywhere, int.MaxValue, now);
                db.AddRange(new[] { pair, anyone, everywhere }.Except(rows));
                await db.SaveChangesAsync(token);
                return null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task SucceededAsync(string account, string address, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                var (pair, anyone, everywhere) = (PairKey(account, address), AddressKey(address), AccountKey(account));
                await db.Set<SignInFailureRow>().Where(row => row.Key == pair).ExecuteDeleteAsync(token);

                // This try was no failure. The others of the address and of the account stay counted.
                return await db.Set<SignInFailureRow>().Where(row => (row.Key == anyone || row.Key == everywhere) && row.Failures > 0)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.Failures, row => row.Failures - 1)
                            .SetProperty(row => row.BlockedUntil, now)
                            .SetProperty(row => row.Version, row => row.Version + 1),
                        token);
            },
            cancellationToken);

    private static SignInFailureRow Get(List<SignInFailureRow> rows, string key, DateTimeOffset now)
    {
        var row = rows.SingleOrDefault(row => row.Key == key) ?? new SignInFailureRow { Key = key, BlockedUntil = now, LastAt = now };
        if (now - row.LastAt > BackOff.Memory) row.Failures = 0;
        return row;
    }

    private static void Count(SignInFailureRow row, int free, DateTimeOffset now)
    {
        row.Failures++;
        row.LastAt = now;
        row.BlockedUntil = now + BackOff.After(row.Failures, free);
        row.Version++;
    }

    private static string PairKey(string account, string address) => Hash($"pair\n{account}\n{address}");

    private static string AddressKey(string address) => Hash($"address\n{address}");

    private static string AccountKey(string account) => Hash($"account\n{account}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
