using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IChatStore"/> does. An adapter's test class inherits it.</summary>
public abstract class ChatStoreContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private readonly Owner _owner = TestJobs.Someone();
    private readonly Owner _stranger = TestJobs.Someone();

    /// <summary>The store under test, empty.</summary>
    protected abstract IChatStore Chat { get; }

    /// <summary>Opens the store.</summary>
    public abstract Task InitializeAsync();

    /// <summary>Removes what the test stored.</summary>
    public abstract Task DisposeAsync();

    /// <summary>Lets time pass for the store; see <see cref="StudioStores.AdvanceAsync"/>.</summary>
    protected abstract Task AdvanceAsync(TimeSpan by);

    [Fact]
    public async Task A_conversation_takes_its_title_from_its_first_message_unless_it_has_one()
    {
        var session = await Chat.OpenAsync(_owner, "", default);
        await SayAsync(session, "xóa phông\nảnh này giúp mình");
        (await Chat.FindAsync(_owner, session.Id, default))!.Title.ShouldBe("xóa phông ảnh này giúp mình");

        var named = await Chat.OpenAsync(_owner, "Holidays", default);
        await SayAsync(named, "hello");
        (await Chat.FindAsync(_owner, named.Id, default))!.Title.ShouldBe("Holidays");
    }

    [Fact]
    public async Task A_name_that_a_client_chose_is_one_conversation_of_each_owner()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Chat.OfKeyAsync(_owner, "my chat", default)));
        opened.Select(session => session.Id).Distinct().Count().ShouldBe(1);
        (await Chat.OfKeyAsync(_stranger, "my chat", default)).Id.ShouldNotBe(opened[0].Id);
        (await Chat.FindLatestAsync(_owner, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Messages_that_come_at_once_are_numbered_without_a_gap()
    {
        var session = await Chat.OpenAsync(_owner, "", default);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => SayAsync(session, $"message {i}")));
        var messages = await Chat.MessagesAsync(_owner, session.Id, new PageRequest(1, 50), newestFirst: false, default);
        messages.Items.Select(message => message.Number).ShouldBe(Enumerable.Range(1, 12));
        (await Chat.FindAsync(_owner, session.Id, default))!.Messages.ShouldBe(12);
    }

    [Fact]
    public async Task A_message_that_is_added_again_is_the_same()
    {
        var session = await Chat.OpenAsync(_owner, "", default);
        var id = Guid.NewGuid();
        var first = Added(await Chat.AppendAsync(_owner, session.Id, new ChatDraft(id, "hello"), default));
        var again = Added(await Chat.AppendAsync(_owner, session.Id, new ChatDraft(id, "hello"), default));
        (again.Id, again.Number).ShouldBe((first.Id, first.Number));
        (await Chat.FindAsync(_owner, session.Id, default))!.Messages.ShouldBe(1);
    }

    [Fact]
    public async Task The_messages_of_a_conversation_have_their_turn_one_after_the_other()
    {
        var session = await Chat.OpenAsync(_owner, "", default);
        var first = await SayAsync(session, "one");
        var second = await SayAsync(session, "two");
        await AdvanceAsync(TimeSpan.FromMilliseconds(10));
        var other = await SayAsync(await Chat.OpenAsync(_owner, "", default), "elsewhere");

        var claim = await TakeAsync();
        claim!.Message.Id.ShouldBe(first.Id);
        (await TakeAsync())!.Message.Id.ShouldBe(other.Id);
        (await TakeAsync()).ShouldBeNull();

        await EndAsync(claim);
        (await TakeAsync())!.Message.Id.ShouldBe(second.Id);
    }

    [Fact]
    public async Task Many_workers_take_each_message_once()
    {
        for (var i = 0; i < 6; i++) await SayAsync(await Chat.OpenAsync(_owner, "", default), $"{i}");
        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => TakeAsync()));
        claims.Where(claim => claim is not null).Select(claim => claim!.Message.Id).ShouldBeUnique();
        claims.Count(claim => claim is not null).ShouldBe(6);
    }

    [Fact]
    public async Task A_message_whose_worker_died_is_taken_again_and_the_dead_may_save_nothing()
    {
        var session = await Chat.OpenAsync(_owner, "", default);
        await SayAsync(session, "one");
        var lost = await TakeAsync();
        await AdvanceAsync(Lease + TimeSpan.FromSeconds(1));

        var taken = await TakeAsync();
        taken!.Message.Id.ShouldBe(lost!.Message.Id);
        (await EndAsync(lost)).ShouldBeNull();
        (await EndAsync(taken))!.Message.State.ShouldBe(JobState.Completed);
        (await TakeAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_message_that_is_handed_back_is_taken_again_after_its_pause()
    {
        await SayAsync(await Chat.OpenAsync(_owner, "", default), "one");
        var claim = await TakeAsync();
        await Chat.ReleaseAsync(claim!, failed: false, TimeSpan.Zero, default);
        var again = await TakeAsync();
        (again!.Message.Id, again.Failures).ShouldBe((claim!.Message.Id, 0));

        await Chat.ReleaseAsync(again, failed: true, TimeSpan.FromSeconds(20), default);
        (await TakeAsync()).ShouldBeNull();
        await AdvanceAsync(TimeSpan.FromSeconds(21));
        (await TakeAsync())!.Failures.ShouldBe(1);
    }

    [Fact]
    public async Task Every_worker_that_dies_with_a_message_is_counted()
    {
        await SayAsync(await Chat.OpenAsync(_owner, "", default), "one");
        (await TakeAsync())!.Failures.ShouldBe(0);
        await AdvanceAsync(Lease * 2);
        (await TakeAsync())!.Failures.ShouldBe(1);
        await Chat.AbandonAsync(default);
        (await TakeAsync())!.Failures.ShouldBe(2);
    }

    [Fact]
    public async Task Renewing_holds_the_message_for_another_lease_until_somebody_else_has_it()
    {
        await SayAsync(await Chat.OpenAsync(_owner, "", default), "one");
        var claim = await TakeAsync();
        await AdvanceAsync(Lease * 0.8);
        (await Chat.RenewAsync(claim!, Lease, default)).ShouldBeTrue();
        await AdvanceAsync(Lease * 0.8);
        (await TakeAsync()).ShouldBeNull();
        await AdvanceAsync(Lease * 0.8);
        (await TakeAsync()).ShouldNotBeNull();
        (await Chat.RenewAsync(claim!, Lease, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_owner_has_only_so_many_messages_that_wait()
    {
        var (one, two) = (await Chat.OpenAsync(_owner, "", default), await Chat.OpenAsync(_owner, "", default));
        for (var i = 0; i < ChatMessage.MaxUnfinished; i++) await SayAsync(i % 2 == 0 ? one : two, $"{i}");
        (await Chat.AppendAsync(_owner, one.Id, new ChatDraft(Guid.NewGuid(), "more"), default)).ShouldBe(new AppendOutcome.Full(ChatMessage.MaxUnfinished));

        await EndAsync((await TakeAsync())!);
        await SayAsync(one, "more");
        await SayAsync(await Chat.OpenAsync(_stranger, "", default), "mine");
    }

    [Fact]
    public async Task Saving_holds_the_message_for_another_lease()
    {
        await SayAsync(await Chat.OpenAsync(_owner, "", default), "one");
        var claim = await TakeAsync();
        await AdvanceAsync(Lease * 0.8);
        (await Chat.SaveAsync(claim!, Lease, default)).ShouldNotBeNull();
        await AdvanceAsync(Lease * 0.8);
        (await TakeAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task What_became_of_a_message_is_found_as_it_was_saved()
    {
        var session = await Chat.OpenAsync(_owner, "", default);
        var image = Guid.NewGuid();
        var message = Added(await Chat.AppendAsync(
            _owner, session.Id, new ChatDraft(Guid.NewGuid(), "làm nét hơn") { Attachments = [new ChatAttachment(image), new ChatAttachment(image, "mask")] }, default));
        var claim = await TakeAsync();
        var work = claim!.Message.Work with
        {
            Plan = new AssistantPlan("enhance", 0.93, "vi") { Steps = [new AssistantStep("enhance", new() { ["strength"] = 0.5 }, "làm nét hơn")] },
            Refinements = [null, new JobRefinement("sharper", "blurry")],
            Jobs = [Guid.NewGuid()],
            Results = [new ChatResult(image, 0)],
            Reply = "Xong",
        };
        await Chat.SaveAsync(claim with { Message = claim.Message with { State = JobState.Completed, Work = work } }, Lease, default);

        var found = (await Chat.FindMessageAsync(_owner, session.Id, message.Id, default))!;
        (found.State, found.Content, found.Work.Reply, found.Work.RefinedPrompt).ShouldBe((JobState.Completed, "làm nét hơn", "Xong", "sharper"));
        found.FinishedAt.ShouldNotBeNull();
        found.Work.Attachments.ShouldBe([new ChatAttachment(image), new ChatAttachment(image, "mask")]);
        found.Work.Results.ShouldBe([new ChatResult(image, 0)]);
        found.Work.Jobs.ShouldBe(work.Jobs);
        found.Work.Plan!.Steps[0].Parameters["strength"]!.GetValue<double>().ShouldBe(0.5);
        found.Version.ShouldBeGreaterThan(message.Version);
    }

    [Fact]
    public async Task Another_owner_sees_and_changes_nothing()
    {
        var session = await Chat.OpenAsync(_owner, "", default);
        var message = await SayAsync(session, "one");
        (await Chat.FindAsync(_stranger, session.Id, default)).ShouldBeNull();
        (await Chat.FindMessageAsync(_stranger, session.Id, message.Id, default)).ShouldBeNull();
        (await Chat.MessagesAsync(_stranger, session.Id, new PageRequest(1, 10), newestFirst: false, default)).Items.ShouldBeEmpty();
        (await Chat.AppendAsync(_stranger, session.Id, new ChatDraft(Guid.NewGuid(), "mine"), default)).ShouldBeOfType<AppendOutcome.Missing>();
        (await Chat.DeleteAsync(_stranger, session.Id, default)).ShouldBeNull();
        (await Chat.ListAsync(_stranger, new PageRequest(1, 10), default)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_conversation_is_gone_and_tells_what_went_on_in_it()
    {
        var session = await Chat.OpenAsync(_owner, "", default);
        await SayAsync(session, "one");
        var claim = await TakeAsync();
        await EndAsync(claim!);
        var open = await SayAsync(session, "two");

        (await Chat.DeleteAsync(_owner, session.Id, default))!.Select(message => message.Id).ShouldBe([open.Id]);
        (await Chat.FindAsync(_owner, session.Id, default)).ShouldBeNull();
        (await TakeAsync()).ShouldBeNull();
        (await Chat.DeleteAsync(_owner, session.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_message_whose_conversation_was_deleted_meanwhile_is_nobodys()
    {
        var session = await Chat.OpenAsync(_owner, "", default);
        await SayAsync(session, "one");
        var claim = await TakeAsync();
        await Chat.DeleteAsync(_owner, session.Id, default);
        (await Chat.RenewAsync(claim!, Lease, default)).ShouldBeFalse();
        (await EndAsync(claim!)).ShouldBeNull();
        await Chat.ReleaseAsync(claim!, failed: true, TimeSpan.Zero, default);
    }

    private async Task<ChatMessage> SayAsync(ChatSession session, string text) =>
        Added(await Chat.AppendAsync(session.Owner, session.Id, new ChatDraft(Guid.NewGuid(), text), default));

    private static ChatMessage Added(AppendOutcome outcome) => outcome.ShouldBeOfType<AppendOutcome.Added>().Message;

    private Task<ClaimedMessage?> TakeAsync() => Chat.TakeAsync("worker", Lease, default);

    private Task<ClaimedMessage?> EndAsync(ClaimedMessage claim) =>
        Chat.SaveAsync(claim with { Message = claim.Message with { State = JobState.Completed } }, Lease, default);
}
