using PhotoStudio.Core.Accounts;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <content>Sign-ins and their tokens.</content>
public abstract partial class AccountStoreContract
{
    [Fact]
    public async Task A_session_is_found_by_its_id_and_its_long_lived_token_until_it_is_closed()
    {
        var ana = await CreateAsync();
        var session = await OpenSessionAsync(ana, "token", "refresh");

        session.Roles.ShouldBe([AccountRoles.User]);
        (await Sessions.FindAsync(session.SessionId, default))!.AccountId.ShouldBe(ana.Id);
        (await Sessions.FindByTokenAsync("token", default))!.SessionId.ShouldBe(session.SessionId);
        (await Sessions.FindByTokenAsync("refresh", default)).ShouldBeNull();
        (await Sessions.FindByTokenAsync("another", default)).ShouldBeNull();

        (await Sessions.CloseAsync(session.SessionId, default)).ShouldBeTrue();
        (await Sessions.CloseAsync(session.SessionId, default)).ShouldBeFalse();
        (await Sessions.FindAsync(session.SessionId, default)).ShouldBeNull();
        (await Sessions.FindByTokenAsync("token", default)).ShouldBeNull();
        (await Sessions.RefreshAsync("refresh", "next", Day, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Refresh_tokens_work_once_each_one_after_the_other()
    {
        var session = await OpenSessionAsync(await CreateAsync(), "token", "refresh-0");
        for (var i = 0; i < 3; i++)
            (await Sessions.RefreshAsync($"refresh-{i}", $"refresh-{i + 1}", Day, default))!.SessionId.ShouldBe(session.SessionId);

        (await Sessions.FindAsync(session.SessionId, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_refresh_token_that_is_used_again_ends_the_session_with_everything_it_gave()
    {
        var ana = await CreateAsync();
        var session = await OpenSessionAsync(ana, "token", "refresh");
        var other = await OpenSessionAsync(ana, "other-token", "other-refresh");
        await Sessions.RefreshAsync("refresh", "next", Day, default);

        (await Sessions.RefreshAsync("refresh", "stolen", Day, default)).ShouldBeNull();

        (await Sessions.RefreshAsync("next", "after", Day, default)).ShouldBeNull();
        (await Sessions.RefreshAsync("stolen", "after", Day, default)).ShouldBeNull();
        (await Sessions.FindAsync(session.SessionId, default)).ShouldBeNull();
        (await Sessions.FindByTokenAsync("token", default)).ShouldBeNull();
        (await Sessions.FindAsync(other.SessionId, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_many_that_exchange_one_refresh_token_at_once_one_gets_the_next_and_the_session_ends()
    {
        var session = await OpenSessionAsync(await CreateAsync(), "token", "refresh");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => Sessions.RefreshAsync("refresh", $"next-{i}", Day, default))));

        answers.Count(answer => answer is not null).ShouldBe(1);
        (await Sessions.FindAsync(session.SessionId, default)).ShouldBeNull();
        foreach (var i in Enumerable.Range(0, 10)) (await Sessions.RefreshAsync($"next-{i}", $"after-{i}", Day, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Tokens_expire_each_at_its_time_and_refreshing_lengthens_the_session()
    {
        var session = await OpenSessionAsync(await CreateAsync(), "token", "refresh");

        await _stores.AdvanceAsync(9 * Day);
        (await Sessions.RefreshAsync("refresh", "refresh-2", 30 * Day, default)).ShouldNotBeNull();
        await _stores.AdvanceAsync(22 * Day);
        (await Sessions.FindByTokenAsync("token", default)).ShouldBeNull("after 31 days of 30");
        (await Sessions.FindAsync(session.SessionId, default)).ShouldNotBeNull("an access token may still name it");
        (await Sessions.RefreshAsync("refresh-2", "refresh-3", Day, default)).ShouldNotBeNull("after 22 days of 30");
        await _stores.AdvanceAsync(2 * Day);
        (await Sessions.RefreshAsync("refresh-3", "refresh-4", Day, default)).ShouldBeNull("after 2 days of 1");
    }

    [Fact]
    public async Task What_ended_long_ago_is_forgotten_and_what_is_good_stays()
    {
        var ana = await CreateAsync();
        await OpenSessionAsync(ana, "old", "old-refresh");
        await _stores.AdvanceAsync(40 * Day);
        var session = await OpenSessionAsync(ana, "token", "refresh");
        await Throttle.TryAsync("ana@example.com", "198.51.100.7", default);

        await Sessions.ForgetAsync(default);

        (await Sessions.FindAsync(session.SessionId, default)).ShouldNotBeNull();
        (await Sessions.RefreshAsync("refresh", "next", Day, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_deleted_account_is_gone_with_its_sessions_keys_and_names_and_its_things_are_condemned()
    {
        var ana = await CreateAsync();
        await OpenSessionAsync(ana, "token", "refresh");
        await MakeKeyAsync(ana, "key");
        await Accounts.AddResetAsync(ana.Id, "reset", Day, 3, default);

        (await Accounts.DeleteAsync(ana.Id, default)).ShouldBeTrue();

        (await Accounts.DeleteAsync(ana.Id, default)).ShouldBeFalse();
        (await Accounts.FindAsync(ana.Id, default)).ShouldBeNull();
        (await Sessions.FindByTokenAsync("token", default)).ShouldBeNull();
        (await Keys.UseAsync("key", default)).ShouldBeNull();
        (await Accounts.UseResetAsync("reset", "next", default)).ShouldBeNull();
        (await _stores.Store<IOwnedThings>().CondemnedAsync(10, default)).ShouldBe([Owner.User(ana.Id)]);
        (await CreateAsync()).Id.ShouldNotBe(ana.Id);
    }
}
