using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Mail;

namespace PhotoStudio.Api.Auth;

/// <summary>Sends a letter with a reset token. The answer comes before anybody has looked whether there is such an account.</summary>
internal static class ForgotPassword
{
    public static async Task<Results<Accepted<Envelope<object?>>, StudioProblem>> HandleAsync(HttpContext http, IMailSender mail, ResetLetters letters)
    {
        var fields = await BodyFields.ReadAsync(http);
        var email = Register.ReadEmail(fields);
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);
        if (!mail.IsReady)
            return StudioProblem.Of(ProblemCode.MailUnavailable, "No letters leave this studio: its operator has not named a mail server (Studio:Mail:Host).");

        if (!letters.TryAdd(email!))
        {
            return StudioProblem.Of(ProblemCode.RateLimited, "Too many people ask for letters at this moment. Try again soon.") with
            {
                RetryAfter = TimeSpan.FromSeconds(30),
            };
        }

        return TypedResults.Accepted(
            (string?)null, new Envelope<object?>(null, "If there is an account with this address, a letter with a token is on its way."));
    }
}
