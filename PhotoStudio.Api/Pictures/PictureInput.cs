using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Images.Sizes;
using PhotoStudio.Api.Pictures.Egress;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Sniffing;

namespace PhotoStudio.Api.Pictures;

/// <summary>
/// Turns the pictures of a request, in whatever form they came, into files whose header has been checked. Format and limits are
/// read from the header; no pixel is decoded here.
/// </summary>
public sealed class PictureInput(
    IOptions<UploadOptions> options,
    IPictureCodec codec,
    IImageStore images,
    IImageLibrary library,
    IBlobStore blobs,
    IBlobUrls urls,
    SizeLinks links,
    SizeMaker sizes,
    PictureFetcher fetcher)
{
    private readonly UploadOptions _limits = options.Value;

    /// <summary>
    /// Finds which picture goes into which slot and adds a fault for every slot that has none, or several, and for every picture
    /// that has no slot.
    /// </summary>
    /// <param name="content">The request.</param>
    /// <param name="slots">The operation's inputs.</param>
    /// <param name="faults">Receives the faults under the fields' wire names.</param>
    /// <returns>The pictures by slot, in the order of the slots.</returns>
    public static IReadOnlyList<SentPicture> Assign(RequestContent content, IReadOnlyList<InputSlot> slots, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(slots);
        ArgumentNullException.ThrowIfNull(faults);
        var first = slots.Count > 0 ? slots[0].Name : null;
        var bySlot = content.Pictures.ToLookup(picture => SlotOf(picture, slots, first), StringComparer.Ordinal);
        foreach (var stray in content.Pictures.Where(picture => slots.All(slot => slot.Name != SlotOf(picture, slots, first))))
            faults.Add(stray.Field, $"is no input of this operation. It takes {(slots.Count == 0 ? "no picture" : Names(slots))}.");

        var assigned = new List<SentPicture>();
        foreach (var slot in slots)
        {
            var sent = bySlot[slot.Name].ToList();
            if (sent.Count > 1) faults.Add(slot.Name, $"was given several times ({Fields(sent)}); send it once.");
            else if (sent.Count == 1) assigned.Add(sent[0] with { Slot = slot.Name });
            else if (slot.Required && !HasFault(slot.Name, faults)) faults.Add(slot.Name, MissingMessage(slot.Name));
        }

        return assigned;
    }

    /// <summary>The fault of a slot without a picture.</summary>
    public static string MissingMessage(string slot) => slot == PictureFields.AnySlot
        ? "a picture is required: as a multipart part 'image' or 'file', as the raw body, or as image_base64, image_url or image_id."
        : $"a picture is required: as a multipart part '{slot}', or as {slot}_base64, {slot}_url or {slot}_id.";

    /// <summary>Gets a picture's file and checks its header.</summary>
    /// <param name="sent">The picture as it came.</param>
    /// <param name="owner">Whose stored pictures may be named.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">The picture cannot be had, is none, or is too large.</exception>
    public async Task<IncomingPicture> OpenAsync(SentPicture sent, Owner owner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sent);
        if (sent.Problem is { } problem) throw problem.ToException();
        return sent.Form switch
        {
            PictureForm.Content or PictureForm.Base64 => Check(sent.Slot, sent.Field, sent.File),
            PictureForm.Url => await FindByUrlAsync(sent, owner, cancellationToken) is { } image
                ? new IncomingPicture.Stored(sent.Slot, image)
                : Check(sent.Slot, sent.Field, await FetchAsync(sent, cancellationToken)),
            PictureForm.Id => new IncomingPicture.Stored(sent.Slot, await FindAsync(sent, owner, cancellationToken)),
            _ => throw new ArgumentOutOfRangeException(nameof(sent), sent.Form, null),
        };
    }

    /// <summary>Checks the header of a file that came some other way than in one request.</summary>
    /// <exception cref="ProblemException">It is no picture, or too large.</exception>
    public IncomingPicture.Uploaded Check(string field, ReadOnlyMemory<byte> file) => Check(PictureFields.AnySlot, field, file);

    private IncomingPicture.Uploaded Check(string slot, string field, ReadOnlyMemory<byte> file)
    {
        if (file.IsEmpty) throw Empty(field).ToException();

        RequirePicture(file.Span);
        try
        {
            var header = codec.Probe(file);
            _limits.Limits.Check(header);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Span));
            return new IncomingPicture.Uploaded(
                slot, sha256, file, header.Format.MediaType(), header.Format.Extension(), header.Width, header.Height);
        }
        catch (PictureFormatException exception)
        {
            throw new ProblemException(StudioProblem.Of(ProblemCode.UndecodablePicture, exception.Message), exception);
        }
        catch (PictureTooLargeException exception)
        {
            throw new ProblemException(StudioProblem.Of(ProblemCode.PictureTooLarge, exception.Message), exception);
        }
    }

    private void RequirePicture(ReadOnlySpan<byte> file)
    {
        try
        {
            var format = PictureSniffer.Require(file);
            if (_limits.Accepts(format)) return;
            throw new PictureFormatException($"{format.DisplayName()} pictures are not accepted here.");
        }
        catch (PictureFormatException exception)
        {
            throw new ProblemException(StudioProblem.Of(ProblemCode.UnsupportedPicture, exception.Message), exception);
        }
    }

    private static StudioProblem Empty(string field) =>
        StudioProblem.Of(ProblemCode.PictureMissing, $"The picture in '{field}' is empty.") with
        {
            Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = ["is empty."] },
        };

    /// <summary>The picture of the owner that one of our own URLs names: it is there already, and its history with it.</summary>
    private async Task<StudioImage?> FindByUrlAsync(SentPicture sent, Owner owner, CancellationToken cancellationToken)
    {
        if (links.Resolve(sent.Text!) is var (id, _)) return await images.FindAsync(owner, id, cancellationToken);
        return Uri.TryCreate(sent.Text, UriKind.RelativeOrAbsolute, out var url) && urls.Resolve(url) is { } key
            ? await library.FindByBlobAsync(owner, key, cancellationToken)
            : null;
    }

    private async Task<ReadOnlyMemory<byte>> FetchAsync(SentPicture sent, CancellationToken cancellationToken)
    {
        if (links.Resolve(sent.Text!) is var (id, size)) return await SizeAsync(sent, id, size, cancellationToken);
        if (!Uri.TryCreate(sent.Text, UriKind.RelativeOrAbsolute, out var url))
            throw StudioProblem.Invalid(sent.Field, "is not a URL.").ToException();

        if (urls.Explain(url) is { } fault) throw Unusable(sent.Field, fault).ToException();
        if (urls.Resolve(url) is not { } key)
        {
            return IsPath(sent.Text!)
                ? throw StudioProblem.Invalid(sent.Field, "is a path, but no link of the studio.").ToException()
                : await fetcher.FetchAsync(sent.Field, sent.Text!, cancellationToken);
        }

        await using var blob = await blobs.OpenReadAsync(key, null, cancellationToken)
            ?? throw StudioProblem.Of(ProblemCode.NotFound, $"The picture that '{sent.Field}' names is no longer stored.").ToException();
        return await CappedReader.ReadAsync(
            blob, _limits.MaxBytes, null, () => CappedReader.PictureTooLarge(sent.Field, _limits.MaxBytes), cancellationToken);
    }

    private async Task<ReadOnlyMemory<byte>> SizeAsync(SentPicture sent, Guid id, ImageSize size, CancellationToken cancellationToken)
    {
        if (await library.FindAsync(id, cancellationToken) is not { } image)
            throw StudioProblem.Of(ProblemCode.NotFound, $"The picture that '{sent.Field}' names is no longer stored.").ToException();
        var stored = await sizes.GetAsync(image, size, cancellationToken);
        await using var blob = await blobs.OpenReadAsync(stored.Key, null, cancellationToken)
            ?? throw StudioProblem.Of(ProblemCode.NotFound, $"The picture that '{sent.Field}' names is no longer stored.").ToException();
        return await CappedReader.ReadAsync(
            blob, _limits.MaxBytes, null, () => CappedReader.PictureTooLarge(sent.Field, _limits.MaxBytes), cancellationToken);
    }

    private static StudioProblem Unusable(string field, SignedUrlFault fault) => fault switch
    {
        SignedUrlFault.Expired => StudioProblem.Of(
            ProblemCode.ImageUrlExpired, $"'{field}' is a link of the studio that has expired. Ask for the picture again to get a new one, or send its id."),
        SignedUrlFault.Altered => StudioProblem.Of(
            ProblemCode.ImageUrlAltered, $"'{field}' is a link of the studio that was altered: its signature does not fit. Send it exactly as it was handed out."),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private static bool IsPath(string url) => url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal);

    private async Task<StudioImage> FindAsync(SentPicture sent, Owner owner, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(sent.Text, out var id))
            throw StudioProblem.Invalid(sent.Field, "must be the id of a picture (a UUID).").ToException();
        return await images.FindAsync(owner, id, cancellationToken)
            ?? throw StudioProblem.Of(ProblemCode.NotFound, $"You have no picture with the id that '{sent.Field}' names.").ToException();
    }

    /// <summary>A plain <c>image</c>, and a raw body, mean the first input of an operation that has no input of that name.</summary>
    private static string SlotOf(SentPicture picture, IReadOnlyList<InputSlot> slots, string? first) =>
        picture.Field == SentPicture.RawBody && first is not null && slots.All(slot => slot.Name != picture.Slot) ? first : picture.Slot;

    private static bool HasFault(string slot, FaultList faults) => PictureFields.Of(slot).Any(field => faults.Has(field.Name));

    private static string Fields(IEnumerable<SentPicture> sent) => string.Join(", ", sent.Select(picture => picture.Field));

    private static string Names(IReadOnlyList<InputSlot> slots) => string.Join(", ", slots.Select(slot => slot.Name));
}
