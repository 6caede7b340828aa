using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Chat;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Api.Chat;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Worker.Conversations;

/// <summary>Messages whose work is cut off at each point where something is stored, before and after it is.</summary>
public sealed class InterruptionTests
{
    [Fact]
    public async Task A_message_that_is_cut_off_between_any_two_steps_ends_with_each_step_done_once()
    {
        Saboteur? saboteur = null;
        await using var studio = await StudioHost.StartAsync(new StudioHost
        {
            Services = services =>
            {
                var real = services.Last(service => service.ServiceType == typeof(IChatStore));
                services.AddSingleton<IChatStore>(provider =>
                    saboteur = new Saboteur((IChatStore)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!)));
            },
        });
        _ = studio.Provider.GetRequiredService<IChatStore>();

        // Plan, first job, first result, second job, end: five times something is stored.
        var photo = TestFiles.Encode(TestPictures.Photo(90, 60, seed: 4), PictureFormat.Png);
        var cutOff = new List<(ChatClient Chat, Guid Message, string What)>();
        for (var save = 1; save <= 5; save++)
        {
            foreach (var after in (bool[])[false, true])
            {
                var chat = await ChatClient.OpenAsync(studio.Client);
                saboteur!.Cut(chat.Session, save, after);
                cutOff.Add((chat, await chat.PostAsync("rotate it 90 degrees and then flip it horizontally", ("image", photo)), $"cut off {(after ? "after" : "before")} save {save}"));
            }
        }

        foreach (var (chat, message, what) in cutOff)
        {
            var done = await chat.EndOfAsync(message);
            done.GetProperty("status").GetString().ShouldBe("DONE", $"{what}: {done.GetRawText()}");
            done.GetProperty("results").GetArrayLength().ShouldBe(2, what);
            done.GetProperty("reply").GetString().ShouldNotBeNullOrEmpty(what);
            (await chat.GetAsync("/api/v1/processing/jobs/list")).GetProperty("pagination").GetProperty("count").GetInt32().ShouldBe(2, what);
        }

        saboteur!.Cuts.ShouldBe(cutOff.Count);
    }

    [Fact]
    public async Task A_message_that_always_goes_wrong_is_given_up_with_an_answer_and_the_next_has_its_turn()
    {
        Saboteur? saboteur = null;
        await using var studio = await StudioHost.StartAsync(new StudioHost
        {
            Services = services =>
            {
                var real = services.Last(service => service.ServiceType == typeof(IChatStore));
                services.AddSingleton<IChatStore>(provider => saboteur = new Saboteur((IChatStore)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!)) { WithoutPauses = true });
            },
        });
        _ = studio.Provider.GetRequiredService<IChatStore>();
        var chat = await ChatClient.OpenAsync(studio.Client);
        saboteur!.AlwaysCut = "hola";
        var hopeless = await chat.PostAsync("hola");
        var next = await chat.PostAsync("hello");

        var failed = await chat.EndOfAsync(hopeless);
        (failed.GetProperty("status").GetString(), failed.GetProperty("error_code").GetString()).ShouldBe(("FAILED", "internal_error"));
        failed.GetProperty("reply").GetString().ShouldNotBeNullOrEmpty();
        (await chat.EndOfAsync(next)).GetProperty("status").GetString().ShouldBe("DONE");
    }

    /// <summary>A store that fails when it is told to, as a process does that dies.</summary>
    private sealed class Saboteur(IChatStore real) : IChatStore
    {
        private readonly ConcurrentDictionary<Guid, (int Save, bool After)> _plans = [];
        private readonly ConcurrentDictionary<Guid, int> _saves = [];
        private int _cuts;

        public int Cuts => _cuts;

        public bool WithoutPauses { get; init; }

        /// <summary>The text of a message that is only ever saved as failed.</summary>
        public string? AlwaysCut { get; set; }

        public void Cut(Guid session, int save, bool after) => _plans[session] = (save, after);

        public async Task<ClaimedMessage?> SaveAsync(ClaimedMessage claim, TimeSpan lease, CancellationToken cancellationToken)
        {
            var message = claim.Message;
            if (message.Content == AlwaysCut && message.Work.Failure is null) throw new StorageException("cut off");
            var plan = _plans.GetValueOrDefault(message.SessionId);
            var isCut = plan.Save > 0 && _saves.AddOrUpdate(message.SessionId, 1, (_, count) => count + 1) == plan.Save;
            if (isCut) Interlocked.Increment(ref _cuts);
            if (isCut && !plan.After) throw new StorageException("cut off");
            var saved = await real.SaveAsync(claim, lease, cancellationToken);
            return isCut ? throw new StorageException("cut off") : saved;
        }

        public Task ReleaseAsync(ClaimedMessage claim, bool failed, TimeSpan pause, CancellationToken cancellationToken) =>
            real.ReleaseAsync(claim, failed, WithoutPauses ? TimeSpan.Zero : pause, cancellationToken);

        public Task<ChatSession> OpenAsync(Owner owner, string title, CancellationToken cancellationToken) => real.OpenAsync(owner, title, cancellationToken);

        public Task<ChatSession?> FindLatestAsync(Owner owner, CancellationToken cancellationToken) => real.FindLatestAsync(owner, cancellationToken);

        public Task<ChatSession> OfKeyAsync(Owner owner, string key, CancellationToken cancellationToken) => real.OfKeyAsync(owner, key, cancellationToken);

        public Task<ChatSession?> FindAsync(Owner owner, Guid sessionId, CancellationToken cancellationToken) => real.FindAsync(owner, sessionId, cancellationToken);

        public Task<ChatSession?> FindAsync(Guid sessionId, CancellationToken cancellationToken) => real.FindAsync(sessionId, cancellationToken);

        public Task<Page<ChatSession>> ListAsync(Owner owner, PageRequest page, CancellationToken cancellationToken) => real.ListAsync(owner, page, cancellationToken);

        public Task<IReadOnlyList<ChatMessage>?> DeleteAsync(Owner owner, Guid sessionId, CancellationToken cancellationToken) =>
            real.DeleteAsync(owner, sessionId, cancellationToken);

        public Task<AppendOutcome> AppendAsync(Owner owner, Guid sessionId, ChatDraft draft, CancellationToken cancellationToken) =>
            real.AppendAsync(owner, sessionId, draft, cancellationToken);

        public Task<ChatMessage?> FindMessageAsync(Owner owner, Guid sessionId, Guid messageId, CancellationToken cancellationToken) =>
            real.FindMessageAsync(owner, sessionId, messageId, cancellationToken);

        public Task<Page<ChatMessage>> MessagesAsync(Owner owner, Guid sessionId, PageRequest page, bool newestFirst, CancellationToken cancellationToken) =>
            real.MessagesAsync(owner, sessionId, page, newestFirst, cancellationToken);

        public Task<ClaimedMessage?> TakeAsync(string worker, TimeSpan lease, CancellationToken cancellationToken) => real.TakeAsync(worker, lease, cancellationToken);

        public Task<bool> RenewAsync(ClaimedMessage claim, TimeSpan lease, CancellationToken cancellationToken) => real.RenewAsync(claim, lease, cancellationToken);

        public Task AbandonAsync(CancellationToken cancellationToken) => real.AbandonAsync(cancellationToken);
    }
}
