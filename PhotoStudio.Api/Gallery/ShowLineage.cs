using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Images;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Gallery;

/// <summary>Walks from an entry over what it was made from to its originals, one question to the store for each step back.</summary>
internal static class ShowLineage
{
    /// <summary>The most pictures that are walked over.</summary>
    private const int MaxNodes = 500;

    public static async Task<Results<Ok<LineageResource>, StudioProblem>> HandleAsync(
        Guid id, Caller caller, IImageLibrary library, LibraryChanges changes, GalleryPresenter presenter, CancellationToken cancellationToken)
    {
        var owner = caller.Owner;
        var entry = await changes.FindAsync(owner, id, LibraryView.Image, cancellationToken);
        var nodes = new List<LineageNode> { presenter.ShowNode(entry, 0) };
        var seen = new HashSet<Guid> { id };
        var originals = new List<Guid>();
        if (entry.Parents.Count == 0) originals.Add(id);

        // What was seen is not walked again, so that a circle ends.
        var next = entry.Parents.Where(seen.Add).ToList();
        for (var depth = 1; next.Count > 0 && nodes.Count < MaxNodes; depth++)
        {
            var wanted = next.Take(MaxNodes - nodes.Count).ToList();
            var found = (await library.FindAsync(owner, wanted, cancellationToken)).ToDictionary(image => image.Id);
            var parents = new List<Guid>();
            foreach (var parent in wanted)
            {
                if (!found.TryGetValue(parent, out var image))
                {
                    nodes.Add(new LineageNode(parent, depth, "removed", null, null, null, null, null, [], null, IsDeleted: true));
                    continue;
                }

                nodes.Add(presenter.ShowNode(image, depth));
                if (image.Parents.Count == 0) originals.Add(parent);
                parents.AddRange(image.Parents);
            }

            next = [.. next.Skip(wanted.Count), .. parents.Where(seen.Add)];
        }

        return TypedResults.Ok(new LineageResource(id, nodes, originals, Complete: next.Count == 0));
    }
}
