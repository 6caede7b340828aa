using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Api.Admin.Users;

internal static class ChangeUser
{
    private const int MaxQuota = 1_000_000;

    public static async Task<Results<Ok<Envelope<UserResource>>, StudioProblem>> HandleAsync(
        Guid id, HttpContext http, Caller caller, IAccountDirectory accounts, IQuotas quotas)
    {
        var fields = await BodyFields.ReadAsync(http);
        var decision = new AccountDecision
        {
            Premium = fields.Flag("is_premium"),
            Admin = fields.Flag("is_admin"),
            Locked = fields.Flag("locked"),
            SetsQuota = fields.Has("max_daily_processes"),
            MaxDailyProcesses = (int?)fields.Number("max_daily_processes", 0, MaxQuota),
        };
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);
        if (decision == new AccountDecision()) return StudioProblem.Of(ProblemCode.ValidationFailed, "Name at least one of is_premium, is_admin, locked and max_daily_processes.");
        if (caller.Owner == Owner.User(id) && (decision.Admin == false || decision.Locked == true))
            return StudioProblem.Of(ProblemCode.Conflict, "Nobody locks their own account or stops being an admin by themselves; another admin can do it.");

        http.Note(Describe(decision));
        return await accounts.ChangeAsync(id, decision, http.RequestAborted) switch
        {
            AccountChange.Done { Account: var account } => TypedResults.Ok(new Envelope<UserResource>(
                UserResource.From(account, await quotas.ReadAsync(account.Owner, http.RequestAborted)), "The account is changed.")),
            AccountChange.LastAdmin => StudioProblem.Of(ProblemCode.Conflict, "This is the last admin who may sign in."),
            _ => StudioProblem.Missing("account"),
        };
    }

    private static string Describe(AccountDecision decision)
    {
        var parts = new List<string>();
        if (decision.Premium is { } premium) parts.Add($"is_premium={premium}");
        if (decision.Admin is { } admin) parts.Add($"is_admin={admin}");
        if (decision.Locked is { } locked) parts.Add($"locked={locked}");
        if (decision.SetsQuota) parts.Add($"max_daily_processes={decision.MaxDailyProcesses?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}");
        return string.Join(", ", parts);
    }
}
