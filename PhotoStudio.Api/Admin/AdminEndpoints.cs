using PhotoStudio.Api.Admin.Audit;
using PhotoStudio.Api.Admin.DeadLetters;
using PhotoStudio.Api.Admin.Queue;
using PhotoStudio.Api.Admin.Schedule;
using PhotoStudio.Api.Admin.Statistics;
using PhotoStudio.Api.Admin.Users;
using PhotoStudio.Api.Auth;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Json;

namespace PhotoStudio.Api.Admin;

/// <summary>Looking after the studio: <c>/api/v1/admin</c>. Models and flagged pictures have groups of their own.</summary>
internal static class AdminEndpoints
{
    public static void AddAdministration(this IHostApplicationBuilder builder) => builder.Services.AddJsonContext(AdminJson.Default);

    public static void MapAdministration(this IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/api/v1/admin").WithTags("Administration").RequireAdmin();
        admin.MapGet("/users", ListUsers.HandleAsync)
            .WithName("ListUsers")
            .WithSummary("Accounts, newest first")
            .WithDescription("`search` looks into e-mail addresses and names; `role` is user, premium or admin; `locked` is true or false.")
            .WithPaging();
        admin.MapGet("/users/{id:guid}", ShowUser.HandleAsync).WithName("ShowUser").WithSummary("An account, what it used today, and what it has");
        admin.MapPatch("/users/{id:guid}", ChangeUser.HandleAsync)
            .TakesFields<ChangeUserRequest>()
            .WithName("ChangeUser")
            .WithSummary("Gives and takes premium and admin, sets a personal quota, locks and unlocks")
            .WithDescription("A locked account's tokens and keys stop at once and work again when it is unlocked. 409 for the last admin who may sign in.");
        admin.MapGet("/queue", ShowQueue.HandleAsync).WithName("ShowQueue").WithSummary("What waits and what runs, by lane and by owner");
        admin.MapGet("/workers", ListWorkers.HandleAsync).WithName("ListWorkers").WithSummary("Who runs what, and since when");
        admin.MapGet("/dead-letters", ListDeadLetters.HandleAsync)
            .WithName("ListDeadLetters")
            .WithSummary("Jobs that were given up although another attempt could have succeeded, the last one first")
            .WithPaging();
        admin.MapPost("/dead-letters/{id:guid}/replay", ReplayDeadLetter.HandleAsync)
            .WithName("ReplayDeadLetter")
            .WithSummary("Has a dead letter tried again, without charge");
        admin.MapDelete("/dead-letters/{id:guid}", DiscardDeadLetter.HandleAsync)
            .WithName("DiscardDeadLetter")
            .WithSummary("Gives a dead letter up; the job stays failed");
        admin.MapGet("/schedule", Schedules.ListAsync)
            .WithName("ListSchedule")
            .WithSummary("The scheduled work: what is due when, who does it, and what came of the latest run");
        admin.MapPost("/schedule/{name}/run", Schedules.RunAsync)
            .WithName("RunScheduledTask")
            .WithSummary("Has a scheduled task run now, by whichever process leads it");
        admin.MapGet("/statistics", ShowStatistics.HandleAsync)
            .WithName("ShowUsageStatistics")
            .WithSummary("How often operations ended how, and what was used of the daily quotas, day by day")
            .WithDescription("`days` is 1 to 366, 30 unless given. Jobs are counted every 30 minutes; quotas are as they are now.");
        admin.MapGet("/audit", ListAudit.HandleAsync)
            .WithName("ListAudit")
            .WithSummary("What administrators did, newest first")
            .WithDescription("`actor` is who did it, `action` the name of what, such as `ChangeUser`.")
            .WithPaging();
    }
}
