using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Running;

/// <summary>Stores what a run delivered, under keys that no other attempt has.</summary>
internal sealed partial class ResultWriter(IBlobStore blobs, TimeProvider time, ILogger<ResultWriter> logger)
{
    /// <summary>Writes the pictures and makes their records.</summary>
    /// <param name="job">The job, with the attempt that delivers.</param>
    /// <param name="result">What was delivered.</param>
    /// <param name="written">Gets every key before it is written, so that the caller can take them back.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="StorageException">A picture could not be stored.</exception>
    public async Task<JobCompletion> WriteAsync(Job job, InferenceResult result, ICollection<string> written, CancellationToken cancellationToken)
    {
        var images = new List<StudioImage>(result.Outputs.Count);
        foreach (var output in result.Outputs)
        {
            var key = BlobKeys.Result(job.StorageOwner, job.CreatedAt, job.Id, job.Attempt, images.Count, output.Extension);
            written.Add(key);
            await using var content = AsStream(output.File);
            _ = await blobs.TryPutAsync(key, content, output.ContentType, cancellationToken)
                ?? throw new StorageException("A result of this attempt is stored already, although only this attempt may write it.");
            images.Add(Describe(job, result, output, key, images.Count));
        }

        return new JobCompletion(result.Engine, images, result.Data);
    }

    /// <summary>Deletes what an attempt wrote that does not count. What cannot be deleted is left to the sweeper.</summary>
    public async Task TakeBackAsync(IEnumerable<string> written)
    {
        foreach (var key in written)
        {
            try
            {
                await blobs.DeleteAsync(key, CancellationToken.None);
            }
            catch (Exception exception)
            {
                LogNotTakenBack(exception, key);
            }
        }
    }

    private StudioImage Describe(Job job, InferenceResult result, InferenceOutput output, string key, int index)
    {
        var now = time.GetUtcNow();
        return new StudioImage
        {
            Id = OrderedId.New(now),
            Owner = job.Owner,
            Kind = ImageKind.Result,
            BlobKey = key,
            ContentType = output.ContentType,
            Width = output.Width,
            Height = output.Height,
            Bytes = output.File.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(output.File.Span)),
            CreatedAt = now,
            JobId = job.Id,
            Index = index,
            Operation = job.Operation,
            Parameters = job.Parameters,
            Engine = result.Engine,
            InGallery = true,
            Prompt = TextOf(job.Parameters, "prompt"),
            RefinedPrompt = job.Refinement?.Prompt,
            Intent = job.Operation,
            Style = TextOf(job.Parameters, "style") is { Length: <= ImageLimits.MaxNameLength } style ? style : null,
            Parents = [.. job.Inputs.Select(input => input.ImageId)],
        };
    }

    /// <summary>A parameter that the gallery shows and filters by.</summary>
    private static string? TextOf(string parameters, string name) =>
        JsonNode.Parse(parameters) is JsonObject known && known[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0
            ? text
            : null;

    private static MemoryStream AsStream(ReadOnlyMemory<byte> file) =>
        MemoryMarshal.TryGetArray(file, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(file.ToArray(), writable: false);

    [LoggerMessage(1, LogLevel.Warning, "Blob {Key} of a lost attempt could not be deleted; the sweeper does it.")]
    private partial void LogNotTakenBack(Exception exception, string key);
}
