using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Tests.Support;

/// <summary>Keeps what a session store writes to the log.</summary>
public sealed class SessionLog : ILogger<OnnxSessions>
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>The lines with a word.</summary>
    public int Count(string word) => Lines.Count(line => line.Contains(word, StringComparison.Ordinal));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));
}
