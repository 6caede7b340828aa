using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Documents;

namespace PhotoStudio.Backings.LanguageModels;

/// <summary>
/// What each owner's calls of a language model use of their tokens of the day (UTC), in the document store that every instance shares. A
/// call first takes what it may need and gives back what it did not. All guests share one budget, since anyone can be a new guest.
/// </summary>
public sealed class LanguageModelBudget(IDocumentStore documents, IOptions<LanguageModelOptions> options, TimeProvider time)
{
    private const string Collection = "language-model-tokens";
    private const int MostTries = 20;
    private static readonly Owner Guests = Owner.Guest("language-model");
    private readonly long _perDay = options.Value.TokensPerDay;

    /// <summary>Takes tokens from today's budget.</summary>
    /// <returns>The day they were taken from; null when they are not left, or when the store cannot say.</returns>
    public async Task<DateOnly?> TakeAsync(Owner owner, long tokens, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (_perDay == 0) return today;
        try
        {
            return await ChangeAsync(owner, today, tokens, _perDay, cancellationToken) ? today : null;
        }
        catch (StorageException)
        {
            return null;
        }
    }

    /// <summary>Corrects what was taken by what was used.</summary>
    public async Task SettleAsync(Owner owner, DateOnly day, long taken, long used)
    {
        if (_perDay == 0 || taken == used) return;
        try
        {
            await ChangeAsync(owner, day, used - taken, long.MaxValue, CancellationToken.None);
        }
        catch (StorageException)
        {
            // What was taken stays taken: the budget errs on the side of its payer.
        }
    }

    /// <summary>How many tokens an owner has used today, those of running calls included.</summary>
    public async Task<long> UsedAsync(Owner owner, CancellationToken cancellationToken)
    {
        var payer = PayerFor(owner);
        return Tokens(await documents.FindAsync(Collection, payer, IdOf(payer, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)), cancellationToken));
    }

    // A version is written once: whoever comes second reads again.
    private async Task<bool> ChangeAsync(Owner owner, DateOnly day, long by, long most, CancellationToken cancellationToken)
    {
        var payer = PayerFor(owner);
        var id = IdOf(payer, day);
        for (var tries = 0; tries < MostTries; tries++)
        {
            var before = await documents.FindAsync(Collection, payer, id, cancellationToken);
            var used = Tokens(before) + by;
            if (by > 0 && used > most) return false;
            var after = new StudioDocument(Collection, id, payer, (before?.Version ?? 0) + 1, Json(Math.Max(0, used)))
            {
                ExpiresAt = new(day.AddDays(2).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            };
            if (await documents.PutAsync(after, cancellationToken)) return true;
        }

        return by <= 0;
    }

    private static Owner PayerFor(Owner owner) => owner.Kind == OwnerKind.Guest ? Guests : owner;

    private static string IdOf(Owner owner, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{owner.StorageName}-{day:yyyyMMdd}");

    private static string Json(long tokens) => string.Create(CultureInfo.InvariantCulture, $$"""{"tokens":{{tokens}}}""");

    private static long Tokens(StudioDocument? document)
    {
        if (document is null) return 0;
        using var json = JsonDocument.Parse(document.Json);
        return json.RootElement.GetProperty("tokens").GetInt64();
    }
}
