using Microsoft.Extensions.Options;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth;

/// <summary>
/// Makes the first admin of the configuration before the studio answers anybody. An account that has the address already becomes an admin only if
/// its password is the configured one: otherwise whoever registered the address first would.
/// </summary>
internal sealed partial class FirstAdmin(
    IOptions<AuthOptions> options, IAccountStore accounts, Passwords passwords, ILogger<FirstAdmin> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var admin = options.Value.Admin;
        if (!EmailAddress.TryParse(admin.Email, out var email) || !UserName.TryParse(admin.UserName, out var name)) return;

        if (await accounts.FindCredentialsAsync(email, cancellationToken) is not { } known)
        {
            var hash = await passwords.HashAsync(admin.Password!, cancellationToken);
            var (created, taken) = await accounts.CreateAsync(new NewAccount(email, name, hash) { ExtraRoles = [AccountRoles.Admin] }, cancellationToken);
            if (created is not null) LogMade(created.Id);
            else if (taken is { UserName: true, Email: false }) throw new InvalidOperationException($"{AuthOptions.Section}:Admin:UserName '{name}' is taken by another account; choose another.");
            return;
        }

        if (known.Account.Roles.Contains(AccountRoles.Admin)) return;
        if (await passwords.CheckAsync(known.PasswordHash, admin.Password!, cancellationToken) == PasswordCheck.Wrong)
        {
            LogRefused(known.Account.Id);
            return;
        }

        await accounts.SetRolesAsync(known.Account.Id, [.. known.Account.Roles, AccountRoles.Admin], cancellationToken);
        LogMade(known.Account.Id);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {AccountId} is an admin now.")]
    private partial void LogMade(Guid accountId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Account {AccountId} has the address of Studio:Auth:Admin:Email and another password, so it is not made an admin.")]
    private partial void LogRefused(Guid accountId);
}
