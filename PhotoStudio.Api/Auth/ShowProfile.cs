using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Auth;

internal static class ShowProfile
{
    public static async Task<Results<Ok<Envelope<ProfileResource>>, StudioProblem>> HandleAsync(
        AccountCaller caller, IAccountStore accounts, IJobStore jobs, CancellationToken cancellationToken) =>
        await accounts.FindAsync(caller.AccountId, cancellationToken) is { } account
            ? TypedResults.Ok(new Envelope<ProfileResource>(await ProfileResource.FromAsync(account, jobs, cancellationToken), "Your profile."))
            : Identity.Caller.Unknown();

    public static async Task<Results<Ok<Envelope<DetailsResource>>, StudioProblem>> DetailsAsync(
        AccountCaller caller,
        IAccountStore accounts,
        ISessionStore sessions,
        IApiKeyStore keys,
        IJobStore jobs,
        IImageStore images,
        CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(caller.AccountId, cancellationToken) is not { } account) return Identity.Caller.Unknown();
        if (await sessions.FindAsync(caller.SessionId, cancellationToken) is not { } session) return Identity.Caller.Unknown();

        var one = new PageRequest(1, 1);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var state in Enum.GetValues<JobState>())
            counts[state.WireName()] = await AccountResource.CountAsync(jobs, account.Owner, state, cancellationToken);
        counts["all"] = counts.Values.Sum();
        var statistics = new StatisticsResource(
            (await images.ListAsync(account.Owner, new ImageQuery(ImageKind.Upload), one, cancellationToken)).Total,
            (await images.ListAsync(account.Owner, new ImageQuery(ImageKind.Result), one, cancellationToken)).Total,
            counts,
            await keys.CountActiveAsync(account.Id, cancellationToken));
        var details = new DetailsResource(
            await ProfileResource.FromAsync(account, jobs, cancellationToken),
            statistics,
            new SessionResource(session.OpenedAt, session.TokenExpiresAt));
        return TypedResults.Ok(new Envelope<DetailsResource>(details, "Your profile and what you have."));
    }
}
