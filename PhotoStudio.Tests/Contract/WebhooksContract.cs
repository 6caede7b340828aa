using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Webhooks;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IWebhooks"/> does.</summary>
public abstract class WebhooksContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly DateTimeOffset At = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeliveryAttempt Refused = new(At, 500, "The receiver answered with status 500.", 3);
    private static readonly DeliveryAttempt Taken = new(At, 204, null, 3);

    private readonly Owner _owner = TestJobs.Someone();
    private StudioStores _stores = null!;

    private IWebhooks Webhooks => _stores.Store<IWebhooks>();

    public async Task InitializeAsync() => _stores = await OpenAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    /// <summary>An empty database.</summary>
    protected abstract Task<StudioStores> OpenAsync();

    [Fact]
    public async Task However_a_job_ends_and_however_many_end_it_there_is_one_message()
    {
        var webhook = await AddAsync();
        var job = (await _stores.Jobs.SubmitAsync(TestJobs.Resize(_owner), default)).ShouldBeOfType<SubmitOutcome.Accepted>().Job;
        var claimed = (await _stores.Jobs.TryClaimAsync(job.Id, "w", Lease, default)).ShouldNotBeNull();

        await Task.WhenAll(
            Task.Run(() => _stores.Jobs.CompleteAsync(job.Id, claimed.Attempt, TestJobs.Completion(claimed), default)),
            Task.Run(() => _stores.Jobs.CancelAsync(_owner, job.Id, default)),
            Task.Run(() => _stores.Jobs.CancelAsync(_owner, job.Id, default)));

        var state = (await _stores.Jobs.FindAsync(job.Id, default))!.State;
        var message = (await Webhooks.DeliveriesAsync(_owner, webhook.Id, null, new PageRequest(), default)).Items.ShouldHaveSingleItem();
        (message.Type, message.JobId, message.State).ShouldBe(($"job.{state.WireName()}", job.Id, DeliveryState.Pending));
    }

    [Fact]
    public async Task Messages_that_are_due_are_taken_once_by_however_many()
    {
        var webhook = await AddAsync();
        for (var i = 0; i < 20; i++) await Webhooks.WriteAsync(webhook, "webhook.test", "{}", default);

        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Webhooks.TakeDueAsync(5, Lease, [], default))));
        var rest = await Webhooks.TakeDueAsync(100, Lease, [], default);

        var ids = taken.SelectMany(some => some).Concat(rest).Select(message => message.Delivery.Id).ToList();
        ids.Count.ShouldBe(20);
        ids.Distinct().Count().ShouldBe(20);
        (await Webhooks.TakeDueAsync(100, Lease, [], default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_whose_deliverer_died_is_taken_again_and_the_dead_one_can_settle_nothing()
    {
        await Webhooks.WriteAsync(await AddAsync(), "webhook.test", "{}", default);
        var (first, _) = (await Webhooks.TakeDueAsync(1, Lease, [], default)).Single();
        await _stores.AdvanceAsync(Lease * 2);

        var (second, _) = (await Webhooks.TakeDueAsync(1, Lease, [], default)).Single();

        (first.Attempts, second.Attempts).ShouldBe((1, 2));
        (await Webhooks.SettleAsync(first.Id, first.Attempts, Taken, default)).ShouldBeNull();
        (await Webhooks.SettleAsync(second.Id, second.Attempts, Taken, default)).ShouldNotBeNull().State.ShouldBe(DeliveryState.Delivered);
    }

    [Fact]
    public async Task Attempts_pause_longer_and_longer_and_end_after_a_day()
    {
        var written = await Webhooks.WriteAsync(await AddAsync(), "webhook.test", "{}", default);
        var pauses = new List<TimeSpan>();
        var message = written;
        while (message.State == DeliveryState.Pending)
        {
            message = (await Webhooks.TakeDueAsync(1, Lease, [], default)).ShouldHaveSingleItem().Delivery;
            message = (await Webhooks.SettleAsync(message.Id, message.Attempts, Refused, default)).ShouldNotBeNull();
            if (message.State != DeliveryState.Pending) break;
            pauses.Add(WebhookDelivery.PauseAfter(message.Attempts));
            (await Webhooks.TakeDueAsync(1, Lease, [], default)).ShouldBeEmpty();
            await _stores.AdvanceAsync(pauses[^1] + TimeSpan.FromSeconds(1));
        }

        message.State.ShouldBe(DeliveryState.Failed);
        pauses.ShouldBe(pauses.Order());
        pauses.Aggregate((sum, pause) => sum + pause).ShouldBeInRange(TimeSpan.FromHours(12), TimeSpan.FromHours(24));
        message.Log.Count.ShouldBe(message.Attempts);
        (await Webhooks.ReplayAsync(_owner, message.Id, default)).ShouldNotBeNull().State.ShouldBe(DeliveryState.Pending);
        (await Webhooks.TakeDueAsync(1, Lease, [], default)).ShouldHaveSingleItem().Delivery.Payload.ShouldBe("{}");
    }

    [Fact]
    public async Task Nobody_else_sees_changes_or_removes_an_owners_webhook_and_its_messages()
    {
        var webhook = await AddAsync();
        var message = await Webhooks.WriteAsync(webhook, "webhook.test", "{}", default);
        var stranger = TestJobs.Someone();

        (await Webhooks.FindAsync(stranger, webhook.Id, default)).ShouldBeNull();
        (await Webhooks.ChangeAsync(stranger, webhook.Id, (found, _) => found with { Url = "https://example.org" }, default)).ShouldBeNull();
        (await Webhooks.RemoveAsync(stranger, webhook.Id, default)).ShouldBeFalse();
        (await Webhooks.FindDeliveryAsync(stranger, message.Id, default)).ShouldBeNull();
        (await Webhooks.ReplayAsync(stranger, message.Id, default)).ShouldBeNull();
        (await Webhooks.RemoveAsync(_owner, webhook.Id, default)).ShouldBeTrue();
        (await Webhooks.FindDeliveryAsync(_owner, message.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_owner_has_at_most_twenty_and_one_secret_for_jobs()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => Webhooks.AddAsync(New(), default))));
        added.Count(webhook => webhook is not null).ShouldBe(Webhook.MaxPerOwner);

        var secrets = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Webhooks.JobSecretAsync(_owner, default))));
        secrets.Select(secret => secret.Secret).Distinct().ShouldHaveSingleItem().ShouldStartWith("whsec_");
        (await Webhooks.ListAsync(_owner, default)).Count.ShouldBe(Webhook.MaxPerOwner);
    }

    private Webhook New() => new() { Id = OrderedId.New(), Owner = _owner, Url = "https://example.com/hook", Secret = WebhookSignature.NewSecret(), CreatedAt = At };

    private async Task<Webhook> AddAsync() => (await Webhooks.AddAsync(New(), default)).ShouldNotBeNull();
}
