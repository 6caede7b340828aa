using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Running;

/// <summary>Reads the pictures a job works on.</summary>
internal sealed class InputReader(IBlobStore blobs)
{
    /// <summary>Reads them, in the job's order.</summary>
    /// <exception cref="AttemptFailedException">One is no longer stored.</exception>
    public async Task<IReadOnlyList<InferenceInput>> ReadAsync(Job job, CancellationToken cancellationToken)
    {
        var inputs = new List<InferenceInput>(job.Inputs.Count);
        foreach (var input in job.Inputs)
        {
            await using var stream = await blobs.OpenReadAsync(input.BlobKey, range: null, cancellationToken)
                ?? throw new AttemptFailedException(new JobFailure("input_missing", $"The picture '{input.Slot}' of this job is no longer stored."));
            inputs.Add(new InferenceInput(input.Slot, await ReadAsync(stream, cancellationToken)));
        }

        return inputs;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (stream.CanSeek)
        {
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }

        using MemoryStream copy = new();
        await stream.CopyToAsync(copy, cancellationToken);
        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }
}
