namespace PhotoStudio.Core;

/// <summary>
/// Identifiers that sort in the order in which this process made them: UUID version 7 with a counter in place of the twelve
/// bits of <c>rand_a</c> (RFC 9562, section 6.2, method 1). What is handed in first then comes first, also within one
/// millisecond, whatever the resolution of the clock.
/// </summary>
/// <remarks>The counter starts at zero in every millisecond; when it runs over, the id borrows the next millisecond. The other 62 bits are random.</remarks>
public static class OrderedId
{
    private const int CounterBits = 12;
    private static long last;

    /// <summary>The next identifier.</summary>
    /// <param name="now">The time it carries. A clock that goes back never makes an id that sorts before an earlier one.</param>
    public static Guid New(DateTimeOffset now)
    {
        var earliest = now.ToUnixTimeMilliseconds() << CounterBits;
        long seen, next;
        do
        {
            seen = Volatile.Read(ref last);
            next = Math.Max(earliest, seen + 1);
        }
        while (Interlocked.CompareExchange(ref last, next, seen) != seen);

        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(next >> CounterBits)).TryWriteBytes(bytes, bigEndian: true, out _);
        var counter = (int)(next & ((1 << CounterBits) - 1));
        bytes[6] = (byte)(0x70 | (counter >> 8));
        bytes[7] = (byte)counter;
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The next identifier at the system's time, for records whose maker has no clock.</summary>
    public static Guid New() => New(TimeProvider.System.GetUtcNow());
}
