using System.Collections.Concurrent;
using PhotoStudio.Core.Mail;

namespace PhotoStudio.Tests.Support;

/// <summary>Keeps letters for a test to read.</summary>
internal sealed class Postbox : IMailSender
{
    /// <summary>The letters as they came.</summary>
    public ConcurrentQueue<Letter> Letters { get; } = [];

    public bool IsReady => true;

    public Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        Letters.Enqueue(letter);
        return Task.CompletedTask;
    }
}
