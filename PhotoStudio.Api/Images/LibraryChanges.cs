using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>Changes pictures for endpoints: with <c>If-Match</c>, and with the problems that go with it.</summary>
public sealed class LibraryChanges(IImageLibrary library, BlobRemover remover)
{
    /// <summary>A picture of the caller that is not deleted.</summary>
    /// <exception cref="ProblemException">404: there is none, or it is not of the wanted kind.</exception>
    public async Task<StudioImage> FindAsync(Owner owner, Guid id, LibraryView view, CancellationToken cancellationToken) =>
        await library.FindAsync(owner, id, cancellationToken) is { DeletedAt: null } image && view.Shows(image) ? image : throw Missing(view);

    /// <summary>Changes what an owner may change.</summary>
    /// <exception cref="ProblemException">404, or 412: it has changed since the version that <c>If-Match</c> names.</exception>
    public async Task<StudioImage> ChangeAsync(
        HttpContext http, Owner owner, Guid id, LibraryView view, Func<StudioImage, StudioImage> edit)
    {
        var version = EntityTags.VersionToMatch(http.Request);
        await FindAsync(owner, id, view, http.RequestAborted);
        return Done(await library.ChangeAsync(owner, id, version, edit, http.RequestAborted), view);
    }

    /// <summary>Deletes a picture so that it can be restored.</summary>
    /// <exception cref="ProblemException">404 or 412.</exception>
    public async Task<StudioImage> DeleteAsync(HttpContext http, Owner owner, Guid id, LibraryView view)
    {
        var version = EntityTags.VersionToMatch(http.Request);
        await FindAsync(owner, id, view, http.RequestAborted);
        return Done(await library.DeleteAsync(owner, id, version, http.RequestAborted), view);
    }

    /// <summary>Takes a deletion back.</summary>
    /// <exception cref="ProblemException">404 or 412.</exception>
    public async Task<StudioImage> RestoreAsync(HttpContext http, Owner owner, Guid id, LibraryView view)
    {
        var version = EntityTags.VersionToMatch(http.Request);
        await RequireAsync(owner, id, view, http.RequestAborted);
        return Done(await library.RestoreAsync(owner, id, version, http.RequestAborted), view);
    }

    /// <summary>Removes a picture for good, with its bytes.</summary>
    /// <exception cref="ProblemException">404 or 412.</exception>
    public async Task RemoveAsync(HttpContext http, Owner owner, Guid id, LibraryView view)
    {
        var version = EntityTags.VersionToMatch(http.Request);
        await RequireAsync(owner, id, view, http.RequestAborted);
        Done(await library.RemoveAsync(owner, id, version, http.RequestAborted), view);

        // From here on the record is gone, whether the caller waits for the bytes to follow or not.
        await remover.ClearAsync(CancellationToken.None);
    }

    private async Task RequireAsync(Owner owner, Guid id, LibraryView view, CancellationToken cancellationToken)
    {
        if (await library.FindAsync(owner, id, cancellationToken) is not { } image || !view.Shows(image)) throw Missing(view);
    }

    private static StudioImage Done(ImageChange change, LibraryView view) => change switch
    {
        ImageChange.Done done => done.Image,
        ImageChange.Missing => throw Missing(view),
        ImageChange.Stale stale => throw EntityTags.Stale(view.Name, stale.Version).ToException(),
        _ => throw new InvalidOperationException($"A change had the unknown outcome {change.GetType().Name}."),
    };

    private static ProblemException Missing(LibraryView view) => StudioProblem.Missing(view.Name).ToException();
}

/// <summary>As what the one record of a picture is looked at.</summary>
/// <param name="Name">What it is called in problems.</param>
/// <param name="Shows">Whether the record is one of these.</param>
public sealed record LibraryView(string Name, Func<StudioImage, bool> Shows)
{
    /// <summary>Any picture.</summary>
    public static LibraryView Image { get; } = new("image", _ => true);

    /// <summary>A result of a job.</summary>
    public static LibraryView Processed { get; } = new("processed image", image => image.Kind == ImageKind.Result);

    /// <summary>A result of a job, as the processing endpoints call it.</summary>
    public static LibraryView Result { get; } = new("result", image => image.Kind == ImageKind.Result);

    /// <summary>An entry of the gallery.</summary>
    public static LibraryView Entry { get; } = new("gallery entry", image => image.InGallery);
}
