using System.Threading.Channels;
using PhotoStudio.Core;
using PhotoStudio.Core.Mail;

namespace PhotoStudio.Api.Auth;

/// <summary>
/// Writes letters after whoever asked for one has their answer, so that neither the answer nor its time tells whether there is an account.
/// What is asked for when the process ends is forgotten; a person asks again.
/// </summary>
/// <typeparam name="TWish">What is asked for.</typeparam>
internal abstract partial class LetterQueue<TWish>(IMailSender mail, ILogger logger) : BackgroundService
{
    private const int MostWaiting = 1000;

    private readonly Channel<TWish> _wanted = Channel.CreateBounded<TWish>(MostWaiting);

    /// <summary>Takes a wish in; false when too many wait.</summary>
    public bool TryAdd(TWish wish) => _wanted.Writer.TryWrite(wish);

    /// <summary>Sends the letter that is asked for, if any.</summary>
    /// <exception cref="StorageException">The mail server or the database does not answer.</exception>
    protected abstract Task WriteAsync(TWish wish, CancellationToken cancellationToken);

    /// <summary>How letters leave.</summary>
    protected IMailSender Mail => mail;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var wish in _wanted.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await WriteAsync(wish, stoppingToken);
                }
                catch (StorageException exception)
                {
                    LogNotSent(logger, exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A letter was not sent.")]
    private static partial void LogNotSent(ILogger logger, Exception exception);
}
