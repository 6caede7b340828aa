using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Events.Redis;

/// <summary>An event as it travels: the job's id (32 hexadecimal digits), then the rest as JSON.</summary>
internal sealed record RedisJobEvent(string Owner, int Attempt, long Sequence, JobEventType Type, DateTimeOffset At)
{
    /// <summary>How many bytes the job's id takes.</summary>
    public const int IdBytes = 32;

    public Guid? FlowId { get; init; }

    public int FlowStep { get; init; }

    public Guid? BatchId { get; init; }

    public double? Progress { get; init; }

    public string? Stage { get; init; }

    public string? PreviewKey { get; init; }

    public JobFailure? Failure { get; init; }

    /// <summary>The JSON of an event.</summary>
    public static byte[] Write(JobEvent jobEvent) => JsonSerializer.SerializeToUtf8Bytes(
        new RedisJobEvent(jobEvent.Owner.Text, jobEvent.Cursor.Attempt, jobEvent.Cursor.Sequence, jobEvent.Type, jobEvent.At)
        {
            FlowId = jobEvent.FlowId,
            FlowStep = jobEvent.FlowStep,
            BatchId = jobEvent.BatchId,
            Progress = jobEvent.Progress,
            Stage = jobEvent.Stage,
            PreviewKey = jobEvent.PreviewKey,
            Failure = jobEvent.Failure,
        },
        RedisEventJson.Default.RedisJobEvent);

    /// <summary>The event of a job that a JSON says.</summary>
    /// <exception cref="JsonException">It is none, as from a version of the studio that writes them otherwise.</exception>
    /// <exception cref="FormatException">It names no owner.</exception>
    public static JobEvent Read(Guid jobId, ReadOnlySpan<byte> json)
    {
        var said = JsonSerializer.Deserialize(json, RedisEventJson.Default.RedisJobEvent) ?? throw new JsonException("The event is null.");
        return new JobEvent(jobId, Core.Accounts.Owner.Parse(said.Owner), new EventCursor(said.Attempt, said.Sequence), said.Type, said.At)
        {
            FlowId = said.FlowId,
            FlowStep = said.FlowStep,
            BatchId = said.BatchId,
            Progress = said.Progress,
            Stage = said.Stage,
            PreviewKey = said.PreviewKey,
            Failure = said.Failure,
        };
    }

    /// <summary>The job that a message is about: its id, a blank, the number in the stream, a blank, the JSON.</summary>
    public static bool TryReadMessage(ReadOnlySpan<byte> message, out Guid jobId, out StreamId number, out ReadOnlySpan<byte> json)
    {
        number = default;
        json = default;
        if (!Utf8Parser.TryParse(message, out jobId, out var read, 'N') || read != IdBytes || message.Length <= IdBytes || message[IdBytes] != ' ') return false;
        var rest = message[(IdBytes + 1)..];
        var blank = rest.IndexOf((byte)' ');
        if (blank < 0 || !StreamId.TryParse(rest[..blank], out number)) return false;
        json = rest[(blank + 1)..];
        return true;
    }
}

/// <summary>The number of an entry in a Redis stream: milliseconds, and a count within them.</summary>
internal readonly record struct StreamId(ulong Milliseconds, ulong Count)
{
    public static bool TryParse(ReadOnlySpan<byte> text, out StreamId id)
    {
        id = default;
        if (!Utf8Parser.TryParse(text, out ulong milliseconds, out var read) || read >= text.Length || text[read] != '-') return false;
        if (!Utf8Parser.TryParse(text[(read + 1)..], out ulong count, out var rest) || read + 1 + rest != text.Length) return false;
        id = new StreamId(milliseconds, count);
        return true;
    }

    /// <summary>Whether its entry was added later than another.</summary>
    public bool IsAfter(StreamId other) => (Milliseconds, Count).CompareTo((other.Milliseconds, other.Count)) > 0;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RedisJobEvent))]
internal sealed partial class RedisEventJson : JsonSerializerContext;
