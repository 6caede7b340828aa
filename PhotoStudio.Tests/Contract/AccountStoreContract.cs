using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IAccountStore"/>, <see cref="IApiKeyStore"/> and <see cref="ISignInThrottle"/> does.</summary>
public abstract partial class AccountStoreContract : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private StudioStores _stores = null!;

    private IAccountStore Accounts => _stores.Store<IAccountStore>();

    private ISessionStore Sessions => _stores.Store<ISessionStore>();

    private IApiKeyStore Keys => _stores.Store<IApiKeyStore>();

    private ISignInThrottle Throttle => _stores.Store<ISignInThrottle>();

    public async Task InitializeAsync() => _stores = await OpenAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    /// <summary>Stores on an empty database.</summary>
    protected abstract Task<StudioStores> OpenAsync();

    [Fact]
    public async Task An_account_is_found_by_its_id_and_by_its_address_in_any_case()
    {
        var ana = await CreateAsync("Ana.Lopez@Example.COM", "Ana López");

        ana.Email.ShouldBe("Ana.Lopez@example.com");
        ana.Roles.ShouldBe([AccountRoles.User]);
        ana.IsPremium.ShouldBeFalse();
        (await Accounts.FindAsync(ana.Id, default)).ShouldBeEquivalentTo(ana);
        var credentials = (await Accounts.FindCredentialsAsync(Address("ana.lopez@EXAMPLE.com"), default)).ShouldNotBeNull();
        (credentials.Account.Id, credentials.PasswordHash).ShouldBe((ana.Id, "hash"));
        (await Accounts.FindCredentialsAsync(Address("someone@else.example"), default)).ShouldBeNull();
        (await Accounts.FindAsync(Guid.NewGuid(), default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_name_or_address_that_is_taken_or_looks_taken_is_refused()
    {
        await CreateAsync("ana@example.com", "Paula Mill");

        (await TryCreateAsync("ANA@example.com", "Somebody Else")).ShouldBe(new NamesTaken(Email: true, UserName: false));
        (await TryCreateAsync("other@example.com", "paula mill")).ShouldBe(new NamesTaken(Email: false, UserName: true));
        (await TryCreateAsync("other@example.com", "PauIa MilI")).ShouldBe(new NamesTaken(Email: false, UserName: true));
        (await TryCreateAsync("ana@example.com", "Paula Mill")).ShouldBe(new NamesTaken(Email: true, UserName: true));
    }

    [Fact]
    public async Task Of_many_that_register_one_address_at_once_one_gets_it()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            Accounts.CreateAsync(new NewAccount(Address("ana@example.com"), Name($"Person {(char)('A' + i)}{(char)('k' + i)}zz"), "hash"), default))));

        outcomes.Count(outcome => outcome.Created is not null).ShouldBe(1);
        outcomes.Where(outcome => outcome.Created is null).ShouldAllBe(outcome => outcome.Taken!.Email);
    }

    [Fact]
    public async Task A_password_is_changed_only_from_the_one_that_was_checked_and_ends_every_session()
    {
        var ana = await CreateAsync();
        var session = await OpenSessionAsync(ana, "token", "refresh");

        (await Accounts.ChangePasswordAsync(ana.Id, "another", "next", revokeKeys: false, default)).ShouldBeNull();
        (await Sessions.FindAsync(session.SessionId, default)).ShouldNotBeNull();

        var changed = (await Accounts.ChangePasswordAsync(ana.Id, "hash", "next", revokeKeys: false, default)).ShouldNotBeNull();
        changed.TokenEpoch.ShouldNotBe(ana.TokenEpoch);
        (await Accounts.FindCredentialsAsync(ana.Id, default))!.PasswordHash.ShouldBe("next");
        (await Sessions.FindAsync(session.SessionId, default)).ShouldBeNull();
        (await Sessions.FindByTokenAsync("token", default)).ShouldBeNull();
        (await Sessions.RefreshAsync("refresh", "refresh-2", Day, default)).ShouldBeNull();
        (await Sessions.OpenAsync(NewSession(ana, "late", "late-refresh"), default)).ShouldBeNull("under the old epoch");
        (await OpenSessionAsync(changed, "token-2", "refresh-3")).AccountId.ShouldBe(ana.Id);
    }

    [Fact]
    public async Task A_weak_hash_is_renewed_without_ending_sessions_unless_the_password_changed()
    {
        var ana = await CreateAsync();
        var session = await OpenSessionAsync(ana, "token", "refresh");

        await Accounts.RehashAsync(ana.Id, "not this", "wrong", default);
        (await Accounts.FindCredentialsAsync(ana.Id, default))!.PasswordHash.ShouldBe("hash");
        await Accounts.RehashAsync(ana.Id, "hash", "stronger", default);

        (await Accounts.FindCredentialsAsync(ana.Id, default))!.PasswordHash.ShouldBe("stronger");
        (await Sessions.FindAsync(session.SessionId, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_profile_changes_where_the_change_says_something()
    {
        var ana = await CreateAsync(name: "Ana Lopez");
        await CreateAsync("ben@example.com", "Ben Lopez");

        var (changed, _) = await Accounts.ChangeProfileAsync(ana.Id, new ProfileChange { Bio = "Ảnh cưới 💍", PreferredStyles = ["oil", "anime"] }, default);
        changed.ShouldNotBeNull();
        (changed.Bio, changed.UserName).ShouldBe(("Ảnh cưới 💍", "Ana Lopez"));
        changed.PreferredStyles.ShouldBe(["oil", "anime"]);
        changed.TokenEpoch.ShouldBe(ana.TokenEpoch);

        var (again, taken) = await Accounts.ChangeProfileAsync(ana.Id, new ProfileChange { UserName = Name("Ben L0pez") }, default);
        again.ShouldBeNull();
        taken.ShouldBe(new NamesTaken(Email: false, UserName: true));
        (await Accounts.ChangeProfileAsync(ana.Id, new ProfileChange { UserName = Name("ANA Lopez") }, default)).Changed!.UserName.ShouldBe("ANA Lopez");
        (await Accounts.ChangeProfileAsync(Guid.NewGuid(), new ProfileChange(), default)).ShouldBe((null, null));
    }

    [Fact]
    public async Task Roles_are_given_and_taken_and_sessions_see_it_at_once()
    {
        var ana = await CreateAsync();
        await OpenSessionAsync(ana, "token", "refresh");

        (await Accounts.SetRolesAsync(ana.Id, [AccountRoles.Admin, AccountRoles.Premium], default)).ShouldBeTrue();
        (await Sessions.FindByTokenAsync("token", default))!.Roles.ShouldBe([AccountRoles.User, AccountRoles.Premium, AccountRoles.Admin]);
        (await Accounts.SetRolesAsync(ana.Id, [], default)).ShouldBeTrue();
        (await Accounts.FindAsync(ana.Id, default))!.Roles.ShouldBe([AccountRoles.User]);
        (await Accounts.SetRolesAsync(Guid.NewGuid(), [], default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_reset_token_works_once_and_ends_sessions_keys_and_its_fellows()
    {
        var ana = await CreateAsync();
        var session = await OpenSessionAsync(ana, "token", "refresh");
        await MakeKeyAsync(ana, "key");
        (await Accounts.AddResetAsync(ana.Id, "reset-1", Day, 3, default)).ShouldBeTrue();
        (await Accounts.AddResetAsync(ana.Id, "reset-2", Day, 3, default)).ShouldBeTrue();
        (await Accounts.FindResetAsync("reset-1", default))!.Id.ShouldBe(ana.Id);

        (await Accounts.UseResetAsync("reset-1", "next", default))!.Id.ShouldBe(ana.Id);

        (await Accounts.FindCredentialsAsync(ana.Id, default))!.PasswordHash.ShouldBe("next");
        (await Accounts.UseResetAsync("reset-1", "again", default)).ShouldBeNull();
        (await Accounts.UseResetAsync("reset-2", "again", default)).ShouldBeNull();
        (await Accounts.FindResetAsync("reset-2", default)).ShouldBeNull();
        (await Sessions.FindAsync(session.SessionId, default)).ShouldBeNull();
        (await Keys.UseAsync("key", default)).ShouldBeNull();
        (await Accounts.UseResetAsync("never given", "again", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_that_use_one_reset_token_at_once_one_succeeds()
    {
        var ana = await CreateAsync();
        await Accounts.AddResetAsync(ana.Id, "reset", Day, 3, default);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Accounts.UseResetAsync("reset", $"hash-{i}", default))));

        outcomes.Count(outcome => outcome is not null).ShouldBe(1);
    }

    [Fact]
    public async Task A_reset_token_expires_and_only_so_many_are_given_in_an_hour()
    {
        var ana = await CreateAsync();
        for (var i = 0; i < 3; i++) (await Accounts.AddResetAsync(ana.Id, $"reset-{i}", TimeSpan.FromHours(1), 3, default)).ShouldBeTrue();
        (await Accounts.AddResetAsync(ana.Id, "reset-4", TimeSpan.FromHours(1), 3, default)).ShouldBeFalse();

        await _stores.AdvanceAsync(TimeSpan.FromHours(2));

        (await Accounts.UseResetAsync("reset-0", "next", default)).ShouldBeNull();
        (await Accounts.AddResetAsync(ana.Id, "reset-5", TimeSpan.FromHours(1), 3, default)).ShouldBeTrue();
        (await Accounts.AddResetAsync(Guid.NewGuid(), "reset-6", TimeSpan.FromHours(1), 3, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_are_listed_used_and_revoked_by_their_account_alone()
    {
        var (ana, ben) = (await CreateAsync(), await CreateAsync("ben@example.com", "Ben Other"));
        var key = await MakeKeyAsync(ana, "secret", ApiKeyScopes.ActAs);

        var (used, roles) = (await Keys.UseAsync("secret", default)).ShouldNotBeNull();
        (used.Id, used.AccountId).ShouldBe((key.Id, ana.Id));
        used.Scopes.ShouldBe([ApiKeyScopes.ActAs]);
        roles.ShouldBe([AccountRoles.User]);
        (await Keys.UseAsync("another", default)).ShouldBeNull();
        (await Keys.FindAsync(ana.Id, key.Id, default))!.LastUsedAt.ShouldNotBeNull();
        (await Keys.CountActiveAsync(ana.Id, default)).ShouldBe(1);

        (await Keys.FindAsync(ben.Id, key.Id, default)).ShouldBeNull();
        (await Keys.RevokeAsync(ben.Id, key.Id, default)).ShouldBeNull();
        (await Keys.ListAsync(ben.Id, new PageRequest(), default)).Total.ShouldBe(0);
        var revoked = (await Keys.RevokeAsync(ana.Id, key.Id, default)).ShouldNotBeNull();
        (await Keys.RevokeAsync(ana.Id, key.Id, default))!.RevokedAt.ShouldBe(revoked.RevokedAt);
        (await Keys.UseAsync("secret", default)).ShouldBeNull();
        (await Keys.ListAsync(ana.Id, new PageRequest(), default)).Items.ShouldHaveSingleItem().RevokedAt.ShouldNotBeNull();
        (await Keys.CountActiveAsync(ana.Id, default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_key_expires_and_an_account_has_only_so_many()
    {
        var ana = await CreateAsync();
        var now = (await Accounts.FindAsync(ana.Id, default))!.CreatedAt;
        (await Keys.CreateAsync(Key(ana, now) with { ExpiresAt = now + Day }, "short", 2, default)).ShouldBeTrue();
        (await Keys.CreateAsync(Key(ana, now), "long", 2, default)).ShouldBeTrue();
        (await Keys.CreateAsync(Key(ana, now), "one too many", 2, default)).ShouldBeFalse();
        (await Keys.UseAsync("short", default)).ShouldNotBeNull();

        await _stores.AdvanceAsync(2 * Day);

        (await Keys.UseAsync("short", default)).ShouldBeNull();
        (await Keys.UseAsync("long", default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Wrong_passwords_back_off_for_the_address_they_come_from_and_for_nobody_else()
    {
        for (var i = 0; i < BackOff.PairTries; i++) (await Throttle.TryAsync("ana@example.com", "198.51.100.7", default)).ShouldBeNull();

        (await Throttle.TryAsync("ana@example.com", "198.51.100.7", default)).ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        (await Throttle.TryAsync("ana@example.com", "203.0.113.9", default)).ShouldBeNull("the owner, elsewhere");
        (await Throttle.TryAsync("ben@example.com", "198.51.100.7", default)).ShouldBeNull("somebody else, behind the same address");

        await _stores.AdvanceAsync(TimeSpan.FromSeconds(3));
        (await Throttle.TryAsync("ana@example.com", "198.51.100.7", default)).ShouldBeNull();
        (await Throttle.TryAsync("ana@example.com", "198.51.100.7", default)).ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromSeconds(2));
        await _stores.AdvanceAsync(BackOff.Memory + BackOff.Longest);
        for (var i = 0; i < BackOff.PairTries; i++) (await Throttle.TryAsync("ana@example.com", "198.51.100.7", default)).ShouldBeNull("forgotten");
    }

    [Fact]
    public async Task A_right_password_forgets_the_wrong_ones_before()
    {
        for (var i = 0; i < BackOff.PairTries - 1; i++) await Throttle.TryAsync("ana@example.com", "198.51.100.7", default);
        await Throttle.SucceededAsync("ana@example.com", "198.51.100.7", default);
        for (var i = 0; i < BackOff.PairTries; i++) (await Throttle.TryAsync("ana@example.com", "198.51.100.7", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Many_guesses_at_once_are_counted_every_one()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Throttle.TryAsync("ana@example.com", "198.51.100.7", default))));

        answers.Count(answer => answer is null).ShouldBe(BackOff.PairTries);
    }

    [Fact]
    public async Task One_address_that_tries_many_accounts_backs_off()
    {
        for (var i = 0; i < BackOff.AddressTries; i++) (await Throttle.TryAsync($"person{i}@example.com", "198.51.100.7", default)).ShouldBeNull();
        (await Throttle.TryAsync("one.more@example.com", "198.51.100.7", default)).ShouldNotBeNull();
        (await Throttle.TryAsync("one.more@example.com", "203.0.113.9", default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_account_that_many_addresses_guess_at_still_lets_its_owner_try_from_a_new_one()
    {
        for (var i = 0; i < BackOff.AccountAlarm; i++) await Throttle.TryAsync("ana@example.com", $"198.51.100.{i}", default);

        (await Throttle.TryAsync("ana@example.com", "203.0.113.9", default)).ShouldBeNull();
        (await Throttle.TryAsync("ana@example.com", "203.0.113.9", default)).ShouldNotBeNull("one try an address while the alarm lasts");
    }

    private static EmailAddress Address(string text) => EmailAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text);

    private static UserName Name(string text) => UserName.TryParse(text, out var name) ? name : throw new ArgumentException(text);

    private static ApiKey Key(Account account, DateTimeOffset now, params string[] scopes) => new()
    {
        Id = OrderedId.New(now),
        AccountId = account.Id,
        Name = "a key",
        Prefix = "psk_12345678",
        Scopes = scopes,
        CreatedAt = now,
    };

    private static NewSession NewSession(Account account, string token, string refresh) =>
        new(account.Id, account.TokenEpoch, token, 30 * Day, refresh, 10 * Day);

    private async Task<ApiKey> MakeKeyAsync(Account account, string secret, params string[] scopes)
    {
        var key = Key(account, account.CreatedAt, scopes);
        (await Keys.CreateAsync(key, secret, 10, default)).ShouldBeTrue();
        return key;
    }

    private async Task<SessionIdentity> OpenSessionAsync(Account account, string token, string refresh) =>
        (await Sessions.OpenAsync(NewSession(account, token, refresh), default)).ShouldNotBeNull();

    private async Task<Account> CreateAsync(string email = "ana@example.com", string name = "Ana Somebody") =>
        (await Accounts.CreateAsync(new NewAccount(Address(email), Name(name), "hash"), default)).Created.ShouldNotBeNull();

    private async Task<NamesTaken> TryCreateAsync(string email, string name) =>
        (await Accounts.CreateAsync(new NewAccount(Address(email), Name(name), "hash"), default)).Taken.ShouldNotBeNull();
}
