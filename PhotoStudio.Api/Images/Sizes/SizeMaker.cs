using System.Runtime.InteropServices;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Api.Images.Sizes;

/// <summary>
/// Makes sizes of pictures through inference, once each: WebP without any metadata, upright, in sRGB. Animations stay animated unless they
/// have more pixels than may be decoded at once; then the size is their first frame, as PNG.
/// </summary>
public sealed class SizeMaker(IInference inference, IBlobStore blobs, IPictureCodec codec)
{
    private const string Animated = "webp";
    private const string Still = "png";
    private const int Quality = 82;

    /// <summary>The size as it is stored; it is made and stored when it is not there yet.</summary>
    /// <exception cref="ProblemException">It could not be made.</exception>
    /// <exception cref="StorageException">The picture's bytes are gone, or the size could not be stored.</exception>
    public async Task<BlobInfo> GetAsync(StudioImage image, ImageSize size, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(size);
        foreach (var extension in (string[])[Animated, Still])
        {
            if (await blobs.FindAsync(BlobKeys.Derived(image.Id, size.Name, extension), cancellationToken) is { } known) return known;
        }

        var made = await MakeAsync(await ReadAsync(image, cancellationToken), size, cancellationToken);
        return await StoreAsync(image.Id, size, made, cancellationToken);
    }

    /// <summary>Makes a size of a file.</summary>
    /// <exception cref="ProblemException">The file is damaged, or it could not be made.</exception>
    public async Task<InferenceOutput> MakeAsync(ReadOnlyMemory<byte> file, ImageSize size, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(size);
        var header = codec.Probe(file);
        var moves = header.IsAnimation && header.Pixels * header.Frames <= PictureLimits.Default.MaxAnimationPixels;
        var format = header.IsAnimation && !moves ? Still : Animated;
        var height = size.Height is { } most ? $",\"height\":{most}" : "";
        var parameters = OperationParameters.FromJson(
            OperationCatalog.Get("resize"),
            $$"""{"width":{{size.Width}}{{height}},"enlarge":false,"output_format":"{{format}}","output_quality":{{Quality}}}""");
        try
        {
            var request = new InferenceRequest(OrderedId.New().ToString("N"), "resize", parameters.ToJson(), [new InferenceInput("image", file)]);
            return (await inference.RunAsync(request, progress: null, cancellationToken)).Outputs[0];
        }
        catch (InferenceException fault)
        {
            throw new ProblemException(FailureProblems.From(fault), fault);
        }
    }

    /// <summary>Stores a size that was made; where another request was faster, its bytes are as good.</summary>
    /// <exception cref="StorageException">It could not be stored.</exception>
    public async Task<BlobInfo> StoreAsync(Guid imageId, ImageSize size, InferenceOutput made, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(size);
        ArgumentNullException.ThrowIfNull(made);
        var key = BlobKeys.Derived(imageId, size.Name, made.Extension);
        await using var content = Open(made.File);
        return await blobs.TryPutAsync(key, content, made.ContentType, cancellationToken)
            ?? await blobs.FindAsync(key, cancellationToken)
            ?? throw new StorageException("A size of a picture disappeared while it was stored.");
    }

    /// <summary>The bytes of a stored picture.</summary>
    /// <exception cref="StorageException">They are gone.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(StudioImage image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        await using var content = await blobs.OpenReadAsync(image.BlobKey, null, cancellationToken)
            ?? throw new StorageException("The picture's file is missing from the storage.");
        var bytes = new byte[image.Bytes];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    internal static MemoryStream Open(ReadOnlyMemory<byte> file) => MemoryMarshal.TryGetArray(file, out var segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(file.ToArray(), writable: false);
}
