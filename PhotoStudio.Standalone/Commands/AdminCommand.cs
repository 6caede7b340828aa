using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PhotoStudio.Backings;
using PhotoStudio.Backings.Data;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Audit;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Standalone.Commands;

/// <summary>
/// What an operator does at the machine: <c>admin …</c>. It works on the stores directly, beside a studio that runs or without one, and every
/// change stands in the audit log.
/// </summary>
public static class AdminCommand
{
    private const int Wrong = 2;
    private const int Failed = 1;
    private const int Shown = 100;

    /// <summary>Whether a command line is one of these.</summary>
    public static bool IsFor(string[] args) => args is ["admin", ..];

    /// <summary>Runs a command.</summary>
    /// <param name="args">The whole command line.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="errors">Where faults go.</param>
    /// <returns>The exit code: 0, 1 when it could not be done, 2 when the command line is none.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        var settings = args.SkipWhile(arg => arg != "--").Skip(1).ToArray();
        var words = args.Skip(1).TakeWhile(arg => arg != "--").ToArray();
        try
        {
            var builder = Host.CreateApplicationBuilder(settings);
            builder.Logging.ClearProviders();
            builder.AddStudioBackings();
            builder.Services.TryAddSingleton<StudioBackup>();
            using var host = builder.Build();
            return await RunAsync(words, host.Services, output, errors);
        }
        catch (Exception exception) when (exception is StorageException or InvalidOperationException or DbUpdateException or System.Data.Common.DbException)
        {
            await errors.WriteLineAsync($"PhotoStudio: {exception.Message}");
            return Failed;
        }
    }

    private static Task<int> RunAsync(string[] words, IServiceProvider services, TextWriter output, TextWriter errors) => words switch
    {
        ["make-admin", var email] => MakeAdminAsync(services, email, output, errors),
        ["premium", var email] => DecideAsync(services, email, new AccountDecision { Premium = true }, output, errors),
        ["premium", var email, "--off"] => DecideAsync(services, email, new AccountDecision { Premium = false }, output, errors),
        ["lock", var email] => DecideAsync(services, email, new AccountDecision { Locked = true }, output, errors),
        ["unlock", var email] => DecideAsync(services, email, new AccountDecision { Locked = false }, output, errors),
        ["users"] => ListUsersAsync(services, null, output),
        ["users", var search] => ListUsersAsync(services, search, output),
        ["dead-letters"] => ListDeadLettersAsync(services, output),
        ["dead-letters", "replay", var id] when Guid.TryParse(id, out var job) => DeadLetterAsync(services, job, replay: true, output, errors),
        ["dead-letters", "discard", var id] when Guid.TryParse(id, out var job) => DeadLetterAsync(services, job, replay: false, output, errors),
        ["backup", var folder] => BackupAsync(services, folder, output),
        ["restore", var folder] => RestoreAsync(services, folder, output),
        _ => ExplainAsync(errors),
    };

    private static async Task<int> ExplainAsync(TextWriter errors)
    {
        await errors.WriteLineAsync("PhotoStudio: this is no admin command. ./studio admin --help lists them.");
        return Wrong;
    }

    private static async Task<int> MakeAdminAsync(IServiceProvider services, string email, TextWriter output, TextWriter errors)
    {
        if (!EmailAddress.TryParse(email, out var address))
        {
            await errors.WriteLineAsync($"PhotoStudio: the e-mail address {EmailAddress.Rule}");
            return Wrong;
        }

        var accounts = services.GetRequiredService<IAccountStore>();
        if (await accounts.FindCredentialsAsync(address, CancellationToken.None) is not null)
            return await DecideAsync(services, email, new AccountDecision { Admin = true }, output, errors);

        var password = RandomNumberGenerator.GetHexString(24, lowercase: true);
        var hash = new PasswordHasher<object>().HashPassword(address, password);
        var name = new string([.. email.TakeWhile(c => c != '@').Where(char.IsAsciiLetterOrDigit)]);
        if (!UserName.TryParse(name, out var userName) && !UserName.TryParse($"admin {name}", out userName))
        {
            await errors.WriteLineAsync($"PhotoStudio: no user name can be made of {email}. Register the account, then make it an admin.");
            return Failed;
        }

        var (created, taken) = await accounts.CreateAsync(new NewAccount(address, userName, hash) { ExtraRoles = [AccountRoles.Admin] }, CancellationToken.None);
        if (created is null)
        {
            await errors.WriteLineAsync($"PhotoStudio: the name '{userName}' is taken{(taken is null ? "" : " by another account")}. Register the account, then make it an admin.");
            return Failed;
        }

        await RecordAsync(services, "MakeAdmin", email, null);
        await output.WriteLineAsync($"{email} is an admin now. The password, which is shown only here: {password}");
        return 0;
    }

    private static async Task<int> DecideAsync(IServiceProvider services, string email, AccountDecision decision, TextWriter output, TextWriter errors)
    {
        var known = EmailAddress.TryParse(email, out var address)
            ? await services.GetRequiredService<IAccountStore>().FindCredentialsAsync(address, CancellationToken.None)
            : null;
        var change = known is null
            ? new AccountChange.Missing()
            : await services.GetRequiredService<IAccountDirectory>().ChangeAsync(known.Account.Id, decision, CancellationToken.None);
        if (change is not AccountChange.Done { Account: var account })
        {
            await errors.WriteLineAsync(change is AccountChange.LastAdmin
                ? $"PhotoStudio: {email} is the last admin who may sign in."
                : $"PhotoStudio: there is no account {email}.");
            return Failed;
        }

        var state = $"{string.Join(", ", account.Roles)}{(account.LockedAt is null ? "" : ", locked")}";
        await RecordAsync(services, "ChangeUser", $"/api/v1/admin/users/{account.Id:D}", state);
        await output.WriteLineAsync($"{account.Email}: {state}");
        return 0;
    }

    private static async Task<int> ListUsersAsync(IServiceProvider services, string? search, TextWriter output)
    {
        var page = await services.GetRequiredService<IAccountDirectory>()
            .ListAsync(new AccountFilter { Search = search }, new PageRequest(1, Shown), CancellationToken.None);
        foreach (var account in page.Items)
        {
            await output.WriteLineAsync(
                $"{account.Id:D}  {account.CreatedAt:u}  {account.Email}  {string.Join(',', account.Roles)}{(account.LockedAt is null ? "" : "  locked")}");
        }

        await output.WriteLineAsync($"{page.Items.Count} of {page.Total} accounts.");
        return 0;
    }

    private static async Task<int> ListDeadLettersAsync(IServiceProvider services, TextWriter output)
    {
        var page = await services.GetRequiredService<IJobAdministration>().DeadLettersAsync(null, new PageRequest(1, Shown), CancellationToken.None);
        foreach (var job in page.Items)
            await output.WriteLineAsync($"{job.Id:D}  {job.FinishedAt:u}  {job.Operation}  {job.Owner}  {job.Failure?.Code}: {job.Failure?.Message}");
        await output.WriteLineAsync($"{page.Items.Count} of {page.Total} dead letters.");
        return 0;
    }

    private static async Task<int> DeadLetterAsync(IServiceProvider services, Guid id, bool replay, TextWriter output, TextWriter errors)
    {
        var jobs = services.GetRequiredService<IJobAdministration>();
        var job = replay ? await jobs.ReplayAsync(id, CancellationToken.None) : await jobs.DiscardAsync(id, CancellationToken.None);
        if (job is null)
        {
            await errors.WriteLineAsync($"PhotoStudio: there is no dead letter {id:D}.");
            return Failed;
        }

        await RecordAsync(services, replay ? "ReplayDeadLetter" : "DiscardDeadLetter", $"/api/v1/admin/dead-letters/{id:D}", null);
        await output.WriteLineAsync(replay ? "A worker will try it again." : "It is given up.");
        return 0;
    }

    private static async Task<int> BackupAsync(IServiceProvider services, string folder, TextWriter output)
    {
        var report = await services.GetRequiredService<StudioBackup>().WriteAsync(Path.GetFullPath(folder), CancellationToken.None);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The database and {report.Files} files ({report.Bytes:N0} bytes) are in {folder}."));
        return 0;
    }

    private static async Task<int> RestoreAsync(IServiceProvider services, string folder, TextWriter output)
    {
        var target = services.GetRequiredService<StudioFolder>();
        var report = StudioBackup.Restore(folder, target);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The database and {report.Files} files ({report.Bytes:N0} bytes) are in {target.Path}."));
        return 0;
    }

    private static Task RecordAsync(IServiceProvider services, string action, string target, string? details)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var entry = new AuditEntry(OrderedId.New(now), now, AuditEntry.CommandLine, action, target, StatusCodes.Status200OK, details);
        return services.GetRequiredService<IAuditLog>().AddAsync(entry, CancellationToken.None);
    }
}
