using PhotoStudio.Api.Problems;

namespace PhotoStudio.Api.Pictures;

/// <summary>Reads streams into memory up to a hard limit.</summary>
internal static class CappedReader
{
    private const int FirstBlock = 64 * 1024;

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="limit">The most bytes that are read.</param>
    /// <param name="expected">The length as announced, when it was.</param>
    /// <param name="tooLarge">The problem to throw when there are more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">The stream is longer than the limit. At most one byte more than it was read.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        Stream stream, long limit, long? expected, Func<StudioProblem> tooLarge, CancellationToken cancellationToken)
    {
        if (expected > limit) throw tooLarge().ToException();

        // An announced length only sizes the first buffer, and never beyond what has to be there soon anyway.
        var buffer = new byte[Math.Min(limit + 1, Math.Clamp((expected ?? 0) + 1, FirstBlock, 1024 * 1024))];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0) return buffer.AsMemory(0, length);

            length += read;
            if (length > limit) throw tooLarge().ToException();
            if (length == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(limit + 1, buffer.Length * 2L));
        }
    }

    /// <summary>A picture's file has too many bytes.</summary>
    public static StudioProblem PictureTooLarge(string field, int limit) =>
        StudioProblem.Of(ProblemCode.TooLarge, $"The picture in '{field}' has more than {limit:N0} bytes, the most that are accepted.");
}
