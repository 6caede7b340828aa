using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Auth;

/// <summary>Changes what a person may change of themselves; everything else in the body is passed over.</summary>
internal static class UpdateProfile
{
    private const int MaxRawLength = 1024;
    private const int MaxBioLength = 1000;
    private const int MaxStyles = 50;
    private const int MaxStyleLength = 100;

    public static async Task<Results<Ok<Envelope<ProfileResource>>, StudioProblem>> HandleAsync(
        HttpContext http, AccountCaller caller, IAccountStore accounts, IJobStore jobs)
    {
        var fields = await BodyFields.ReadAsync(http);
        var change = new ProfileChange
        {
            UserName = Register.ReadName(fields, fields.Secret("username", MaxRawLength)),
            Bio = fields.Text("bio", MaxBioLength, manyLines: true),
            PreferredStyles = fields.Texts("preferred_styles", MaxStyles, MaxStyleLength),
        };
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);

        var (changed, taken) = await accounts.ChangeProfileAsync(caller.AccountId, change, http.RequestAborted);
        if (taken is not null) return Register.Taken(taken);
        return changed is null
            ? Identity.Caller.Unknown()
            : TypedResults.Ok(new Envelope<ProfileResource>(await ProfileResource.FromAsync(changed, jobs, http.RequestAborted), "Your profile is changed."));
    }
}
